package login_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"jwtlab/app/login"
)

func (c *client) renew(a answer) answer {
	c.h.Helper()
	return c.send("POST", "/api/refresh", map[string]string{"refresh_token": a.get("refresh_token")})
}

// TestReuse holds R-20: a token that is shown twice was stolen, so the family ends, and what it was given out with too.
func TestReuse(t *testing.T) {
	h := open(t)
	c := h.client()
	a := c.enter(login.Token)
	b := c.renew(a).is(200)
	d := c.renew(b).is(200)
	again := c.renew(a).says(400, "grant")
	if e := h.events[len(h.events)-2]; e.Name != "refresh-reused" || e.User != "alice" || e.Mode != login.Token {
		t.Errorf("the event is %+v", e)
	}
	for _, x := range []answer{a, b, d} {
		c.bearer(x).send("GET", "/api/me", nil).says(401, "token")
	}
	ended := c.renew(d).says(400, "grant")
	unknown := c.send("POST", "/api/refresh", map[string]string{"refresh_token": "never seen"}).says(400, "grant")
	if again.text != ended.text || again.text != unknown.text || again.get("error") != "invalid_grant" {
		t.Errorf("the refusals differ: %s, %s, %s", again.text, ended.text, unknown.text)
	}
	if got := c.send("POST", "/api/refresh", nil).says(400, "grant"); got.text != again.text {
		t.Errorf("without a token: %s", got.text)
	}
}

// TestGrace holds R-21: inside the window the predecessor of the newest token gets that same token, and no other does.
func TestGrace(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Policy.Grace = 5 * time.Second })
	c := h.client()
	a := c.enter(login.Token)
	b := c.renew(a).is(200)
	h.wait(3 * time.Second)
	if again := c.renew(a).is(200); again.get("refresh_token") != b.get("refresh_token") || again.get("access_token") == b.get("access_token") {
		t.Errorf("the second answer is %s, the first was %s", again.text, b.text)
	}
	d := c.renew(b).is(200)
	c.renew(a).says(400, "grant") // an ancestor
	c.renew(d).says(400, "grant")

	a = c.enter(login.Token)
	b = c.renew(a).is(200)
	h.wait(6 * time.Second)
	c.renew(a).says(400, "grant") // too late
	c.renew(b).says(400, "grant")
}

// TestRace holds: of many who show one token at once, one is served; with grace all are, with one token.
func TestRace(t *testing.T) {
	for grace, want := range map[time.Duration]int{0: 1, 5 * time.Second: 64} {
		h := open(t, func(c *login.Config) { c.Policy.Grace, c.Event = grace, nil; c.Rand = &locked{from: c.Rand} })
		a := h.client().enter(login.Token)
		var all sync.WaitGroup
		answers := make(chan answer, 64)
		for range 64 {
			all.Go(func() { answers <- h.client().renew(a) })
		}
		all.Wait()
		close(answers)
		served, tokens := 0, map[string]bool{}
		for got := range answers {
			if got.status == http.StatusOK {
				served++
				tokens[got.get("refresh_token")] = true
			}
		}
		if served != want || len(tokens) != 1 {
			t.Errorf("with a grace of %v: %d of 64 were served, with %d tokens; want %d and 1", grace, served, len(tokens), want)
		}
	}
}

// TestFamilyEnds holds R-8 for refresh tokens: they slide, but not for ever.
func TestFamilyEnds(t *testing.T) {
	h := open(t)
	c := h.client()
	a, idle := c.enter(login.Token), c.enter(login.Token)
	for range 36 { // 30 days, less an hour a day, are over after the last
		if a = c.renew(a); a.status != http.StatusOK {
			break
		}
		h.wait(23 * time.Hour)
	}
	a.says(400, "grant")
	if h.now.Before(start.Add(30*24*time.Hour)) || h.now.After(start.Add(32*24*time.Hour)) {
		t.Errorf("the family ended after %v", h.now.Sub(start))
	}
	c.renew(idle).says(400, "grant")
}

// TestKept is the weak service whose refresh tokens serve again and again.
func TestKept(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Policy.Rotate = false })
	c := h.client()
	a := c.enter(login.Token)
	b := c.renew(a).is(200)
	c.renew(a).is(200)
	if b.get("refresh_token") != a.get("refresh_token") {
		t.Error("the token was replaced")
	}
}

// TestMixedUp has the secret of one kind shown as another.
func TestMixedUp(t *testing.T) {
	h := open(t)
	c := h.client()
	c.enter(login.Session)
	session := c.cookies["__Host-session"].Value
	c.send("POST", "/api/refresh", map[string]string{"refresh_token": session}).says(400, "grant")
	c.send("DELETE", "/api/refresh", map[string]string{"refresh_token": session}).is(204)
	c.send("GET", "/api/me", nil).is(200)
}

// TestDenyList is the difference between a service that has one and one that has none.
func TestDenyList(t *testing.T) {
	for _, has := range []bool{true, false} {
		h := open(t, func(c *login.Config) { c.Policy.DenyList = has })
		c := h.client()
		a := c.enter(login.Token)
		c.bearer(a).send("POST", "/api/logout", nil).is(204)
		want := http.StatusOK
		if has {
			want = http.StatusUnauthorized
		}
		c.bearer(a).send("GET", "/api/me", nil).is(want)
		h.wait(5 * time.Minute)
		c.bearer(a).send("GET", "/api/me", nil).is(401)
		c.renew(a).says(400, "grant")
	}
}
