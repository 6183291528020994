package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/locale"
	"jwtlab/app/witness"
)

// A cookieLine is a line of the corpora about cookies, or our answer to it.
type cookieLine struct {
	ID, Error, Chromium string
	Steps               []struct{ Op string }
	Expect, Result      map[string]any
	Reasons             []cookieReason
}

// cookieFiles are the corpora; see the README beside them.
var cookieFiles = []string{"curl", "gojar", "http-state", "matrix", "probe", "psl", "tough", "wpt"}

// want is what Chromium did, as far as that is known to differ from what the source says.
func (l *cookieLine) want(t *testing.T) map[string]any {
	t.Helper()
	differs, ok := strings.CutPrefix(l.Chromium, "different: ")
	if !ok {
		return l.Expect
	}
	var seen map[string]any
	if err := json.Unmarshal([]byte(differs), &seen); err != nil {
		t.Fatalf("%s: %v", l.ID, err)
	}
	if parsed, ok := seen["date_parsed"]; ok {
		return map[string]any{"date": map[any]any{true: "valid", false: nil}[parsed]}
	}
	return seen
}

// fits reports whether the answer has all that is wanted.
func (l *cookieLine) fits(want map[string]any) bool {
	for key, value := range want {
		got, there := l.Result[key]
		if _, isDate := got.(string); key == "date" && value == "valid" && isDate {
			continue
		}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(value)
		if !there || !bytes.Equal(a, b) {
			return false
		}
	}
	return l.Error == "" && len(want) > 0
}

// answerCorpus answers a file of the corpora by a profile.
func answerCorpus(t *testing.T, file, profile string) (want, got []cookieLine) {
	t.Helper()
	p, _ := cookie.ProfileNamed(profile)
	text := witness.Corpus(t, filepath.Join("..", "cookies", file+".jsonl"))
	var out bytes.Buffer
	now := func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
	if err := runLines(bytes.NewReader(text), &out, batch{answerCookies(now, p), runtime.GOMAXPROCS(0)}); err != nil {
		t.Fatal(err)
	}
	read := func(text []byte) (all []cookieLine) {
		for line := range bytes.Lines(text) {
			var l cookieLine
			if err := json.Unmarshal(line, &l); err != nil {
				t.Fatalf("%v in %.200s", err, line)
			}
			all = append(all, l)
		}
		return all
	}
	want, got = read(text), read(out.Bytes())
	if len(want) != len(got) {
		t.Fatalf("%d answers to %d lines", len(got), len(want))
	}
	return want, got
}

// TestCorpusCookies holds every line to what Chromium did.
func TestCorpusCookies(t *testing.T) {
	lines := 0
	for _, file := range cookieFiles {
		want, got := answerCorpus(t, file, "chromium")
		for i := range want {
			w, g := &want[i], &got[i]
			if lines++; w.ID != g.ID || !g.fits(w.want(t)) {
				t.Errorf("%s: want %.300v, got %.300v %s", w.ID, w.want(t), g.Result, g.Error)
			}
			for _, r := range g.Reasons {
				if r.Why == "" || strings.Contains(r.Why, "⟨") || r.Ref == "" {
					t.Errorf("%s: reason %+v", w.ID, r)
				}
			}
		}
	}
	t.Logf("%d lines", lines)
}

// byDraft are the lines where the draft answers otherwise than Chromium does, with its answer and the section of RFC 6265bis
// that makes it so. A star stands for any end of an id.
var byDraft = []struct{ id, key, want, ref string }{
	{"http-state/name0025", "cookie", `"==a=bar"`, "§5.6: a nameless cookie may have a value with an equals sign"},
	{"probe/nameless-03", "cookie", `"a="`, "§5.6"},
	{"probe/nameless-04", "cookie", `"=a"`, "§5.6"},
	{"probe/nameless-05", "cookie", `"=a"`, "§5.6"},
	{"wpt/name/name-02", "cookie", `"test=2"`, "§5.6"},
	{"wpt/name/name-03", "cookie", `"==test=2b"`, "§5.6"},
	{"probe/tab-01", "cookie", `"a\tb=1"`, "§5.6: of the control characters a tab alone is allowed"},
	{"wpt/name/name-ctl-09", "document_cookie", `"test9\tname=9"`, "§5.6"},
	{"wpt/value/value-ctl-09", "document_cookie", `"test=9\tvalue"`, "§5.6"},
	{"wpt/attributes/attributes-ctl-09-httponly", "document_cookie", `"test9httponly=t"`, "§5.6"},
	{"wpt/attributes/attributes-ctl-09-domain", "document_cookie", `"test9domain=t"`, "§5.6"},
	{"wpt/attributes/attributes-ctl-09-path", "document_cookie", `"test9path=t"`, "§5.6"},
	{"wpt/attributes/attributes-ctl-09-maxage", "document_cookie", `"test9maxage=t"`, "§5.6"},
	{"wpt/attributes/attributes-ctl-09-expires", "document_cookie", `"test9expires=t"`, "§5.6"},
	{"wpt/attributes/attributes-ctl-09-secure", "document_cookie", `"test9secure=t"`, "§5.6"},
	{"probe/lifetime-19", "cookie", `null`, "§5.6.1: an Expires that is no date is ignored, and the one before it counts"},
	{"http-state/dates-bsd-examples-050", "date", `null`, "§5.1.1: a year has two to four digits"},
	{"tough/date-034", "date", `"Wed, 09 Jun 2021 11:33:04 GMT"`, "§5.1.1: behind the digits of a field may stand anything but a digit"},
	{"tough/date-060", "date", `null`, "§5.1.1: a year has two to four digits"},
	{"matrix/cross-site/form-post", "cookie", `"none=1"`, "§5.6.7.2: the two minutes are a user agent's choice"},
	{"matrix/to-http/from-http-cross/form-post", "cookie", `null`, "§5.6.7.2"},
	{"matrix/blocked-3pc/cross-site/form-post", "cookie", `"none=1"`, "§5.6.7.2"},
	{"wpt/samesite/form-post-cross-via-none", "sent", `["samesite_none"]`, "§5.6.7.2"},
	{"wpt/samesite/form-post-cross-via-host", "sent", `["samesite_none"]`, "§5.6.7.2"},
	{"wpt/samesite/form-post-cross-via-sub", "sent", `["samesite_none"]`, "§5.6.7.2"},
	{"wpt/samesite/form-post-cross-via-cross", "sent", `["samesite_none"]`, "§5.6.7.2"},
	{"probe/many-180", "", "", "§6.1: fifty cookies of a domain are all that is sure to stay"},
	{"probe/many-181", "", "", "§6.1"},
}

// TestCorpusCookiesByDraft: but for that table the draft and Chromium agree.
func TestCorpusCookiesByDraft(t *testing.T) {
	met := 0
	for _, file := range cookieFiles {
		want, got := answerCorpus(t, file, "draft")
		for i := range want {
			w, g := &want[i], &got[i]
			at := slices.IndexFunc(byDraft, func(d struct{ id, key, want, ref string }) bool { return d.id == w.ID })
			if at < 0 {
				if !g.fits(w.want(t)) {
					t.Errorf("%s: want %.300v, got %.300v %s", w.ID, w.want(t), g.Result, g.Error)
				}
				continue
			}
			d := byDraft[at]
			if met++; g.fits(w.want(t)) {
				t.Errorf("%s: the draft answers as Chromium does, and yet it is listed", w.ID)
			}
			if d.key == "" {
				if sent, _ := g.Result["sent"].([]any); len(sent) != 50 {
					t.Errorf("%s: %d cookies are sent, want 50", w.ID, len(sent))
				}
				continue
			}
			var value any
			if err := json.Unmarshal([]byte(d.want), &value); err != nil || !g.fits(map[string]any{d.key: value}) {
				t.Errorf("%s: want %s by %s, got %v", w.ID, d.want, d.ref, g.Result)
			}
		}
	}
	if met != len(byDraft) {
		t.Errorf("%d of %d differences were met", met, len(byDraft))
	}
}

// TestBatchCookies plays cases that the corpora have not.
func TestBatchCookies(t *testing.T) {
	const site, evil = "https://shop.example/", "https://evil.example/"
	set := func(lines string) string {
		return `{"op":"set-cookie","url":"` + site + `","set_cookie":[` + lines + `]}`
	}
	ask := func(more string) string { return `{"op":"request","url":"` + site + `"` + more + `}` }
	for _, c := range []struct{ name, steps, want string }{
		{"an empty jar", ask(""), `"result":{"cookie":null,"sent":[],"preflight":false,"reached":true}`},
		{"octets", set(`"a=\u00e9\u00ff"`) + "," + ask(""), `"cookie":"a=éÿ","sent":["a"]`},
		{"script text is UTF-8", `{"op":"document.cookie","url":"` + site + `","value":"a=한"},` + ask(""), "\"cookie\":\"a=í\u0095\u009c\""},
		{"and comes back so", `{"op":"document.cookie","url":"` + site + `","value":"a=한"},{"op":"document.cookie","url":"` + site + `"}`, `"result":{"document_cookie":"a=한"}`},
		{"CR ends the field, NUL the response", set(`"a=1\rb","b=2"`) + "," + set(`"c=3","d=\u0000"`) + "," + ask(""), `"cookie":"a=1; b=2"`},
		{"omit stores nothing", `{"op":"set-cookie","type":"fetch-omit","initiator":"` + site + `","url":"` + site + `","set_cookie":["a=1"]},` + ask(""), `"cookie":null`},
		{"another origin on the way spoils same-origin", set(`"a=1"`) + "," + ask(`,"type":"fetch-default","initiator":"`+site+`","redirect_via":["`+evil+`"]`), `"cookie":null`},
		{"a redirect takes Authorization away", ask(`,"type":"fetch-include-authorization","initiator":"https://app.shop.example/","redirect_via":["` + evil + `"]`), `"preflight":false`},
		{"to another origin it wants a preflight", ask(`,"type":"fetch-include-authorization","initiator":"` + evil + `"`), `"preflight":true`},
		{"mixed content", `{"op":"request","type":"img","initiator":"` + site + `","url":"http://shop.example/"}`, `"reached":false`},
		{"a redirect to mixed content", `{"op":"request","type":"img","initiator":"` + site + `","redirect_via":["` + site + `"],"url":"http://shop.example/"}`, `"reached":false`},
		{"loopback is none", `{"op":"request","type":"img","initiator":"` + site + `","url":"http://127.0.0.1/"}`, `"reached":true`},
		{"a link is none", `{"op":"request","type":"link","initiator":"` + site + `","url":"http://shop.example/"}`, `"reached":true`},
		{"no URL", `{"op":"request","url":"http://www.192.168.0.1/"}`, `"cookie":null,"sent":[],"preflight":false,"reached":false`},
		{"time passes", set(`"a=1; Max-Age=60"`) + `,{"op":"advance","seconds":60},` + ask(""), `"cookie":null`},
		{"default-path", `{"op":"default-path","url":"https://shop.example/a/b?c/d"}`, `"result":{"path":"/a"}`},
		{"default-path of a path", `{"op":"default-path","request_path":"/a/"}`, `"result":{"path":"/a"}`},
		{"no domain", `{"op":"registrable-domain","host":null}`, `"result":{"domain":null}`},
		{"an unknown operation", `{"op":"eat"}`, `"error":"step 1: no operation is called \"eat\""`},
		{"an unknown request", ask(`,"type":"carrier-pigeon","initiator":"` + site + `"`), `"error":"step 1: no request is of the type \"carrier-pigeon\""`},
		{"no octets", set(`"a=한"`), `"error":"step 1: text is not octets`},
		{"why it was refused", set(`"a=1; Domain=example"`) + "," + ask(""), `"outcome":"refused","code":"cookie.domain-suffix","why":"example is a public suffix,`},
	} {
		out := (world{stdin: `{"id":1,"now":"2026-01-01T00:00:00Z","steps":[` + c.steps + `]}`}).must(t, "batch", "cookies")
		if !strings.Contains(out, c.want) {
			t.Errorf("%s: got %s, want %s", c.name, out, c.want)
		}
	}
}

func TestBatchCookiesProfile(t *testing.T) {
	in := `{"id":1,"steps":[{"op":"parse-date","value":"01 Jan 9 10:00:00"}]}`
	for profile, want := range map[string]string{"": "2009", "chromium": "2009", "draft": `"date":null`, "firefox": `"date":null`, "safari": `"date":null`} {
		args := []string{"batch", "cookies"}
		if profile != "" {
			args = append(args, "-profile", profile)
		}
		if out := (world{stdin: in}).must(t, args...); !strings.Contains(out, want) {
			t.Errorf("%q: got %s, want %s", profile, out, want)
		}
	}
	for _, line := range []string{`{"id":1}`, `{"id":1,"steps":[],"now":"noon"}`, `{"id":1,"steps":[],"third_party_cookies":"some"}`} {
		if out := (world{stdin: line}).must(t, "batch", "cookies"); !strings.Contains(out, `"error"`) {
			t.Errorf("%s: got %s", line, out)
		}
	}
	if !locale.Has(locale.KO, "cli.batch.flag.profile") {
		t.Error("the flag has no Korean words")
	}
}
