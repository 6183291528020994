package cookie_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/witness"
)

func TestEveryReasonHasWords(t *testing.T) {
	own := slices.Concat(witness.IDs("why", cookie.Codes()), witness.IDs("check", cookie.Names()))
	witness.HasWords(t, "cookie.txt", own, nil)
}

const (
	shop  = "https://shop.example/a/b"
	plain = "http://shop.example/a/b"
	evil  = "https://evil.example/"
)

// A setting is a line that a jar is handed, and the codes that it answers with.
type setting struct {
	profile string
	by      func(testing.TB) cookie.Request // nil for a user who opens the shop
	line    string
	want    string
}

func from(u, by string) func(testing.TB) cookie.Request {
	return func(t testing.TB) cookie.Request { return part(t, u, page(t, by)) }
}

func opened(u string) func(testing.TB) cookie.Request {
	return func(t testing.TB) cookie.Request { return open(t, u) }
}

var settings = []setting{
	{"", nil, "a=\x01", "control"}, {"", nil, "a=1; Path=/\x7f", "control"}, {"", nil, "a\tb=1", "tab"}, {"draft", nil, "a\tb=1", "stored"},
	{"", nil, " ; Secure", "empty"}, {"", nil, "=a=b", "nameless-equals"}, {"draft", nil, "=a=b", "stored"},
	{"", nil, "a=" + strings.Repeat("x", 4096), "too-large"}, {"", nil, "a=" + strings.Repeat("x", 4095), "stored"},
	{"", nil, "a=1; Secured", "ignored-unknown stored"}, {"", nil, "a=1; Path=/" + strings.Repeat("x", 1024), "ignored-long stored"},
	{"", nil, "a=1; Expires=soon", "ignored-expires stored"}, {"", nil, "a=1; Max-Age=1h", "ignored-max-age stored"},
	{"", nil, "a=1; Path=a", "ignored-path stored"}, {"", nil, "a=1; SameSite=Maybe", "ignored-samesite stored"},
	{"safari", nil, "a=1; Secure; Partitioned", "ignored-unknown stored"}, {"draft", nil, "a=1; Priority=Low", "ignored-unknown stored"},
	{"", opened("data:text/html,"), "a=1", "averse"},
	{"", nil, "a=1; Domain=bücher.example", "domain-ascii"}, {"", nil, "a=1; Domain=other.example", "domain-other"},
	{"", nil, "a=1; Domain=a.shop.example", "domain-other"}, {"", nil, "a=1; Domain=example", "domain-suffix"},
	{"", nil, "a=1; Domain=.", "domain-other"}, {"draft", nil, "a=1; Domain=.", "stored"},
	{"", opened("https://github.io/"), "a=1; Domain=github.io", "stored"}, {"", opened("https://192.0.2.1/"), "a=1; Domain=192.0.2.1", "stored"},
	{"", opened(plain), "a=1; Secure", "secure-set"}, {"", opened("http://localhost/"), "a=1; Secure", "stored"},
	{"", opened("http://localhost/"), "__Secure-a=1; Secure", "prefix-secure"}, {"draft", opened("http://localhost/"), "__Secure-a=1; Secure", "stored"},
	{"", nil, "__secure-a=1", "prefix-secure"}, {"", nil, "__Host-a=1; Secure", "prefix-host"},
	{"", nil, "__Host-a=1; Secure; Path=/; Domain=shop.example", "prefix-host"}, {"", nil, "__Host-a=1; Secure; Path=/", "stored"},
	{"", nil, "__Http-a=1; Secure", "prefix-http"}, {"", nil, "__Http-a=1; Secure; HttpOnly", "stored"}, {"firefox", nil, "__Http-a=1", "stored"},
	{"", nil, "__Host-Http-a=1; Secure; HttpOnly", "prefix-host"}, {"", nil, "__Host-Http-a=1; Secure; Path=/", "prefix-http"},
	{"", nil, "__HOST-a", "prefix-value"}, {"", nil, "a=1; SameSite=None", "none-insecure"}, {"firefox", nil, "a=1; SameSite=None", "stored"},
	{"", from(shop, evil), "a=1; SameSite=Strict", "strict-set"}, {"", from(shop, evil), "a=1; SameSite=Lax", "lax-set"},
	{"", from(shop, evil), "a=1", "default-set"}, {"", from(shop, evil), "a=1; SameSite=None; Secure", "stored"},
	{"", from(shop, plain), "a=1", "default-set schemeful"}, {"firefox", from(shop, plain), "a=1; SameSite=Strict", "stored"},
	{"", from(shop, evil), "a=1; Partitioned; Secure; SameSite=None", "stored-partition"}, {"", nil, "a=1; Partitioned", "partition-insecure"},
	{"safari", from(shop, evil), "a=1", "third-party-set"}, {"", nil, "a=1; Max-Age=0", "nothing-deleted"},
	{"", nil, "a=1; Domain=example; SameSite=None; Partitioned", "domain-suffix none-insecure partition-insecure"}, // all that is wrong
}

func (s setting) play(t *testing.T) cookie.Decision {
	t.Helper()
	r := open(t, shop)
	if s.by != nil {
		r = s.by(t)
	}
	return cookie.New(profile(t, or(s.profile))).Set(r, s.line)
}

func or(name string) string {
	if name == "" {
		return "chromium"
	}
	return name
}

// A sending is a cookie in a jar, a request or a script, and the codes for that cookie.
type sending struct {
	profile, line string
	by            func(testing.TB) cookie.Request
	want          string
}

// later is a form of another page after some time.
func later(d time.Duration) func(testing.TB) cookie.Request {
	return func(t testing.TB) cookie.Request {
		r := post(t, shop, page(t, evil))
		r.Now = noon.Add(d)
		return r
	}
}

func linked(u, by string) func(testing.TB) cookie.Request {
	return func(t testing.TB) cookie.Request {
		return cookie.Request{URL: link(t, u), From: page(t, by), Now: noon}
	}
}

func framed(u string, by ...string) func(testing.TB) cookie.Request {
	return func(t testing.TB) cookie.Request { return frame(t, u, page(t, by...)) }
}

var sendings = []sending{
	{"", "c=1", opened(shop), "sent-same-site"}, {"", "c=1", opened("https://a.shop.example/a/"), "host-only"},
	{"", "c=1; Domain=shop.example", opened("https://a.shop.example/a/"), "sent-same-site"},
	{"", "c=1; Domain=shop.example", opened("https://myshop.example/a/"), "domain"}, {"", "c=1", opened("https://shop.example/"), "path"},
	{"", "c=1; Secure", opened(plain), "secure"}, {"", "c=1; SameSite=Strict", linked(shop, evil), "strict"},
	{"", "c=1; SameSite=Lax", linked(shop, evil), "sent-top-level"}, {"", "c=1; SameSite=Lax", from(shop, evil), "lax"},
	{"", "c=1; SameSite=Lax", later(0), "lax-method"}, {"", "c=1", later(2 * time.Minute), "sent-fresh"},
	{"", "c=1", later(2*time.Minute + time.Second), "default-aged"}, {"draft", "c=1", later(0), "default-method"}, {"", "c=1", from(shop, evil), "default"},
	{"", "c=1; SameSite=Strict", linked(shop, plain), "strict schemeful"}, {"", "c=1; SameSite=Lax", from(shop, plain), "lax schemeful"},
	{"", "c=1", from(shop, plain), "default schemeful"}, {"", "c=1; SameSite=None; Secure", from(shop, evil), "sent-none"},
	{"safari", "c=1", from(shop, evil), "third-party"}, {"safari", "c=1", later(0), "sent-default"}, {"firefox", "c=1", from(shop, evil), "third-party"},
	{"", "c=1; Secure; SameSite=None; Partitioned", opened(shop), "sent-partition"},
	{"", "c=1; Secure; SameSite=None; Partitioned", framed(shop, evil), "partition"},
	{"", "c=1; SameSite=Lax", framed(shop, shop), "sent-same-site"}, {"", "c=1; SameSite=Lax", framed(shop, evil, shop), "lax"},
	{"", "c=1; SameSite=Lax", framed(shop, shop, evil), "lax"}, {"", "c=1; Path=/x; Secure; SameSite=Strict", from(plain, evil), "path secure strict"},
}

func TestSettings(t *testing.T) {
	for _, s := range settings {
		if d := s.play(t); codes(d) != s.want {
			t.Errorf("%s sets %.60q: got %s, want %s", or(s.profile), s.line, codes(d), s.want)
		}
	}
}

func TestSendings(t *testing.T) {
	for _, s := range sendings {
		j := jar(t, or(s.profile), shop, s.line)
		r := s.by(t)
		if got := about(j.Select(r), "c"); got != s.want {
			t.Errorf("%s sends %q to %s: got %s, want %s", or(s.profile), s.line, r.URL.Origin(), got, s.want)
		}
	}
}

// TestScripts is document.cookie: what it sees and what it may do.
func TestScripts(t *testing.T) {
	for _, c := range []struct{ line, write, want, read string }{
		{"c=1", "", "", "read"}, {"c=1; HttpOnly", "", "", "httponly"}, {"c=1; HttpOnly", "c=2", "overwrite-httponly", "httponly"},
		{"c=1", "c=2; HttpOnly", "httponly-set", "read"}, {"c=1; HttpOnly", "c=2; Path=/x", "stored", "httponly"},
		{"c=1", "__Http-d=1; Secure; HttpOnly", "httponly-set prefix-http", "read"}, {"c=1", "c=; Max-Age=0", "deleted", "no decision"},
	} {
		j := jar(t, "chromium", shop, c.line)
		if c.write != "" {
			if d := j.Write(*page(t, shop), noon, c.write); codes(d) != c.want {
				t.Errorf("%q writes %q: got %s, want %s", c.line, c.write, codes(d), c.want)
			}
		}
		if got := about(j.Read(*page(t, shop), noon), "c"); got != c.read {
			t.Errorf("%q after %q: got %s, want %s", c.line, c.write, got, c.read)
		}
	}
	j := jar(t, "chromium", shop, "c=1; SameSite=Lax")
	if got := about(j.Read(*page(t, shop, evil), noon), "c"); got != "lax" {
		t.Errorf("in a frame of another site: %s", got)
	}
	if got := j.Read(*page(t, "about:blank"), noon); got.Field != "" || len(got.Decisions) != 0 {
		t.Errorf("a page without a host reads %+v", got)
	}
}

// TestSecureIsLeftAlone: an unencrypted connection cannot harm a Secure cookie.
func TestSecureIsLeftAlone(t *testing.T) {
	for _, c := range []struct{ there, line, want string }{
		{"c=1; Secure; Path=/", "c=2; Path=/", "overwrite-secure"}, {"c=1; Secure; Path=/", "c=2; Path=/x", "overwrite-secure"},
		{"c=1; Secure; Path=/x", "c=2; Path=/", "stored"}, {"c=1; Secure; Path=/", "c=2; Path=/; Domain=shop.example", "overwrite-secure"},
		{"c=1; Secure; Path=/", "c=; Path=/; Max-Age=0", "overwrite-secure"}, {"c=1; Path=/", "c=2; Path=/", "replaced-moved"},
		{"c=1; Secure; Path=/", "d=2; Path=/", "stored"},
	} {
		j := jar(t, "chromium", shop, c.there)
		if d := j.Set(open(t, plain), c.line); codes(d) != c.want {
			t.Errorf("%q, then %q: got %s, want %s", c.there, c.line, codes(d), c.want)
		}
	}
}

// TestEveryReasonIsGiven: the tables above and the other tests give every code that there is.
func TestEveryReasonIsGiven(t *testing.T) {
	given := map[string]bool{"evicts": true, "expired": true, "replaced": true, "replaced-moved": true, "deleted": true, "httponly": true,
		"httponly-set": true, "overwrite-httponly": true, "overwrite-secure": true, "read": true}
	note := func(codes string) {
		for code := range strings.FieldsSeq(codes) {
			given[code] = true
		}
	}
	for _, s := range settings {
		note(s.want)
	}
	for _, s := range sendings {
		note(s.want)
	}
	for _, code := range cookie.Codes() {
		if name := strings.TrimPrefix(code, "cookie."); !given[name] {
			t.Errorf("no test gives %s", code)
		}
		delete(given, strings.TrimPrefix(code, "cookie."))
	}
	for name := range given {
		t.Errorf("%s is no code", name)
	}
}

// enum returns the values of a type of constants in the DevTools protocol.
func enum(t *testing.T, name string) (values []string) {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/chromedp/cdproto/network").Output()
	if err != nil {
		t.Fatalf("finding cdproto: %v", err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "types.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			lit, isLit := v.Values[0].(*ast.BasicLit)
			if id, isID := v.Type.(*ast.Ident); isLit && isID && id.Name == name {
				value, _ := strconv.Unquote(lit.Value)
				values = append(values, value)
			}
		}
		return true
	})
	return values
}

// TestDevTools: every reason of the protocol has one of ours, or why it has none.
func TestDevTools(t *testing.T) {
	for name, table := range map[string]map[string]cookie.Counterpart{"CookieBlockedReason": cookie.SendBlocked, "SetCookieBlockedReason": cookie.SetBlocked} {
		values := enum(t, name)
		if len(values) < 15 {
			t.Errorf("%s has %d values only", name, len(values))
		}
		for _, value := range values {
			c, ok := table[value]
			if !ok || (len(c.Codes) == 0) == (c.Why == "") {
				t.Errorf("%s %s: %+v", name, value, c)
			}
			for _, code := range c.Codes {
				if !slices.Contains(cookie.Codes(), code) {
					t.Errorf("%s %s: there is no %s", name, value, code)
				}
			}
			if c.Schemeful != strings.HasPrefix(value, "Schemeful") {
				t.Errorf("%s %s: schemeful %v", name, value, c.Schemeful)
			}
		}
		for value := range table {
			if !slices.Contains(values, value) {
				t.Errorf("%s has no %s", name, value)
			}
		}
	}
}
