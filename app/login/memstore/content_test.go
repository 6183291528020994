package memstore_test

import (
	"fmt"
	"slices"
	"testing"

	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

// TestContent: what a thief of the store has is all that has not ended, in an order that does not change, and a copy.
func TestContent(t *testing.T) {
	ctx := t.Context()
	s := memstore.New(1000)
	if c := s.Content(at(0)); len(c.Logins)+len(c.Denied)+len(c.Roles) != 0 {
		t.Errorf("an empty store has %+v", c)
	}
	for i := range 9 {
		if err := s.Create(ctx, lasting(fmt.Sprint(8-i), 0, 10+i), login.Hash{byte(i + 1)}, login.Hash{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Rotate(ctx, login.Rotation{Old: login.Hash{9}, New: login.Hash{99}, Now: at(1), Idle: at(18)}); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{s.Deny(ctx, at(15), "b", "a"), s.Deny(ctx, at(12), "c"), s.SetRole(ctx, "amy", "admin")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	c := s.Content(at(12))
	ids, secrets := "", 0
	for _, l := range c.Logins {
		ids += l.ID
		secrets += len(l.Secrets)
	}
	if ids != "012345" || secrets != 7 || !slices.Equal(c.Logins[0].Secrets, []login.Hash{{9}, {99}}) {
		t.Errorf("the logins are %s with %d secrets, the first %v", ids, secrets, c.Logins[0].Secrets)
	}
	if want := []memstore.Denied{{ID: "a", Until: at(15)}, {ID: "b", Until: at(15)}}; !slices.Equal(c.Denied, want) {
		t.Errorf("denied are %v, want %v", c.Denied, want)
	}
	c.Roles["amy"], c.Logins[0].Secrets[0], c.Logins[0].User = "king", login.Hash{}, "eve"
	if role, _ := s.Role(ctx, "amy"); role != "admin" {
		t.Errorf("the role is %q after the copy was changed", role)
	}
	if again := s.Content(at(12)); again.Logins[0].Secrets[0] != (login.Hash{9}) || again.Logins[0].User != "amy" {
		t.Errorf("the login is %+v after the copy was changed", again.Logins[0])
	}
	if _, err := s.End(ctx, login.Ending{User: "amy", Now: at(12)}); err != nil {
		t.Fatal(err)
	}
	if c := s.Content(at(12)); len(c.Logins) != 0 || len(c.Roles) != 1 {
		t.Errorf("after all has ended there is %+v", c)
	}
}
