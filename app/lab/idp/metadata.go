package idp

import (
	"io"
	"net/http"
	"strings"
)

// The addresses of a provider.
const (
	authorizePath = "/authorize"
	loginPath     = "/login"
	tokenPath     = "/token"
	userinfoPath  = "/userinfo"
	logoutPath    = "/logout"
	jwksPath      = "/.well-known/jwks.json"
)

// Metadata is what a provider says of itself (OIDC Discovery §3, RFC 8414 §2), and what a party needs to know of one.
type Metadata struct {
	Issuer        string   `json:"issuer"`
	Authorization string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	UserInfo      string   `json:"userinfo_endpoint"`
	JWKS          string   `json:"jwks_uri"`
	EndSession    string   `json:"end_session_endpoint"` // RP-Initiated Logout §2.1
	Scopes        []string `json:"scopes_supported"`
	Responses     []string `json:"response_types_supported"`
	Modes         []string `json:"response_modes_supported"`
	Grants        []string `json:"grant_types_supported"`
	Subjects      []string `json:"subject_types_supported"`
	Algorithms    []string `json:"id_token_signing_alg_values_supported"`
	Clients       []string `json:"token_endpoint_auth_methods_supported"`
	Claims        []string `json:"claims_supported"`
	Challenges    []string `json:"code_challenge_methods_supported"`
	Prompts       []string `json:"prompt_values_supported"`
	Languages     []string `json:"ui_locales_supported"`
	NamesItself   bool     `json:"authorization_response_iss_parameter_supported"` // RFC 9207 §3

	ClaimsParameter  bool `json:"claims_parameter_supported"`
	RequestParameter bool `json:"request_parameter_supported"`
	RequestAddress   bool `json:"request_uri_parameter_supported"` // true where it is left out
}

// Metadata returns what GET /.well-known/openid-configuration answers.
func (p *Provider) Metadata() Metadata {
	at := p.config.Issuer
	return Metadata{
		Issuer: at, Authorization: at + authorizePath, Token: at + tokenPath, UserInfo: at + userinfoPath,
		JWKS: at + jwksPath, EndSession: at + logoutPath,
		Scopes: []string{"openid", "profile"}, Responses: []string{"code"}, Modes: []string{"query"},
		Grants: []string{"authorization_code"}, Subjects: []string{"public"}, Algorithms: []string{"EdDSA"},
		Clients:    []string{"client_secret_basic", "none"},
		Claims:     []string{"iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "nonce", "name"},
		Challenges: []string{"S256"}, Prompts: []string{"none", "login"}, Languages: []string{"en", "ko"},
		NamesItself: true,
	}
}

// JWKS returns what GET /.well-known/jwks.json answers: the public keys (RFC 7517 §5).
func (p *Provider) JWKS() string {
	var public []string
	for _, k := range p.config.Keys {
		half, _ := k.PublicKey()
		half.Alg, half.Use, half.Ops = "EdDSA", "sig", nil
		public = append(public, half.JWK())
	}
	return `{"keys":[` + strings.Join(public, ",") + `]}`
}

func (p *Provider) discovery(c *call) *problem {
	c.public()
	c.reply(http.StatusOK, p.Metadata())
	return nil
}

func (p *Provider) jwks(c *call) *problem {
	c.public()
	c.w.Header().Set("Content-Type", "application/jwk-set+json")
	io.WriteString(c.w, p.JWKS())
	return nil
}
