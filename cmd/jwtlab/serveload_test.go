package main

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

// load has customers use a server until so many answers have come; then something is done that stops it, and the load ends
// as each notices. It returns what was counted and how long it took until then.
func load(all []*customer, url string, m mishap, answers int64, then func()) (*tally, time.Duration) {
	begun, took := time.Now(), time.Duration(0)
	t := &tally{at: answers, then: func() {
		took = time.Since(begun)
		then()
	}}
	each(all, func(c *customer) {
		c.url, c.expects, c.tally = url, m, t
		c.live()
	})
	return t, took
}

// settle has customers hold a server to all that it has answered; whatever was settled before is looked at again if so
// wanted.
func settle(all []*customer, url string, again bool) {
	each(all, func(c *customer) {
		c.url, c.expects, c.tally = url, none, &tally{}
		c.settle(again)
	})
}

func each(all []*customer, do func(*customer)) {
	var done sync.WaitGroup
	for _, c := range all {
		done.Go(func() { do(c) })
	}
	done.Wait()
}

// live logs in, uses the login, and ends it or not, until an answer fails to come. There are some eleven refreshes to a login.
func (c *customer) live() {
	for n := 0; ; n++ {
		l, ok := c.enter([]string{"token", "cookie", "session", "token", "cookie"}[n%5])
		for i := 8 + c.dice.IntN(12); ok && i > 0; i-- {
			ok = c.use(l)
		}
		if !ok || !c.part(l) {
			return
		}
	}
}

func (c *customer) enter(mode string) (*life, bool) {
	a, ok := c.ask("POST", "/api/login", fmt.Sprintf(`{"username":%q,"password":"wonderland","mode":%q}`, c.name, mode))
	if !ok || !c.is(a, http.StatusOK, "the login") {
		return nil, false
	}
	c.tally.logins.Add(1)
	l := &life{mode: mode}
	l.take(a)
	c.lives = append(c.lives, l)
	if a, ok = c.me(l, newest(l.access)); !ok || !c.is(a, http.StatusOK, "the new login") {
		return l, false
	}
	l.id = field(a.text, "login")
	return l, true
}

// use renews a family, and looks at a session.
func (c *customer) use(l *life) bool {
	if l.mode == "session" {
		a, ok := c.me(l, "")
		return ok && c.is(a, http.StatusOK, "the session")
	}
	l.doubt = true
	a, ok := c.show("POST", l, newest(l.refresh))
	if !ok {
		return false
	}
	l.doubt = false
	if !c.is(a, http.StatusOK, "the newest refresh token") {
		return false
	}
	c.tally.refreshes.Add(1)
	l.take(a)
	return true
}

// part ends a login in one of the ways that there are, or another one, or all, or none.
func (c *customer) part(l *life) bool {
	name, value := l.proof(newest(l.access))
	switch d := c.dice.IntN(20); {
	case d < 4:
		return c.end(http.StatusNoContent, []*life{l}, func() (reply, bool) { return c.ask("POST", "/api/logout", "", name, value) })
	case d < 7 && l.mode != "session":
		return c.end(http.StatusNoContent, []*life{l}, func() (reply, bool) { return c.show("DELETE", l, newest(l.refresh)) })
	case d < 11:
		other := c.other(l)
		return c.end(http.StatusNoContent, []*life{other}, func() (reply, bool) {
			return c.ask("DELETE", "/api/sessions/"+other.id, "", name, value)
		})
	case d < 12:
		return c.end(http.StatusNoContent, c.alive(), func() (reply, bool) { return c.ask("DELETE", "/api/sessions", "", name, value) })
	case d < 14 && l.mode != "session": // as if it was stolen
		return c.end(http.StatusBadRequest, []*life{l}, func() (reply, bool) { return c.show("POST", l, l.refresh[0]) })
	}
	return true
}

// alive are the logins of which no end was answered.
func (c *customer) alive() (all []*life) {
	for _, l := range c.lives {
		if !l.over {
			all = append(all, l)
		}
	}
	return all
}

// other is a login of the customer that can be forced out: another one, if there is one.
func (c *customer) other(than *life) *life {
	all := c.alive()
	if l := all[c.dice.IntN(len(all))]; l.id != "" {
		return l
	}
	return than
}

// end asks for the end of logins. They are in doubt until that is answered.
func (c *customer) end(status int, all []*life, ask func() (reply, bool)) bool {
	for _, l := range all {
		l.doubt = true
	}
	a, ok := ask()
	if !ok {
		return false
	}
	for _, l := range all {
		l.doubt, l.over = false, true
	}
	c.tally.ends.Add(1)
	return c.is(a, status, "an end")
}

func (c *customer) settle(again bool) {
	for _, l := range c.lives {
		switch {
		case l.over:
			if again || !l.settled {
				c.settleOver(l)
			}
		case l.mode == "session":
			c.settleSession(l)
		default:
			c.settleFamily(l)
		}
	}
}

// settleOver holds to the end of a login: nothing of it opens anything.
func (c *customer) settleOver(l *life) {
	l.settled = true
	if l.mode == "session" {
		a, _ := c.me(l, "")
		c.is(a, http.StatusUnauthorized, "a session that is over")
	}
	for _, access := range ends(l.access) {
		a, _ := c.me(l, access)
		c.is(a, http.StatusUnauthorized, "an access token of a login that is over")
	}
	for _, refresh := range ends(l.refresh) {
		a, _ := c.show("POST", l, refresh)
		c.is(a, http.StatusBadRequest, "a refresh token of a login that is over")
	}
}

func (c *customer) settleSession(l *life) {
	a, _ := c.me(l, "")
	if l.doubt && a.status == http.StatusUnauthorized {
		l.over = true
	} else {
		c.is(a, http.StatusOK, "a session")
	}
	l.doubt, l.fresh = false, false
}

// settleFamily holds to the newest access token and the newest refresh token; then, of every other family, to it that the one
// before was used. In that order, for to show a used one ends the family, and it has to.
func (c *customer) settleFamily(l *life) {
	doubt, fresh, used := l.doubt, l.fresh, l.refresh[:len(l.refresh)-1]
	l.doubt, l.fresh = false, false
	if fresh && !doubt {
		a, _ := c.me(l, newest(l.access))
		c.is(a, http.StatusOK, "the newest access token")
	}
	a, _ := c.show("POST", l, newest(l.refresh))
	if doubt && a.status == http.StatusBadRequest {
		l.over = true
		c.settleOver(l)
		return
	}
	if !c.is(a, http.StatusOK, "the newest refresh token") {
		return
	}
	l.take(a)
	l.fresh = false
	a, _ = c.me(l, newest(l.access))
	c.is(a, http.StatusOK, "a new access token")
	if len(used) == 0 || c.dice.IntN(2) == 0 {
		return
	}
	a, _ = c.show("POST", l, newest(used))
	c.is(a, http.StatusBadRequest, "a used refresh token")
	l.over = true
	c.settleOver(l)
}

// inDoubt is how many logins are in doubt, and how many are known to be alive and to be over.
func inDoubt(all []*customer) (doubt, alive, over int) {
	for _, c := range all {
		for _, l := range c.lives {
			switch {
			case l.doubt:
				doubt++
			case l.over:
				over++
			default:
				alive++
			}
		}
	}
	return doubt, alive, over
}

// logLoad tells what a load was, of which a slow machine makes less than a quick one.
func logLoad(t *testing.T, all []*customer, count *tally, took time.Duration) {
	t.Helper()
	rate := func(n int64) float64 { return float64(n) / took.Seconds() }
	doubt, alive, over := inDoubt(all)
	t.Logf("after %v and %d answers; %.0f logins/s, %.0f refreshes/s, %.0f ends/s; of all logins %d are alive, %d over, %d in doubt",
		took.Round(time.Millisecond), count.all.Load(), rate(count.logins.Load()), rate(count.refreshes.Load()), rate(count.ends.Load()), alive, over, doubt)
}
