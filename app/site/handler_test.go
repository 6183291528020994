package site_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jwtlab/app/site"
)

// A request to the site; header lines are "Name: value".
func request(t *testing.T, h http.Handler, method, target string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// server is a handler for the site of [source], with a way to find the address of a static file.
func server(t *testing.T) (h http.Handler, find func(name, ext string) string) {
	t.Helper()
	list, err := assembled(t).For(site.Host{Base: "/", Server: true})
	if err != nil {
		t.Fatal(err)
	}
	return site.Handler(list), func(name, ext string) string {
		for _, f := range list {
			if strings.HasPrefix(f.Path, "static/"+name+".") && strings.HasSuffix(f.Path, ext) {
				return "/" + f.Path
			}
		}
		t.Fatalf("no file %s.*%s", name, ext)
		return ""
	}
}

func TestHandler(t *testing.T) {
	h, find := server(t)
	for _, c := range []struct {
		method, target string
		header         []string
		status         int
		want           []string // header lines; an empty value means that it is absent
	}{
		{"GET", "/", nil, 200, []string{"Content-Type: text/html; charset=utf-8", "Cache-Control: no-cache", "Vary: Accept-Encoding", "Content-Encoding: "}},
		{"GET", "/", []string{"Accept-Encoding: gzip, br"}, 200, []string{"Content-Encoding: br"}},
		{"GET", "/ko/", []string{"Accept-Encoding: gzip"}, 200, []string{"Content-Encoding: gzip"}},
		{"GET", "/ko", nil, 301, []string{"Location: /ko/"}},
		{"GET", "/ko?a=b", nil, 301, []string{"Location: /ko/?a=b"}},
		{"GET", "/ko/index.html", nil, 301, []string{"Location: /ko/"}},
		{"GET", "/index.html", nil, 301, []string{"Location: /"}},
		{"GET", "/nowhere", nil, 404, []string{"Content-Type: text/html; charset=utf-8", "Cache-Control: no-store", "ETag: "}},
		{"GET", "/static/", nil, 404, nil},
		{"GET", "/static/../index.html", nil, 404, nil},
		{"GET", "//", nil, 404, nil},
		{"HEAD", "/", []string{"Accept-Encoding: br"}, 200, []string{"Content-Encoding: br"}},
		{"POST", "/", nil, 405, []string{"Allow: GET, HEAD"}},
		{"GET", "/healthz", nil, 404, nil}, // which is for who has more to say than files
		{"GET", "/sw.js", nil, 200, []string{"Content-Type: text/javascript; charset=utf-8", "Cache-Control: no-cache"}},
		{"GET", find("boot", ".js"), nil, 200, []string{"Cache-Control: public, max-age=31536000, immutable"}},
		{"GET", find("app", ".wasm"), []string{"Accept-Encoding: br"}, 200, []string{"Content-Type: application/wasm", "Content-Encoding: br"}},
		{"GET", find("icon", ".svg"), nil, 200, []string{"Content-Type: image/svg+xml"}},
		{"GET", find("manifest", ".webmanifest"), nil, 200, []string{"Content-Type: application/manifest+json"}},
		{"GET", find("wasm_exec", ".js"), []string{"Range: bytes=0-5", "Accept-Encoding: br"}, 206, []string{"Content-Range: bytes 0-5/25", "Content-Encoding: "}},
		{"GET", find("wasm_exec", ".js"), []string{"Range: bytes=99-"}, 416, nil},
	} {
		got := request(t, h, c.method, c.target, c.header...)
		if got.StatusCode != c.status {
			t.Errorf("%s %s %q: status %d, want %d", c.method, c.target, c.header, got.StatusCode, c.status)
		}
		for _, line := range c.want {
			name, value, _ := strings.Cut(line, ": ")
			if got.Header.Get(name) != value {
				t.Errorf("%s %s %q: %s is %q, want %q", c.method, c.target, c.header, name, got.Header.Get(name), value)
			}
		}
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"} {
			if got.Header.Get(name) == "" {
				t.Errorf("%s %s: no %s", c.method, c.target, name)
			}
		}
	}
}

// The forms of a file have tags of their own, and each tag spares the client that has it the body.
func TestRevalidation(t *testing.T) {
	h, _ := server(t)
	tags := map[string]bool{}
	for _, accept := range []string{"br", "gzip", "identity"} {
		first := request(t, h, "GET", "/", "Accept-Encoding: "+accept)
		tag := first.Header.Get("ETag")
		if tags[tag] {
			t.Errorf("%s has the tag %s of another form", accept, tag)
		}
		tags[tag] = true
		again := request(t, h, "GET", "/", "Accept-Encoding: "+accept, "If-None-Match: W/\"x\", "+tag)
		if again.StatusCode != http.StatusNotModified || again.Header.Get("ETag") != tag || again.Header.Get("Vary") == "" {
			t.Errorf("%s asked for again: status %d, tag %s, want 304 and %s", accept, again.StatusCode, again.Header.Get("ETag"), tag)
		}
		if first.ContentLength <= 0 {
			t.Errorf("%s has no Content-Length", accept)
		}
	}
}

// the policies of header and page are one, but for frame-ancestors, which a page cannot set.
func TestPolicyIsOne(t *testing.T) {
	h, _ := server(t)
	answer := request(t, h, "GET", "/")
	policy, ok := strings.CutSuffix(answer.Header.Get("Content-Security-Policy"), "; frame-ancestors 'none'")
	if !ok || strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "'unsafe-eval'") {
		t.Errorf("policy is %s", policy)
	}
	for name, f := range filesFor(t, site.Host{Base: "/"}) {
		if strings.HasSuffix(name, ".html") && !strings.Contains(string(f.Body), strings.ReplaceAll(policy, "'", "&#39;")) {
			t.Errorf("%s has another policy than the header", name)
		}
	}
}
