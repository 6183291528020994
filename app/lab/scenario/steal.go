package scenario

import (
	"encoding/hex"
	"strings"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// xssRead reads, by a script of the attacker in the page of the shop, all that scripts can read, and uses it elsewhere.
func (r *raid) xssRead() {
	if r.phone != nil {
		r.list.No("scenario.no-page")
		return
	}
	r.script(r.at(r.page), func(p *browser.Page) {
		r.path = append(r.path, r.last()+1) // what document.cookie tells, and what not
		r.got(r.readable(p)...)
		r.got(r.renewed(p)...)
	})
	if !r.outcome.Obtained && !r.setup.Cookies() {
		r.list.No("scenario.nothing")
	}
	r.serves()
}

// readable is what a script can read in a page.
func (r *raid) readable(p *browser.Page) (all []Loot) {
	now := p.Now()
	for _, pair := range strings.Split(p.Cookie(), "; ") {
		name, value, _ := strings.Cut(pair, "=")
		if kind := kindOf(name); kind != "" {
			all = append(all, Loot{kind, value, "document.cookie", now})
		}
	}
	for _, place := range []struct {
		name  string
		store *browser.Storage
	}{{"localStorage", p.Local()}, {"sessionStorage", p.Session()}, {"memory", p.Memory()}} {
		for _, kind := range kinds {
			if value, ok := place.store.Get(kept[kind]); ok {
				all = append(all, Loot{kind, value, place.name, now})
				r.shown(place.name)
			}
		}
	}
	return all
}

// renewed is the next access token, where a cookie gets it that the script cannot read: it can read the answer.
func (r *raid) renewed(p *browser.Page) []Loot {
	if r.setup.Storage != MemoryRefreshCookie {
		return nil
	}
	answer, err := p.Fetch(shop+"/api/refresh", browser.Init{Method: "POST", Credentials: "include"})
	token := members(answer.Body)[keyAccess]
	if err != nil || token == "" {
		return nil
	}
	r.list.Remark("scenario.renewed")
	return []Loot{{"access", token, "/api/refresh", p.Now()}}
}

// shown says why a script could read what a page keeps.
func (r *raid) shown(place string) {
	if place == "memory" {
		r.list.Remark("scenario.hooked")
		return
	}
	r.list.Yes("scenario.storage", place)
}

// sniff listens on the way when the victim types the name of the shop without https, in a browser that does not try https first.
func (r *raid) sniff() {
	was := r.net.Tap
	r.net.Tap, r.pivot = true, r.last()+1
	if r.phone != nil {
		r.phone.Send("GET", plain+"/", nil, "")
	} else {
		r.aside(plain + "/")
	}
	r.net.Tap = was
	heard := false
	for _, m := range r.since(r.messages) {
		if m.Overheard {
			heard = true
			r.got(overheard(m)...)
		}
	}
	switch {
	case r.outcome.Obtained:
		r.list.Yes("scenario.heard")
	case heard:
		r.list.No("scenario.unheard")
	default:
		r.list.No("scenario.https-only")
	}
	r.serves()
}

// overheard are the credentials in a message that went in the clear.
func overheard(m *wire.Message) (all []Loot) {
	for _, pair := range strings.Split(m.Value("Cookie"), "; ") {
		name, value, _ := strings.Cut(pair, "=")
		if kind := kindOf(name); kind != "" && m.Kind == wire.Ask {
			all = append(all, Loot{kind, value, "Cookie", m.Time})
		}
	}
	if token, ok := strings.CutPrefix(m.Value("Authorization"), "Bearer "); ok {
		all = append(all, Loot{"access", token, "Authorization", m.Time})
	}
	return all
}

// replay uses a copy of what is on the victim's device, as malware makes it, elsewhere.
func (r *raid) replay() {
	r.got(r.copies()...)
	r.serves()
}

// replayAfterLogout uses a copy that was made before the victim has logged out.
func (r *raid) replayAfterLogout() {
	r.got(r.copies()...)
	r.client().logout()
	if r.serves(); r.outcome.Accepted {
		r.list.Yes("scenario.outlives")
	}
}

// replayAfterExpiry uses a copy when the session has idled out, or the access token ended.
func (r *raid) replayAfterExpiry() {
	all := r.copies()
	r.got(all...)
	var short []Loot
	for _, l := range all {
		if l.Kind != "refresh" {
			short = append(short, l)
		}
	}
	if end := r.nextEnd(short); !end.IsZero() {
		r.net.Pass(end.Sub(r.net.Now()))
	}
	r.serves()
}

// refreshTheft uses a copy of the refresh token before its owner does; the owner goes on as ever, and so does the thief.
func (r *raid) refreshTheft() {
	for _, l := range r.copies() {
		if l.Kind == "refresh" {
			r.got(l)
		}
	}
	if !r.outcome.Obtained {
		return
	}
	began, held := r.net.Now(), r.outcome.Held
	r.outcome.Accepted = r.use(held, r.asVictim)
	if !r.outcome.Accepted {
		return
	}
	r.net.Pass(r.policy.AccessLifetime)
	r.took(r.client().call("GET", "/api/me", "")) // the owner's access token has ended, and so it is renewed
	if !r.use(held, r.asVictim) {
		r.outcome.Until = int64(r.net.Now().Sub(began).Seconds())
		return
	}
	if r.outcome.Until = r.until(held, r.asVictim); r.outcome.Until != Forever {
		r.outcome.Until += int64(r.net.Now().Sub(began).Seconds())
	}
}

// storeLeak tries what a thief of the store has: hashes.
func (r *raid) storeLeak() {
	r.list.No("scenario.hashes")
	for _, h := range r.hashes() {
		for _, value := range []string{encode(h[:]), hex.EncodeToString(h[:])} {
			kind := "session"
			if r.setup.Credential == Refresh {
				kind = "refresh"
			}
			if r.use([]Loot{{kind, value, "store", r.net.Now()}}, r.asVictim) {
				r.outcome.Accepted = true
			}
		}
	}
}

// staleRole uses a role after it was taken away, by whoever had it.
func (r *raid) staleRole() {
	_ = r.doRole([]string{"alice", "admin"})
	r.client().login("alice")
	_ = r.doRole([]string{"alice", "none"})
	r.took(r.client().call("GET", "/api/admin", ""))
	if r.outcome.Accepted = r.status == 200; !r.outcome.Accepted {
		return
	}
	r.list.Yes("scenario.outlives")
	var short []Loot // a new access token would have the new role
	for _, l := range r.copies() {
		if l.Kind != "refresh" {
			short = append(short, l)
		}
	}
	r.outcome.Until = r.until(short, func(w *world, _ []Loot) bool {
		c := w.client()
		return c.send("GET", "/api/admin", c.known(), "").status == 200
	})
}
