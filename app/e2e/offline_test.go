package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jwtlab/app/locale"
)

// routes are all pages of the site.
var routes = []string{"", "ko/"}

// kept waits until the service worker has everything, so that the page works without a network.
func (p *page) kept() {
	p.Helper()
	p.until("the service worker", `navigator.serviceWorker.controller?.state === "activated"`)
}

// TestOffline visits once; then the server is gone, and everything works on.
func TestOffline(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.kept()
	h.stop()
	p.allow("ERR_CONNECTION_REFUSED") // the browser asks for a newer service worker, and reports that it got none
	offline(p)
}

// offline uses each route of a site whose server is gone.
func offline(p *page) {
	p.Helper()
	e := example(p.T, "HS256")
	for _, route := range routes {
		p.visit(route)
		p.reload()
		p.holds("token", e.Token)
		p.judgedLike(e.Token, e.Key, now)
	}
	p.generate("ES256") // in the worker, whose files are kept too
	p.noticed(p.say("ui.notice.generated", "ES256"))
	p.answers("yes", "yes", "yes")
	p.navigate("")
	p.lang = locale.KO
	p.visit("ko/index.html")
	p.lang = locale.KO
	p.find("button", p.say("ui.clear"))
	p.allow("status of 404") // as it should be, and Chromium says so
	p.navigate("no/such/page")
	p.until("the page that says there is none", `document.body.innerText.includes(`+quote(p.say("site.404.title"))+`)`)
}

// TestUpdate deploys another build while two windows are open: each is told, neither is ever half-old.
func TestUpdate(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.kept()
	q := newTab(t, h, p.ctx, chromedp.WithExistingBrowserContext(chromedp.FromContext(p.ctx).BrowserContextID))
	q.visit("ko/")
	first := p.version()
	h.swap(build(t, "the next build"))

	p.reload() // the service worker answers with the build that it has; then the browser finds the new one
	if got := p.version(); got != first {
		t.Errorf("the first reload shows version %s, want %s whole", got, first)
	}
	p.answers("yes", "yes", "yes")
	p.until("the words about a new version", `document.getElementById("boot-status").innerText.includes(`+quote(p.say("site.update"))+`)`)
	q.until("the words in the other window", `document.getElementById("boot-status").innerText.includes(`+quote(q.say("site.update"))+`)`)
	p.generate("ES256") // the old build goes on working until the user agrees
	p.noticed(p.say("ui.notice.generated", "ES256"))

	p.find("button", p.say("site.reload")).click()
	p.until("the new version", `document.documentElement.dataset.version !== `+quote(first)+` && document.documentElement.hasAttribute("data-ready")`)
	p.answers("yes", "yes", "yes")
	if got := p.version(); got == first {
		t.Error("the page is the old one")
	}
	if got := q.version(); got != first {
		t.Error("the other window was changed without being asked")
	}
	q.find("button", q.say("site.reload")).click()
	q.until("the new version", `document.documentElement.dataset.version !== `+quote(first)+` && document.documentElement.hasAttribute("data-ready")`)
	q.answers("yes", "yes", "yes")
	p.reload()
	p.until("the old cache to be gone", `(globalThis.caches.keys().then((k) => globalThis.kept = k.length), globalThis.kept <= 2)`)
}

// TestUpdateIsWhole deploys another build and stops the server before anyone agrees: the old one still works.
func TestUpdateIsWhole(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.kept()
	first := p.version()
	h.swap(build(t, "the next build"))
	p.reload()
	p.until("the words about a new version", `document.getElementById("boot-status").innerText.includes(`+quote(p.say("site.update"))+`)`)
	p.allow("ERR_CONNECTION_REFUSED")
	h.stop()
	p.reload()
	if got := p.version(); got != first {
		t.Errorf("version %s came without being asked for", got)
	}
	p.find("button", p.say("site.reload")).click()
	p.until("the new version", `document.documentElement.dataset.version !== `+quote(first)+` && document.documentElement.hasAttribute("data-ready")`)
	p.answers("yes", "yes", "yes")
}

// version is the build that the page is of.
func (p *page) version() string {
	p.Helper()
	return p.get("document.documentElement.dataset.version")
}

// TestSubPath runs what jwtlab build writes behind a plain file server under a path, and then without the server.
func TestSubPath(t *testing.T) {
	t.Parallel()
	h := files(t, "/demo/")
	p := open(t, h, "")
	if p.get("document.documentElement.hasAttribute('data-server')") == "true" {
		t.Error("a plain host's page says that it comes from our server")
	}
	a1 := example(t, "rfc7515-a1")
	p.box("token").fill(a1.Token)
	p.box("key").fill(a1.Key)
	p.judgedLike(a1.Token, a1.Key, now)
	p.find("link", "한국어").click()
	p.lang = locale.KO
	p.until("the Korean page under its path", `location.pathname === "/demo/ko/" && document.documentElement.lang === "ko"`)
	p.judgedLike(a1.Token, a1.Key, now)
	p.reload()
	p.find("button", p.say("ui.clear"))
	p.find("link", p.say("ui.debugger")).click()
	p.find("link", "English").click()
	p.lang = locale.EN
	p.until("the English page under its path", `location.pathname === "/demo/" && document.documentElement.lang === "en"`)
	do(p, navigate, nowhere)
	p.visit("#jwt=" + a1.Token)
	p.holds("token", a1.Token)
	p.until("the address to be clean", `location.href.endsWith("/demo/")`)
	p.kept()
	for _, asked := range h.requests() {
		if !strings.HasPrefix(asked, "GET /demo/") {
			t.Errorf("asked for %s, outside of the site", asked)
		}
	}
	h.stop()
	p.allow("ERR_CONNECTION_REFUSED")
	offline(p)
}
