package storetest

import (
	"fmt"
	"testing"

	"jwtlab/app/login"
)

// Reopen fills a store, opens it again and expects to find everything: after an orderly end, a crash, or from another
// replica, as again does it.
func Reopen(t *testing.T, open func(t *testing.T) (s login.Store, again func() login.Store)) {
	s, again := open(t)
	p := probe{t, s, t.Context()}
	for i := range 100 {
		p.create(someone(fmt.Sprintf("%03d", i), fmt.Sprint("user", i%3)), 100*i+1)
	}
	for i := range 50 {
		p.rotates(gracious(100*i+1, 100*i+2, at(1)), login.Fresh)
	}
	p.rotates(rotate(2, 3, 2), login.Fresh)
	p.ends(login.Ending{User: "user1", Except: "001", Now: at(2), Deny: at(9)}, 32)
	p.must(p.Create(p.ctx, someone("new", "user0"), hash(99_999), hash(9_901)))
	p.must(p.Deny(p.ctx, at(20), "j"))
	p.must(p.SetRole(p.ctx, "user0", "admin"))

	p.Store = again()
	want := someone("060", "user0")
	p.equal(p.finds(6001, at(3), "060"), want)
	p.finds(1, at(3), "")
	p.finds(2, at(3), "")
	p.finds(3, at(3), "000")
	p.finds(401, at(3), "") // ended
	p.finds(9_901, at(3), "")
	p.finds(99_999, at(3), "new")
	p.denies(at(8), true, "004")
	p.denies(at(8), false, "001", "060")
	p.denies(at(19), true, "j")
	p.lists("user1", at(3), "001")
	if all, err := p.Logins(p.ctx, "user0", "", 100, at(3)); err != nil || len(all) != 34 {
		p.Errorf("user0 has %d logins, %v", len(all), err)
	}
	if role, err := p.Role(p.ctx, "user0"); err != nil || role != "admin" {
		p.Errorf("the role is %q, %v", role, err)
	}
	if got := p.rotates(gracious(1401, 1403, at(1)), login.Repeated); string(got.Sealed) != "sealed 1402" {
		p.Errorf("sealed is %q", got.Sealed)
	}
	p.rotates(rotate(1, 4, 3), login.Reused)
	p.finds(3, at(3), "")
}
