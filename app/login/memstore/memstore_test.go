package memstore_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
	"jwtlab/app/login/storetest"
)

func open(*testing.T) login.Store { return memstore.New(100_000) }

func TestStore(t *testing.T) {
	storetest.Run(t, open)
	t.Run("sweep", func(t *testing.T) { storetest.Sweep(t, open) })
}

func BenchmarkStore(b *testing.B) {
	storetest.Benchmark(b, func(*testing.B) login.Store { return memstore.New(100_000_000) })
}

var start = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

func at(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

// lasting is a login that begins at a minute and ends at another.
func lasting(id string, from, to int) login.Login {
	return login.Login{ID: id, User: "amy", Created: at(from), Seen: at(from), Idle: at(to), Expires: at(to)}
}

func TestLimit(t *testing.T) {
	ctx := t.Context()
	s := memstore.New(6)
	step := func(what string, err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
	}
	step("first", s.Create(ctx, lasting("a", 0, 10), login.Hash{1}, login.Hash{}), nil)
	step("second", s.Create(ctx, lasting("b", 0, 20), login.Hash{2}, login.Hash{}), nil)
	step("a role", s.SetRole(ctx, "amy", "admin"), nil)
	step("third", s.Create(ctx, lasting("c", 5, 20), login.Hash{3}, login.Hash{}), login.ErrFull)
	if _, err := s.Find(ctx, login.Hash{3}, at(5)); !errors.Is(err, login.ErrUnknown) {
		t.Errorf("a store that was full keeps: %v", err)
	}
	step("one instead of another", s.Create(ctx, lasting("c", 5, 30), login.Hash{3}, login.Hash{2}), nil)
	step("denied", s.Deny(ctx, at(20), "j"), nil)
	_, err := s.Rotate(ctx, login.Rotation{Old: login.Hash{3}, New: login.Hash{4}, Now: at(9), Idle: at(30)})
	step("rotated", err, login.ErrFull)
	step("denied again", s.Deny(ctx, at(21), "j"), nil)
	step("denied more", s.Deny(ctx, at(20), "j", "k"), login.ErrFull)
	step("another role", s.SetRole(ctx, "amy", "reader"), nil)
	step("one role more", s.SetRole(ctx, "bob", "reader"), login.ErrFull)
	if denied, _ := s.Denied(ctx, at(9), "k"); denied {
		t.Error("a store that was full denies")
	}
	// At minute 10 the first login ends, which is two records.
	_, err = s.Rotate(ctx, login.Rotation{Old: login.Hash{3}, New: login.Hash{4}, Now: at(10), Idle: at(30)})
	step("rotated later", err, nil)
	step("denied later", s.Deny(ctx, at(20), "j", "k"), nil)
	step("a login more", s.Create(ctx, lasting("d", 21, 30), login.Hash{5}, login.Hash{}), nil)
	n, err := s.End(ctx, login.Ending{User: "amy", Now: at(25), Deny: at(40)})
	if n != 2 || err != nil {
		t.Errorf("%d ended, %v", n, err)
	}
	if denied, _ := s.Denied(ctx, at(39), "c"); !denied {
		t.Error("an ended login is not denied in a store that was full")
	}
}

// TestFlat fills a store with what ends, far beyond its limit.
func TestFlat(t *testing.T) {
	s := memstore.New(100)
	for i := range 10_000 {
		id := fmt.Sprint(i)
		if err := s.Create(t.Context(), lasting(id, i, i+30), login.Hash{byte(i), byte(i >> 8), 1}, login.Hash{}); err != nil {
			t.Fatalf("login %d: %v", i, err)
		}
		if err := s.Deny(t.Context(), at(i+30), "j"+id); err != nil {
			t.Fatalf("denying %d: %v", i, err)
		}
		if all, _ := s.Logins(t.Context(), "amy", "", 100, at(i)); len(all) != min(i+1, 30) {
			t.Fatalf("%d live after %d", len(all), i)
		}
	}
}

// TestEmpty ends whatever it began, and denies nothing.
func TestEmpty(t *testing.T) {
	s := memstore.New(2)
	for i := range 100 {
		if err := s.Create(t.Context(), lasting("a", 0, 10), login.Hash{1}, login.Hash{}); err != nil {
			t.Fatalf("login %d: %v", i, err)
		}
		if n, err := s.End(t.Context(), login.Ending{User: "amy", ID: "a", Now: at(1)}); n != 1 || err != nil {
			t.Fatalf("ended %d, %v", n, err)
		}
		if err := s.Deny(t.Context(), time.Time{}, fmt.Sprint("j", i)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestClone(t *testing.T) {
	ctx := t.Context()
	a := memstore.New(1000)
	for i := range 9 {
		if err := a.Create(ctx, lasting(fmt.Sprint(i), 0, 10+i), login.Hash{byte(i + 1)}, login.Hash{}); err != nil {
			t.Fatal(err)
		}
	}
	r := login.Rotation{Old: login.Hash{1}, New: login.Hash{101}, Now: at(1), Idle: at(10), Grace: time.Second, Sealed: []byte("next"), Deny: at(50)}
	for _, err := range []error{a.Deny(ctx, at(15), "j"), a.SetRole(ctx, "amy", "admin")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Rotate(ctx, r); err != nil {
		t.Fatal(err)
	}
	b := a.Clone()
	apart(t, a)
	if n, err := a.End(ctx, login.Ending{User: "amy", Now: at(1), Deny: at(50)}); n != 9 || err != nil {
		t.Fatal(n, err)
	}
	if err := a.SetRole(ctx, "amy", "reader"); err != nil {
		t.Fatal(err)
	}
	if all, _ := b.Logins(ctx, "amy", "", 100, at(1)); len(all) != 9 {
		t.Errorf("%d logins are in the clone", len(all))
	}
	if got, err := b.Rotate(ctx, r); got.Outcome != login.Repeated || string(got.Sealed) != "next" {
		t.Errorf("the clone repeats %+v, %v", got, err)
	}
	if denied, _ := b.Denied(ctx, at(1), "0", "1"); denied {
		t.Error("the clone denies what ended elsewhere")
	}
	if denied, _ := b.Denied(ctx, at(1), "j"); !denied {
		t.Error("the clone does not deny")
	}
	if role, _ := b.Role(ctx, "amy"); role != "admin" {
		t.Errorf("the clone's role is %q", role)
	}
	if n, _ := b.Sweep(ctx, at(14), 100); n != 5*2+1 {
		t.Errorf("%d records of the clone are swept", n)
	}
	if n, _ := b.Sweep(ctx, at(15), 100); n != 2+1 {
		t.Errorf("%d records more of the clone are swept", n)
	}
}

// apart rotates a family in a store, and then on in the store and in its clone, however many secrets there were.
func apart(t *testing.T, a *memstore.Store) {
	t.Helper()
	rotate := func(s *memstore.Store, old, next login.Hash) {
		t.Helper()
		r, err := s.Rotate(t.Context(), login.Rotation{Old: old, New: next, Now: at(1), Idle: at(18)})
		if r.Outcome != login.Fresh {
			t.Fatalf("outcome %d, %v", r.Outcome, err)
		}
	}
	newest := login.Hash{9}
	for n := byte(150); n < 160; n++ {
		b, mine, its := a.Clone(), login.Hash{n}, login.Hash{n, 1}
		rotate(a, newest, mine)
		rotate(b, newest, its)
		if _, err := a.Find(t.Context(), mine, at(1)); err != nil {
			t.Errorf("after %d secrets: %v", n-150, err)
		}
		newest = mine
	}
}
