package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Redis goes under load, by a crash or in order, and comes back with its append-only file: meanwhile whoever asks is told to
// come again later, and nothing is accepted, least of all what is over; afterwards every answer that was given holds. The
// server goes on all the time.
func TestRedisBack(t *testing.T) {
	address, dir := freeAddress(t), t.TempDir()
	kept := []string{"--dir", dir, "--appendonly", "yes", "--appendfsync", "always"}
	stop := redisServer(t, address, kept...)
	all, users := customers(t, 24)
	r := start(t, "-store", "redis://"+address, "-keys", filepath.Join(dir, "keys.json"), "-users", users)
	for _, by := range []os.Signal{os.Kill, syscall.SIGTERM} {
		count, took := load(all, r.url, storeAway, 1000, func() { stop(by) })
		stop(os.Kill) // if no load did
		logLoad(t, all, count, took)
		each(all, (*customer).knock)
		v := r.visitor()
		v.is(http.StatusServiceUnavailable, "GET", "/readyz", "")
		v.is(http.StatusOK, "GET", "/healthz", "")
		stop = redisServer(t, address, kept...)
		r.untilReady()
		settle(all, r.url, true)
		if t.Failed() {
			t.Fatalf("after %v", by)
		}
	}
}

// knock tries all that there is while nobody can know what may be accepted.
func (c *customer) knock() {
	away := func(a reply, _ bool) { c.is(a, http.StatusServiceUnavailable, "what was tried without a store") }
	away(c.ask("POST", "/api/login", fmt.Sprintf(`{"username":%q,"password":"wonderland","mode":"session"}`, c.name)))
	for _, l := range c.lives {
		away(c.me(l, newest(l.access)))
		for _, refresh := range ends(l.refresh) {
			away(c.show("POST", l, refresh))
		}
	}
}

// untilReady asks again and again. The client of Redis that has failed often looks once a second whether it is back.
func (r *running) untilReady() {
	r.Helper()
	patience, cancel := context.WithTimeout(r.Context(), time.Minute)
	defer cancel()
	v := r.visitor()
	for {
		a, text := v.send("GET", "/readyz", "")
		if a.StatusCode == http.StatusOK {
			return
		}
		if a.StatusCode != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" || patience.Err() != nil {
			r.Fatalf("/readyz: %d %v %s", a.StatusCode, a.Header, text)
		}
	}
}

// A Redis that comes back empty has forgotten: sessions and families are over, without an error, and a new login begins. An
// access token needs no store, so it serves until it expires, and so does one that was denied: that was forgotten too.
func TestRedisEmpty(t *testing.T) {
	address := freeAddress(t)
	stop := redisServer(t, address)
	r := start(t, "-demo", "-store", "redis://"+address, "-keys", filepath.Join(t.TempDir(), "keys.json"))
	session, cookie := r.visitor(), r.visitor()
	session.is(200, "POST", "/api/login", alice)
	cookie.is(200, "POST", "/api/login", entry("cookie", ""))
	family := func() (v *visitor, refresh string) {
		v = r.visitor()
		a := v.is(200, "POST", "/api/login", entry("token", "body"))
		v.header.Set("Authorization", "Bearer "+field(a, "access_token"))
		return v, fmt.Sprintf(`{"refresh_token":%q}`, field(a, "refresh_token"))
	}
	kept, newest := family()
	used := newest
	newest = fmt.Sprintf(`{"refresh_token":%q}`, field(kept.is(200, "POST", "/api/refresh", used), "refresh_token"))
	left, over := family()
	left.is(204, "POST", "/api/logout", "")
	left.is(401, "GET", "/api/me", "")

	stop(os.Kill)
	redisServer(t, address)
	r.untilReady()
	session.is(401, "GET", "/api/me", "")
	session.is(401, "GET", "/api/sessions", "")
	for _, refresh := range []string{newest, used, over} {
		kept.is(400, "POST", "/api/refresh", refresh)
	}
	cookie.is(400, "POST", "/api/refresh", "")
	kept.is(200, "GET", "/api/me", "")
	left.is(200, "GET", "/api/me", "") // as the documentation of redisstore says
	session.is(200, "POST", "/api/login", alice)
	session.is(200, "GET", "/api/me", "")
	r.ahead.Add(int64(6 * time.Minute))
	left.is(401, "GET", "/api/me", "")
}
