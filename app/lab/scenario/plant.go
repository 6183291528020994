package scenario

import (
	"net/http"

	"jwtlab/app/lab/browser"
)

// inject puts the attacker's own login into the victim's browser, from another host of the same site, so that what the victim
// does is done in the attacker's account (login CSRF).
func (r *raid) inject() {
	kind, value := r.ownLogin()
	r.script(r.aside(sibling+"/"), func(p *browser.Page) {
		p.SetCookie(r.cookieName(kind) + "=" + value + "; Domain=shop.example; Path=/api; Secure")
	})
	r.took(r.client().call("GET", "/api/me", ""))
	if r.outcome.Accepted = r.user == "mallory"; r.outcome.Accepted {
		r.list.Yes("scenario.own-login")
		return
	}
	r.list.No("scenario.not-planted")
}

// ownLogin is a login of the attacker.
func (r *raid) ownLogin() (kind, value string) {
	body := object("username", "mallory", "password", passwordOf("mallory"), "mode", string(r.setup.mode()))
	answer := r.thief.Send("POST", shop+"/api/login", asJSON, body)
	got := members(answer.Body)
	for _, kind := range []string{"session", "access"} {
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
	r.pivot = r.last() + 1
	r.aside(plain + "/")
	r.net.Attacker = nil
	r.took(r.client().login("alice"))
	held := []Loot{{"session", fixed, "planted", r.net.Now()}}
	if r.outcome.Accepted = r.use(held, r.asVictim); r.outcome.Accepted {
		r.got(held...)
		r.outcome.Until = r.until(held, r.asVictim)
		return
	}
	r.list.No("scenario.not-planted")
}
