package e2e_test

import (
	"fmt"
	"strings"
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// A step is one thing that the user, or a script, does in the browser: plain data, which the simulation and Chromium play
// alike.
type step struct {
	op    string // see the functions below
	frame string // where it happens; "" is the document of the tab
	url   string
	name  string // of a frame, of a key
	value string // of a key, of a cookie
	init  browser.Init
	form  browser.Form
	wait  time.Duration
	tab   int
}

// visit opens an address that the user types.
func visit(url string) step { return step{op: "visit", url: url} }

// again reloads the tab's page.
func again() step { return step{op: "reload"} }

// anotherTab opens an empty tab, where the steps after it happen.
func anotherTab() step { return step{op: "new tab"} }

// toTab lets the steps after it happen in a tab, from 1.
func toTab(n int) step { return step{op: "to tab", tab: n} }

// click follows a link that the page has.
func click(url string) step { return step{op: "click", url: url} }

// goes is a script that sets location.
func goes(url string) step { return step{op: "location", url: url} }

// form submits a form by POST, with fields as in "to=mallory".
func form(url string, pairs ...string) step {
	f := browser.Form{Action: url, Method: "POST"}
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		f.Fields = append(f.Fields, wire.Field{Name: name, Value: value})
	}
	return step{op: "form", url: url, form: f}
}

// formGet is form by GET.
func formGet(url string, pairs ...string) step {
	s := form(url, pairs...)
	s.form.Method = "GET"
	return s
}

// plainly sends a form as text/plain.
func plainly(s step) step {
	s.form.Encoded = "text/plain"
	return s
}

// into lets a form's answer be shown in a frame.
func into(frame string, s step) step {
	s.form.Target = frame
	return s
}

// image is a picture that a script puts into the page.
func image(url string) step { return step{op: "image", url: url} }

// embed puts a frame into the page.
func embed(name, url string) step { return step{op: "frame", name: name, url: url} }

// fetches is a script's fetch().
func fetches(url string, i browser.Init) step { return step{op: "fetch", url: url, init: i} }

// in lets a step happen in a frame.
func in(frame string, s step) step {
	s.frame = frame
	return s
}

// logIn is the shop's own script that logs in, and keeps what it is handed where the setup says.
func logIn() step { return step{op: "login"} }

// call is the shop's own script that asks its service, with all that it keeps.
func call(method, path, body string) step {
	return step{op: "call", url: path, init: browser.Init{Method: method, Body: body}}
}

// renew is the shop's own script that gets the next access token.
func renew() step { return step{op: "renew"} }

// reads is a script that reads document.cookie, or a key of "localStorage" or "sessionStorage".
func reads(where, key string) step { return step{op: "read " + where, name: key} }

// writes is one that assigns to it.
func writes(where, key, value string) step {
	return step{op: "write " + where, name: key, value: value}
}

// passes lets time pass for the servers; cookies here have no end, so that browsers do not mind.
func passes(d time.Duration) step { return step{op: "wait", wait: d} }

// ages lets time pass until what was fresh for the rule of Lax-allowing-unsafe is not fresh any more (RFC 6265bis §5.6.7.2).
func ages() step { return step{op: "age"} }

func (s step) String() string {
	var b strings.Builder
	b.WriteString(s.op)
	if s.frame != "" {
		b.WriteString(" in " + s.frame)
	}
	for _, part := range []string{s.init.Method, s.init.Mode, s.init.Credentials, s.name, s.value, bare(s.url), s.init.Body, s.form.Target} {
		if part != "" {
			b.WriteString(" " + part)
		}
	}
	if s.wait != 0 || s.tab != 0 {
		fmt.Fprint(&b, " ", max(int64(s.wait.Seconds()), int64(s.tab)))
	}
	return b.String()
}

// bare is an address without its query.
func bare(url string) string {
	url, _, _ = strings.Cut(url, "?")
	return url
}
