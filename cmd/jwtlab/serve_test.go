package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jwtlab/app/site"
)

// built skips a test that needs the site inside.
func built(t *testing.T) {
	t.Helper()
	if _, err := site.Embedded(); errors.Is(err, site.ErrNoSite) {
		t.Skip("no site is built in: run make build")
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

// What is under way when the server is told to stop is still answered.
func TestServeStopsGently(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop, tell := context.WithCancel(context.Background())
	asked, ended := make(chan bool), make(chan error, 1)
	go func() {
		ended <- serveUntil(stop, l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(asked)
			<-stop.Done()
			io.WriteString(w, "answered")
		}))
	}()
	go func() {
		<-asked
		tell()
	}()
	answer, err := http.Get("http://" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || string(body) != "answered" {
		t.Errorf("the request under way got %q, %v", body, err)
	}
	if err := <-ended; err != nil {
		t.Errorf("stopping: %v", err)
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
	} {
		if code, out, said := (world{}).call(args...); code != usage || out != "" || said == "" {
			t.Errorf("%q: code %d, out %q, err %q; want 2 and words", args, code, out, said)
		}
	}
	for _, name := range []string{"serve", "build", "version", "assemble"} {
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
