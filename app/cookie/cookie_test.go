package cookie_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/cookie"
)

// noon is when the tests happen.
var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func profile(t testing.TB, name string) cookie.Profile {
	t.Helper()
	p, ok := cookie.ProfileNamed(name)
	if !ok {
		t.Fatalf("no profile is called %s", name)
	}
	return p
}

func link(t testing.TB, text string) cookie.URL {
	t.Helper()
	u, err := cookie.ParseURL(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return u
}

// page is a document; the URLs after the first are those around it.
func page(t testing.TB, urls ...string) *cookie.Document {
	t.Helper()
	d := &cookie.Document{URL: link(t, urls[0])}
	for _, u := range urls[1:] {
		d.Around = append(d.Around, link(t, u))
	}
	return d
}

// open is a user who opens a page.
func open(t testing.TB, u string) cookie.Request {
	t.Helper()
	return cookie.Request{URL: link(t, u), Now: noon}
}

// part is a request by a document for a part of it.
func part(t testing.TB, u string, from *cookie.Document) cookie.Request {
	t.Helper()
	return cookie.Request{URL: link(t, u), Target: cookie.Subresource, From: from, Now: noon}
}

// frame is a document that shows a page in a frame.
func frame(t testing.TB, u string, from *cookie.Document) cookie.Request {
	t.Helper()
	return cookie.Request{URL: link(t, u), Target: cookie.Frame, From: from, Around: append([]cookie.URL{from.URL}, from.Around...), Now: noon}
}

// post is another page's form, which takes the user away.
func post(t testing.TB, u string, from *cookie.Document) cookie.Request {
	t.Helper()
	return cookie.Request{URL: link(t, u), Method: "POST", From: from, Now: noon}
}

// jar has the cookies of some lines, all set by a user who opened the page.
func jar(t testing.TB, p, u string, lines ...string) *cookie.Jar {
	t.Helper()
	j := cookie.New(profile(t, p))
	for _, line := range lines {
		if d := j.Set(open(t, u), line); d.Outcome == cookie.Refused {
			t.Fatalf("%s is refused: %v", line, d.Checks)
		}
	}
	return j
}

func codes(d cookie.Decision) string {
	var all []string
	for _, c := range d.Checks {
		all = append(all, strings.TrimPrefix(c.Code, "cookie."))
	}
	return strings.Join(all, " ")
}

// about are the codes of the decision about a cookie.
func about(s cookie.Selection, name string) string {
	for _, d := range s.Decisions {
		if string(d.Cookie.Name) == name {
			return codes(d)
		}
	}
	return "no decision"
}

func TestReplacing(t *testing.T) {
	const u = "https://shop.example/"
	for _, c := range []struct{ profile, again, want, code string }{
		{"chromium", "a=1", "a=1; b=1", "replaced"},
		{"chromium", "a=2", "b=1; a=2", "replaced-moved"},
		{"draft", "a=2", "a=2; b=1", "replaced"},
		{"chromium", "a=1; Max-Age=0", "b=1", "deleted"},
		{"chromium", "c=1; Max-Age=0", "a=1; b=1", "nothing-deleted"},
		{"chromium", "a=1; Path=/x", "a=1; b=1", "stored"},
		{"chromium", "a=1; Domain=shop.example", "a=1; b=1; a=1", "stored"},
	} {
		j := jar(t, c.profile, u, "a=1", "b=1")
		d := j.Set(open(t, u), c.again)
		if got := j.Select(open(t, u)).Field; string(got) != c.want || codes(d) != c.code {
			t.Errorf("%s, then %s: got %q %s, want %q %s", c.profile, c.again, got, codes(d), c.want, c.code)
		}
	}
}

// TestFreshClock: a new value starts the two minutes anew in Chromium, the same value does not.
func TestFreshClock(t *testing.T) {
	const u = "https://shop.example/"
	for again, want := range map[string]string{"a=1": "", "a=2": "a=2"} {
		j := jar(t, "chromium", u, "a=1")
		r := open(t, u)
		r.Now = noon.Add(100 * time.Second)
		j.Set(r, again)
		p := post(t, u, page(t, "https://evil.example/"))
		p.Now = noon.Add(150 * time.Second)
		if got := j.Select(p).Field; string(got) != want {
			t.Errorf("after %s: got %q, want %q", again, got, want)
		}
	}
}

func TestLifetime(t *testing.T) {
	year := 400 * 24 * time.Hour
	for _, c := range []struct {
		line string
		want time.Duration // 0 for a session cookie
	}{
		{"a=1", 0}, {"a=1; Max-Age=60", time.Minute}, {"a=1; Max-Age=99999999999", year}, {"a=1; Max-Age=99999999999999999999", year},
		{"a=1; Expires=Sat, 31 Jan 2026 13:00:00 GMT", time.Hour}, {"a=1; Expires=Sat, 31 Jan 2099 13:00:00 GMT", year},
		{"a=1; Max-Age=60; Expires=Sat, 31 Jan 2026 13:00:00 GMT", time.Minute}, {"a=1; Max-Age=x", 0}, {"a=1; Max-Age=+60", time.Minute},
		{"a=1; Max-Age=60; Max-Age=x", 0}, {"a=1; Max-Age", 0}, {"a=1; Max-Age=-", 0}, {"a=1; Max-Age=6e1", 0},
	} {
		j := jar(t, "chromium", "https://shop.example/", c.line)
		got := j.Cookies[0].Expires
		if c.want == 0 && !got.IsZero() || c.want > 0 && !got.Equal(noon.Add(c.want)) {
			t.Errorf("%s: expires %v", c.line, got)
		}
		j.EndSession()
		if (len(j.Cookies) == 0) != (c.want == 0) {
			t.Errorf("%s: %d cookies are there after the session", c.line, len(j.Cookies))
		}
	}
	j := cookie.New(profile(t, "safari"))
	j.Write(*page(t, "https://shop.example/"), noon, "a=1; Max-Age=99999999")
	if want := noon.Add(7 * 24 * time.Hour); !j.Cookies[0].Expires.Equal(want) {
		t.Errorf("a script's cookie expires %v in Safari, want %v", j.Cookies[0].Expires, want)
	}
}

// TestExpiry: a cookie whose time is over is told once.
func TestExpiry(t *testing.T) {
	j := jar(t, "chromium", "https://shop.example/", "a=1; Max-Age=60")
	r := open(t, "https://shop.example/")
	for _, c := range []struct {
		after time.Duration
		want  string
	}{{59 * time.Second, "sent-same-site"}, {time.Minute, "expired"}, {time.Minute, "no decision"}} {
		r.Now = noon.Add(c.after)
		if got := about(j.Select(r), "a"); got != c.want {
			t.Errorf("after %v: %s, want %s", c.after, got, c.want)
		}
	}
}

// TestClone: what happens to a clone is not seen in the jar that it was made of, and the other way round.
func TestClone(t *testing.T) {
	const u = "https://shop.example/"
	j := jar(t, "chromium", u, "a=1", "b=1; Max-Age=60", "c=1")
	before, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	k := j.Clone()
	r := open(t, u)
	r.Now = noon.Add(time.Hour)
	for _, line := range []string{"a=2", "c=1; Max-Age=0", "d=1"} {
		k.Set(r, line)
	}
	k.Select(r)
	k.EndSession()
	k.Rules.Limits.PerDomain = 1
	if after, _ := json.Marshal(j); string(after) != string(before) {
		t.Errorf("the jar changed with its clone:\n%s\n%s", before, after)
	}
	k = j.Clone()
	j.Set(r, "a=3")
	j.Select(r)
	if after, _ := json.Marshal(k); string(after) != string(before) {
		t.Errorf("the clone changed with its jar:\n%s\n%s", before, after)
	}
}

func TestJSON(t *testing.T) {
	j := jar(t, "chromium", "https://shop.example/", "a=\xff\xe9; Path=/\xfe; Secure; HttpOnly; SameSite=None; Priority=High; Max-Age=60")
	r := frame(t, "https://shop.example/", page(t, "https://news.example/"))
	j.Set(r, "p=1; Secure; SameSite=None; Partitioned")
	text, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	var back cookie.Jar
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(j, &back) {
		t.Errorf("%s is read as %+v", text, back)
	}
	if err := json.Unmarshal([]byte(`{"cookies":[{"name":"한"}]}`), &back); err == nil {
		t.Error("a name that is no octets is read")
	}
}

func TestProfiles(t *testing.T) {
	names := cookie.ProfileNames()
	if !slices.Equal(names, []string{"chromium", "draft", "firefox", "safari"}) {
		t.Errorf("the profiles are %q", names)
	}
	if _, ok := cookie.ProfileNamed("netscape"); ok {
		t.Error("there is a profile called netscape")
	}
	const shop, evil = "https://shop.example/", "https://evil.example/"
	for _, c := range []struct {
		profile, want string // what of a, l and n goes with a picture on another site
	}{{"chromium", "n=1"}, {"draft", "n=1"}, {"firefox", ""}, {"safari", ""}} {
		j := jar(t, c.profile, shop, "a=1", "l=1; SameSite=Lax", "n=1; SameSite=None; Secure")
		if got := j.Select(part(t, shop, page(t, evil))).Field; string(got) != c.want {
			t.Errorf("%s sends %q, want %q", c.profile, got, c.want)
		}
	}
	for name, want := range map[string]bool{"chromium": true, "draft": true, "firefox": true, "safari": false} {
		j := cookie.New(profile(t, name))
		if d := j.Set(open(t, "http://localhost/"), "a=1; Secure"); (d.Outcome == cookie.Stored) != want {
			t.Errorf("%s: a Secure cookie from localhost is %s", name, d.Outcome)
		}
	}
}

// TestDivided: Firefox keeps what a third party stores for each top-level site.
func TestDivided(t *testing.T) {
	const ads = "https://ads.example/"
	j := jar(t, "firefox", ads, "id=first")
	inNews, inShop := frame(t, ads, page(t, "https://news.example/")), frame(t, ads, page(t, "https://shop.example/"))
	j.Set(inNews, "id=news")
	for _, c := range []struct {
		r    cookie.Request
		want string
	}{{inNews, "id=news"}, {inShop, ""}, {open(t, ads), "id=first"}} {
		if got := j.Select(c.r).Field; string(got) != c.want {
			t.Errorf("at %v: got %q, want %q", c.r.Around, got, c.want)
		}
	}
}

// TestRedirects: a hop over another site counts only if the profile says so.
func TestRedirects(t *testing.T) {
	const u = "https://shop.example/"
	for counts, want := range map[bool]string{false: "a=1", true: ""} {
		j := jar(t, "chromium", u, "a=1; SameSite=Strict")
		j.Rules.CountsRedirects = counts
		r := part(t, u, page(t, u))
		r.Chain = []cookie.URL{link(t, u), link(t, "https://evil.example/")}
		if got := j.Select(r).Field; string(got) != want {
			t.Errorf("counting %v: got %q, want %q", counts, got, want)
		}
	}
}

func TestURL(t *testing.T) {
	for _, c := range []struct{ in, origin, host, path string }{
		{"HTTPS://User:pw@Shop.Example:443/a/./b/../c?d#e", "https://shop.example", "shop.example", "/a/c"},
		{"http://shop.example", "http://shop.example", "shop.example", "/"},
		{"http://shop.example:8080/f%6Fo", "http://shop.example:8080", "shop.example", "/f%6Fo"},
		{"http://[::1]:80/", "http://[::1]", "::1", "/"},
		{"https://www.bücher.example/ä", "https://www.xn--bcher-kva.example", "www.xn--bcher-kva.example", "/%C3%A4"},
		{"https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah", "xn--r8jz45g.xn--zckzah", "/"},
		{"https://한국.example", "https://xn--3e0b707e.example", "xn--3e0b707e.example", "/"},
		{"data:text/html,x", "null", "", ""}, {"about:blank", "null", "", ""},
	} {
		u := link(t, c.in)
		if u.Origin() != c.origin || u.Host != c.host || u.Path != c.path {
			t.Errorf("%s: got %s %q %q, want %s %q %q", c.in, u.Origin(), u.Host, u.Path, c.origin, c.host, c.path)
		}
	}
	for _, bad := range []string{"", "/a", "shop.example", "https://", "http://1.2.3/", "http://a.1.2.3.4/", "http://a b/", "http://a:x/"} {
		if u, err := cookie.ParseURL(bad); err == nil {
			t.Errorf("%q is read as %+v", bad, u)
		}
	}
	opaque, shop := link(t, "data:,"), link(t, "https://shop.example")
	if opaque.SameOrigin(&opaque) || opaque.SameSite(&opaque) || !shop.SameOrigin(&shop) {
		t.Error("an opaque origin is the same as itself")
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct{ text, chromium, draft string }{
		{"Sat, 31 Jan 2026 12:00:00 GMT", "2026-01-31", "2026-01-31"},
		{"31-JANUARY-26 1:2:3", "2026-01-31", "2026-01-31"}, {"31 Jan 69 1:2:3", "2069-01-31", "2069-01-31"}, {"31 Jan 70 1:2:3", "1970-01-31", "1970-01-31"},
		{"31 Feb 2026 12:00:00", "", ""}, {"29 Feb 2024 12:00:00", "2024-02-29", "2024-02-29"}, {"31 Jan 2026 24:00:00", "", ""},
		{"31 Jan 1600 12:00:00", "1600-01-31", ""}, {"31 Jan 2026 012:00:00", "2026-01-31", ""}, {"31x Jan 2026 12:00:00", "", "2026-01-31"},
		{"31 Jan 2026x 12:00:00", "", "2026-01-31"}, {"31 Jan 2026 12:00", "", ""}, {"12:00:00 31 Jan", "", ""}, {"ja", "", ""},
	} {
		for name, want := range map[string]string{"chromium": c.chromium, "draft": c.draft} {
			p := profile(t, name)
			got := ""
			if d, ok := cookie.ParseDate(c.text, &p); ok {
				got = d.Format(time.DateOnly)
			}
			if got != want {
				t.Errorf("%s reads %q as %q, want %q", name, c.text, got, want)
			}
		}
	}
}

func Example() {
	chromium, _ := cookie.ProfileNamed("chromium")
	j := cookie.New(chromium)
	shop, _ := cookie.ParseURL("https://shop.example/account")
	evil, _ := cookie.ParseURL("https://evil.example/")
	j.Set(cookie.Request{URL: shop, Now: noon}, "session=1; Secure; SameSite=Lax; Path=/")
	form := cookie.Request{URL: shop, Method: "POST", From: &cookie.Document{URL: evil}, Now: noon}
	for _, d := range j.Select(form).Decisions {
		fmt.Println(d.Cookie.Pair(), d.Outcome, d.Checks[0].Code, d.Checks[0].Ref)
	}
	// Output: session=1 withheld cookie.lax-method RFC 6265bis §5.6.7.1
}
