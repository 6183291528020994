package storetest

import (
	"context"
	"fmt"
	"time"

	"jwtlab/app/login"
)

var denial = group{
	{"until", func(p probe) {
		p.denies(at(1), false, "j")
		p.must(p.Deny(p.ctx, at(10), "j"))
		p.denies(at(10).Add(-time.Millisecond), true, "j")
		p.denies(at(10), false, "j")
		p.denies(at(1), false, "J", "jj", "")
		p.denies(at(1), false)
	}},
	{"several", func(p probe) {
		p.must(p.Deny(p.ctx, at(10), "a", "b", "a"))
		p.must(p.Deny(p.ctx, at(10)))
		p.denies(at(1), true, "a")
		p.denies(at(1), true, "x", "y", "b")
		p.denies(at(1), true, "b", "x")
		p.denies(at(1), false, "x", "y")
	}},
	{"the later time wins", func(p probe) {
		p.must(p.Deny(p.ctx, at(10), "a"))
		p.must(p.Deny(p.ctx, at(5), "a", "b"))
		p.denies(at(9), true, "a")
		p.denies(at(9), false, "b")
		p.denies(at(9), true, "a", "b")
		p.denies(at(9), true, "b", "a")
		p.must(p.Deny(p.ctx, at(20), "a"))
		p.denies(at(19), true, "a")
		p.denies(at(20), false, "a")
		p.must(p.Deny(p.ctx, time.Time{}, "a", "c"))
		p.denies(at(19), true, "a")
		p.denies(at(1), false, "c")
	}},
	{"and an ending", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.must(p.Deny(p.ctx, at(50), "a"))
		p.finds(1, at(1), "a") // denied is not ended
		p.ends(login.Ending{User: "amy", ID: "a", Now: at(2), Deny: at(9)}, 1)
		p.denies(at(49), true, "a")
	}},
	{"roles", func(p probe) {
		role := func(user, want string) {
			p.Helper()
			if got, err := p.Role(p.ctx, user); err != nil || got != want {
				p.Errorf("%q is %q, want %q (%v)", user, got, want, err)
			}
		}
		role("amy", "")
		p.must(p.SetRole(p.ctx, "amy", "admin"))
		p.must(p.SetRole(p.ctx, "{amy}:\x00\xff", "관리자"))
		role("amy", "admin")
		role("{amy}:\x00\xff", "관리자")
		role("bob", "")
		p.must(p.SetRole(p.ctx, "amy", "reader"))
		role("amy", "reader")
		p.must(p.SetRole(p.ctx, "amy", ""))
		p.must(p.SetRole(p.ctx, "amy", ""))
		role("amy", "")
	}},
}

var input = group{
	{"no id", func(p probe) {
		if err := p.Create(p.ctx, someone("", "amy"), hash(1), login.Hash{}); err == nil {
			p.Error("a login without an id was kept")
		}
		p.finds(1, at(1), "")
	}},
	{"cancelled", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.must(p.SetRole(p.ctx, "amy", "admin"))
		ctx, cancel := context.WithCancel(p.ctx)
		cancel()
		calls := map[string]func() error{
			"Create": func() error { return p.Create(ctx, someone("b", "amy"), hash(2), hash(1)) },
			"Find":   func() error { _, err := p.Find(ctx, hash(1), at(1)); return err },
			"Touch":  func() error { return p.Touch(ctx, "a", at(1), at(2)) },
			"Rotate": func() error { _, err := p.Rotate(ctx, rotate(1, 2, 1)); return err },
			"End":    func() error { _, err := p.End(ctx, login.Ending{User: "amy", Now: at(1), Deny: at(9)}); return err },
			"Logins": func() error { _, err := p.Logins(ctx, "amy", "", 9, at(1)); return err },
			"Deny":   func() error { return p.Deny(ctx, at(9), "b") },
			"Denied": func() error { _, err := p.Denied(ctx, at(1), "b"); return err },
			"SetRole": func() error {
				return p.SetRole(ctx, "amy", "")
			},
			"Role":  func() error { _, err := p.Role(ctx, "amy"); return err },
			"Sweep": func() error { _, err := p.Sweep(ctx, at(1000), 9); return err },
		}
		for name, call := range calls {
			if err := call(); err == nil {
				p.Errorf("%s went on", name)
			}
		}
		p.equal(p.finds(1, at(3), "a"), someone("a", "amy"))
		p.finds(2, at(3), "")
		p.denies(at(3), false, "a", "b")
		if role, err := p.Role(p.ctx, "amy"); role != "admin" {
			p.Errorf("the role is %q (%v)", role, err)
		}
	}},
}

var sweeping = group{
	{"in small steps", func(p probe) {
		for i := range 60 {
			l := someone(fmt.Sprint(i), fmt.Sprint("user", i%7))
			if i%3 == 0 {
				l.Idle = at(5)
			}
			p.create(l, 10*i+1)
			p.rotates(login.Rotation{Old: hash(10*i + 1), New: hash(10*i + 2), Now: at(1), Idle: l.Idle}, login.Fresh)
			p.must(p.Deny(p.ctx, at(5+i%2*50), fmt.Sprint("j", i)))
		}
		p.sweeps(at(4), 7, 0, 0)
		p.sweeps(at(5), 7, 20+30, 20*3+30) // the secrets of a login may count or not
		p.sweeps(at(5), 7, 0, 0)
		for i := range 60 {
			want := fmt.Sprint(i)
			if i%3 == 0 {
				want = ""
			}
			p.finds(10*i+2, at(4), want)
			p.denies(at(6), i%2 == 1, fmt.Sprint("j", i))
		}
		p.sweeps(at(100), 1, 40+30, 40*3+30)
		p.sweeps(at(1e6), 100, 0, 0)
		for u := range 7 {
			p.lists(fmt.Sprint("user", u), at(0))
		}
	}},
	{"what was ended", func(p probe) {
		for i := range 9 {
			p.create(someone(fmt.Sprint(i), "amy"), 100*i+1)
			for n := range 20 {
				p.rotates(rotate(100*i+n+1, 100*i+n+2, 1), login.Fresh)
			}
		}
		p.ends(login.Ending{User: "amy", Now: at(1), Deny: at(3)}, 9)
		p.sweeps(at(2), 4, 0, 9*22)
		p.create(someone("new", "amy"), 1)
		p.rotates(rotate(1, 2, 2), login.Fresh)
		p.sweeps(at(3), 4, 9, 9)
		p.finds(2, at(4), "new")
		p.rotates(rotate(1, 3, 4), login.Reused)
	}},
	{"one end only", func(p probe) {
		l := someone("a", "amy")
		l.Idle = time.Time{}
		p.create(l, 1)
		l.ID, l.Idle, l.Expires = "b", at(30), time.Time{}
		p.create(l, 2)
		p.sweeps(at(29), 9, 0, 0)
		p.sweeps(at(30), 9, 1, 2)
		p.sweeps(at(99), 9, 0, 0)
		p.sweeps(at(100), 9, 1, 2)
	}},
	{"behind what was touched", func(p probe) {
		for i := range 20 {
			l := someone(fmt.Sprint(i), "amy")
			l.Idle = at(5 + i)
			p.create(l, i+1)
		}
		for i := range 5 {
			p.must(p.Touch(p.ctx, fmt.Sprint(i), at(4), at(50+i)))
		}
		p.sweeps(at(40), 9, 15, 30)
		p.lists("amy", at(40), "0", "1", "2", "3", "4")
	}},
	{"nothing that lives", func(p probe) {
		l := someone("a", "amy")
		l.Idle, l.Expires = at(2), time.Time{}
		p.create(l, 1)
		l.ID, l.Idle = "b", time.Time{}
		p.create(l, 2)
		p.must(p.SetRole(p.ctx, "amy", "admin"))
		p.must(p.Touch(p.ctx, "a", at(1), at(10)))
		p.sweeps(at(2), 1, 0, 0)
		p.rotates(login.Rotation{Old: hash(1), New: hash(3), Now: at(9), Idle: at(20)}, login.Fresh)
		p.sweeps(at(10), 100, 0, 0)
		p.sweeps(at(19), 1, 0, 0)
		p.finds(3, at(19), "a")
		p.rotates(login.Rotation{Old: hash(1), New: hash(4), Now: at(19), Idle: at(20), Deny: at(30)}, login.Reused)
		p.sweeps(at(30), 100, 1, 4)
		p.finds(2, at(1e6), "b")
		if role, err := p.Role(p.ctx, "amy"); role != "admin" {
			p.Errorf("the role is %q (%v)", role, err)
		}
	}},
}

// sweeps sweeps in steps until none is left, and checks how many there were in all.
func (p probe) sweeps(now time.Time, limit, least, most int) {
	p.Helper()
	all, n := 0, limit
	for n == limit {
		var err error
		n, err = p.Sweep(p.ctx, now, limit)
		p.must(err)
		if all += n; n > limit {
			p.Fatalf("a step of %d removed %d", limit, n)
		}
	}
	if all < least || all > most {
		p.Errorf("swept %d records, want %d to %d", all, least, most)
	}
}
