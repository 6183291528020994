package idp

import (
	"strconv"
	"testing"
	"time"
)

// TestBounded holds that what a provider remembers is bounded, that the oldest goes first, and what has ended before it.
func TestBounded(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	name := func(i int) hash { return hashOf(strconv.Itoa(i)) }
	var s state
	for i := range maxSessions + 10 {
		s.addSession(session{secret: name(i), ends: now.Add(time.Hour)}, now)
		s.addGrant(grant{code: name(i), ends: now.Add(time.Hour)}, now)
	}
	if len(s.sessions) != maxSessions || len(s.grants) != maxGrants {
		t.Errorf("%d sessions, %d grants", len(s.sessions), len(s.grants))
	}
	for i, want := range map[int]bool{0: false, 9: false, 10: true, maxSessions + 9: true} {
		if _, ok := s.findSession(name(i), now); ok != want || (s.byCode(name(i)) != nil) != want {
			t.Errorf("number %d is remembered: %t, want %t", i, ok, want)
		}
	}
	c := s.clone()
	later := now.Add(time.Hour)
	s.addSession(session{secret: name(0), ends: later.Add(1)}, later)
	s.addGrant(grant{code: name(0), ends: later.Add(1)}, later)
	if len(s.sessions) != 1 || len(s.grants) != 1 || len(c.sessions) != maxSessions || len(c.grants) != maxGrants {
		t.Errorf("after their end: %d sessions, %d grants; in the clone %d, %d", len(s.sessions), len(s.grants), len(c.sessions), len(c.grants))
	}
	s.addSession(session{secret: name(0), user: "other", ends: later.Add(1)}, later)
	if o, ok := s.findSession(name(0), later); len(s.sessions) != 1 || !ok || o.user != "other" {
		t.Errorf("one secret has %d sessions, the first found of %q", len(s.sessions), o.user)
	}
	if _, ok := c.byAccess(hash{}, now); ok {
		t.Error("no token is the token of a code that was not used")
	}
}
