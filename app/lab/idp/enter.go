package idp

import (
	"errors"
	"fmt"
	"html"
	"net/http"

	"jwtlab/app/login"
)

const sessionCookie = "__Host-idp"

// The longest that the form takes, in bytes.
const (
	maxName     = 64
	maxPassword = 1024
)

// session returns the session of the browser.
func (p *Provider) session(c *call) (session, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state.findSession(hashOf(c.presented(sessionCookie)), c.now)
}

// ask shows the form. It brings the request along, which is judged again when it comes back.
func (p *Provider) ask(c *call, r *request, status int, name, message string) *problem {
	seal, refused := c.seal(p.config.Rand)
	if refused != nil {
		return refused
	}
	said := ""
	if message != "" {
		said = `<p role="alert">` + c.say("idp.problem."+message) + `</p>`
	}
	c.allowForms(r.redirect)
	c.page(status, "idp.login.title", said+fmt.Sprintf(`<p>%s</p><form method="post" action="%s">%s%s<p><label>%s `+
		`<input name="username" required maxlength="%d" autocomplete="username" value="%s"></label></p><p><label>%s `+
		`<input name="password" type="password" required maxlength="%d" autocomplete="current-password"></label></p>`+
		`<button>%s</button></form>`,
		c.say("idp.login.for", r.client.ID), loginPath, seal, hidden("request", r.query), c.say("idp.login.name"), maxName,
		html.EscapeString(name), c.say("idp.login.password"), maxPassword, c.say("idp.login.send")))
	return nil
}

// login answers POST /login, where the form leads.
func (p *Provider) login(c *call) *problem {
	v, refused := c.form()
	if refused != nil {
		return refused
	}
	if twice(v, "username", "password", "request", "csrf_token") {
		return &problem{status: http.StatusBadRequest, code: "twice"}
	}
	if !c.sealed(v) {
		p.tell(Event{Name: "csrf-refused"})
		return &problem{status: http.StatusForbidden, code: "csrf"}
	}
	r, refused := p.read(v.Get("request"))
	switch {
	case r == nil:
		return refused
	case refused != nil:
		p.refer(c, r, refused)
		return nil
	}
	name, password := v.Get("username"), v.Get("password")
	if len(name) > maxName || len(password) > maxPassword {
		return p.ask(c, r, http.StatusBadRequest, "", "credentials-long")
	}
	account, err := p.config.Accounts.Verify(c.Context(), name, password)
	switch {
	case errors.Is(err, login.ErrCredentials):
		p.tell(Event{Name: "login-refused", Reason: "credentials", Client: r.client.ID})
		return p.ask(c, r, http.StatusForbidden, name, "credentials")
	case err != nil:
		return &problem{status: http.StatusServiceUnavailable, code: "away"}
	}
	return p.enter(c, r, account.Name)
}

// enter begins a session under a new id; the one that the browser had ends (ASVS 7.2.4).
func (p *Provider) enter(c *call, r *request, user string) *problem {
	secret, refused := random(p.config.Rand, 32)
	if refused != nil {
		return refused
	}
	s := session{secret: hashOf(secret), user: user, at: c.now, ends: c.now.Add(sessionLife)}
	p.mu.Lock()
	p.state.endSession(hashOf(c.presented(sessionCookie)))
	p.state.addSession(s, c.now)
	p.mu.Unlock()
	c.give(sessionCookie, secret, sessionLife)
	p.tell(Event{Name: "login", Client: r.client.ID, User: user})
	if r.hint != "" && r.hint != user {
		p.refer(c, r, &problem{oauth: "login_required", code: "login-required"})
		return nil
	}
	return p.grant(c, r, s)
}
