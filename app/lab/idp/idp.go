// Package idp has both halves of a login with OpenID Connect, for the lab: a [Provider], which knows who somebody is, and a
// [Party], a site that takes its word.
//
// The provider is simulated in that it lives inside the program, and correct in that it does what the standards say: the
// code flow of OpenID Connect Core 1.0 with PKCE (RFC 7636) required, as RFC 9700 wants it, discovery, userinfo and logout
// started by a site (RP-Initiated Logout 1.0). The party is as good or as bad as its [Policy] says, which is how the lab
// shows what each check is there for. Both are handlers that start no goroutine, read no clock of their own and make no
// request by themselves.
//
// What the provider refuses to do: other flows and response modes, refresh tokens, consent (all clients are its own), and
// telling the other sites of a logout (back-channel and front-channel logout): they stay signed in. Its cookie is Lax, so a
// hidden frame of another site (prompt=none) meets nobody. It signs by EdDSA alone, for its signatures are the same each
// time, while Discovery §3 wants RS256 beside it. It counts no failed logins, as app/login does.
//
// Words are codes: error_description too, since the same request must have the same answer whatever language the page of
// the lab has (RFC 6749 §5.2 wants ASCII there in any case).
//
// Start with [New] and [NewParty].
package idp

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/locale"
	"jwtlab/app/login"
)

// Config is what a provider needs. All of it must be given but for what says otherwise.
type Config struct {
	Now      func() time.Time
	Rand     io.Reader
	Keys     []key.Key // private Ed25519 keys with key IDs: the first signs, all are published
	Accounts login.Accounts
	Issuer   string // the origin of the provider, as in https://accounts.example
	Clients  []Client

	Event func(Event) // hears what happens; nil for nobody
}

// A Client is a site, or an app, that may send people to the provider (RFC 6749 §2).
type Client struct {
	ID          string   `json:"client_id"`
	Secret      string   `json:"client_secret,omitempty"` // empty for a public client, which has nowhere to keep one (RFC 6749 §2.1)
	Redirects   []string `json:"redirect_uris"`           // compared letter by letter (RFC 9700 §2.1)
	AfterLogout []string `json:"post_logout_redirect_uris,omitempty"`
	Audience    []string `json:"audience,omitempty"` // whom its ID tokens are for beside itself: a mobile app's server
	Unproven    bool     `json:"unproven,omitempty"` // it may leave PKCE out, as all could before RFC 9700
}

// An Event is something that a provider or a party did, or refused. It holds no secret.
type Event struct {
	// Name is "login", "login-refused", "code", "code-refused", "code-reused" (what came of it is revoked), "token",
	// "logout" or "csrf-refused" at a provider, "login" or "login-refused" at a party.
	Name   string `json:"name"`
	Reason string `json:"reason,omitempty"` // the code of the problem
	Client string `json:"client,omitempty"`
	User   string `json:"user,omitempty"`
}

// How long things live. The answer to a request is fetched at once, so a code needs little (RFC 6749 §4.1.2).
const (
	codeLife    = time.Minute
	tokenLife   = 5 * time.Minute // ID tokens, and access tokens
	sessionLife = 12 * time.Hour
)

// A Provider is an [http.Handler]. It is safe for concurrent use if its random source is.
type Provider struct {
	config Config
	routes routes

	mu    sync.Mutex
	state state
}

// New makes a provider at which nobody is logged in.
func New(c Config) (*Provider, error) {
	if err := c.sound(); err != nil {
		return nil, err
	}
	p := &Provider{config: c}
	p.routes = routes{
		"/.well-known/openid-configuration": {"GET": p.discovery},
		jwksPath:                            {"GET": p.jwks},
		authorizePath:                       {"GET": p.authorize, "POST": p.authorizeByForm},
		loginPath:                           {"POST": p.login},
		tokenPath:                           {"POST": p.token},
		userinfoPath:                        {"GET": p.userinfo, "POST": p.userinfo, "OPTIONS": p.preflight},
		logoutPath:                          {"GET": p.logout, "POST": p.logout},
	}
	return p, nil
}

// sound says what is wrong with a configuration.
func (c Config) sound() error {
	u, err := url.Parse(c.Issuer)
	switch {
	case c.Now == nil || c.Rand == nil || c.Accounts == nil:
		return errors.New("an OpenID provider needs a clock, a random source and accounts")
	case err != nil || u.Host == "" || u.Scheme != "https" || u.Scheme+"://"+u.Host != c.Issuer:
		return fmt.Errorf("the issuer is %q; use an origin, as in https://accounts.example (OIDC Discovery §3)", c.Issuer)
	case len(c.Keys) == 0:
		return errors.New("an OpenID provider needs a key to sign with")
	}
	for i, k := range c.Keys {
		same := func(o key.Key) bool { return o.KeyID == k.KeyID }
		if k.Curve != "Ed25519" || k.Signer == nil || k.KeyID == "" || slices.ContainsFunc(c.Keys[:i], same) {
			return fmt.Errorf("key %d is no private Ed25519 key with a kid of its own", i+1)
		}
	}
	return soundClients(c.Clients)
}

func soundClients(all []Client) error {
	for i, client := range all {
		same := func(o Client) bool { return o.ID == client.ID }
		if client.ID == "" || slices.ContainsFunc(all[:i], same) {
			return fmt.Errorf("client %d has no client_id of its own", i+1)
		}
		for _, address := range slices.Concat(client.Redirects, client.AfterLogout) {
			if u, err := url.Parse(address); err != nil || u.Scheme == "" || strings.Contains(address, "#") {
				return fmt.Errorf("client %q: %q is no absolute address without fragment (RFC 6749 §3.1.2)", client.ID, address)
			}
		}
	}
	return nil
}

// Clone returns an independent provider that knows what this one knows: who is logged in, and what was granted. The
// configuration is handed in, since another world has a clock and a random source of its own.
func (p *Provider) Clone(c Config) (*Provider, error) {
	other, err := New(c)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	other.state = p.state.clone()
	return other, nil
}

// ServeHTTP answers a request.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.routes.serve(&call{Request: r, w: w, now: p.config.Now(), lang: locale.Accepted(r.Header.Get("Accept-Language"))})
}

// client returns the client with an id, or nil.
func (p *Provider) client(id string) *Client {
	for i := range p.config.Clients {
		if p.config.Clients[i].ID == id {
			return &p.config.Clients[i]
		}
	}
	return nil
}

func (p *Provider) tell(e Event) {
	if p.config.Event != nil {
		p.config.Event(e)
	}
}

// random is a new secret of n random bytes.
func random(from io.Reader, n int) (string, *problem) {
	b := make([]byte, n)
	if _, err := io.ReadFull(from, b); err != nil {
		return "", &problem{status: http.StatusServiceUnavailable, code: "away"}
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
