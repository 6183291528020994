package storetest

import (
	"time"

	"jwtlab/app/login"
)

var life = group{
	{"create and find", func(p probe) {
		p.finds(1, at(0), "")
		p.create(someone("b", "amy"), 1)
		p.create(someone("a", "bob"), 2)
		p.equal(p.finds(1, at(1), "b"), someone("b", "amy"))
		p.equal(p.finds(2, at(1), "a"), someone("a", "bob"))
		p.finds(3, at(1), "")
	}},
	{"any text", func(p probe) {
		odd := someone("{}:*\x00\xff 이", "{amy}:\x00\n*\xff")
		odd.Address, odd.Mode = "", "later"
		odd.Attributes = map[string]string{"": "", "\x00": "{\"}", "이름": "값\xff"}
		p.create(odd, 1)
		p.equal(p.finds(1, at(1), odd.ID), odd)
		p.lists(odd.User, at(1), odd.ID)
		none := someone("none", "")
		none.Attributes = nil
		p.create(none, 2)
		p.equal(p.finds(2, at(1), "none"), none)
		p.lists("", at(1), "none")
		p.ends(login.Ending{User: odd.User, ID: odd.ID, Now: at(2), Deny: at(9)}, 1)
		p.denies(at(3), true, odd.ID)
	}},
	{"users that begin alike", func(p probe) {
		p.create(someone("xa", "a"), 1)
		p.create(someone("a", "ax"), 2)
		p.create(someone("x", "axa"), 3)
		p.create(someone("xx", "a"), 4)
		p.create(someone("b", "ax"), 5)
		p.create(someone("xb", "bob"), 6)
		p.lists("a", at(1), "xa", "xx")
		p.lists("ax", at(1), "a", "b")
		p.ends(login.Ending{User: "a", Now: at(1)}, 2)
		p.finds(6, at(1), "xb")
	}},
	{"the login before ends (R-6)", func(p probe) {
		p.create(someone("old", "amy"), 1)
		p.must(p.Create(p.ctx, someone("new", "amy"), hash(2), hash(1)))
		p.finds(1, at(1), "")
		p.finds(2, at(1), "new")
		p.lists("amy", at(1), "new")
		p.denies(at(1), false, "old")
		p.must(p.Create(p.ctx, someone("other", "bob"), hash(3), hash(99)))
		p.finds(3, at(1), "other")
	}},
	{"a family before ends by any of its secrets (R-6)", func(p probe) {
		p.create(someone("old", "amy"), 1)
		p.rotates(rotate(1, 2, 1), login.Fresh)
		p.must(p.Create(p.ctx, someone("new", "bob"), hash(3), hash(1)))
		p.finds(2, at(2), "")
		p.rotates(rotate(2, 4, 2), 0)
		p.lists("amy", at(2))
	}},
	{"the same secret again", func(p probe) {
		p.create(someone("old", "amy"), 1)
		p.must(p.Create(p.ctx, someone("new", "bob"), hash(1), login.Hash{}))
		p.finds(1, at(1), "new")
		p.lists("amy", at(1))
		p.must(p.Create(p.ctx, someone("newer", "bob"), hash(1), hash(1)))
		p.finds(1, at(1), "newer")
		p.lists("bob", at(1), "newer")
	}},
	{"without a secret", func(p probe) {
		p.must(p.Create(p.ctx, someone("a", "amy"), login.Hash{}, login.Hash{}))
		p.must(p.Create(p.ctx, someone("b", "amy"), login.Hash{}, login.Hash{}))
		p.lists("amy", at(1), "a", "b")
		if l, err := p.Find(p.ctx, login.Hash{}, at(1)); err != login.ErrUnknown {
			p.Errorf("no secret finds %+v, %v", l, err)
		}
		if r, err := p.Rotate(p.ctx, login.Rotation{New: hash(1), Now: at(1), Idle: at(2)}); err != login.ErrUnknown {
			p.Errorf("no secret is rotated to %+v, %v", r, err)
		}
		p.ends(login.Ending{User: "amy", ID: "a", Now: at(1), Deny: at(5)}, 1)
		p.lists("amy", at(1), "b")
	}},
	{"idle end (R-8)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.finds(1, at(30).Add(-time.Millisecond), "a")
		p.finds(1, at(30), "")
		p.rotates(rotate(1, 2, 30), 0)
		p.lists("amy", at(30))
		p.ends(login.Ending{User: "amy", Now: at(30), Deny: at(500)}, 0)
		p.denies(at(31), false, "a")
	}},
	{"absolute end (R-8)", func(p probe) {
		l := someone("a", "amy")
		l.Idle = at(200)
		p.create(l, 1)
		p.finds(1, at(100).Add(-time.Millisecond), "a")
		p.finds(1, at(100), "")
		p.lists("amy", at(100))
	}},
	{"no end", func(p probe) {
		l := someone("a", "amy")
		l.Idle, l.Expires = time.Time{}, time.Time{}
		p.create(l, 1)
		p.equal(p.finds(1, at(1e6), "a"), l)
		l.ID, l.Expires = "b", at(100)
		p.create(l, 2)
		p.finds(2, at(99), "b")
		p.finds(2, at(100), "")
		p.must(p.Touch(p.ctx, "a", at(1e6), at(2e6)))
		p.finds(1, at(2e6), "")
	}},
	{"touch", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.create(someone("b", "amy"), 2)
		p.must(p.Touch(p.ctx, "a", at(20), at(50)))
		want := someone("a", "amy")
		want.Seen, want.Idle = at(20), at(50)
		p.equal(p.finds(1, at(49), "a"), want)
		p.equal(p.finds(2, at(29), "b"), someone("b", "amy"))
		p.finds(1, at(50), "")
		p.must(p.Touch(p.ctx, "a", at(40), at(70)))
		p.must(p.Touch(p.ctx, "a", at(60), at(190)))
		p.lists("amy", at(69), "a")
		p.finds(1, at(99), "a")
		p.finds(1, at(100), "") // a touch moves the idle end only
	}},
	{"touch in vain", func(p probe) {
		p.must(p.Touch(p.ctx, "nobody", at(1), at(2)))
		p.create(someone("a", "amy"), 1)
		p.must(p.Touch(p.ctx, "a", at(30), at(60)))
		p.finds(1, at(31), "")
		p.must(p.Touch(p.ctx, "a", at(20), at(50)))
		p.must(p.Touch(p.ctx, "a", at(10), at(11))) // late: it was used since
		p.finds(1, at(49), "a")
		p.rotates(login.Rotation{Old: hash(1), New: hash(2), Now: at(40), Idle: at(70)}, login.Fresh)
		p.must(p.Touch(p.ctx, "a", at(30), at(31)))
		p.finds(2, at(69), "a")
		p.must(p.SetRole(p.ctx, "amy", "admin")) // may have the touch written with it
		p.finds(2, at(69), "a")
		p.ends(login.Ending{User: "amy", ID: "a", Now: at(40)}, 1)
		p.must(p.Touch(p.ctx, "a", at(41), at(90)))
		p.finds(2, at(42), "")
		p.lists("amy", at(42))
	}},
	{"milliseconds, UTC", func(p probe) {
		seoul := time.FixedZone("KST", 9*3600)
		l := someone("a", "amy")
		l.Created, l.Seen = l.Created.In(seoul).Add(999_999), l.Seen.In(seoul).Add(1_999_999)
		l.Idle, l.Expires = l.Idle.In(seoul), l.Expires.In(seoul)
		p.create(l, 1)
		want := someone("a", "amy")
		want.Seen = want.Seen.Add(time.Millisecond)
		p.equal(p.finds(1, at(1).In(seoul), "a"), want)
		p.must(p.Touch(p.ctx, "a", at(2).In(seoul).Add(999), at(3).In(seoul).Add(999)))
		want.Seen, want.Idle = at(2), at(3)
		p.equal(p.finds(1, at(2), "a"), want)
		r := rotate(1, 2, 2)
		r.Now, r.Idle = r.Now.In(seoul).Add(1_500_000), r.Idle.In(seoul)
		want.Seen, want.Idle = at(2).Add(time.Millisecond), at(32)
		p.equal(p.rotates(r, login.Fresh).Login, want)
		p.equal(p.finds(2, at(3), "a"), want)
	}},
	{"copies", func(p probe) {
		given := someone("a", "amy")
		p.create(given, 1)
		want := someone("a", "amy")
		given.Attributes["scope"] = "all"
		for range 2 {
			p.finds(1, at(1), "a").Attributes["scope"] = "all"
			all, err := p.Logins(p.ctx, "amy", "", 9, at(1))
			p.must(err)
			all[0].Attributes["scope"] = "all"
			p.equal(p.finds(1, at(1), "a"), want)
		}
		r := gracious(1, 2, at(1))
		sealed := string(r.Sealed)
		p.rotates(r, login.Fresh).Login.Attributes["scope"] = "all"
		r.Sealed[0] = 'X'
		for range 2 {
			again := p.rotates(gracious(1, 3, at(1)), login.Repeated)
			if string(again.Sealed) != sealed {
				p.Errorf("sealed is %q, want %q", again.Sealed, sealed)
			}
			again.Sealed[0] = 'X'
			again.Login.Attributes["scope"] = "all"
		}
		want.Seen, want.Idle = at(1), at(30)
		p.equal(p.finds(2, at(2), "a"), want)
	}},
}
