package claims_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/bound"
	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/locale"
)

const second = 1700000000 // now, in most tests

// now returns what a recipient expects at so many seconds from then on, with a leeway.
func now(offset float64, leeway time.Duration) claims.Expect {
	return claims.Expect{Now: time.Unix(second, 0).Add(time.Duration(offset * 1e9)), Leeway: leeway}
}

// told writes the checks of a name in one line: answer, code, arguments, a star for a remark.
func told(r claims.Report, name string) string {
	var all []string
	for _, c := range r.Checks {
		if c.Name != name {
			continue
		}
		s := strings.Join(append([]string{string(c.Answer), c.Code}, c.Args...), " ")
		if c.Remark {
			s += " *"
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

func TestExpiry(t *testing.T) {
	for _, test := range []struct {
		payload string
		e       claims.Expect
		want    string
	}{
		{`{}`, now(0, 0), "yes exp.missing *"},
		{`{"exp":1700000000}`, now(-1, 0), "yes exp.valid 1700000000 1"},
		{`{"exp":1700000000}`, now(-0.001, 0), "yes exp.valid 1700000000 0.001"},
		{`{"exp":1700000000}`, now(0, 0), "no exp.expired 1700000000 0"}, // "on or after"
		{`{"exp":1700000000}`, now(240, 0), "no exp.expired 1700000000 240"},
		{`{"exp":1700000000}`, now(0, time.Minute), "yes exp.leeway 1700000000 60 0 *"},
		{`{"exp":1700000000}`, now(59, time.Minute), "yes exp.leeway 1700000000 1 59 *"},
		{`{"exp":1700000000}`, now(60, time.Minute), "no exp.expired 1700000000 60"},
		{`{"exp":1700000000}`, now(0, -time.Hour), "no exp.expired 1700000000 0"},
		{`{"exp":1700000000}`, now(-1, -time.Hour), "yes exp.valid 1700000000 1"}, // never shortens
		{`{"exp":1700000000.5}`, now(0, 0), "yes exp.valid 1700000000.5 0.5, yes time.fraction exp 1700000000.5 *"},
		{`{"exp":1700000000.5}`, now(0.5, 0), "no exp.expired 1700000000.5 0, yes time.fraction exp 1700000000.5 *"},
		{`{"exp":1.7e9}`, now(-1, 0), "yes exp.valid 1700000000 1, yes time.exponent exp 1.7e9 *"},
		{`{"exp":0}`, now(0, 0), "no exp.expired 0 1700000000, yes time.zero exp 0 *"},
		{`{"exp":-5}`, now(0, 0), "no exp.expired -5 1700000005, yes time.negative exp -5 *"},
		{`{"exp":1700000000000}`, now(0, 0), "yes exp.valid 1700000000000 1698300000000, yes time.millis exp 1700000000000 *"},
		{`{"exp":"1700000000"}`, now(-9, 0), `no time.string exp "1700000000"`},
		{`{"exp":"0"}`, now(0, 0), `no time.string exp "0"`},
		{`{"exp":null}`, now(0, 0), "no time.null exp null"},
		{`{"exp":true}`, now(0, 0), "no time.type exp true"},
		{`{"exp":[]}`, now(0, 0), "no time.type exp []"},
		{`{"exp":{"exp":1800000000}}`, now(0, 0), `no time.type exp {"exp":1800000000}`},
		{`{"exp":1e19}`, now(0, 0), "no time.range exp 1e19"},
		{`{"exp":9007199254740993}`, now(0, 0), "no time.range exp 9007199254740993"},
		{`{"a":{"exp":1}}`, now(0, 0), "yes exp.missing *"},
		{`{"\u0065xp":1700000000}`, now(0, 0), "no exp.expired 1700000000 0"},
		{`{"EXP":1}`, now(0, 0), "yes exp.missing *"},
		{`{"exp":1800000000,"exp":1800000000}`, now(0, 0), "yes exp.valid 1800000000 100000000"},
		{`{"exp":1800000000,"exp":1}`, now(0, 0), "no claim.twice exp"},
		{`{"exp":1800000000,"\u0065xp":null}`, now(0, 0), "no claim.twice exp"},
		{`{"exp":1700000100,"nbf":1700000100}`, now(0, 0), "yes exp.valid 1700000100 100, yes exp.before-start 1700000100 1700000100 *"},
	} {
		r := claims.Validate(read(test.payload), test.e)
		if got := told(r, "exp"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.payload, got, test.want)
		}
		if refused := strings.HasPrefix(test.want, "no"); refused && r.Answer != check.No {
			t.Errorf("%s: the answer is %s", test.payload, r.Answer)
		}
	}
}

func TestStart(t *testing.T) {
	for _, test := range []struct {
		payload string
		e       claims.Expect
		want    string
	}{
		{`{}`, now(0, 0), "yes nbf.missing"},
		{`{"nbf":1700000000}`, now(0, 0), "yes nbf.valid 1700000000 0"}, // inclusive
		{`{"nbf":1700000000}`, now(-0.5, 0), "no nbf.early 1700000000 0.5"},
		{`{"nbf":1700000000}`, now(-60, time.Minute), "yes nbf.leeway 1700000000 60 *"},
		{`{"nbf":1700000000}`, now(-61, time.Minute), "no nbf.early 1700000000 61"},
		{`{"nbf":1700000000}`, now(7, time.Minute), "yes nbf.valid 1700000000 7"},
		{`{"nbf":0}`, now(0, 0), "yes nbf.valid 0 1700000000, yes time.zero nbf 0 *"},
		{`{"nbf":1700000000000}`, now(0, 0), "no nbf.early 1700000000000 1698300000000, yes time.millis nbf 1700000000000 *"},
		{`{"nbf":"1700000000"}`, now(9, 0), `no time.string nbf "1700000000"`},
		{`{"nbf":-1e19}`, now(0, 0), "no time.range nbf -1e19"},
		{`{"nbf":1,"nbf":2}`, now(0, 0), "no claim.twice nbf"},
	} {
		if got := told(claims.Validate(read(test.payload), test.e), "nbf"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.payload, got, test.want)
		}
	}
}

func TestIssue(t *testing.T) {
	for _, test := range []struct {
		payload string
		e       claims.Expect
		want    string
	}{
		{`{}`, now(0, 0), "yes iat.missing"},
		{`{"iat":1700000000}`, now(0, 0), "yes iat.past 1700000000 0"},
		{`{"iat":1700000000}`, now(90, 0), "yes iat.past 1700000000 90"},
		{`{"iat":1700000000}`, now(-1, 0), "yes iat.future 1700000000 1 *"},
		{`{"iat":1700000000}`, now(-60, time.Minute), "yes iat.leeway 1700000000 60"},
		{`{"iat":1700000000}`, now(-61, time.Minute), "yes iat.future 1700000000 61 *"},
		{`{"iat":"now"}`, now(0, 0), `no time.string iat "now"`},
		{`{"iat":null}`, now(0, 0), "no time.null iat null"},
	} {
		if got := told(claims.Validate(read(test.payload), test.e), "iat"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.payload, got, test.want)
		}
	}
}

func TestParties(t *testing.T) {
	for _, test := range []struct {
		payload, issuer, audience string // audience: names between blanks
		iss, aud                  string
		answer                    check.Answer
	}{
		{`{}`, "", "", "unchecked iss.absent", "unchecked aud.absent", check.Yes},
		{`{"iss":"joe","aud":"api"}`, "", "", "unchecked iss.unasked joe", "unchecked aud.unasked api *", check.Yes},
		{`{"iss":"joe","aud":"api"}`, "joe", "api", "yes iss.match joe", "yes aud.match api", check.Yes},
		{`{"iss":"joe"}`, "Joe", "", "no iss.other joe Joe", "unchecked aud.absent", check.No},
		{`{"iss":"https://a.example/"}`, "https://a.example", "", "no iss.slash https://a.example/ https://a.example", "unchecked aud.absent", check.No},
		{`{"iss":" joe"}`, "joe", "", "no iss.other  joe joe", "unchecked aud.absent", check.No},
		{`{"iss":"j\u006fe"}`, "joe", "", "yes iss.match joe", "unchecked aud.absent", check.Yes},
		{`{"iss":""}`, "joe", "", "no iss.other  joe", "unchecked aud.absent", check.No},
		{`{"iss":null}`, "joe", "", "no iss.type null", "unchecked aud.absent", check.No},
		{`{"iss":["joe"]}`, "joe", "", `no iss.type ["joe"]`, "unchecked aud.absent", check.No},
		{`{"iss":7}`, "", "", "no iss.type 7", "unchecked aud.absent", check.No},
		{`{"iss":"joe","iss":"eve"}`, "joe", "", "no claim.twice iss", "unchecked aud.absent", check.No},
		{`{}`, "joe", "api web", "no iss.missing joe", "no aud.missing api, web", check.No},
		{`{"aud":["web","api"]}`, "", "api", "unchecked iss.absent", "yes aud.match api", check.Yes},
		{`{"aud":["web","api"]}`, "", "x api", "unchecked iss.absent", "yes aud.match api", check.Yes},
		{`{"aud":["web","api"]}`, "", "ap", "unchecked iss.absent", "no aud.other web, api ap", check.No},
		{`{"aud":"web api"}`, "", "api", "unchecked iss.absent", "no aud.other web api api", check.No},
		{`{"aud":[]}`, "", "api", "unchecked iss.absent", "no aud.other [] api", check.No},
		{`{"aud":[]}`, "", "", "unchecked iss.absent", "unchecked aud.unasked [] *", check.Yes},
		{`{"aud":["api",1]}`, "", "api", "unchecked iss.absent", `no aud.type ["api",1]`, check.No},
		{`{"aud":[["api"]]}`, "", "api", "unchecked iss.absent", `no aud.type [["api"]]`, check.No},
		{`{"aud":{"api":"api"}}`, "", "api", "unchecked iss.absent", `no aud.type {"api":"api"}`, check.No},
		{`{"aud":true}`, "", "", "unchecked iss.absent", "no aud.type true", check.No},
		{`{"aud":null}`, "", "api", "unchecked iss.absent", "no aud.type null", check.No},
		{`{"aud":"api","aud":"web"}`, "", "api", "unchecked iss.absent", "no claim.twice aud", check.No},
	} {
		e := now(0, 0)
		e.Issuer, e.Audience = test.issuer, strings.Fields(test.audience)
		r := claims.Validate(read(test.payload), e)
		if iss, aud := told(r, "iss"), told(r, "aud"); iss != test.iss || aud != test.aud || r.Answer != test.answer {
			t.Errorf("%s: got %s, %q and %q, want %s, %q and %q", test.payload, r.Answer, iss, aud, test.answer, test.iss, test.aud)
		}
	}
}

// An empty name is no audience that anybody has: it asks for nothing, and no token meets it.
func TestEmptyAudienceIsNotAsked(t *testing.T) {
	e := now(0, 0)
	e.Audience = []string{""}
	if got := told(claims.Validate(read(`{"aud":""}`), e), "aud"); got != "unchecked aud.unasked  *" {
		t.Errorf("got %q", got)
	}
	if e.Audience[0] != "" || len(e.Audience) != 1 {
		t.Error("the recipient's own list was changed")
	}
}

func TestNoClaimsSet(t *testing.T) {
	for payload, code := range map[string]string{
		``: "claims.none", `[1]`: "claims.not-object", `"x"`: "claims.not-object", `1`: "claims.not-object", `null`: "claims.not-object",
	} {
		r := claims.Validate(read(payload), now(0, 0))
		if got := told(r, "claims"); r.Answer != check.Unchecked || len(r.Checks) != 1 || got != "unchecked "+code {
			t.Errorf("%q: got %s and %q, want %s", payload, r.Answer, got, code)
		}
	}
	if r := claims.Validate(nil, claims.Expect{}); r.Answer != check.Unchecked {
		t.Errorf("nil: got %s", r.Answer)
	}
}

func TestWindow(t *testing.T) {
	for payload, want := range map[string]string{
		`{}`:                           "- - -",
		`{"nbf":1,"exp":2.5,"iat":3}`:  "1 2.5 3",
		`{"nbf":"1","exp":1e19}`:       "- - -",
		`{"exp":0,"iat":null}`:         "- 0 -",
		`{"nbf":-7,"exp":17000000000}`: "-7 1.7e+10 -",
	} {
		w := claims.Validate(read(payload), now(0, 0)).Window
		var got []string
		for _, f := range []*float64{w.From, w.Until, w.Issued} {
			if f == nil {
				got = append(got, "-")
			} else {
				got = append(got, fmt.Sprint(*f))
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: got %s, want %s", payload, got, want)
		}
	}
}

// A payload of ten million bytes is as good as any other, and its reasons still fit into a sentence.
func TestHugePayload(t *testing.T) {
	aud := `"` + strings.Repeat("가", 1000) + `",`
	big := `{"iss":"` + strings.Repeat("x", 5<<20) + `","aud":[` + strings.Repeat(aud, 1500) + `"api"]}`
	e := now(0, 0)
	e.Issuer, e.Audience = "joe", []string{"nobody"}
	for _, c := range claims.Validate(read(big), e).Checks {
		for _, arg := range c.Args {
			if len(arg) > 300 {
				t.Errorf("%s: an argument of %d bytes", c.Code, len(arg))
			}
		}
	}
}

// The law: time only takes exp away and only gives nbf; and every reason has its words.
func FuzzValidate(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"exp":1700000000,"nbf":1600000000,"iat":1}`, `{"exp":1e19}`, `{"exp":"1"}`, `{"nbf":null}`, `{"exp":1,"exp":2}`,
		`{"aud":["a","b"],"iss":"joe"}`, `{"aud":[1]}`, `[]`, `{"exp":1700000000000`, `{"exp":-0.5,"nbf":1e-300}`,
	} {
		f.Add(s, int64(second), int64(60), uint32(5))
	}
	codes := claims.Codes()
	f.Fuzz(func(t *testing.T, payload string, at, later int64, leeway uint32) {
		if at < -1<<40 || at > 1<<40 || later < 0 || later > 1<<40 {
			return
		}
		j := read(payload)
		e := claims.Expect{Now: time.Unix(at, 0), Leeway: time.Duration(leeway) * time.Second, Issuer: "joe", Audience: []string{"a"}}
		var before claims.Report
		bound.Memory(t, len(payload), 500, func() { before = claims.Validate(j, e) })
		e.Now = time.Unix(at+later, 0)
		after := claims.Validate(j, e)
		if said(before, "exp") == check.No && said(after, "exp") != check.No {
			t.Errorf("%q: exp came back to life", payload)
		}
		if said(before, "nbf") == check.Yes && said(after, "nbf") != check.Yes {
			t.Errorf("%q: nbf took back what it gave", payload)
		}
		for _, c := range after.Checks {
			if !slices.Contains(codes, c.Code) {
				t.Errorf("%q: the code %s is not listed", payload, c.Code)
			}
			for _, l := range locale.Langs() {
				text := locale.Text(l, "why."+c.Code, c.Args...)
				if strings.ContainsRune(text, '⟨') && !strings.ContainsRune(payload, '⟨') {
					t.Errorf("%s: %s", c.Code, text)
				}
			}
		}
	})
}

func said(r claims.Report, name string) check.Answer {
	c, _ := check.Find(r.Checks, name)
	return c.Answer
}
