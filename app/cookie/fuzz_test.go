package cookie_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"jwtlab/app/bound"
	"jwtlab/app/check"
	"jwtlab/app/cookie"
)

// lines are what others found hard to read, and what broke this reader.
var lines = []string{
	"", ";", "=", "==", "a", "=a", "a=", "a=b", "a=b; Secure; HttpOnly", "a=b; Domain=.shop.example; Path=/; Max-Age=60",
	"a=b; Expires=Sat, 31 Jan 2026 13:00:00 GMT", "a=b; SameSite=Strict; SameSite=x", "__Host-a=1; Secure; Path=/", "__Http-a=1; Secure; HttpOnly",
	"=__Secure-a", "a=\xff\x00", "a\tb=1", "a=1;\t;=;==;Max-Age=;Max-Age=-;Max-Age=+;Domain=;Domain=.;Path=;Path", "a=1; Max-Age=99999999999999999999",
	"a=1; Expires=::: 99999999999999999999 jan", "a=1; Partitioned; Secure; SameSite=None", "a=1; Domain=한국.example", "a=1; Domain=..",
	"a=1; Priority=LOW; Priority=medium", "a=1; Max-Age=-99999999999999999999",
}

// FuzzParse: reading a line takes memory in proportion to it, and a line that is a cookie says the same again.
func FuzzParse(f *testing.F) {
	for _, line := range append(lines, strings.Repeat(";x", 2000), "a=1"+strings.Repeat("; Expires=x", 500), "a=1"+strings.Repeat(";a\tb", 500)) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, name := range cookie.ProfileNames() {
			p := profile(t, name)
			var l *cookie.Line
			bound.Memory(t, len(line), 16, func() { l = cookie.Parse(line, &p) })
			if len(l.Checks) > 16 {
				t.Errorf("%d checks", len(l.Checks))
			}
			if !l.OK() {
				continue
			}
			pair := string(l.Name) + "=" + string(l.Value)
			again := cookie.Parse(pair, &p)
			if !again.OK() || again.Name != l.Name || again.Value != l.Value {
				t.Errorf("%s reads %q as %q, and that as %q=%q", name, line, pair, again.Name, again.Value)
			}
			if len(pair)-1 > 4096 || strings.ContainsAny(pair, ";\r\n\x00") {
				t.Errorf("%s takes %q for a cookie", name, line)
			}
		}
	})
}

// FuzzDate: what is read is a date from year 0 on, and is read again as it is written by everyone.
func FuzzDate(f *testing.F) {
	for _, text := range []string{"Sat, 31 Jan 2026 13:00:00 GMT", "1 jan 0 0:0:0", "31 Feb 99999 1:1:1", ":::", "a1:1:1 1 1 1 jan feb", "\xff\x80", "99999999999999999999:1:1 1 jan 1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"chromium", "draft"} {
			p := profile(t, name)
			var d time.Time
			var ok bool
			bound.Memory(t, len(text), 32, func() { d, ok = cookie.ParseDate(text, &p) })
			if !ok {
				continue
			}
			again, ok := cookie.ParseDate(d.Format(time.RFC1123), &p)
			if d.Year() > 99 && d.Year() < 10000 && (!ok || !again.Equal(d)) {
				t.Errorf("%s reads %q as %v, and that as %v", name, text, d, again)
			}
		}
	})
}

// FuzzURL: a URL that is read is read again from its origin and path.
func FuzzURL(f *testing.F) {
	for _, text := range []string{"https://shop.example/a?b", "http://[::1]:8080", "http://bücher.example", "data:x", "http://1.2.3.4", "http://a..b/../..", "http://h/%2e%2E/x", "https://\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := cookie.ParseURL(text)
		if err != nil || !u.Network() {
			return
		}
		again, err := cookie.ParseURL(u.Origin() + u.Path)
		if err != nil || again.Origin() != u.Origin() || again.Host != u.Host {
			t.Errorf("%q is %+v, and that is %+v: %v", text, u, again, err)
		}
		cookie.RegistrableDomain(u.Host)
	})
}

// FuzzJar plays lines on jars of all engines and holds them to what may never happen.
func FuzzJar(f *testing.F) {
	for i, line := range lines {
		f.Add(line, lines[(i*7+3)%len(lines)], uint8(i))
	}
	f.Fuzz(func(t *testing.T, first, second string, how uint8) {
		urls := []string{"https://www.shop.example/a/b", "http://www.shop.example/a", "http://localhost/", "https://192.0.2.1/"}
		u := urls[how%4]
		for _, name := range cookie.ProfileNames() {
			j := cookie.New(profile(t, name))
			r := open(t, u)
			if how&16 != 0 {
				r = part(t, u, page(t, u))
			}
			j.Set(r, first)
			before := j.Clone()
			if d := j.Write(*page(t, u), noon, second); how&8 != 0 && d.Outcome == cookie.Refused && !reflect.DeepEqual(before, j) {
				t.Errorf("%s: a cookie is refused, and yet the jar changed", name)
			}
			laws(t, j, u)
		}
	})
}

// laws are what holds for every jar.
func laws(t *testing.T, j *cookie.Jar, u string) {
	t.Helper()
	script := j.Clone().Read(*page(t, u), noon)
	var sub cookie.Selection
	if !strings.Contains(u, "192.") { // an address has no subdomains
		sub = j.Clone().Select(open(t, strings.Replace(u, "://", "://sub.", 1)+"x"))
	}
	plain := j.Clone().Select(open(t, "http://www.shop.example/a/b"))
	for _, s := range []cookie.Selection{script, sub, plain} {
		for _, d := range s.Decisions {
			c := d.Cookie
			if len(d.Checks) == 0 || (d.Outcome == cookie.Sent) == (d.Checks[0].Answer == check.No) {
				t.Errorf("%+v is %s because of %v", c, d.Outcome, d.Checks)
			}
		}
	}
	for _, d := range script.Decisions {
		if d.Outcome == cookie.Sent && d.Cookie.HTTPOnly {
			t.Errorf("a script sees %+v", d.Cookie)
		}
	}
	for _, d := range sub.Decisions {
		if d.Outcome == cookie.Sent && d.Cookie.HostOnly {
			t.Errorf("a subdomain gets %+v", d.Cookie)
		}
	}
	for _, d := range plain.Decisions {
		if d.Outcome == cookie.Sent && d.Cookie.Secure {
			t.Errorf("an unencrypted request carries %+v", d.Cookie)
		}
	}
	text, err := json.Marshal(j)
	var back cookie.Jar
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatalf("no JSON of the jar: %v", err)
	}
	if a, b := j.Clone().Select(open(t, u)).Field, back.Select(open(t, u)).Field; a != b {
		t.Errorf("the jar sends %q, and %q after JSON", a, b)
	}
}
