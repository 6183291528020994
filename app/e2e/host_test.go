package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"jwtlab/app/site"
)

// A host serves the site and remembers what it was asked for.
type host struct {
	*httptest.Server
	base string // the path that the site lives under

	mu      sync.Mutex
	handler http.Handler
	asked   []string // method, path and query
	before  func(http.ResponseWriter, *http.Request) bool
}

// newHost serves a handler on loopback until the test ends.
func newHost(t *testing.T, base string, handler http.Handler) *host {
	h := &host{base: base, handler: handler}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.stop)
	return h
}

// stop ends the server at once, with all its connections.
func (h *host) stop() {
	h.CloseClientConnections()
	h.Close()
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.asked = append(h.asked, r.Method+" "+r.URL.RequestURI())
	handler, before := h.handler, h.before
	h.mu.Unlock()
	if before == nil || !before(w, r) {
		handler.ServeHTTP(w, r)
	}
}

// first lets a function answer requests; those that it reports not to have answered go on as usual.
func (h *host) first(before func(http.ResponseWriter, *http.Request) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.before = before
}

// swap serves another build from now on.
func (h *host) swap(handler http.Handler) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.handler = handler
}

// requests returns all that was asked so far.
func (h *host) requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.asked...)
}

// hold keeps back the program until the returned function is called, or the test ends.
func (h *host) hold(t *testing.T) (release func()) {
	gate := make(chan struct{})
	release = sync.OnceFunc(func() { close(gate) })
	t.Cleanup(release)
	h.first(func(_ http.ResponseWriter, r *http.Request) bool {
		if program(r) {
			select {
			case <-gate:
			case <-r.Context().Done():
			}
		}
		return false
	})
	return release
}

// program reports whether a request is for the page's program.
func program(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, ".wasm") }

// builds are handlers of the site as the program serves it, by what was changed in it.
var builds = struct {
	sync.Mutex
	made map[string]http.Handler
}{made: map[string]http.Handler{}}

// build returns the handler of the embedded site; with a mark in its pages it is another build.
func build(t *testing.T, mark string) http.Handler {
	t.Helper()
	builds.Lock()
	defer builds.Unlock()
	if h := builds.made[mark]; h != nil {
		return h
	}
	files, err := marked(t, mark).For(site.Host{Base: "/", Server: true})
	if err != nil {
		t.Fatal(err)
	}
	builds.made[mark] = site.Handler(files)
	return builds.made[mark]
}

// marked opens the site that the build assembled, with a mark at the end of each page.
func marked(t *testing.T, mark string) *site.Site {
	t.Helper()
	if mark == "" {
		s, err := site.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	from, files := os.DirFS("../site/files"), fstest.MapFS{}
	for _, name := range names(t, from) {
		body := read(t, from, name)
		if strings.HasSuffix(name, ".html") {
			body = append(body, "<!-- "+mark+" -->\n"...)
		}
		files[name] = &fstest.MapFile{Data: body}
	}
	s, err := site.Open(files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// serve serves the site as jwtlab serve does.
func serve(t *testing.T) *host { return newHost(t, "/", build(t, "")) }

// files serves the site as jwtlab build writes it, from a plain file server under a path.
func files(t *testing.T, base string) *host {
	t.Helper()
	list, err := marked(t, "").For(site.Host{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir() + "/site"
	if err := site.Write(dir, list); err != nil {
		t.Fatal(err)
	}
	plain := http.StripPrefix(strings.TrimSuffix(base, "/"), http.FileServer(http.Dir(dir)))
	return newHost(t, base, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, base) {
			http.NotFound(w, r)
			return
		}
		plain.ServeHTTP(w, r)
	}))
}
