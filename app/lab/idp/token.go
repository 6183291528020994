package idp

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// tokens is the answer of the token endpoint (RFC 6749 §5.1, OIDC Core §3.1.3.3).
type tokens struct {
	Access    string `json:"access_token"`
	Type      string `json:"token_type"`
	ExpiresIn int    `json:"expires_in"` // seconds
	Scope     string `json:"scope"`
	ID        string `json:"id_token"`
}

// badGrant says nothing of why: whoever holds a stolen code must not learn what it lacks (RFC 6749 §5.2).
var badGrant = &problem{status: http.StatusBadRequest, oauth: "invalid_grant", code: "grant"}

// token answers POST /token: a code is exchanged for tokens (OIDC Core §3.1.3).
func (p *Provider) token(c *call) *problem {
	v, refused := c.form()
	if refused != nil {
		return &problem{status: refused.status, oauth: "invalid_request", code: refused.code}
	}
	if twice(v, "grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier") {
		return &problem{status: http.StatusBadRequest, oauth: "invalid_request", code: "twice"}
	}
	client, refused := p.authenticate(c, v)
	switch {
	case refused != nil:
		return refused
	case v.Get("grant_type") != "" && v.Get("grant_type") != "authorization_code":
		return &problem{status: http.StatusBadRequest, oauth: "unsupported_grant_type", code: "grant-type"}
	case v.Get("grant_type") == "" || v.Get("code") == "" || v.Get("redirect_uri") == "":
		return &problem{status: http.StatusBadRequest, oauth: "invalid_request", code: "missing"}
	}
	access, refused := random(p.config.Rand, 32)
	if refused != nil {
		return refused
	}
	g, refused := p.redeem(c, client, v, hashOf(access))
	if refused != nil {
		return refused
	}
	id, err := p.issue(client, g, c.now)
	if err != nil {
		return &problem{status: http.StatusServiceUnavailable, code: "away"}
	}
	p.tell(Event{Name: "token", Client: client.ID, User: g.user})
	c.reply(http.StatusOK, tokens{access, "Bearer", int(tokenLife.Seconds()), g.scope, id})
	return nil
}

// authenticate finds out which client asks: by Basic with its secret (RFC 6749 §2.3.1), or by its id alone if it is a public
// one (§3.2.1). The two are not mixed (§2.3).
func (p *Provider) authenticate(c *call, v url.Values) (*Client, *problem) {
	unknown := &problem{status: http.StatusUnauthorized, oauth: "invalid_client", code: "client-authentication"}
	id, secret, basic := c.BasicAuth()
	if basic {
		var errs [2]error
		id, errs[0] = url.QueryUnescape(id)
		secret, errs[1] = url.QueryUnescape(secret)
		if errs != [2]error{} || secret == "" {
			id = ""
		}
	} else if c.Header.Get("Authorization") == "" {
		id = v.Get("client_id")
	}
	client := p.client(id)
	switch {
	case basic && (v.Get("client_secret") != "" || v.Get("client_id") != "" && v.Get("client_id") != id):
		return nil, &problem{status: http.StatusBadRequest, oauth: "invalid_request", code: "client-twice"}
	case client != nil && basic && client.Secret != "" && same(client.Secret, secret):
		return client, nil
	case client != nil && !basic && client.Secret == "" && v.Get("client_secret") == "":
		return client, nil
	}
	c.w.Header().Set("WWW-Authenticate", `Basic realm="idp", charset="UTF-8"`)
	p.tell(Event{Name: "code-refused", Reason: unknown.code})
	return nil, unknown
}

// same compares secrets without telling by its time how much of them is equal.
func same(a, b string) bool {
	x, y := hashOf(a), hashOf(b)
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// redeem uses up a code. The first time that its client presents it is the only one, right or wrong; the second time it is
// in two hands, so what came of it is worth nothing any more (RFC 6749 §4.1.2, RFC 9700 §4.5).
func (p *Provider) redeem(c *call, client *Client, v url.Values, access hash) (grant, *problem) {
	p.mu.Lock()
	g, reason := p.redeemLocked(c, client, v, access)
	p.mu.Unlock()
	switch reason {
	case "":
		return g, nil
	case "grant-used":
		p.tell(Event{Name: "code-reused", Reason: reason, Client: client.ID, User: g.user})
	default:
		p.tell(Event{Name: "code-refused", Reason: reason, Client: client.ID})
	}
	return grant{}, badGrant
}

// redeemLocked returns why the code is refused, which only [Event] may know.
func (p *Provider) redeemLocked(c *call, client *Client, v url.Values, access hash) (grant, string) {
	g := p.state.byCode(hashOf(v.Get("code")))
	switch {
	case g == nil:
		return grant{}, "grant-unknown"
	case g.client != client.ID:
		return *g, "grant-client"
	case g.used:
		g.access = hash{}
		return *g, "grant-used"
	}
	g.used = true
	switch {
	case !c.now.Before(g.codeEnds):
		return *g, "grant-expired"
	case v.Get("redirect_uri") != g.redirect:
		return *g, "grant-redirect"
	case !proves(v.Get("code_verifier"), g.challenge):
		return *g, "grant-verifier"
	}
	g.access, g.ends = access, c.now.Add(tokenLife)
	return *g, ""
}

// proves reports whether a verifier is that of the challenge (RFC 7636 §4.6). Where there was no challenge there must be no
// verifier either, or an attacker could leave the challenge out (RFC 9700 §4.8.2).
func proves(verifier, challenge string) bool {
	if challenge == "" {
		return verifier == ""
	}
	return sound(verifier) && same(challengeOf(verifier), challenge)
}

// sound reports whether a verifier has the form of one (RFC 7636 §4.1).
func sound(verifier string) bool {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	return len(verifier) >= 43 && len(verifier) <= 128 && strings.Trim(verifier, letters) == ""
}

// challengeOf is the challenge of a verifier by S256 (RFC 7636 §4.2).
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
