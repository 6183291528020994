package idp

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A request is what a client asks of /authorize (OIDC Core §3.1.2.1, RFC 7636 §4.3).
type request struct {
	client    *Client
	redirect  string // one of the client's
	state     string
	nonce     string
	scope     string // those of ours that were asked for
	challenge string
	prompt    string        // "", "none" or "login"
	age       time.Duration // how old the login may be; negative for any
	hint      string        // the subject that it must be; "" for anybody
	name      string        // to offer in the form
	query     string        // as it came
}

// parameters are those that are understood. Others are ignored (RFC 6749 §3.1).
var parameters = []string{"client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce",
	"code_challenge", "code_challenge_method", "prompt", "max_age", "id_token_hint", "login_hint",
	"request", "request_uri", "registration"}

// authorize answers GET /authorize: with a code if the browser is known, else with the form.
func (p *Provider) authorize(c *call) *problem {
	r, refused := p.read(c.URL.RawQuery)
	if r == nil {
		return refused
	}
	if refused != nil {
		p.refer(c, r, refused)
		return nil
	}
	s, ok := p.session(c)
	switch {
	case ok && p.enough(r, s, c.now):
		return p.grant(c, r, s)
	case r.prompt == "none":
		p.refer(c, r, &problem{oauth: "login_required", code: "login-required"})
		return nil
	}
	return p.ask(c, r, http.StatusOK, r.name, "")
}

// enough reports whether a login serves a request without the password being given again.
func (p *Provider) enough(r *request, s session, now time.Time) bool {
	return r.prompt != "login" && (r.age < 0 || now.Sub(s.at) <= r.age && r.age > 0) && (r.hint == "" || r.hint == s.user)
}

// authorizeByForm answers POST /authorize (OIDC Core §3.1.2.1). Another site's form comes without the cookie, a redirect to
// the same request with it.
func (p *Provider) authorizeByForm(c *call) *problem {
	v, refused := c.form()
	if refused != nil {
		return refused
	}
	c.redirect(http.StatusSeeOther, authorizePath, v)
	return nil
}

// read reads a request. Without a client and an address of its own there is nobody to send the answer to: then there is a
// problem for a page and no request (RFC 6749 §4.1.2.1). Any other problem goes to the client.
func (p *Provider) read(query string) (*request, *problem) {
	if len(query) > maxQuery {
		return nil, &problem{status: http.StatusRequestURITooLong, code: "long"}
	}
	v, refused := parse(query)
	if refused != nil {
		return nil, refused
	}
	if twice(v, "client_id", "redirect_uri") {
		return nil, &problem{status: http.StatusBadRequest, code: "twice"}
	}
	r := &request{client: p.client(v.Get("client_id")), redirect: v.Get("redirect_uri"), age: -1, query: query}
	switch {
	case r.client == nil:
		return nil, &problem{status: http.StatusBadRequest, code: "client"}
	case !slices.Contains(r.client.Redirects, r.redirect):
		return nil, &problem{status: http.StatusBadRequest, code: "redirect"}
	case len(v["state"]) == 1:
		r.state = v.Get("state")
	}
	for _, check := range []func(*request, url.Values) *problem{p.readForm, p.readProof, p.readWho} {
		if refused := check(r, v); refused != nil {
			return r, refused
		}
	}
	return r, nil
}

// readForm reads what kind of answer is asked for (OIDC Core §3.1.2.2, §6.1).
func (p *Provider) readForm(r *request, v url.Values) *problem {
	switch {
	case twice(v, parameters...):
		return &problem{oauth: "invalid_request", code: "twice"}
	case v.Get("request") != "":
		return &problem{oauth: "request_not_supported", code: "not-supported"}
	case v.Get("request_uri") != "":
		return &problem{oauth: "request_uri_not_supported", code: "not-supported"}
	case v.Get("registration") != "":
		return &problem{oauth: "registration_not_supported", code: "not-supported"}
	case v.Get("response_type") == "":
		return &problem{oauth: "invalid_request", code: "missing"}
	case v.Get("response_type") != "code":
		return &problem{oauth: "unsupported_response_type", code: "response-type"}
	case v.Get("response_mode") != "" && v.Get("response_mode") != "query":
		return &problem{oauth: "invalid_request", code: "response-mode"}
	}
	asked := strings.Fields(v.Get("scope"))
	if !slices.Contains(asked, "openid") {
		return &problem{oauth: "invalid_scope", code: "scope"}
	}
	r.scope = "openid"
	if slices.Contains(asked, "profile") {
		r.scope += " profile"
	}
	r.nonce = v.Get("nonce")
	return nil
}

// readProof reads the challenge of PKCE (RFC 7636 §4.3, §4.4.1). The method plain, which is what its absence means, shows the
// verifier to whoever sees the request.
func (p *Provider) readProof(r *request, v url.Values) *problem {
	r.challenge = v.Get("code_challenge")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(r.challenge)
	switch {
	case r.challenge == "" && v.Get("code_challenge_method") == "" && r.client.Unproven:
		return nil
	case r.challenge == "":
		return &problem{oauth: "invalid_request", code: "pkce-missing"}
	case v.Get("code_challenge_method") != "S256":
		return &problem{oauth: "invalid_request", code: "pkce-method"}
	case err != nil || len(raw) != len(hash{}) || len(r.challenge) != 43:
		return &problem{oauth: "invalid_request", code: "pkce-challenge"}
	}
	return nil
}

// readWho reads who it is to be, and how sure.
func (p *Provider) readWho(r *request, v url.Values) *problem {
	if text := v.Get("max_age"); text != "" {
		seconds, err := strconv.ParseUint(text, 10, 31)
		if err != nil {
			return &problem{oauth: "invalid_request", code: "max-age"}
		}
		r.age = time.Duration(seconds) * time.Second
	}
	if text := v.Get("id_token_hint"); text != "" {
		t, ok := p.recall(text)
		if !ok {
			return &problem{oauth: "invalid_request", code: "hint"}
		}
		r.hint = t.Subject
	}
	r.name = v.Get("login_hint")
	prompts := strings.Fields(v.Get("prompt"))
	for _, prompt := range prompts {
		switch {
		case prompt == "none" && len(prompts) > 1:
			return &problem{oauth: "invalid_request", code: "prompt"}
		case prompt == "none", prompt == "login":
			r.prompt = prompt
		case prompt == "consent":
			return &problem{oauth: "consent_required", code: "consent"}
		case prompt == "select_account":
			return &problem{oauth: "account_selection_required", code: "selection"}
		default:
			return &problem{oauth: "invalid_request", code: "prompt"}
		}
	}
	return nil
}

// refer tells the client that it was refused (OIDC Core §3.1.2.6).
func (p *Provider) refer(c *call, r *request, refused *problem) {
	p.tell(Event{Name: "code-refused", Reason: refused.code, Client: r.client.ID})
	p.back(c, r, url.Values{"error": {refused.oauth}, "error_description": {refused.code}})
}

// grant gives the client a code (OIDC Core §3.1.2.5).
func (p *Provider) grant(c *call, r *request, s session) *problem {
	code, refused := random(p.config.Rand, 32)
	if refused != nil {
		return refused
	}
	ends := c.now.Add(codeLife)
	p.mu.Lock()
	p.state.addGrant(grant{code: hashOf(code), client: r.client.ID, redirect: r.redirect, challenge: r.challenge, nonce: r.nonce,
		scope: r.scope, user: s.user, at: s.at, codeEnds: ends, ends: ends}, c.now)
	p.mu.Unlock()
	p.tell(Event{Name: "code", Client: r.client.ID, User: s.user})
	p.back(c, r, url.Values{"code": {code}})
	return nil
}

// back sends the browser back to the client. The answer names the provider, so that a client of several does not take one's
// for another's (RFC 9207).
func (p *Provider) back(c *call, r *request, answer url.Values) {
	answer.Set("iss", p.config.Issuer)
	if r.state != "" {
		answer.Set("state", r.state)
	}
	c.redirect(http.StatusSeeOther, r.redirect, answer)
}
