package login_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

// twin is another house that stands as this one does, with a clock, a store and events of its own.
func (h *house) twin(c login.Config) *house {
	h.Helper()
	other := &house{T: h.T, now: h.now, store: h.store.(*memstore.Store).Clone()}
	c.Now, c.Store, c.Rand = func() time.Time { return other.now }, other.store, rand.NewChaCha8([32]byte{2})
	c.Accounts, c.Keys = passwords{other}, login.Keys{}
	c.Event = func(e login.Event) { other.events = append(other.events, e) }
	var err error
	if other.service, err = h.service.Clone(c); err != nil {
		h.Fatal(err)
	}
	return other
}

// at is the same client, as another house sees it.
func (c *client) at(h *house) *client {
	d := h.client()
	d.headers, d.address = c.headers, c.address
	for name, k := range c.cookies {
		d.cookies[name] = k
	}
	return d
}

// TestServiceClone: a clone knows the keys, the logins, the transfers and who has to wait, and from then on each goes its own way.
func TestServiceClone(t *testing.T) {
	var config login.Config
	h := open(t, func(c *login.Config) { c.PerAccount = login.Limit{Burst: 1, Every: time.Hour}; config = *c })
	keys, err := login.ReadKeys(`{"keys":[` + edKey(3, "three", "") + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	h.service.SetKeys(keys)
	session, token := h.client(), h.client()
	session.enter(login.Session)
	a := token.enter(login.Token)
	token.bearer(a).send("GET", "/api/me", nil).is(200) // verified, and remembered
	session.send("POST", "/api/transfer", map[string]any{"to": "bob", "amount": 1}).is(200)
	guess := map[string]string{"username": "bob", "password": "guess", "mode": "session"}
	h.client().send("POST", "/api/login", guess).says(401, "credentials")

	other := h.twin(config)
	if one, two := h.service.SigningKeys().JWKS(h.now), other.service.SigningKeys().JWKS(h.now); one != two || one == config.Keys.JWKS(h.now) {
		t.Errorf("the keys are %s and %s", one, two)
	}
	session.at(other).send("GET", "/api/me", nil).is(200)
	token.at(other).bearer(a).send("GET", "/api/me", nil).is(200)
	other.client().send("POST", "/api/login", guess).says(429, "throttled")
	if all := other.service.Transfers("alice", 9); len(all) != 1 || all[0].To != "bob" {
		t.Errorf("the clone's transfers are %v", all)
	}

	before := len(h.events)
	session.at(other).send("POST", "/api/transfer", map[string]any{"to": "eve", "amount": 2}).is(200)
	session.at(other).send("POST", "/api/logout", nil).is(204)
	token.at(other).bearer(a).send("POST", "/api/logout", nil).is(204)
	token.at(other).bearer(a).send("GET", "/api/me", nil).says(401, "token")
	other.client().send("POST", "/api/login", map[string]string{"username": "alice", "password": "guess", "mode": "session"}).says(401, "credentials")
	other.wait(2 * time.Hour)
	other.client().send("POST", "/api/login", guess).says(401, "credentials")
	other.service.SetKeys(config.Keys)
	if len(h.events) != before || len(h.service.Transfers("alice", 9)) != 1 {
		t.Errorf("what was done to the clone is done to the original: %v", h.events[before:])
	}
	session.send("GET", "/api/me", nil).is(200)
	token.bearer(a).send("GET", "/api/me", nil).is(200)
	h.client().send("POST", "/api/login", guess).says(429, "throttled")
	h.client().enter(login.Session)
	session.send("POST", "/api/transfer", map[string]any{"to": "amy", "amount": 3}).is(200)
	if all := other.service.Transfers("alice", 9); len(all) != 2 || all[0].To != "eve" {
		t.Errorf("what is done to the original is done to the clone: %v", all)
	}
}

// TestServiceCloneAsksItsStore: what is remembered of a token outlives no key and no revocation in the clone either.
func TestServiceCloneAsksItsStore(t *testing.T) {
	var config login.Config
	h := open(t, func(c *login.Config) { config = *c })
	c := h.client()
	a := c.enter(login.Token)
	c.bearer(a).send("GET", "/api/me", nil).is(200)
	other := h.twin(config)
	c.at(other).bearer(a).send("GET", "/api/me", nil).is(200)
	fresh, err := login.ReadKeys(`{"keys":[` + edKey(4, "four", "") + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	other.service.SetKeys(fresh)
	c.at(other).bearer(a).send("GET", "/api/me", nil).says(401, "token")
	c.bearer(a).send("GET", "/api/me", nil).is(200)

	theirs := c.at(other)
	b := theirs.enter(login.Token)
	theirs.bearer(b).send("GET", "/api/me", nil).is(200)
	if fresh, err = login.ReadKeys(`{"keys":[` + edKey(5, "five", "") + `]}`); err != nil {
		t.Fatal(err)
	}
	h.service.SetKeys(fresh) // as many changes as there
	c.bearer(b).send("GET", "/api/me", nil).says(401, "token")
	if _, err := h.service.Clone(login.Config{}); err == nil {
		t.Error("a clone of nothing is made")
	}
}
