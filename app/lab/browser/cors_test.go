package browser_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

func field(name, value string) []wire.Field { return []wire.Field{{Name: name, Value: value}} }

// TestCORS asks from the page of one origin for an address of another.
func TestCORS(t *testing.T) {
	const origin, any, creds = "h=Access-Control-Allow-Origin:" + app, "h=Access-Control-Allow-Origin:*", "h=Access-Control-Allow-Credentials:true"
	token := field("Authorization", "Bearer x")
	for _, c := range []struct {
		name  string
		do    []string
		init  browser.Init
		kind  string // of the response; "" for a TypeError
		asked string // methods that went, in order
		code  string // that is among the notes
	}{
		{"no leave", nil, browser.Init{}, "", "GET", "browser.cors-missing"},
		{"leave", []string{origin}, browser.Init{}, "cors", "GET", "browser.cors-allowed"},
		{"leave for all", []string{any}, browser.Init{}, "cors", "GET", "browser.cors-any"},
		{"for all, without credentials", []string{any}, browser.Init{Credentials: "omit"}, "cors", "GET", "browser.credentials-omit"},
		{"for all, with credentials", []string{any, creds}, browser.Init{Credentials: "include"}, "", "GET", "browser.cors-wildcard"},
		{"credentials", []string{origin, creds}, browser.Init{Credentials: "include"}, "cors", "GET", "browser.cors-allowed"},
		{"credentials, not said", []string{origin}, browser.Init{Credentials: "include"}, "", "GET", "browser.cors-credentials"},
		{"credentials, TRUE", []string{origin, "h=Access-Control-Allow-Credentials:TRUE"}, browser.Init{Credentials: "include"}, "", "GET", "browser.cors-credentials"},
		{"another origin", []string{"h=Access-Control-Allow-Origin:" + evil}, browser.Init{}, "", "GET", "browser.cors-other"},
		{"two origins", []string{origin, "h=Access-Control-Allow-Origin:" + evil}, browser.Init{}, "", "GET", "browser.cors-other"},
		{"a slash too many", []string{origin + "/"}, browser.Init{}, "", "GET", "browser.cors-other"},
		{"no-cors", nil, browser.Init{Mode: "no-cors"}, "opaque", "GET", ""},
		{"no-cors POST", nil, browser.Init{Mode: "no-cors", Method: "POST", Body: `{"a":1}`, Credentials: "include"}, "opaque", "POST", ""},
		{"no-cors PUT", nil, browser.Init{Mode: "no-cors", Method: "PUT"}, "", "", ""},
		{"same-origin", nil, browser.Init{Mode: "same-origin"}, "", "", "browser.mode-same-origin"},
		{"a simple POST", []string{origin}, browser.Init{Method: "POST", Body: "a=1", Header: field("Content-Type", "application/x-www-form-urlencoded")}, "cors", "POST", ""},
		{"text", []string{origin}, browser.Init{Method: "post", Body: "{}"}, "cors", "POST", ""},
		{"JSON", []string{origin}, browser.Init{Method: "POST", Body: "{}", Header: field("Content-Type", "application/json")}, "", "OPTIONS", "browser.preflight-no-header"},
		{"JSON, granted", []string{origin, "p=Access-Control-Allow-Headers:Content-Type"}, browser.Init{Method: "POST", Body: "{}", Header: field("Content-Type", "application/json")}, "cors", "OPTIONS POST", "browser.preflight-granted"},
		{"token", []string{origin, "p=Access-Control-Allow-Headers:x, authorization"}, browser.Init{Header: token}, "cors", "OPTIONS GET", "browser.preflight-header"},
		{"token by a star", []string{any, "p=Access-Control-Allow-Headers:*"}, browser.Init{Header: token}, "cors", "OPTIONS GET", "browser.preflight-star"},
		{"token by a star, with credentials", []string{origin, creds, "p=Access-Control-Allow-Headers:*"}, browser.Init{Header: token, Credentials: "include"}, "", "OPTIONS", "browser.preflight-no-header"},
		{"X-A by a star", []string{any, "p=Access-Control-Allow-Headers:*"}, browser.Init{Header: field("X-A", "1")}, "cors", "OPTIONS GET", ""},
		{"X-A by a star, with credentials", []string{origin, creds, "p=Access-Control-Allow-Headers:*"}, browser.Init{Header: field("X-A", "1"), Credentials: "include"}, "", "OPTIONS", "browser.preflight-no-header"},
		{"DELETE", []string{origin}, browser.Init{Method: "delete"}, "", "OPTIONS", "browser.preflight-no-method"},
		{"DELETE, granted", []string{origin, "p=Access-Control-Allow-Methods:PUT, DELETE"}, browser.Init{Method: "delete"}, "cors", "OPTIONS DELETE", "browser.preflight-method"},
		{"patch in lower case", []string{origin, "p=Access-Control-Allow-Methods:PATCH"}, browser.Init{Method: "patch"}, "", "OPTIONS", "browser.preflight-no-method"},
		{"preflight fails", []string{origin, "preflight=500", "p=Access-Control-Allow-Methods:PUT"}, browser.Init{Method: "PUT"}, "", "OPTIONS", "browser.preflight-status"},
		{"preflight without leave", []string{"p=Access-Control-Allow-Methods:PUT"}, browser.Init{Method: "PUT"}, "", "OPTIONS", "browser.preflight-failed"},
		{"forbidden field", []string{origin}, browser.Init{Header: field("Cookie", "a=1")}, "cors", "GET", ""},
		{"forbidden method", []string{origin}, browser.Init{Method: "TRACE"}, "", "", ""},
		{"a body with GET", []string{origin}, browser.Init{Body: "x"}, "", "", ""},
		{"long field", []string{origin}, browser.Init{Header: field("Accept", strings.Repeat("a", 129))}, "", "OPTIONS", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := build(t)
			h.give(shop, "a=1; Secure; SameSite=None")
			page := h.visit(app + "/")
			before := len(h.net.Messages)
			h.run(page, func(p *browser.Page) {
				r, err := p.Fetch(at(shop, "/api", c.do...), c.init)
				if r.Type != c.kind || (err != nil) != (c.kind == "") {
					t.Errorf("the script gets %q and %v, want %q", r.Type, err, c.kind)
				}
				if readable := r.Body != ""; readable != (c.kind == "cors") {
					t.Errorf("body is readable: %t", readable)
				}
			})
			asked := ""
			for _, m := range h.since(before, wire.Ask) {
				asked += " " + m.Method
				if m.Method == "OPTIONS" && (m.Value("Cookie") != "" || m.Value("Authorization") != "") {
					t.Error("the preflight has credentials")
				}
				if c.init.Mode == "" && m.Value("Origin") != app {
					t.Errorf("Origin is %q", m.Value("Origin"))
				}
			}
			if asked != "" {
				asked = asked[1:]
			}
			if asked != c.asked {
				t.Errorf("asked %q, want %q", asked, c.asked)
			}
			if c.code != "" && !slices.Contains(strings.Fields(h.codes(before)), c.code) {
				t.Errorf("notes are %q, want %q", h.codes(before), c.code)
			}
			answers := h.since(before, wire.Answer)
			if n := len(answers); n > 0 && answers[n-1].Readable != (c.kind == "cors") {
				t.Errorf("the record says readable: %t", answers[n-1].Readable)
			}
		})
	}
}

// TestCredentials: cookies go and are kept as the mode says (Fetch §4.5).
func TestCredentials(t *testing.T) {
	leave := []string{"h=Access-Control-Allow-Origin:" + app, "h=Access-Control-Allow-Credentials:true", "h=Set-Cookie:b=2; Secure; SameSite=None"}
	for _, c := range []struct {
		page, mode string
		sent       string
		kept       int
	}{
		{app, "omit", "", 1},
		{app, "same-origin", "", 1},
		{app, "include", "a=1", 2},
		{shop, "omit", "", 1},
		{shop, "same-origin", "a=1", 2},
		{shop, "include", "a=1", 2},
	} {
		h := build(t)
		h.give(shop, "a=1; Secure")
		page := h.visit(c.page + "/")
		before := len(h.net.Messages)
		h.run(page, func(p *browser.Page) {
			if _, err := p.Fetch(at(shop, "/", leave...), browser.Init{Credentials: c.mode}); err != nil {
				t.Errorf("%s %s: %v", c.page, c.mode, err)
			}
		})
		if got := h.since(before, wire.Ask)[0].Value("Cookie"); got != c.sent {
			t.Errorf("%s %s: Cookie is %q, want %q", c.page, c.mode, got, c.sent)
		}
		if got := len(h.Cookies()); got != c.kept {
			t.Errorf("%s %s: %d cookies, want %d", c.page, c.mode, got, c.kept)
		}
	}
}

// TestExposed: what of the header a script sees (Fetch §2.2.6).
func TestExposed(t *testing.T) {
	for _, c := range []struct {
		name, page, expose, credentials string
		sees, hidden                    string
	}{
		{"own origin", shop, "", "", "X-A", "Set-Cookie"},
		{"other origin", app, "", "", "Content-Type", "X-A"},
		{"exposed", app, "x-a", "", "X-A", "X-B"},
		{"all exposed", app, "*", "", "X-B", "Set-Cookie"},
		{"all exposed, with credentials", app, "*", "include", "Content-Type", "X-A"},
		{"Set-Cookie exposed", app, "set-cookie, x-b", "include", "X-B", "Set-Cookie"},
	} {
		h := build(t)
		page := h.visit(c.page + "/")
		h.run(page, func(p *browser.Page) {
			r, err := p.Fetch(at(shop, "/", "h=Access-Control-Allow-Origin:"+app, "h=Access-Control-Allow-Credentials:true", "h=X-A:1", "h=X-B:2",
				"h=Set-Cookie:a=1", "h=Access-Control-Expose-Headers:"+c.expose), browser.Init{Credentials: c.credentials})
			if err != nil {
				t.Fatal(c.name, err)
			}
			if _, ok := wire.Find(r.Header, c.sees); !ok {
				t.Errorf("%s: %s is not seen", c.name, c.sees)
			}
			if v, ok := wire.Find(r.Header, c.hidden); ok {
				t.Errorf("%s: %s is seen: %q", c.name, c.hidden, v)
			}
		})
	}
}

// TestPreflightCache: a leave is remembered, for its origin, its address, its time and what it was for.
func TestPreflightCache(t *testing.T) {
	h := build(t)
	leave := []string{"h=Access-Control-Allow-Origin:" + app, "h=Access-Control-Allow-Credentials:true",
		"p=Access-Control-Allow-Methods:PUT", "p=Access-Control-Allow-Headers:x-a", "p=Access-Control-Max-Age:60"}
	page := h.visit(app + "/")
	step := func(url string, i browser.Init, preflights int) {
		t.Helper()
		before := len(h.net.Messages)
		h.run(page, func(p *browser.Page) {
			if _, err := p.Fetch(url, i); err != nil && preflights < 2 {
				t.Error(err)
			}
		})
		n := 0
		for _, m := range h.since(before, wire.Ask) {
			if m.Method == "OPTIONS" {
				n++
			}
		}
		if n != preflights%2 {
			t.Errorf("%s %+v: %d preflights", url, i, n)
		}
	}
	one, two := at(shop, "/1", leave...), at(shop, "/2", leave...)
	step(one, browser.Init{Method: "PUT"}, 1)
	step(one, browser.Init{Method: "PUT"}, 0)
	step(one, browser.Init{Method: "PUT", Header: field("X-A", "1")}, 0)
	step(one, browser.Init{Method: "PUT", Credentials: "include"}, 1) // granted without credentials only
	step(one, browser.Init{Method: "PUT", Credentials: "omit"}, 0)
	step(two, browser.Init{Method: "PUT"}, 1)
	step(one, browser.Init{Method: "DELETE"}, 3) // asked, and refused
	h.net.Pass(time.Minute)
	step(one, browser.Init{Method: "PUT"}, 1)
	zero := append(leave[:4:4], "p=Access-Control-Max-Age:0")
	step(at(shop, "/3", zero...), browser.Init{Method: "PUT"}, 1)
	step(at(shop, "/3", zero...), browser.Init{Method: "PUT"}, 1)
	five := leave[:4:4]
	step(at(shop, "/4", five...), browser.Init{Method: "PUT"}, 1)
	h.net.Pass(4 * time.Second)
	step(at(shop, "/4", five...), browser.Init{Method: "PUT"}, 0)
	h.net.Pass(time.Second)
	step(at(shop, "/4", five...), browser.Init{Method: "PUT"}, 1)
}

// TestPreflightScope: a leave that one origin was given is none for another, and none where another site stands in the
// address bar.
func TestPreflightScope(t *testing.T) {
	h := build(t)
	url := at(shop, "/", "h=Access-Control-Allow-Origin:*", "p=Access-Control-Allow-Methods:PUT")
	preflights := func(d int) (n int) {
		before := len(h.net.Messages)
		h.run(d, func(p *browser.Page) { _, _ = p.Fetch(url, browser.Init{Method: "PUT"}) })
		return len(h.since(before, wire.Ask)) - 1
	}
	d := h.visit(app)
	for i, want := range []int{1, 0} {
		if got := preflights(d); got != want {
			t.Errorf("the same page, request %d: %d preflights", i+1, got)
		}
	}
	guest := 0
	h.run(d, func(p *browser.Page) { guest = p.Embed("guest", evil) })
	if preflights(guest) != 1 {
		t.Error("another origin uses the leave")
	}
	own := h.Visit(h.Open(), shop+"/").Document
	framed := 0
	h.run(own, func(p *browser.Page) { framed = p.Embed("f", app) })
	if preflights(framed) != 0 {
		t.Error("a frame in the own site has to ask anew")
	}
	outer := h.visit(evil)
	h.run(outer, func(p *browser.Page) { framed = p.Embed("f", app) })
	if preflights(framed) != 1 {
		t.Error("a frame in another site uses the leave")
	}
	h.Restart()
	if preflights(h.visitIn(app)) != 1 {
		t.Error("the leave outlives the browser")
	}
}

func TestForbiddenFields(t *testing.T) {
	h := build(t)
	page := h.visit(shop + "/")
	h.run(page, func(p *browser.Page) {
		var all []wire.Field
		for _, name := range []string{"cookie", "Host", "ORIGIN", "Referer", "Sec-Fetch-Site", "Proxy-Authorization", "Content-Length", "Date", "Via"} {
			all = append(all, wire.Field{Name: name, Value: "forged"})
		}
		all = append(all, wire.Field{Name: "X-HTTP-Method-Override", Value: "TRACE"}, wire.Field{Name: "X-Ok", Value: "1"}, wire.Field{Name: "x-ok", Value: "2"})
		if _, err := p.Fetch("/x", browser.Init{Header: all}); err != nil {
			t.Error(err)
		}
		for _, bad := range []wire.Field{{Name: "a b", Value: "1"}, {Name: "a", Value: "1\r\nCookie: x"}, {Name: "", Value: "1"}} {
			if _, err := p.Fetch("/x", browser.Init{Header: []wire.Field{bad}}); !errors.Is(err, browser.ErrInit) {
				t.Errorf("%q is taken: %v", bad, err)
			}
		}
	})
	m := h.net.Messages[len(h.net.Messages)-2]
	for _, f := range m.Header {
		if f.Value == "forged" || f.Value == "TRACE" {
			t.Errorf("%s is forged", f.Name)
		}
	}
	if got := m.Value("X-Ok"); got != "1, 2" {
		t.Errorf("X-Ok is %q", got)
	}
}
