package scenario

import (
	"net/http"
	"slices"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/lab/wire"
)

// explain finds the message that decided, and its reasons: which credential was sent or not and why, what the browser did
// not allow, what the service answered, and what it noticed. What the attack says of itself comes first.
func (r *raid) explain() {
	why := r.list.Checks
	for _, id := range r.path {
		if m := r.net.Message(id); m != nil {
			why = append(why, r.reasons(m)...)
		}
	}
	m := r.net.Message(r.pivot)
	if m == nil {
		m = r.decisive()
	}
	if m != nil {
		r.outcome.Decided = m.ID
		why = append(why, r.reasons(m)...)
		why = append(why, r.answer(m)...)
	}
	r.outcome.Why = once(append(why, r.alarmed()...))
}

// once leaves out what has been said before.
func once(all []check.Check) (said []check.Check) {
	for _, c := range all {
		same := func(d check.Check) bool { return d.Code == c.Code && slices.Equal(d.Args, c.Args) }
		if !slices.ContainsFunc(said, same) {
			said = append(said, c)
		}
	}
	return said
}

// decisive is the last message of the attack that asks the shop, or reads a cookie; else its last one.
func (r *raid) decisive() (found *wire.Message) {
	for _, m := range r.since(r.messages) {
		if m.Kind == wire.Answer || m.Method == http.MethodOptions {
			continue
		}
		asks := m.Kind == wire.Ask && (m.To == shop || m.To == plain)
		if found == nil || asks || len(m.Cookies) > 0 || len(m.Notes) > 0 {
			found = m
		}
	}
	return found
}

// reasons are the checks of a message that decided: of the cookies that are credentials, and what was not allowed.
func (r *raid) reasons(m *wire.Message) (why []check.Check) {
	for _, d := range m.Cookies {
		if d.Cookie != nil && r.concerns(m, kindOf(d.Cookie.Name.Text())) {
			why = append(why, d.Checks...)
		}
	}
	for _, c := range m.Notes {
		forbidden := c.Answer == check.No && !r.outcome.Accepted && r.setup.usesCookies() && c.Code != "wire.intercepted"
		if forbidden || c.Name == "browser-hsts" {
			why = append(why, c)
		}
	}
	return why
}

// concerns reports whether a credential has to do with a message: the cookie of a refresh token is for its own route, and where
// another cookie tells who somebody is, it tells nothing of the others.
func (r *raid) concerns(m *wire.Message, kind string) bool {
	return kind != "" && (kind != "refresh" || !r.setup.Cookies() || strings.HasSuffix(m.URL, "/api/refresh"))
}

// answer is what the service said to a request, and what the browser made of it.
func (r *raid) answer(asked *wire.Message) []check.Check {
	l := check.List{Rules: rules}
	a := r.answered(asked)
	if a == nil || a.From != shop && a.From != plain {
		return nil
	}
	for _, c := range a.Notes {
		if c.Name == "browser-framing" && c.Answer == check.No {
			return []check.Check{c} // what is not shown is of no use, whatever it was
		}
	}
	status := itoa(a.Status)
	switch {
	case a.Status == http.StatusMethodNotAllowed:
		l.No("scenario.no-method", asked.Method)
	case a.Status >= 400:
		l.No("scenario.refused", strings.TrimSpace(status+" "+members(a.Body)["code"]))
	case a.Status >= 300:
		l.Yes("scenario.redirected", status)
	default:
		l.Yes("scenario.did", status)
	}
	return l.Checks
}

// answered is the response to a request; nil if there is none.
func (r *raid) answered(asked *wire.Message) *wire.Message {
	for _, a := range r.since(asked.ID) {
		if a.Kind == wire.Answer && a.Cause == asked.ID {
			return a
		}
	}
	return nil
}

// alarmed are the reasons that the service itself has told.
func (r *raid) alarmed() []check.Check {
	l := check.List{Rules: rules}
	for _, name := range r.outcome.Events {
		switch name {
		case "address-refused", "refresh-refused":
			l.No("scenario.bound")
		case "refresh-reused":
			l.No("scenario.reused")
		}
	}
	return l.Checks
}
