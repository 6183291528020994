package browser_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// meta is what a server is told of who asks.
func meta(m *wire.Message) string {
	var all []string
	for _, name := range []string{"Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-User", "Sec-Fetch-Dest"} {
		all = append(all, m.Value(name))
	}
	return strings.Join(all, " ")
}

// TestMetadata: Sec-Fetch-*, Origin and Referer of the last request that an act leads to (Fetch Metadata §2).
func TestMetadata(t *testing.T) {
	fetch := func(url string, i browser.Init) browser.Script {
		return func(p *browser.Page) { _, _ = p.Fetch(url, i) }
	}
	for _, c := range []struct {
		name, page string
		act        func(h *house, page int)
		want       string // Site, Mode, User, Dest, "|", Origin, Referer
	}{
		{"typed", "", func(h *house, _ int) { h.visit(shop + "/a?b#c") }, "none navigate ?1 document |"},
		{"typed, by http", "", func(h *house, _ int) { h.visit("http://shop.example/") }, "    |"},
		{"typed, to this machine", "", func(h *house, _ int) { h.visit("http://localhost/") }, "none navigate ?1 document |"},
		{"reload of what was typed", shop, func(h *house, _ int) { h.Reload(h.tab) }, "none navigate ?1 document |"},
		{"link, own origin", shop, func(h *house, d int) { h.Click(d, "/b", "") }, "same-origin navigate ?1 document | - https://shop.example/page?q=1"},
		{"link, own site", app, func(h *house, d int) { h.Click(d, shop+"/", "") }, "same-site navigate ?1 document | - https://app.shop.example/"},
		{"link, other site", evil, func(h *house, d int) { h.Click(d, shop+"/", "_blank") }, "cross-site navigate ?1 document | - https://evil.example/"},
		{"link, then reload", evil, func(h *house, d int) { h.Click(d, shop+"/", ""); h.Reload(h.tab) }, "cross-site navigate ?1 document | - https://evil.example/"},
		{"link from http to https", "http://shop.example", func(h *house, d int) { h.Click(d, shop+"/", "") }, "cross-site navigate ?1 document | - http://shop.example/"},
		{"link from https to http", shop, func(h *house, d int) { h.Click(d, "http://plain.example/", "") }, "    |"},
		{"script", evil, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Navigate(shop + "/") }) }, "cross-site navigate  document | - https://evil.example/"},
		{"form POST", evil, func(h *house, d int) { h.Submit(d, browser.Form{Action: shop + "/", Method: "post"}) }, "cross-site navigate ?1 document | https://evil.example https://evil.example/"},
		{"form POST, own origin", shop, func(h *house, d int) { h.Submit(d, browser.Form{Action: "/x", Method: "POST"}) }, "same-origin navigate ?1 document | https://shop.example https://shop.example/page?q=1"},
		{"form GET", evil, func(h *house, d int) { h.Submit(d, browser.Form{Action: shop + "/"}) }, "cross-site navigate ?1 document | - https://evil.example/"},
		{"image", evil, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Image(shop + "/img") }) }, "cross-site no-cors  image | - https://evil.example/"},
		{"frame", evil, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Embed("f", shop+"/") }) }, "cross-site navigate  iframe | - https://evil.example/"},
		{"fetch", shop, func(h *house, d int) { h.run(d, fetch("/x", browser.Init{})) }, "same-origin cors  empty | - https://shop.example/page?q=1"},
		{"fetch POST", shop, func(h *house, d int) { h.run(d, fetch("/x", browser.Init{Method: "POST"})) }, "same-origin cors  empty | https://shop.example https://shop.example/page?q=1"},
		{"fetch HEAD, other origin", app, func(h *house, d int) { h.run(d, fetch(shop+"/x", browser.Init{Method: "HEAD"})) }, "same-site cors  empty | https://app.shop.example https://app.shop.example/"},
		{"no-cors", evil, func(h *house, d int) { h.run(d, fetch(shop+"/x", browser.Init{Mode: "no-cors"})) }, "cross-site no-cors  empty | - https://evil.example/"},
		{"no-cors POST", evil, func(h *house, d int) { h.run(d, fetch(shop+"/x", browser.Init{Mode: "no-cors", Method: "POST"})) }, "cross-site no-cors  empty | https://evil.example https://evil.example/"},
		{"same-origin mode", shop, func(h *house, d int) { h.run(d, fetch("/x", browser.Init{Mode: "same-origin"})) }, "same-origin same-origin  empty | - https://shop.example/page?q=1"},
		{"preflight", app, func(h *house, d int) { h.run(d, fetch(shop+"/x", browser.Init{Method: "PUT"})) }, "same-site cors  empty | https://app.shop.example https://app.shop.example/"},
		{"redirect over another site", shop, func(h *house, d int) { h.Click(d, at(evil, "/", to("302", shop+"/")...), "") }, "cross-site navigate ?1 document | - https://shop.example/"},
		{"redirect over the own site", shop, func(h *house, d int) { h.Click(d, at(app, "/", to("302", shop+"/")...), "") }, "same-site navigate ?1 document | - https://shop.example/"},
		{"typed, redirected over another site", "", func(h *house, d int) { h.visit(at(evil, "/", to("302", shop+"/")...)) }, "none navigate ?1 document |"},
	} {
		h := build(t)
		page := 0
		if c.page != "" {
			page = h.visit(c.page + map[bool]string{true: "/page?q=1", false: "/"}[c.page == shop])
		}
		before := len(h.net.Messages)
		c.act(h, page)
		asked := h.since(before, wire.Ask)
		m := asked[len(asked)-1]
		origin := m.Value("Origin")
		if origin == "" && m.Value("Referer") != "" {
			origin = "-"
		}
		if got := strings.TrimRight(meta(m)+" | "+origin+" "+m.Value("Referer"), " "); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// TestPolicies: Referer and Origin by Referrer-Policy (Referrer Policy §8.3, Fetch §3.2); the row is own origin, other
// origin, http.
func TestPolicies(t *testing.T) {
	const whole, bare = "http://localhost/p", "http://localhost/"
	for _, c := range []struct{ policy, near, far, down, origin string }{
		{"no-referrer", "", "", "", "null null null"},
		{"unsafe-url", whole, whole, whole, "O O O"},
		{"origin", bare, bare, bare, "O O O"},
		{"same-origin", whole, "", "", "O null null"},
		{"origin-when-cross-origin", whole, bare, bare, "O O O"},
		{"strict-origin", bare, bare, "", "O O null"},
		{"no-referrer-when-downgrade", whole, whole, "", "O O null"},
		{"strict-origin-when-cross-origin", whole, bare, "", "O O null"},
		{"nonsense", whole, bare, "", "O O null"},
		{"no-referrer, nonsense, origin", bare, bare, bare, "O O O"},
	} {
		h := build(t)
		d := h.visit(at("http://localhost", "/p", "h=Referrer-Policy:"+c.policy))
		var origins []string
		for i, url := range []string{"http://localhost/x", shop + "/", "http://plain.example/"} {
			n := len(h.net.Messages)
			h.run(d, func(p *browser.Page) { _, _ = p.Fetch(url, browser.Init{Mode: "no-cors", Method: "POST"}) })
			got := strings.Replace(h.net.Messages[n].Value("Referer"), "?h=Referrer-Policy%3A"+strings.NewReplacer(" ", "%20", ",", "%2C").Replace(c.policy), "", 1)
			if want := []string{c.near, c.far, c.down}[i]; got != want {
				t.Errorf("%s: Referer to %s is %q, want %q", c.policy, url, got, want)
			}
			origins = append(origins, strings.Replace(h.net.Messages[n].Value("Origin"), "http://localhost", "O", 1))
		}
		if got := strings.Join(origins, " "); got != c.origin {
			t.Errorf("%s: Origin is %q, want %q", c.policy, got, c.origin)
		}
	}
}

// TestRedirects: method, body, Authorization and Origin of the second request.
func TestRedirects(t *testing.T) {
	leave := []string{"h=Access-Control-Allow-Origin:*", "p=Access-Control-Allow-Headers:authorization", "p=Access-Control-Allow-Methods:PUT"}
	for _, c := range []struct {
		status, method, next string
		want                 string // method, Authorization, Origin, length of the body
	}{
		{"301", "POST", shop, "GET A  0"}, {"302", "POST", shop, "GET A  0"}, {"303", "POST", shop, "GET A  0"},
		{"307", "POST", shop, "POST A https://shop.example 2"}, {"308", "POST", shop, "POST A https://shop.example 2"},
		{"302", "PUT", shop, "PUT A https://shop.example 2"}, {"303", "PUT", shop, "GET A  0"}, {"303", "HEAD", shop, "HEAD A  0"},
		{"302", "GET", app, "GET  https://shop.example 0"}, {"307", "POST", app, "POST  https://shop.example 2"},
		{"304", "GET", app, "GET A  0"},
	} {
		h := build(t)
		d := h.visit(shop + "/")
		before := len(h.net.Messages)
		h.run(d, func(p *browser.Page) {
			i := browser.Init{Method: c.method, Header: field("Authorization", "A")}
			if c.method == "POST" || c.method == "PUT" {
				i.Body = "{}"
			}
			if _, err := p.Fetch(at(shop, "/", to(c.status, at(c.next, "/next", leave...))...), i); err != nil {
				t.Errorf("%+v: %v", c, err)
			}
		})
		asked := h.since(before, wire.Ask)
		m := asked[len(asked)-1]
		got := strings.Join([]string{m.Method, m.Value("Authorization"), m.Value("Origin"), string('0' + rune(len(m.Body)))}, " ")
		if got != c.want {
			t.Errorf("%s %s to %s: %q, want %q", c.status, c.method, c.next, got, c.want)
		}
		if m.Method == "GET" && m.Value("Content-Type") != "" {
			t.Errorf("%+v: a Content-Type without a body", c)
		}
	}
}

// TestTainted: between other origins the origin of who asks becomes null (Fetch §2.2.5), in a form of Chromium's after any.
func TestTainted(t *testing.T) {
	h := build(t)
	d := h.visit(app + "/")
	last := func() string { return h.net.Messages[len(h.net.Messages)-2].Value("Origin") }
	cors := []string{"h=Access-Control-Allow-Origin:" + app}
	h.run(d, func(p *browser.Page) {
		_, err := p.Fetch(at(shop, "/", append(to("302", at("https://api.other.example", "/", "h=Access-Control-Allow-Origin:null")), cors...)...), browser.Init{})
		if err != nil || last() != "null" {
			t.Errorf("over another origin: %v, Origin %q", err, last())
		}
		_, err = p.Fetch(at(shop, "/", append(to("302", app+"/"), cors...)...), browser.Init{})
		if err == nil || last() != "null" {
			t.Errorf("back to the own origin: %v, Origin %q", err, last())
		}
		_, err = p.Fetch(at(shop, "/", to("302", at(shop, "/", cors...))...), browser.Init{})
		if err == nil {
			t.Error("the redirect itself needs leave")
		}
		if r, err := p.Fetch(at(app, "/", to("302", "/x")...), browser.Init{Redirect: "manual"}); err != nil || r.Type != "opaqueredirect" || r.Status != 0 {
			t.Errorf("manual: %+v, %v", r, err)
		}
		if _, err := p.Fetch(at(app, "/", to("302", "/x")...), browser.Init{Redirect: "error"}); err == nil {
			t.Error("redirect error is followed")
		}
		if r, err := p.Fetch(at(app, "/", to("302", "/x")...), browser.Init{}); err != nil || !r.Redirected || r.URL != app+"/x" {
			t.Errorf("follow: %+v, %v", r, err)
		}
		if _, err := p.Fetch(at(app, "/", to("302", "data:,x")...), browser.Init{}); err == nil {
			t.Error("a redirect to data: is followed")
		}
	})
	h.Submit(d, browser.Form{Method: "POST", Action: at(app, "/", to("307", shop+"/")...)})
	if last() != "null" {
		t.Errorf("form over 307: Origin %q", last())
	}
}

// TestLoop: where redirects end (Fetch §4.4), for navigations one earlier, as in Chromium.
func TestLoop(t *testing.T) {
	h := build(t)
	h.net.Serve(shop, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/")
		w.WriteHeader(302)
	})
	a := h.Visit(h.tab, shop+"/")
	if n := len(h.since(0, wire.Ask)); n != 20 {
		t.Errorf("%d requests, want 20", n)
	}
	if d, _ := h.Top(h.tab); !d.Failed || a.Document != d.ID {
		t.Errorf("an error page is to be seen: %+v", d)
	}
	before := len(h.net.Messages)
	h.run(h.visit(evil+"/"), func(p *browser.Page) { p.Image(shop + "/") })
	if n := len(h.since(before, wire.Ask)); n != 1+21 {
		t.Errorf("%d requests for a picture, want 21", n-1)
	}
}

// TestSameSite: which cookies go with a request, over redirects and in frames. Each line of want is a request.
func TestSameSite(t *testing.T) {
	all := []string{"s=1; Secure; SameSite=Strict", "l=1; Secure; SameSite=Lax", "d=1; Secure", "n=1; Secure; SameSite=None"}
	for _, c := range []struct {
		name, page string
		age        time.Duration
		act        func(h *house, d int)
		want       []string
	}{
		{"typed", evil, 0, func(h *house, _ int) { h.visit(shop + "/") }, []string{"sldn"}},
		{"link", evil, 0, func(h *house, d int) { h.Click(d, shop+"/", "") }, []string{"ldn"}},
		{"link of the own site", app, 0, func(h *house, d int) { h.Click(d, shop+"/", "") }, []string{"sldn"}},
		{"link and reload", evil, 0, func(h *house, d int) { h.Click(d, shop+"/", ""); h.Reload(h.tab) }, []string{"ldn", "ldn"}},
		{"form, fresh", evil, 0, func(h *house, d int) { h.Submit(d, browser.Form{Action: shop, Method: "POST"}) }, []string{"dn"}},
		{"form, after two minutes", evil, 121 * time.Second, func(h *house, d int) { h.Submit(d, browser.Form{Action: shop, Method: "POST"}) }, []string{"n"}},
		{"form, after two minutes, with 307", evil, 121 * time.Second, func(h *house, d int) {
			h.Submit(d, browser.Form{Action: at(shop, "/", to("307", shop+"/")...), Method: "POST"})
		}, []string{"n", "n"}},
		{"form, with 302", evil, 121 * time.Second, func(h *house, d int) {
			h.Submit(d, browser.Form{Action: at(shop, "/", to("302", shop+"/")...), Method: "POST"})
		}, []string{"n", "ldn"}},
		{"form by GET", evil, 0, func(h *house, d int) { h.Submit(d, browser.Form{Action: shop}) }, []string{"ldn"}},
		{"image", evil, 0, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Image(shop + "/img") }) }, []string{"n"}},
		{"frame", evil, 0, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Embed("f", shop+"/") }) }, []string{"n"}},
		{"frame in the own site", app, 0, func(h *house, d int) { h.run(d, func(p *browser.Page) { p.Embed("f", shop+"/") }) }, []string{"sldn"}},
		{"form into a frame", evil, 0, func(h *house, d int) {
			h.run(d, func(p *browser.Page) {
				p.Embed("f", "")
				p.Submit(browser.Form{Action: shop, Method: "POST", Target: "f"})
			})
		}, []string{"n"}},
		{"a frame asks its own site", evil, 0, func(h *house, d int) {
			f := 0
			h.run(d, func(p *browser.Page) { f = p.Embed("f", shop+"/") })
			h.run(f, func(p *browser.Page) { _, _ = p.Fetch("/x", browser.Init{}) })
		}, []string{"n", "n"}},
		{"a frame follows a link to its own site", evil, 0, func(h *house, d int) {
			f := 0
			h.run(d, func(p *browser.Page) { f = p.Embed("f", shop+"/") })
			h.Click(f, shop+"/", "")
		}, []string{"n", "n"}},
		{"a frame leads the tab on", evil, 0, func(h *house, d int) {
			f := 0
			h.run(d, func(p *browser.Page) { f = p.Embed("f", shop+"/") })
			h.Click(f, shop+"/", "_top")
		}, []string{"n", "sldn"}},
		{"redirect to a site and back", shop, 0, func(h *house, d int) { h.Click(d, at(evil, "/", to("302", shop+"/")...), "") }, []string{"sldn"}},
		{"fetch over another site", shop, 0, func(h *house, d int) {
			h.run(d, func(p *browser.Page) {
				_, _ = p.Fetch(at(evil, "/", to("302", shop+"/")...), browser.Init{Mode: "no-cors", Credentials: "include"})
			})
		}, []string{"sldn"}},
		{"another site's redirects", evil, 0, func(h *house, d int) { h.Click(d, at(shop, "/", to("302", shop+"/")...), "") }, []string{"ldn", "ldn"}},
		{"http page of the site", "http://shop.example", 0, func(h *house, d int) { h.Click(d, shop+"/", "") }, []string{"ldn"}},
	} {
		h := build(t)
		h.give(shop, all...)
		h.net.Pass(c.age)
		d := h.visit(c.page + "/")
		before := len(h.net.Messages)
		c.act(h, d)
		var got []string
		for _, m := range h.since(before, wire.Ask) {
			if strings.HasPrefix(m.URL, shop) {
				got = append(got, strings.NewReplacer("=1", "", "; ", "").Replace(m.Value("Cookie")))
			}
			if len(m.Cookies) != 4 {
				t.Errorf("%s: %d decisions, want 4", c.name, len(m.Cookies))
			}
		}
		if strings.Join(got, ",") != strings.Join(c.want, ",") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestAnew: what is reloaded, and what a form posts, goes past all caches, over redirects too, as in Chromium.
func TestAnew(t *testing.T) {
	h := build(t)
	before := len(h.net.Messages)
	h.visit(shop + "/")
	h.Reload(h.tab)
	top, _ := h.Top(h.tab)
	h.Submit(top.ID, browser.Form{Action: at(evil, "/", to("302", shop+"/end")...), Method: "POST"})
	top, _ = h.Top(h.tab)
	h.Submit(top.ID, browser.Form{Action: shop + "/"})
	var got []string
	for _, m := range h.since(before, wire.Ask) {
		got = append(got, m.Method+" "+m.Value("Cache-Control"))
	}
	if want := []string{"GET ", "GET max-age=0", "POST max-age=0", "GET max-age=0", "GET "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
