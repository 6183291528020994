package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServe(t *testing.T) {
	r := start(t, "-demo")
	v := r.visitor()
	v.is(200, "POST", "/api/login", alice)
	for path, want := range map[string]string{"/": "<!doctype html>", "/healthz": "ok\n", "/readyz": "ok\n", "/api/me": `"user":"alice"`,
		"/.well-known/jwks.json": `"kty":"OKP"`, "/ko/": `lang="ko"`} {
		if a, body := v.send("GET", path, ""); a.StatusCode != 200 || !strings.Contains(body, want) || a.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: %d %.200s, want %s", path, a.StatusCode, body, want)
		}
	}
	v.is(404, "GET", "/nowhere", "")
	v.is(404, "GET", "/api/nowhere", "")
	for _, want := range []string{"JWT Lab is on " + r.url, "alice / wonderland", filepath.Join(r.home, ".local/state/jwtlab/logins.db"), "made just now", "Cookies have no __Host- prefix"} {
		if !strings.Contains(strings.Join(strings.Fields(r.out.String()), " "), want) {
			t.Errorf("it does not say %q: %s", want, r.out.String())
		}
	}
	if code := r.stop(); code != good {
		t.Errorf("told to stop, it ended with %d: %s", code, r.log.String())
	}
	again := startWith(t, world{env: map[string]string{"HOME": r.home}}, "-demo")
	v.running, v.url = again, again.url
	if body := v.is(200, "GET", "/api/me", ""); !strings.Contains(body, "alice") {
		t.Errorf("after a new start: %s", body)
	}
}

// nobody can log in who was not added, unless it says loudly that this is for trying out.
func TestNobodyBuiltIn(t *testing.T) {
	r := start(t)
	for _, entry := range []string{alice, `{"username":"admin","password":"looking-glass","mode":"session"}`} {
		r.visitor().is(401, "POST", "/api/login", entry)
	}
	if !strings.Contains(r.out.String(), "Nobody can log in") || strings.Contains(r.out.String(), "wonderland") {
		t.Errorf("it says %s", r.out.String())
	}
	if demo := start(t, "-demo"); !strings.Contains(demo.out.String(), "DEMO: anybody can log in") {
		t.Errorf("with -demo it says %s", demo.out.String())
	}
}

func TestServePortTaken(t *testing.T) {
	built(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	code, out, said := world{}.call("serve", "-addr", l.Addr().String())
	if code != bad || out != "" || strings.Count(said, "\n") != 1 || !strings.Contains(said, "is taken by another program") {
		t.Errorf("code %d, out %q, err %q; want 1 and one line that says the port is taken", code, out, said)
	}
}

func TestShown(t *testing.T) {
	at := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 4321}
	for asked, want := range map[string]string{
		"localhost:8080": "localhost:4321", ":0": "localhost:4321", "0.0.0.0:80": "0.0.0.0:4321", "[::1]:0": "[::1]:4321", "odd": "127.0.0.1:4321",
	} {
		if got := shown(asked, at); got != want {
			t.Errorf("shown(%q) = %s, want %s", asked, got, want)
		}
	}
}

func TestServeAndBuildUsage(t *testing.T) {
	for _, args := range [][]string{
		{"serve", "there"}, {"serve", "-port", "1"}, {"build"}, {"build", "public"}, {"assemble"},
		{"serve", "-tls-cert", "x"}, {"serve", "-demo", "-users", "x"}, {"serve", "-login-every", "0"}, {"serve", "-alg", "none"},
		{"serve", "-proxies", "example.org"}, {"serve", "-trusted-origins", "https://a.example/path"}, {"serve", "-sweep", "1ms"},
		{"serve", "-refresh", "url"}, {"serve", "-connections", "0"}, {"serve", "-log", "xml"}, {"serve", "-grace", "-1s"},
	} {
		if code, out, said := (world{}).call(args...); code != usage || out != "" || said == "" {
			t.Errorf("%q: code %d, out %q, err %q; want 2 and words", args, code, out, said)
		}
	}
	for _, name := range []string{"version", "assemble"} {
		if code, out, said := (world{}).call(name, "-h"); code != good || !strings.HasPrefix(out, "usage: jwtlab "+name) || said != "" {
			t.Errorf("%s -h: code %d, out %q, err %q", name, code, out, said)
		}
	}
}

func TestBuild(t *testing.T) {
	built(t)
	dir := filepath.Join(t.TempDir(), "public")
	world{}.must(t, "build", "-out", dir, "-base", "/demo/")
	page, err := os.ReadFile(filepath.Join(dir, "404.html"))
	if err != nil || !strings.Contains(string(page), `href="/demo/ko/"`) {
		t.Errorf("404.html does not lead to /demo/ko/: %v", err)
	}
	if code, _, said := (world{}).call("build", "-out", dir); code != bad || !strings.Contains(said, "is not empty") {
		t.Errorf("building over it: code %d, %q", code, said)
	}
	if code, _, said := (world{}).call("build", "-out", dir+"2", "-base", "demo"); code != usage || !strings.Contains(said, "slash") {
		t.Errorf("a base without slashes: code %d, %q", code, said)
	}
}
