package idp

import (
	"net/http"
	"net/url"
	"slices"
)

// A leaving is a site's wish that somebody be logged out here (RP-Initiated Logout §2).
type leaving struct {
	hint     *idToken // nil for none
	redirect string   // where to go then; "" for nowhere
	state    string
	fields   string // the request as fields of a form
}

// logout answers GET and POST /logout: the session here ends. Those of the sites go on, which the page says, for nobody tells
// them (OIDC Back-Channel Logout is not done).
func (p *Provider) logout(c *call) *problem {
	v, refused := c.query()
	if c.Method == http.MethodPost {
		v, refused = c.form()
	}
	if refused != nil {
		return refused
	}
	l, refused := p.leaving(v)
	if refused != nil {
		return refused
	}
	s, here := p.session(c)
	agreed := c.Method == http.MethodPost && c.sealed(v)
	if l.hint != nil && here && l.hint.Subject == s.user {
		agreed = true // the site that it was given to asks, for the one who is here
	}
	// A form of another site comes without the cookie: only the one of the page tells whether there is a session.
	if !agreed && (here || c.Method == http.MethodPost) {
		return p.confirm(c, l)
	}
	p.mu.Lock()
	p.state.endSession(s.secret)
	p.mu.Unlock()
	c.give(sessionCookie, "", 0)
	if here {
		p.tell(Event{Name: "logout", User: s.user})
	}
	if l.redirect == "" || !agreed && l.hint == nil {
		c.page(http.StatusOK, "idp.logout.title", "<p>"+c.say("idp.logout.done")+"</p>")
		return nil
	}
	after := url.Values{}
	if l.state != "" {
		after.Set("state", l.state)
	}
	c.redirect(http.StatusSeeOther, l.redirect, after)
	return nil
}

// leaving reads a wish. Where it leads must be an address of the client that is named, or that the hint was given to.
func (p *Provider) leaving(v url.Values) (leaving, *problem) {
	names := []string{"id_token_hint", "client_id", "post_logout_redirect_uri", "state"}
	if twice(v, append(names, "csrf_token")...) {
		return leaving{}, &problem{status: http.StatusBadRequest, code: "twice"}
	}
	l := leaving{redirect: v.Get("post_logout_redirect_uri"), state: v.Get("state")}
	for _, name := range names {
		l.fields += hidden(name, v.Get(name))
	}
	id := v.Get("client_id")
	if text := v.Get("id_token_hint"); text != "" {
		hint, ok := p.recall(text)
		if !ok {
			return leaving{}, &problem{status: http.StatusBadRequest, code: "hint"}
		}
		if id != "" && id != hint.client() {
			return leaving{}, &problem{status: http.StatusBadRequest, code: "logout-client"}
		}
		l.hint, id = hint, hint.client()
	}
	client := p.client(id)
	switch {
	case id != "" && client == nil:
		return leaving{}, &problem{status: http.StatusBadRequest, code: "client"}
	case l.redirect != "" && (client == nil || !slices.Contains(client.AfterLogout, l.redirect)):
		return leaving{}, &problem{status: http.StatusBadRequest, code: "logout-redirect"}
	}
	return l, nil
}

// confirm asks the person, since anybody could have sent them here.
func (p *Provider) confirm(c *call, l leaving) *problem {
	seal, refused := c.seal(p.config.Rand)
	if refused != nil {
		return refused
	}
	c.allowForms(l.redirect)
	c.page(http.StatusOK, "idp.logout.title", `<p>`+c.say("idp.logout.ask")+`</p><form method="post" action="`+logoutPath+`">`+
		seal+l.fields+`<button>`+c.say("idp.logout.send")+`</button></form>`)
	return nil
}
