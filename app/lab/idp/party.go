package idp

import (
	"crypto/ed25519"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/locale"
)

// The addresses of a party.
const (
	startPath    = "/login/start"
	callbackPath = "/login/callback"
	hearsayPath  = "/login/token"
)

// pendingCookie keeps what a login began with until the browser is back.
const (
	pendingCookie = "__Host-login"
	pendingLife   = 10 * time.Minute
)

// PartyConfig is what a party needs. All of it must be given but for what says otherwise.
type PartyConfig struct {
	Now  func() time.Time
	Rand io.Reader

	Provider Metadata // as the provider says it, of which Issuer, Authorization and Token are used
	JWKS     string   // the provider's public keys, got from its jwks_uri: nothing that comes with a token adds to them
	ClientID string
	Secret   string   // empty for a public client
	Redirect string   // the address of GET /login/callback, as it is registered
	Trusted  []string // other clients for which an ID token may be too: the site's own mobile app; none by default
	Policy   Policy

	// Ask sends a request to the provider without the browser (the back channel) and returns the answer.
	Ask func(*http.Request) (Answer, error)
	// SignIn begins a session of the site for a subject of the provider, and answers the browser.
	SignIn func(w http.ResponseWriter, r *http.Request, subject string)

	Event func(Event) // hears what happens; nil for nobody
}

// An Answer is what came back to [PartyConfig.Ask].
type Answer struct {
	Status int
	Body   string
}

// A Party is an [http.Handler]: the relying party's half of a login (OIDC Core §3.1). It keeps nothing, for what a login
// began with is in a cookie of the browser: so it needs no clone, and all replicas are alike.
type Party struct {
	config PartyConfig
	routes routes
	keys   map[string]ed25519.PublicKey // by kid
}

// NewParty makes a party.
func NewParty(c PartyConfig) (*Party, error) {
	if c.Now == nil || c.Rand == nil || c.Ask == nil || c.SignIn == nil || c.ClientID == "" || c.Redirect == "" || c.Provider.Issuer == "" {
		return nil, errors.New("a party needs a clock, a random source, a way to ask and to sign in, a client_id, a redirect_uri and a provider")
	}
	for _, address := range []string{c.Provider.Authorization, c.Provider.Token} {
		if u, err := url.Parse(address); err != nil || u.Host == "" {
			return nil, fmt.Errorf("the provider says that it is at %q, which is no address", address)
		}
	}
	p := &Party{config: c, keys: map[string]ed25519.PublicKey{}}
	for _, k := range key.Read(c.JWKS, key.Auto).Keys {
		if public, ok := k.Public.(ed25519.PublicKey); ok && k.KeyID != "" {
			p.keys[k.KeyID] = public
		}
	}
	if len(p.keys) == 0 {
		return nil, errors.New("the provider's JWK Set has no Ed25519 key with a kid")
	}
	p.routes = routes{startPath: {"GET": p.start}, callbackPath: {"GET": p.callback}}
	if c.Policy.Hearsay {
		p.routes[hearsayPath] = map[string]route{"POST": p.hearsay}
	}
	return p, nil
}

// Handles reports whether the party has an answer of its own to a path, so that the site can give the rest to others.
func (p *Party) Handles(path string) bool { return p.routes[path] != nil }

// ServeHTTP answers a request.
func (p *Party) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.routes.serve(&call{Request: r, w: w, now: p.config.Now(), lang: locale.Accepted(r.Header.Get("Accept-Language"))})
}

// A pending is a login that has begun: what is sent along, and asked for again. What the policy does without is empty.
type pending struct {
	state, nonce, verifier string
}

// begun reads what this browser's login began with.
func (c *call) begun() pending {
	parts := strings.Split(c.presented(pendingCookie), ".")
	if len(parts) != 3 {
		return pending{}
	}
	return pending{parts[0], parts[1], parts[2]}
}

// begin makes what the policy wants to see again.
func (p *Party) begin() (b pending, refused *problem) {
	for _, part := range []struct {
		wanted bool
		to     *string
	}{{p.config.Policy.State, &b.state}, {p.config.Policy.Nonce, &b.nonce}, {p.config.Policy.Proof, &b.verifier}} {
		if part.wanted {
			if *part.to, refused = random(p.config.Rand, 32); refused != nil {
				return pending{}, refused
			}
		}
	}
	return b, nil
}

// start answers GET /login/start: the browser is sent to the provider.
func (p *Party) start(c *call) *problem {
	b, refused := p.begin()
	if refused != nil {
		return refused
	}
	ask := url.Values{"response_type": {"code"}, "client_id": {p.config.ClientID}, "redirect_uri": {p.config.Redirect}, "scope": {"openid"}}
	if b.state != "" {
		ask.Set("state", b.state)
	}
	if b.nonce != "" {
		ask.Set("nonce", b.nonce)
	}
	if b.verifier != "" {
		ask.Set("code_challenge", challengeOf(b.verifier))
		ask.Set("code_challenge_method", "S256")
	}
	if b != (pending{}) {
		c.give(pendingCookie, b.state+"."+b.nonce+"."+b.verifier, pendingLife)
	}
	c.redirect(http.StatusFound, p.config.Provider.Authorization, ask)
	return nil
}

// callback answers GET /login/callback, to which the provider sends the browser back (OIDC Core §3.1.2.7).
func (p *Party) callback(c *call) *problem {
	subject, refused := p.judge(c)
	return p.finish(c, subject, refused)
}

func (p *Party) judge(c *call) (string, *problem) {
	v, refused := c.query()
	if refused != nil {
		return "", refused
	}
	if twice(v, "code", "state", "iss", "error") {
		return "", &problem{status: http.StatusBadRequest, code: "twice"}
	}
	b := c.begun()
	switch {
	case p.config.Policy.State && !p.ours(b, v.Get("state")):
		return "", &problem{status: http.StatusForbidden, code: "party-state"} // and the cookie stays: a forged answer must not end a login
	case v.Get("iss") != p.config.Provider.Issuer: // RFC 9207 §2.4
		return "", &problem{status: http.StatusForbidden, code: "party-provider"}
	}
	c.give(pendingCookie, "", 0) // it serves once
	switch {
	case v.Get("error") != "":
		return "", &problem{status: http.StatusForbidden, code: "party-refused", args: []string{shorten(v.Get("error"))}}
	case v.Get("code") == "":
		return "", &problem{status: http.StatusBadRequest, code: "party-code"}
	}
	token, refused := p.exchange(c, v.Get("code"), b.verifier)
	if refused != nil {
		return "", refused
	}
	return p.verify(token, b.nonce, c.now)
}

// ours reports whether an answer belongs to a login that this browser began here.
func (p *Party) ours(b pending, state string) bool {
	return b.state != "" && subtle.ConstantTimeCompare([]byte(b.state), []byte(state)) == 1
}

// hearsay answers POST /login/token: somebody brings an ID token. Whose it is, only the token says.
func (p *Party) hearsay(c *call) *problem {
	v, refused := c.form()
	if refused != nil {
		return refused
	}
	b := c.begun()
	if p.config.Policy.State && !p.ours(b, v.Get("state")) {
		return p.finish(c, "", &problem{status: http.StatusForbidden, code: "party-state"})
	}
	c.give(pendingCookie, "", 0)
	subject, refused := p.verify(v.Get("id_token"), b.nonce, c.now)
	return p.finish(c, subject, refused)
}

// finish signs in, unless there is a reason not to.
func (p *Party) finish(c *call, subject string, refused *problem) *problem {
	e := Event{Name: "login", Client: p.config.ClientID, User: subject}
	if refused != nil {
		e.Name, e.Reason = "login-refused", refused.code
	}
	if p.config.Event != nil {
		p.config.Event(e)
	}
	if refused == nil {
		p.config.SignIn(c.w, c.Request, subject)
	}
	return refused
}

// shorten keeps an answer from repeating more than a little of what it was sent.
func shorten(s string) string { return strings.ToValidUTF8(s[:min(len(s), 40)], "") }
