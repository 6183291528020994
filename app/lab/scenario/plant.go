package scenario

import (
	"net/http"

	"jwtlab/app/lab/browser"
)

// inject puts the attacker's own login into the victim's browser, from another host of the same site, so that what the victim
// does is done in the attacker's account (login CSRF).
func (r *raid) inject() {
	if r.phone != nil {
		r.list.No("scenario.no-page")
		return
	}
	r.took(r.client().call("GET", "/api/me", ""))
	before := r.user
	kind, value := r.ownLogin(r.planted()...)
	path := map[bool]string{true: "/api/refresh", false: "/api"}[kind == "refresh"] // as long as may be, to come first
	r.script(r.aside(sibling+"/"), func(p *browser.Page) {
		r.path = append(r.path, r.last()+1)
		p.SetCookie(r.cookieName(kind) + "=" + value + "; Domain=shop.example; Path=" + path + "; Secure")
	})
	r.goesOn()
	switch r.outcome.Accepted = r.user == "mallory"; {
	case r.outcome.Accepted:
		r.list.Yes("scenario.own-login")
	case r.user != before:
		r.list.No("scenario.shut-out")
	default:
		r.list.No("scenario.not-planted")
	}
}

// planted are the credentials that the service looks for in a cookie.
func (r *raid) planted() []string {
	if r.setup.Storage == MemoryRefreshCookie {
		return kinds[2:]
	}
	return kinds[:2]
}

// goesOn has the victim go on in the shop. A refresh cookie is asked for after a reload; each time that the service sets another one
// in its place, that one moves behind the planted one (Chromium).
func (r *raid) goesOn() {
	r.took(r.client().call("GET", "/api/me", ""))
	for range 2 {
		if r.setup.Storage == MemoryRefreshCookie && r.user == "alice" {
			r.browser.Reload(r.tab)
			r.took(r.client().call("GET", "/api/me", ""))
		}
	}
}

// ownLogin is a login of the attacker: the first credential of some kinds that comes of it.
func (r *raid) ownLogin(kinds ...string) (kind, value string) {
	body := object("username", "mallory", "password", passwordOf("mallory"), "mode", string(r.setup.mode()))
	answer := r.thief.Send("POST", shop+"/api/login", asJSON, body)
	got := members(answer.Body)
	for _, kind := range kinds {
		if got[kept[kind]] != "" {
			return kind, got[kept[kind]]
		}
		if value := cookieIn(answer.Header, r.cookieName(kind)); value != "" {
			return kind, value
		}
	}
	return "", ""
}

// fixed is the id that the attacker has thought out.
const fixed = "bWFsbG9yeS1rbm93cy10aGlzLWlkLWZyb20tdGhlLXN0YXJ0"

// fixate gives the victim's browser a session id before the login, by answering in clear text for the shop, and uses it when
// the victim has logged in.
func (r *raid) fixate() {
	name := r.cookieName("session")
	r.net.Attacker = func(out http.ResponseWriter, q *http.Request) bool {
		out.Header().Set("Content-Type", "text/html")
		out.Header().Add("Set-Cookie", name+"="+fixed+"; Path=/")
		_, _ = out.Write([]byte("<!doctype html><title>shop</title>"))
		return true
	}
	from := r.last()
	r.aside(plain + "/")
	r.net.Attacker = nil
	for _, m := range r.since(from) {
		r.path = append(r.path, m.ID) // asked in the clear or not, and what became of the cookie
	}
	stored := r.hasCookie(fixed)
	r.took(r.client().login("alice"))
	held := []Loot{{"session", fixed, "planted", r.net.Now()}}
	switch {
	case !stored:
		r.list.No("scenario.not-planted")
	case r.hasCookie(fixed):
		r.list.Yes("scenario.kept-id")
	default:
		r.list.No("scenario.new-id")
	}
	if r.outcome.Accepted = r.use(held, r.asVictim); r.outcome.Accepted {
		r.got(held...)
		r.outcome.Until = r.until(held, r.asVictim)
	}
}

// hasCookie reports whether the victim's browser has a cookie of a value.
func (r *raid) hasCookie(value string) bool {
	for _, k := range r.browser.Cookies() {
		if k.Value.Text() == value {
			return true
		}
	}
	return false
}
