package main

import (
	"net/http"
	"strings"
	"time"

	"jwtlab/app/locale"
	"jwtlab/app/login"
	"jwtlab/app/site"
)

// A front gives requests to the service and to the site.
type front struct {
	service *login.Service
	site    http.Handler
	pages   map[string]bool // the addresses of the site's files
	stance  stance
	proxies proxies
}

func newFront(service *login.Service, files []site.File, st stance, p proxies) *front {
	f := &front{service: service, site: site.Handler(files), pages: map[string]bool{}, stance: st, proxies: p}
	for _, file := range files {
		f.pages["/"+strings.TrimSuffix(file.Path, "index.html")] = true
	}
	return f
}

// fileTime is how long an answer of the site may take, of which the longest is the program of the page, a few megabytes.
// Those of the service have the time of [limits].
const fileTime = 5 * time.Minute

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	own := f.service.Handles(r.URL.Path)
	switch {
	case r.URL.Path == "/healthz" || r.URL.Path == "/readyz": // probes come from inside, by whatever name
	case f.stance.way == byProxy && !f.proxies.secure(r):
		f.refusePlain(w, r, own)
		return
	case !f.stance.meant(r.Host):
		http.Error(w, locale.Text(locale.EN, "serve.other-host", f.stance.origin), http.StatusMisdirectedRequest)
		return
	}
	if own {
		f.service.ServeHTTP(w, r)
		return
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(fileTime)) // in tests there may be none to be set
	login.StrictTransport(w.Header(), r.Host, f.stance.policy.HSTS)
	f.site.ServeHTTP(w, r)
}

// refusePlain answers what should have come by https: with the way there for a page, and not at all for what may have a
// password in it, so that whoever wrote the client notices (ASVS 4.1.2, R-12).
func (f *front) refusePlain(w http.ResponseWriter, r *http.Request, own bool) {
	if !own && (r.Method == http.MethodGet || r.Method == http.MethodHead) && f.proxies.said(r) == "http" {
		http.Redirect(w, r, f.stance.origin+r.URL.RequestURI(), http.StatusPermanentRedirect)
		return
	}
	http.Error(w, locale.Text(locale.EN, "serve.plain-request"), http.StatusForbidden)
}

// route is what a path is called where requests are counted, and whether that says all that there is to say of it.
func (f *front) route(path string) (pattern string, known bool) {
	if p := f.service.Route(path); p != "" {
		return p, true
	}
	switch {
	case f.service.Handles(path):
		return "/api/…", false
	case f.pages[path] && strings.HasPrefix(path, "/static/"):
		return "/static/…", false
	case f.pages[path]:
		return path, true
	}
	return "…", false
}
