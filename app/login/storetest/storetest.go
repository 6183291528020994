// Package storetest holds every [login.Store] to the same contract.
//
// [Run] is for all of them, [Sweep] for those whose server does not remove by itself what has ended, [Reopen] for those
// that are durable, [Benchmark] measures them alike. Time is given and never slept, in the year 2100, so that the clock of
// a server removes nothing meanwhile. Cases are named by the rules that they hold (R-n).
package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"jwtlab/app/login"
)

// start is when each case begins.
var start = time.Date(2100, 1, 2, 3, 4, 5, 678e6, time.UTC)

// A probe asks a store and fails its test where the store could not be asked.
type probe struct {
	testing.TB
	login.Store
	ctx context.Context
}

type group []struct {
	name string
	test func(probe)
}

var groups = map[string]group{
	"life":     life,
	"rotation": rotation,
	"end":      ending,
	"list":     listing,
	"deny":     denial,
	"together": together,
	"input":    input,
}

// Run runs the cases that every store must pass. Each opens an empty store.
func Run(t *testing.T, open func(t *testing.T) login.Store) {
	for name, g := range groups {
		t.Run(name, func(t *testing.T) { run(t, g, open) })
	}
}

// Sweep runs the cases of stores that are swept from outside.
func Sweep(t *testing.T, open func(t *testing.T) login.Store) { run(t, sweeping, open) }

func run(t *testing.T, g group, open func(t *testing.T) login.Store) {
	for _, c := range g {
		t.Run(c.name, func(t *testing.T) { c.test(probe{t, open(t), t.Context()}) })
	}
}

// at is a moment so many minutes after the start.
func at(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

// hash is the hash of some secret, another for each number.
func hash(n int) (h login.Hash) {
	binary.BigEndian.PutUint64(h[24:], uint64(n)*0x9E3779B97F4A7C15)
	binary.BigEndian.PutUint64(h[:], uint64(n)*0xD1342543DE82EF95)
	return h
}

// someone is a login that idles for 30 minutes and lives for 100.
func someone(id, user string) login.Login {
	return login.Login{
		ID: id, User: user, Mode: login.Session,
		Created: start, Seen: start, Idle: at(30), Expires: at(100),
		Address: "192.0.2.7:4711", Attributes: map[string]string{"agent": "A browser", "scope": "read 쓰기"},
	}
}

// rotate is a rotation without grace, of a login that may idle for 30 minutes more.
func rotate(old, next, minute int) login.Rotation {
	return login.Rotation{Old: hash(old), New: hash(next), Now: at(minute), Idle: at(minute + 30), Deny: at(500)}
}

// gracious is a rotation with ten seconds of grace.
func gracious(old, next int, now time.Time) login.Rotation {
	r := rotate(old, next, 0)
	r.Now, r.Grace, r.Sealed = now, 10*time.Second, []byte(fmt.Sprintf("sealed %d", next))
	return r
}

func (p probe) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatalf("the store could not be asked: %v", err)
	}
}

// create keeps a new login of a secret.
func (p probe) create(l login.Login, secret int) {
	p.Helper()
	p.must(p.Create(p.ctx, l, hash(secret), login.Hash{}))
}

// finds checks which login a secret has at a time, "" for none.
func (p probe) finds(secret int, now time.Time, id string) login.Login {
	p.Helper()
	l, err := p.Find(p.ctx, hash(secret), now)
	if errors.Is(err, login.ErrUnknown) {
		err = nil
		if !same(l, login.Login{}) {
			p.Errorf("nothing was found, and yet there is %+v", l)
		}
	}
	p.must(err)
	if l.ID != id {
		p.Errorf("secret %d finds %q at %v, want %q", secret, l.ID, now.Sub(start), id)
	}
	return l
}

// rotates checks what becomes of a rotation; outcome 0 stands for ErrUnknown.
func (p probe) rotates(r login.Rotation, want login.Outcome) login.Rotated {
	p.Helper()
	got, err := p.Rotate(p.ctx, r)
	if errors.Is(err, login.ErrUnknown) {
		err = nil
		if got.Outcome != 0 || got.Login.ID != "" || got.Sealed != nil {
			p.Errorf("the secret is unknown, and yet there is %+v", got)
		}
	}
	p.must(err)
	if got.Outcome != want {
		p.Errorf("the outcome is %d, want %d", got.Outcome, want)
	}
	return got
}

// ends checks how many logins end.
func (p probe) ends(e login.Ending, want int) {
	p.Helper()
	got, err := p.End(p.ctx, e)
	p.must(err)
	if got != want {
		p.Errorf("%+v ended %d, want %d", e, got, want)
	}
}

// denies checks whether one of the ids is denied at a time.
func (p probe) denies(now time.Time, want bool, ids ...string) {
	p.Helper()
	got, err := p.Denied(p.ctx, now, ids...)
	p.must(err)
	if got != want {
		p.Errorf("%q denied at %v: %t, want %t", ids, now.Sub(start), got, want)
	}
}

// lists checks the ids of a user's logins at a time.
func (p probe) lists(user string, now time.Time, want ...string) {
	p.Helper()
	all, err := p.Logins(p.ctx, user, "", 1000, now)
	p.must(err)
	if got := ids(all); fmt.Sprint(got) != fmt.Sprint(want) {
		p.Errorf("%q has the logins %q, want %q", user, got, want)
	}
}

func ids(all []login.Login) []string {
	var ids []string
	for _, l := range all {
		ids = append(ids, l.ID)
	}
	return ids
}

// equal checks a login in all its parts.
func (p probe) equal(got, want login.Login) {
	p.Helper()
	if !same(got, want) {
		p.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// same compares two logins. Times must be the same in their zone too; no attributes and none at all are the same.
func same(a, b login.Login) bool {
	attributes := maps.Equal(a.Attributes, b.Attributes)
	a.Attributes, b.Attributes = nil, nil
	return attributes && fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
}
