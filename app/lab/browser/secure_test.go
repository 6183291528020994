package browser_test

import (
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// TestHSTS: what was told by whom takes a host to https (RFC 6797 §8).
func TestHSTS(t *testing.T) {
	const year = "max-age=31536000"
	for _, c := range []struct {
		name, from, field string
		after             time.Duration
		ask, want         string // the first request when ask is opened
	}{
		{"not told", shop, "", 0, "http://shop.example/a?b=1", "http://shop.example/a?b=1"},
		{"told", shop, year, 0, "http://shop.example/a?b=1", "https://shop.example/a?b=1"},
		{"told, with a port", shop, year, 0, "http://shop.example:80/", "https://shop.example/"},
		{"told, other port", shop, year, 0, "http://shop.example:8080/", "https://shop.example:8080/"},
		{"told by http", "http://shop.example", year, 0, "http://shop.example/", "http://shop.example/"},
		{"just in time", shop, `max-age="60"`, 59 * time.Second, "http://shop.example/", "https://shop.example/"},
		{"too late", shop, "max-age=60", time.Minute, "http://shop.example/", "http://shop.example/"},
		{"not below", shop, year, 0, "http://app.shop.example/", "http://app.shop.example/"},
		{"below", shop, year + "; includeSubDomains", 0, "http://app.shop.example/", "https://app.shop.example/"},
		{"not above", app, year + "; includeSubDomains", 0, "http://shop.example/", "http://shop.example/"},
		{"broken", shop, "max-age=x", 0, "http://shop.example/", "http://shop.example/"},
		{"without an age", shop, "includeSubDomains", 0, "http://shop.example/", "http://shop.example/"},
		{"in capitals", shop, "preload; MAX-AGE=9", 0, "http://shop.example/", "https://shop.example/"},
		{"told twice", shop, "max-age=9;max-age=9", 0, "http://shop.example/", "http://shop.example/"},
	} {
		h := build(t)
		h.visit(at(c.from, "/", "h=Strict-Transport-Security:"+c.field))
		h.net.Pass(c.after)
		before := len(h.net.Messages)
		h.Visit(h.tab, c.ask)
		if got := h.net.Messages[before].URL; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	h := build(t)
	h.visit(at(shop, "/", "h=Strict-Transport-Security:"+year))
	h.visit(at(shop, "/", "h=Strict-Transport-Security:max-age=0"))
	h.visit("http://shop.example/")
	if got := h.codes(0); got != "browser.hsts-learned browser.hsts-forgotten" {
		t.Errorf("notes: %s", got)
	}
	h.visit(at(shop, "/", "h=Strict-Transport-Security:"+year)) // the way to https is a redirect of Chromium's own
	d := h.visit("http://plain.example/")
	before := len(h.net.Messages)
	h.Submit(d, browser.Form{Action: "http://shop.example/", Method: "POST"})
	if got, want := h.sums(before), "POST shop.example/ O=null S=cross-site R=http://plain.example/"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestMixed: what a page that came by https asks by http (Mixed Content §4).
func TestMixed(t *testing.T) {
	const plain = "http://plain.example/x"
	for _, c := range []struct {
		name, page string
		act        func(h *house, d int)
		want       string // the request that goes, if any; then the notes
	}{
		{"fetch", shop, func(h *house, d int) { h.run(d, func(p *browser.Page) { _, _ = p.Fetch(plain, browser.Init{}) }) }, " browser.mixed-blocked"},
		{"fetch from http", "http://shop.example", func(h *house, d int) {
			h.run(d, func(p *browser.Page) { _, _ = p.Fetch(plain, browser.Init{Mode: "no-cors"}) })
		}, plain + " browser.credentials-origin"},
		{"fetch from this machine", shop, func(h *house, d int) {
			h.run(d, func(p *browser.Page) {
				_, _ = p.Fetch("http://localhost/", browser.Init{Mode: "no-cors", Credentials: "include"})
			})
		}, "http://localhost/"},
		{"frame", shop, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Embed("f", plain) }) }, " browser.mixed-blocked"},
		{"image", shop, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Image(plain) }) }, "https://plain.example/x browser.mixed-upgraded wire.no-server"},
		{"link", shop, func(h *house, d int) { h.Click(d, plain, "") }, plain},
		{"form", shop, func(h *house, d int) { h.Submit(d, browser.Form{Action: plain, Method: "POST"}) }, " browser.mixed-form"},
		{"a fetch in a frame by http would", "http://shop.example", func(h *house, d int) {
			f := 0
			h.run(d, func(p *browser.Page) { f = p.Embed("f", shop) })
			h.net.Messages = h.net.Messages[:0:0]
			h.run(f, func(p *browser.Page) { _, _ = p.Fetch(plain, browser.Init{}) })
		}, " browser.mixed-blocked"},
	} {
		h := build(t)
		d := h.visit(c.page)
		h.net.Messages = nil
		c.act(h, d)
		url := ""
		if asked := h.since(0, wire.Ask); len(asked) > 0 {
			url = asked[0].URL
		}
		if got := strings.TrimRight(url+" "+h.codes(0), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestMixedFrame: where mixed content would have come, what is shown stays, as in Chromium; a new frame stays blank, and is of
// the origin of its page.
func TestMixedFrame(t *testing.T) {
	const plain = "http://plain.example/x"
	h := build(t)
	h.run(h.visit(shop+"/"), func(p *browser.Page) {
		if p.Embed("blank", plain) == 0 || p.Embed("over", at(shop, "/", to("302", plain)...)) == 0 || p.Embed("old", evil+"/") == 0 {
			t.Error("a frame is not there")
		}
		old := p.Embed("old", plain)
		for _, name := range []string{"blank", "over"} {
			if f, err := p.Frame(name); err != nil || f.Origin() != shop || f.Text() != "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if d := h.State().Documents[3]; d.ID != old || d.URL != evil+"/" || d.Failed {
			t.Errorf("the old frame shows %+v", d)
		}
	})
}

// TestFraming: who may frame a page (CSP3 §6.4.2, HTML §7.6).
func TestFraming(t *testing.T) {
	csp := func(s string) string { return "h=Content-Security-Policy:" + s }
	xfo := func(s string) string { return "h=X-Frame-Options:" + s }
	for _, c := range []struct {
		by   string
		do   []string
		want bool
	}{
		{evil, nil, true},
		{evil, []string{csp("default-src 'none'")}, true},
		{shop, []string{csp("frame-ancestors 'none'")}, false},
		{shop, []string{csp("default-src 'none'; frame-ancestors 'self'")}, true},
		{app, []string{csp("frame-ancestors 'self'")}, false},
		{app, []string{csp("frame-ancestors https://app.shop.example")}, true},
		{app, []string{csp("frame-ancestors app.shop.example:443")}, true},
		{app, []string{csp("frame-ancestors app.shop.example:8443")}, false},
		{app, []string{csp("frame-ancestors https://*.shop.example:*")}, true},
		{app, []string{csp("frame-ancestors *.example")}, true},
		{shop, []string{csp("frame-ancestors *.shop.example")}, false},
		{evil, []string{csp("frame-ancestors https:")}, true},
		{evil, []string{csp("frame-ancestors *")}, true},
		{evil, []string{csp("frame-ancestors")}, false},
		{evil, []string{csp("frame-ancestors *"), csp("frame-ancestors 'self'")}, false},
		{evil, []string{csp("frame-ancestors *; frame-ancestors 'none'")}, true},
		{evil, []string{xfo("DENY")}, false},
		{shop, []string{xfo("deny")}, false},
		{shop, []string{xfo("SameOrigin")}, true},
		{app, []string{xfo("SAMEORIGIN")}, false},
		{evil, []string{xfo("ALLOW-FROM https://x.example")}, true},
		{shop, []string{xfo("SAMEORIGIN, DENY")}, false},
		{evil, []string{xfo("DENY"), csp("frame-ancestors https:")}, true},
	} {
		h := build(t)
		d := h.visit(c.by)
		f := 0
		h.run(d, func(p *browser.Page) {
			f = p.Embed("f", at(shop, "/", append(c.do, "h=Set-Cookie:a=1; Secure; SameSite=None")...))
		})
		if _, ok := h.Browser.Run(f, func(*browser.Page) {}); ok != c.want {
			t.Errorf("%q by %s: framed is %t", c.do, c.by, ok)
		}
		if len(h.Cookies()) != 1 {
			t.Errorf("%q: the cookie is not kept", c.do)
		}
	}
	h := build(t) // an ancestor further out counts too
	d, f, g := h.visit(evil), 0, 0
	h.run(d, func(p *browser.Page) { f = p.Embed("f", shop) })
	h.run(f, func(p *browser.Page) { g = p.Embed("g", at(shop, "/", xfo("SAMEORIGIN"))) })
	if _, ok := h.Browser.Run(g, func(*browser.Page) {}); ok {
		t.Error("framed by its own origin, which another site frames")
	}
}

// TestForms: what goes (HTML §4.10.21.3).
func TestForms(t *testing.T) {
	fields := []wire.Field{{Name: "to", Value: "a b&c"}, {Name: "né*~", Value: "1\n2"}}
	for _, c := range []struct {
		form              browser.Form
		method, url, body string
		kind              string
	}{
		{browser.Form{}, "GET", shop + "/page?", "", ""},
		{browser.Form{Action: "/x?old=1", Fields: fields}, "GET", shop + "/x?to=a+b%26c&n%C3%A9*%7E=1%0D%0A2", "", ""},
		{browser.Form{Action: "x?old=1", Method: "post", Fields: fields}, "POST", shop + "/x?old=1", "to=a+b%26c&n%C3%A9*%7E=1%0D%0A2", "application/x-www-form-urlencoded"},
		{browser.Form{Method: "POST", Encoded: "text/plain", Fields: []wire.Field{{Name: `{"a":"`, Value: `"}`}}}, "POST", shop + "/page?q=1", `{"a":"="}` + "\r\n", "text/plain"},
		{browser.Form{Method: "DELETE", Action: "#top"}, "GET", shop + "/page?", "", ""},
	} {
		h := build(t)
		d := h.visit(shop + "/page?q=1")
		before := len(h.net.Messages)
		h.Submit(d, c.form)
		m := h.net.Messages[before]
		if m.Method != c.method || m.URL != c.url || m.Body != c.body || m.Value("Content-Type") != c.kind {
			t.Errorf("%+v: %s %s %q %s", c.form, m.Method, m.URL, m.Body, m.Value("Content-Type"))
		}
	}
}

// TestWindows: what scripts may do to tabs without a user (HTML §7.4.2.4).
func TestWindows(t *testing.T) {
	h := build(t)
	d := h.visit(evil)
	before := len(h.net.Messages)
	h.run(d, func(p *browser.Page) { p.Submit(browser.Form{Action: shop, Target: "_blank"}) })
	f := 0
	h.run(d, func(p *browser.Page) { f = p.Embed("f", shop) })
	h.run(f, func(p *browser.Page) { p.Submit(browser.Form{Action: shop, Target: "_top"}) })
	if got := h.codes(before); got != "browser.popup-refused browser.top-refused" {
		t.Errorf("notes: %q", got)
	}
	arrivals := h.run(d, func(p *browser.Page) { p.Navigate("/1"); p.Navigate("/2") })
	if top, _ := h.Top(h.tab); len(arrivals) != 1 || top.URL != evil+"/2" || top.ID != arrivals[0].Document {
		t.Errorf("the later navigation counts: %+v", top)
	}
	if a := h.Visit(h.tab, "javascript:alert(1)"); a.Document != 0 {
		t.Errorf("javascript: is opened: %+v", a)
	}
	if a := h.Visit(99, shop); a.Document != 0 {
		t.Errorf("a tab that is not there: %+v", a)
	}
}
