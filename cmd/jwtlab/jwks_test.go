package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestFetch fetches from a server that behaves well, and from many that do not.
func TestFetch(t *testing.T) {
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		t.Error("a redirect to another host is followed")
	}))
	defer other.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/set", func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept"), "application/jwk-set+json") {
			t.Errorf("asked for %q", r.Header.Get("Accept"))
		}
		_, _ = w.Write([]byte(`{"keys":[` + a1Key + `]}`))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/set", http.StatusFound) })
	mux.HandleFunc("/around", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/around", http.StatusFound) })
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) })
	mux.HandleFunc("/plain", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+r.Host+"/set", http.StatusFound)
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for range 20 {
			_, _ = w.Write(make([]byte, 1<<17))
		}
	})
	server := httptest.NewTLSServer(mux)
	defer server.Close()
	plain := httptest.NewServer(mux)
	defer plain.Close()
	over := server.Client().Transport

	for _, good := range []string{server.URL + "/set", server.URL + "/moved", plain.URL + "/set"} {
		if text, err := fetch(good, over); err != nil || !strings.HasPrefix(text, `{"keys":[`) {
			t.Errorf("%s: %q, %v", good, text, err)
		}
	}
	for address, want := range map[string]error{
		server.URL + "/away": errRedirect, server.URL + "/around": errRedirect, server.URL + "/plain": errRedirect,
		server.URL + "/endless": errLongSet, "http://issuer.example/set": errScheme, "ftp://127.0.0.1/set": errScheme,
		"file:///etc/passwd": errScheme, "issuer.example": errScheme, "https://me:secret@issuer.example/": errScheme,
		"http://localhost.issuer.example/": errScheme, server.URL + "/none": nil,
	} {
		if text, err := fetch(address, over); err == nil || text != "" || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %q, %v; want %v", address, text, err, want)
		}
	}
	if _, err := fetch(server.URL+"/set", nil); err == nil {
		t.Error("a certificate that nobody vouches for is accepted")
	}
}

// TestVerifyWithFetchedKeys verifies a token with a set from a server, and shows the set.
func TestVerifyWithFetchedKeys(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"keys":[` + a1Key + `]}`))
	}))
	defer server.Close()
	call := func(args ...string) (int, string) {
		var out, err bytes.Buffer
		code := run(env{in: strings.NewReader(""), out: &out, err: &err, getenv: func(string) string { return "" },
			now: func() time.Time { return noon }, rand: rand.Reader, transport: server.Client().Transport}, args)
		return code, out.String() + err.String()
	}
	if code, said := call("verify", "-jwks", server.URL, "-at", "2011-03-22", a1Token); code != good {
		t.Errorf("verify: code %d, %s", code, said)
	}
	if code, said := call("key", "show", "-jwks", server.URL); code != good || !strings.Contains(said, "oct") {
		t.Errorf("key show: code %d, %s", code, said)
	}
	if code, said := call("verify", "-jwks", "http://issuer.example/", a1Token); code != usage || !strings.Contains(said, "https") {
		t.Errorf("plain http: code %d, %s", code, said)
	}
	if code, said := call("verify", "-jwks", server.URL, "-key", "x", a1Token); code != usage {
		t.Errorf("two keys: code %d, %s", code, said)
	}
	server.Close()
	if code, _ := call("verify", "-jwks", server.URL, a1Token); code != usage {
		t.Errorf("no server: code %d", code)
	}
}
