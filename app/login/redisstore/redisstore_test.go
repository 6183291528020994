package redisstore_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/redisstore"
	"jwtlab/app/login/storetest"
)

func TestStore(t *testing.T) {
	redis := start(t, "")
	one := func(t *testing.T) login.Store {
		redis.flush(t)
		return opened(t, redis.url())
	}
	t.Run("one replica", func(t *testing.T) { storetest.Run(t, one) })
	t.Run("two replicas (R-23)", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) login.Store { return &pair{stores: [2]login.Store{one(t), opened(t, redis.url())}} })
	})
	t.Run("another replica", func(t *testing.T) {
		storetest.Reopen(t, func(t *testing.T) (login.Store, func() login.Store) {
			return one(t), func() login.Store { return opened(t, redis.url()) }
		})
		keys, err := redis.raw(t).Keys(t.Context(), "*").Result()
		if err != nil || len(keys) == 0 {
			t.Fatal(keys, err)
		}
		for _, key := range keys {
			if !strings.HasPrefix(key, "jwtlab:{login}:") {
				t.Errorf("the key %q has another prefix", key)
			}
		}
	})
}

func BenchmarkStore(b *testing.B) {
	redis := start(b, "")
	storetest.Benchmark(b, func(b *testing.B) login.Store { return opened(b, redis.url()) })
}

var begin = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

func at(minutes int) time.Time { return begin.Add(time.Duration(minutes) * time.Minute) }

// someone is a login that idles for 30 minutes and lives for 100.
func someone(id string) login.Login {
	return login.Login{ID: id, User: "amy", Created: begin, Seen: begin, Idle: at(30), Expires: at(100)}
}

func create(t testing.TB, s login.Store, l login.Login, secret login.Hash) {
	t.Helper()
	if err := s.Create(t.Context(), l, secret, login.Hash{}); err != nil {
		t.Fatal(err)
	}
}

func rotation(old, next byte) login.Rotation {
	return login.Rotation{Old: login.Hash{old}, New: login.Hash{next}, Now: at(10), Idle: at(40), Deny: at(200)}
}

// TestServerRemoves checks when the server removes each key.
func TestServerRemoves(t *testing.T) {
	redis := start(t, "")
	s, raw, ctx := opened(t, redis.url()), redis.raw(t), t.Context()
	removed := func(key string, want time.Time) {
		t.Helper()
		got, err := raw.Do(ctx, "PEXPIRETIME", "jwtlab:{login}:"+key).Int64() // -1 for never, -2 for no such key
		ms := int64(-1)
		if !want.IsZero() {
			ms = want.UnixMilli()
		}
		if err != nil || got != ms {
			t.Errorf("%q is removed at %d, want %d (%v)", key, got, ms, err)
		}
	}
	text := func(h login.Hash) string { return string(h[:]) }
	create(t, s, someone("a"), login.Hash{1})
	removed("login:a", at(30))
	removed("secret:"+text(login.Hash{1}), at(100))
	removed("user:amy", at(100))
	removed("ends:amy", at(100))
	for _, step := range []error{
		s.Touch(ctx, "a", at(5), at(35)), s.Deny(ctx, at(50), "j"), s.Deny(ctx, at(40), "j"), s.SetRole(ctx, "amy", "admin"),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	removed("login:a", at(35))
	removed("denied:j", at(50))
	removed("role:amy", time.Time{})
	if _, err := s.Rotate(ctx, rotation(1, 2)); err != nil {
		t.Fatal(err)
	}
	removed("login:a", at(40))
	removed("secret:"+text(login.Hash{1}), at(100))
	removed("secret:"+text(login.Hash{2}), at(100))
	long := rotation(2, 3)
	long.Idle = at(1000)
	if _, err := s.Rotate(ctx, long); err != nil {
		t.Fatal(err)
	}
	removed("login:a", at(100))
	if _, err := s.Rotate(ctx, rotation(1, 4)); err != nil {
		t.Fatal(err)
	}
	removed("denied:a", at(200))
	neverEnds(t, s, removed)
}

func neverEnds(t *testing.T, s login.Store, removed func(key string, want time.Time)) {
	always := someone("b")
	always.Idle, always.Expires = time.Time{}, time.Time{}
	create(t, s, always, login.Hash{5})
	secret := login.Hash{5}
	for _, key := range []string{"login:b", "secret:" + string(secret[:]), "user:amy", "ends:amy"} {
		removed(key, time.Time{})
	}
	if _, err := s.Rotate(t.Context(), rotation(5, 6)); err != nil {
		t.Fatal(err)
	}
	removed("login:b", at(40))
	long := rotation(6, 7)
	long.Idle = time.Time{}
	if _, err := s.Rotate(t.Context(), long); err != nil {
		t.Fatal(err)
	}
	removed("login:b", time.Time{})
}

// TestServerClock has logins end by the server's clock, though the caller's is behind.
func TestServerClock(t *testing.T) {
	redis := start(t, "")
	s, ctx := opened(t, redis.url()), t.Context()
	old := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	l := someone("a")
	l.Created, l.Seen, l.Idle, l.Expires = old, old, old.Add(time.Hour), old.Add(time.Hour)
	create(t, s, l, login.Hash{1})
	if err := s.Deny(ctx, old.Add(time.Hour), "j"); err != nil {
		t.Fatal(err)
	}
	if l, err := s.Find(ctx, login.Hash{1}, old); !errors.Is(err, login.ErrUnknown) {
		t.Errorf("found %+v, %v", l, err)
	}
	if keys, err := redis.raw(t).Keys(ctx, "*").Result(); len(keys) != 0 {
		t.Errorf("there are %q, %v", keys, err)
	}
}

// TestForgetful logs in for years: what is kept of a user must not grow.
func TestForgetful(t *testing.T) {
	redis := start(t, "")
	s, raw := opened(t, redis.url()), redis.raw(t)
	for i := range 500 {
		l := someone(fmt.Sprint(i))
		l.Seen, l.Idle, l.Expires = at(10*i), at(10*i+5), at(10*i+100)
		create(t, s, l, login.Hash{1, byte(i), byte(i >> 8)})
	}
	for _, key := range []string{"user:amy", "ends:amy"} {
		if n, err := raw.ZCard(t.Context(), "jwtlab:{login}:"+key).Result(); n != 10 {
			t.Errorf("%s has %d ids, %v", key, n, err)
		}
	}
}

// TestNothingLeft ends whatever it began.
func TestNothingLeft(t *testing.T) {
	redis := start(t, "")
	s, ctx := opened(t, redis.url()), t.Context()
	for _, id := range []string{"a", "b", "c"} {
		create(t, s, someone(id), login.Hash{id[0]})
	}
	if err := s.SetRole(ctx, "amy", "admin"); err != nil {
		t.Fatal(err)
	}
	if n, err := s.End(ctx, login.Ending{User: "amy", ID: "a", Now: begin}); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if n, err := s.End(ctx, login.Ending{User: "amy", Now: begin}); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if err := s.SetRole(ctx, "amy", ""); err != nil {
		t.Fatal(err)
	}
	if keys, err := redis.raw(t).Keys(ctx, "*").Result(); len(keys) != 0 || err != nil {
		t.Errorf("there are %q, %v", keys, err)
	}
}

// TestWithoutMemory has the server refuse to keep anything more.
func TestWithoutMemory(t *testing.T) {
	redis := start(t, "")
	s, raw, ctx := opened(t, redis.url()), redis.raw(t), t.Context()
	create(t, s, someone("a"), login.Hash{1})
	if err := raw.ConfigSet(ctx, "maxmemory", "1").Err(); err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func() error{
		"Create":  func() error { return s.Create(ctx, someone("c"), login.Hash{3}, login.Hash{}) },
		"Rotate":  func() error { _, err := s.Rotate(ctx, rotation(1, 4)); return err },
		"Deny":    func() error { return s.Deny(ctx, at(1), "j") },
		"SetRole": func() error { return s.SetRole(ctx, "amy", "admin") },
	} {
		if err := call(); !errors.Is(err, login.ErrFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n, known := range map[byte]bool{1: true, 3: false, 4: false} {
		if _, err := s.Find(ctx, login.Hash{n}, begin); (err == nil) != known {
			t.Errorf("secret %d: %v", n, err)
		}
	}
	// What ends makes room, and is done whole.
	if err := s.Create(ctx, someone("b"), login.Hash{2}, login.Hash{1}); err != nil {
		t.Errorf("one login instead of another: %v", err)
	}
	if n, err := s.End(ctx, login.Ending{User: "amy", Now: begin, Deny: at(9)}); n != 1 || err != nil {
		t.Errorf("%d ended, %v", n, err)
	}
	if denied, err := s.Denied(ctx, begin, "b"); !denied || err != nil {
		t.Errorf("denied: %t, %v", denied, err)
	}
}

func TestAnnounce(t *testing.T) {
	redis := start(t, "")
	a, b, ctx := opened(t, redis.url()), opened(t, redis.url()), t.Context()
	announce := func(s *redisstore.Store, replica, kid string, until time.Time, want ...string) {
		t.Helper()
		kids, err := s.Announce(ctx, replica, kid, until)
		if err != nil || !slices.Equal(kids, want) {
			t.Errorf("the replicas sign with %q, want %q (%v)", kids, want, err)
		}
	}
	past := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	var all []string
	for _, kid := range []string{"k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"} {
		all = append(all, kid)
		announce(a, "the replica of "+kid, kid, at(1), all...)
	}
	for i, kid := range all {
		announce(b, "the replica of "+kid, kid, past, all[i+1:]...)
	}
	announce(a, "one", "k1", at(1), "k1")
	announce(b, "two", "k1", at(1), "k1")
	announce(b, "two", "k0", at(1), "k0", "k1")
	announce(a, "one", "k0", at(1), "k0")
	announce(a, "three", "k3", past, "k0")
	announce(a, "one", "k2", past, "k0") // it goes
	announce(b, "two", "k0", time.Time{})
	if keys, err := redis.raw(t).Keys(ctx, "*").Result(); len(keys) != 0 {
		t.Errorf("there are %q, %v", keys, err)
	}
}
