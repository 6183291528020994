package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login/ownerfile"
)

func TestRoll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "accounts")
	marks := map[string]string{"amy": "a1", "bob": "b1", "cy": "c1"}
	var listFault error
	var out []string
	away := map[string]bool{}
	open := func() *roll {
		r := &roll{path: path, list: func() (map[string]string, error) {
			all := map[string]string{}
			for name, mark := range marks {
				all[name] = mark
			}
			return all, listFault
		}, forceOut: func(_ context.Context, user string) error {
			if away[user] {
				return errors.New("the store is away")
			}
			out = append(out, user)
			return nil
		}}
		if err := r.open(); err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := open()
	look := func(what string, fails bool, want ...string) {
		t.Helper()
		out = nil
		if err := r.look(t.Context()); (err != nil) != fails || !slices.Equal(out, want) {
			t.Errorf("%s: out %q, %v; want %q", what, out, err, want)
		}
	}
	look("first", false)
	look("nothing new", false)
	marks["amy"] = "a2"
	look("another password", false, "amy")
	look("the moment after", false, "amy") // a password that was checked before may have made a login since
	look("nothing new", false)
	r.renew("bob", "b1", "b2")
	r.renew("bob", "b2", "b3")
	marks["bob"] = "b3"
	look("renewed", false)
	marks["bob"] = "b4"
	look("renewed, then changed", false, "bob")
	look("the moment after", false, "bob")
	delete(marks, "cy")
	listFault = errors.New("line 3")
	look("a fault in the file", true)
	listFault = nil
	away["cy"] = true
	look("the store is away", true)
	r = open() // nobody served meanwhile
	look("still away", true)
	away["cy"] = false
	marks["dan"] = "d1"
	look("removed", false, "cy")
	away["cy"] = true
	look("away the second time", true)
	away["cy"] = false
	look("the moment after", false, "cy")
	look("nothing new", false)
	marks = map[string]string{}
	r = open()
	look("all removed while nobody served", false, "amy", "bob", "dan")

	if err := ownerfile.Replace(path, "{broken"); err != nil {
		t.Fatal(err)
	}
	if err := (&roll{path: path}).open(); err == nil {
		t.Error("a broken file is read as that of nobody")
	}
}

// R-9 (ASVS 7.4.2, 7.4.3): who is removed, or has another password, is out; so is who was, while nobody served.
func TestUsersChange(t *testing.T) {
	home := t.TempDir()
	w := world{env: map[string]string{"HOME": home}}
	user := func(stdin string, args ...string) {
		t.Helper()
		w := w
		w.stdin = stdin
		w.must(t, append([]string{"user"}, args...)...)
	}
	user("a long password of amy\n", "add", "amy")
	user("a long password of bob\n", "add", "-role", "admin", "bob")
	user("a long password of cy\n", "add", "cy")
	r := startWith(t, w)
	enter := func(name string) *visitor {
		v := r.visitor()
		v.is(200, "POST", "/api/login", fmt.Sprintf(`{"username":%q,"password":"a long password of %[1]s","mode":"session"}`, name))
		return v
	}
	amy, bob, cy := enter("amy"), enter("bob"), enter("cy")
	user("quite another password\n", "passwd", "amy")
	r.later(time.Minute)
	amy.is(401, "GET", "/api/me", "")
	bob.is(200, "GET", "/api/admin", "")
	user("", "remove", "bob")
	r.later(time.Minute)
	bob.is(401, "GET", "/api/me", "")
	cy.is(200, "GET", "/api/me", "")
	r.stop()
	user("", "remove", "cy")
	r = startWith(t, w)
	cy.url = r.url
	cy.is(401, "GET", "/api/me", "")
	r.stop()

	r = startWith(t, w, "-demo") // and what somebody of the same name could do in a demonstration
	alice_ := r.visitor()
	alice_.is(200, "POST", "/api/login", alice)
	r.stop()
	user("a long password of alice\n", "add", "alice")
	r = startWith(t, w)
	alice_.url = r.url
	alice_.is(401, "GET", "/api/me", "")
}

// The keys of the file are taken over when it changes, and tokens of the one before are accepted until its end.
func TestKeysChange(t *testing.T) {
	r := start(t, "-demo", "-alg", "ES256")
	path := filepath.Join(r.home, ".local/state/jwtlab/keys.json")
	v := r.visitor()
	bearer := func() {
		a := v.is(200, "POST", "/api/login", entry("token", "body"))
		_, token, _ := strings.Cut(a, `"access_token":"`)
		token, _, _ = strings.Cut(token, `"`)
		v.header.Set("Authorization", "Bearer "+token)
	}
	bearer()
	before := r.watch.keys.held().Active(r.clock())
	rotate := func(args ...string) {
		t.Helper()
		var said buffer
		e := env{in: strings.NewReader(""), out: &said, err: &said, getenv: func(string) string { return "" }, now: r.clock, rand: rand.Reader}
		if code := run(e, append(append([]string{"key", "rotate"}, args...), path)); code != good {
			t.Fatalf("code %d: %s", code, said.String())
		}
	}
	rotate("-alg", "EdDSA", "-overlap", "0")
	r.later(0)
	v.is(200, "GET", "/api/me", "")
	if jwks := v.is(200, "GET", "/.well-known/jwks.json", ""); strings.Count(jwks, `"kid"`) != 2 || strings.Contains(jwks, `"d"`) {
		t.Errorf("R-25: published are %s", jwks)
	}
	if err := os.WriteFile(path, []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.later(0)
	v.is(200, "GET", "/api/me", "")
	if !strings.Contains(r.log.String(), "task=keys") {
		t.Errorf("a broken file of keys is not told: %s", r.log.String())
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	rotate()
	r.later(0)
	v.is(401, "GET", "/api/me", "") // its key is withdrawn
	bearer()
	v.is(200, "GET", "/api/me", "")
	if now := r.watch.keys.held().Active(r.clock()); now == before || !strings.Contains(r.log.String(), `msg="well again" task=keys`) {
		t.Errorf("the key that signs is %s, as before: %s", now, r.log.String())
	}
}

// What has ended is removed: three logins, and their secrets.
func TestSweep(t *testing.T) {
	r := start(t, "-demo", "-metrics", "127.0.0.1:0")
	v := r.visitor()
	for range 3 {
		v.is(200, "POST", "/api/login", entry("token", "body"))
	}
	r.later(31 * 24 * time.Hour)
	if figures := get(t, "http://"+r.metricsPort.listener.Addr().String()+"/metrics"); !strings.Contains(figures, "\njwtlab_store_swept_total 6\n") {
		t.Errorf("not swept: %s", figures)
	}
}

// /readyz fails where another server of the store signs with another key.
func TestHerald(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	kids := []string{"one"}
	var fault error
	h := &herald{replica: "r", now: func() time.Time { return now }, announce: func(_ context.Context, replica, kid string, until time.Time) ([]string, error) {
		if replica != "r" || until.Sub(now) != announced {
			t.Errorf("announced as %s until %v", replica, until)
		}
		return kids, fault
	}}
	tell := func(kid string, well bool) {
		t.Helper()
		if err := h.tell(t.Context(), kid); (err == nil) != well {
			t.Errorf("with the keys %q, %s: %v", kids, kid, err)
		}
	}
	tell("one", true)
	kids = []string{"one", "two"}
	tell("one", false)
	kids = []string{"one"}
	tell("one", true)
	kids = []string{"one", "two"}
	tell("two", true) // this one has turned to the next key, the others will in a moment
	now = now.Add(turnover + time.Second)
	tell("two", false)
	kids, fault = []string{"two"}, errors.New("away")
	tell("two", false)
}
