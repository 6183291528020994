package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// redisServer starts a real Redis on a port of the loopback; stop ends it by a signal, once.
func redisServer(t *testing.T, address string, more ...string) (stop func(os.Signal)) {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Skip("no redis-server: servers that share a store are not tested")
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, append([]string{"--bind", host, "--port", port, "--save", "", "--dir", t.TempDir()}, more...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	stop = func(by os.Signal) {
		once.Do(func() {
			_ = cmd.Process.Signal(by)
			_ = cmd.Wait()
		})
	}
	t.Cleanup(func() { stop(os.Kill) })
	said, lines := "", bufio.NewScanner(out)
	for !strings.Contains(said, "Ready to accept connections") {
		if !lines.Scan() {
			t.Fatalf("redis-server ended: %s", said)
		}
		said += lines.Text() + "\n"
	}
	go io.Copy(io.Discard, out)
	return stop
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Two servers of one store and one file of keys are one service: what begins at one is known to the other, what ends at one
// has ended at the other at once, and a refresh token serves once over both.
func TestReplicas(t *testing.T) {
	address := freeAddress(t)
	redisServer(t, address)
	keys := filepath.Join(t.TempDir(), "keys.json")
	const origin = "http://localhost:1"
	args := []string{"-demo", "-store", "redis://" + address, "-keys", keys, "-origin", origin}
	one, two := start(t, args...), start(t, args...)
	here := one.visitor()
	at := func(r *running, v *visitor) *visitor { // the same client, at another server
		w := *v
		w.running, w.url = r, r.url
		return &w
	}
	here.is(200, "POST", "/api/login", alice)
	there := at(two, here)
	if body := there.is(200, "GET", "/api/sessions", ""); !strings.Contains(body, `"current":true`) {
		t.Errorf("the session is not known there: %s", body)
	}

	bearer := one.visitor()
	token := field(bearer.is(200, "POST", "/api/login", entry("token", "body")), "access_token")
	bearer.header.Set("Authorization", "Bearer "+token)
	id := field(at(two, bearer).is(200, "GET", "/api/me", ""), "login") // and is in the cache of verified tokens there
	here.is(204, "DELETE", "/api/sessions/"+id, "")
	at(two, bearer).is(401, "GET", "/api/me", "")
	there.is(204, "DELETE", "/api/sessions", "")
	here.is(401, "GET", "/api/me", "")

	refresh := field(one.visitor().is(200, "POST", "/api/login", entry("token", "body")), "refresh_token")
	var won atomic.Int32
	var all sync.WaitGroup
	for i := range 64 {
		v := []*running{one, two}[i%2].visitor()
		all.Go(func() {
			switch a, body := v.send("POST", "/api/refresh", fmt.Sprintf(`{"refresh_token":%q}`, refresh)); a.StatusCode {
			case http.StatusOK:
				won.Add(1)
			case http.StatusBadRequest:
			default:
				t.Errorf("a refresh among 64: %d %s", a.StatusCode, body)
			}
		})
	}
	all.Wait()
	if n := won.Load(); n != 1 {
		t.Errorf("R-19: %d of 64 refreshes won", n)
	}

	one.visitor().is(200, "GET", "/readyz", "")
	other := start(t, "-demo", "-store", "redis://"+address, "-origin", origin) // with keys of its own
	for _, r := range []*running{one, two, other} {
		if a, body := r.visitor().send("GET", "/readyz", ""); a.StatusCode != 503 || !strings.Contains(body, "another server of this store signs with the key") {
			t.Errorf("with two keys for one store, /readyz says %d %s", a.StatusCode, body)
		}
	}
	other.stop()
	one.visitor().is(200, "GET", "/readyz", "")
}

// Without its Redis a server answers 503 and says when to ask again, and is well when it is back.
func TestRedisAway(t *testing.T) {
	address := freeAddress(t)
	stop := redisServer(t, address, "--requirepass", "my-Passw0rd")
	r := start(t, "-demo", "-store", "redis://:my-Passw0rd@"+address+"/0", "-keys", filepath.Join(t.TempDir(), "keys.json"))
	stop(os.Kill)
	v := r.visitor()
	for _, c := range [][3]string{{"POST", "/api/login", alice}, {"GET", "/readyz", ""}, {"POST", "/api/refresh", `{"refresh_token":"x"}`}} {
		if a, body := v.send(c[0], c[1], c[2]); a.StatusCode != 503 || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s without a store: %d %s", c[1], a.StatusCode, body)
		}
	}
	v.is(200, "GET", "/healthz", "")
	v.is(200, "GET", "/", "")
	r.later(0)
	r.later(0)
	if n := strings.Count(r.log.String(), "task=replicas"); n != 1 {
		t.Errorf("the log has the fault %d times: %s", n, r.log.String())
	}
	redisServer(t, address, "--requirepass", "my-Passw0rd")
	v.is(200, "GET", "/readyz", "")
	for what, text := range map[string]string{"log": r.log.String(), "start": r.out.String()} {
		if strings.Contains(text, "my-Passw0rd") {
			t.Errorf("R-27: the password of the store is in the %s: %s", what, text)
		}
	}
}

// field is the text of a member of a flat JSON object.
func field(body, name string) string {
	_, value, _ := strings.Cut(body, `"`+name+`":"`)
	value, _, _ = strings.Cut(value, `"`)
	return value
}
