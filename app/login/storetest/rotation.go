package storetest

import (
	"time"

	"jwtlab/app/login"
)

var rotation = group{
	{"fresh (R-19)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		want := someone("a", "amy")
		want.Seen, want.Idle = at(10), at(40)
		p.equal(p.rotates(rotate(1, 2, 10), login.Fresh).Login, want)
		p.finds(1, at(11), "")
		p.equal(p.finds(2, at(39), "a"), want)
		p.lists("amy", at(39), "a")
		p.rotates(rotate(2, 3, 39), login.Fresh)
		p.finds(2, at(40), "")
		p.finds(3, at(40), "a")
		p.denies(at(40), false, "a")
	}},
	{"unknown", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(rotate(2, 3, 1), 0)
		p.finds(1, at(2), "a")
		p.finds(3, at(2), "")
	}},
	{"reused (R-20)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.create(someone("b", "amy"), 5)
		p.rotates(rotate(1, 2, 1), login.Fresh)
		want := someone("a", "amy")
		want.Seen, want.Idle = at(1), at(31)
		p.equal(p.rotates(rotate(1, 3, 2), login.Reused).Login, want)
		p.finds(1, at(3), "")
		p.finds(2, at(3), "")
		p.finds(3, at(3), "")
		p.rotates(rotate(2, 4, 3), 0)
		p.rotates(rotate(1, 4, 3), 0)
		p.lists("amy", at(3), "b")
		p.denies(at(499), true, "a")
		p.denies(at(500), false, "a")
		p.denies(at(3), false, "b")
	}},
	{"reused, denying nothing", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(rotate(1, 2, 1), login.Fresh)
		r := rotate(1, 3, 2)
		r.Deny = time.Time{}
		p.rotates(r, login.Reused)
		p.denies(at(3), false, "a")
	}},
	{"remembered until the absolute end (R-20)", func(p probe) {
		for i, minute := range []int{99, 100} {
			id, first := string(rune('a'+i)), 100*i+1
			p.create(someone(id, "amy"), first)
			for n := range 8 { // minutes 0, 12, 24 … 84
				p.rotates(rotate(first+n, first+n+1, 12*n), login.Fresh)
			}
			want := []login.Outcome{login.Reused, 0}[i]
			p.rotates(rotate(first, 999, minute), want)
			p.finds(first+8, at(99), []string{"", "b"}[i])
			p.denies(at(101), want == login.Reused, id)
		}
	}},
	{"the absolute end stays (R-8)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		r := rotate(1, 2, 1)
		r.Idle = at(1000)
		p.rotates(r, login.Fresh)
		p.finds(2, at(99), "a")
		p.finds(2, at(100), "")
		p.rotates(rotate(2, 3, 100), 0)
	}},
	{"grace: the same successor (R-21)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(gracious(1, 2, at(1)), login.Fresh)
		want := someone("a", "amy")
		want.Seen = at(1)
		for _, later := range []time.Duration{0, time.Second, 10 * time.Second} {
			got := p.rotates(gracious(1, 3, at(1).Add(later)), login.Repeated)
			p.equal(got.Login, want)
			if string(got.Sealed) != "sealed 2" {
				p.Errorf("sealed is %q", got.Sealed)
			}
		}
		p.finds(3, at(1), "")
		p.finds(2, at(1), "a")
		p.rotates(gracious(2, 4, at(2)), login.Fresh)
	}},
	{"grace: a replica's clock behind", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(gracious(1, 2, at(1)), login.Fresh)
		p.rotates(gracious(1, 3, at(1).Add(-time.Second)), login.Repeated)
	}},
	{"grace over (R-21)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(gracious(1, 2, at(1)), login.Fresh)
		p.rotates(gracious(1, 3, at(1).Add(10*time.Second+time.Millisecond)), login.Reused)
		p.finds(2, at(2), "")
		p.denies(at(2), true, "a")
	}},
	{"grace: an older ancestor is reuse (R-21)", func(p probe) { // django-oauth-toolkit #1617
		p.create(someone("a", "amy"), 1)
		p.rotates(gracious(1, 2, at(1)), login.Fresh)
		p.rotates(gracious(2, 3, at(1).Add(time.Second)), login.Fresh)
		p.rotates(gracious(2, 4, at(1).Add(2*time.Second)), login.Repeated)
		p.rotates(gracious(1, 4, at(1).Add(2*time.Second)), login.Reused)
		p.finds(3, at(1).Add(3*time.Second), "")
		p.denies(at(2), true, "a")
	}},
	{"grace: each rotation has its own", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(rotate(1, 2, 1), login.Fresh)
		p.rotates(gracious(2, 3, at(1)), login.Fresh)
		strict := rotate(2, 4, 1)
		p.rotates(strict, login.Reused)
		p.create(someone("b", "amy"), 11)
		p.rotates(gracious(11, 12, at(1)), login.Fresh)
		p.rotates(rotate(12, 13, 1), login.Fresh) // nothing sealed, so nothing to repeat
		p.rotates(gracious(12, 14, at(1)), login.Reused)
	}},
	{"touched between", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(rotate(1, 2, 1), login.Fresh)
		p.must(p.Touch(p.ctx, "a", at(20), at(60)))
		p.finds(2, at(59), "a")
		p.rotates(rotate(2, 3, 59), login.Fresh)
		p.rotates(rotate(1, 4, 60), login.Reused)
	}},
}
