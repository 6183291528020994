package verdict_test

import (
	"strings"
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/key"
	"jwtlab/app/locale"
	"jwtlab/app/verdict"
)

// The example of RFC 7515 appendix A.1, which expired on 2011-03-22.
const (
	token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	jwk   = `{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}`
)

func at(unix int64) verdict.Options {
	return verdict.Options{Expect: claims.Expect{Now: time.Unix(unix, 0)}}
}

func TestJudge(t *testing.T) {
	strict := at(1_300_819_379)
	strict.Strict = true
	for name, c := range map[string]struct {
		text, key                   string
		o                           verdict.Options
		form, signature, acceptance check.Answer
		summary                     string
	}{
		"valid":           {token, jwk, at(1_300_819_379), check.Yes, check.Yes, check.Yes, "genuine-until"},
		"expired":         {token, jwk, at(1_300_819_380), check.Yes, check.Yes, check.No, "genuine-expired"},
		"no key":          {token, "", at(1_300_819_379), check.Yes, check.Unchecked, check.Unchecked, "not-verified"},
		"no key, expired": {token, "", at(1_300_819_380), check.Yes, check.Unchecked, check.No, "not-verified-refused"},
		"bad key":         {token, "-----BEGIN PUBLIC KEY-----\nMFkw", at(0), check.Yes, check.Unchecked, check.Unchecked, "not-carried"},
		"other key":       {token, "another secret of some length, more than enough", at(0), check.Yes, check.No, check.Unchecked, "forged"},
		"strict":          {token, jwk, strict, check.Yes, check.Yes, check.Yes, "genuine-until"},
		"strict, blank":   {token + " ", jwk, strict, check.No, check.No, check.Unchecked, "forged"},
		"kind, blank":     {token + " ", jwk, at(0), check.Yes, check.Yes, check.Yes, "genuine-until"},
		"nothing":         {"", jwk, at(0), check.Unchecked, check.Unchecked, check.Unchecked, "empty"},
		"no token":        {"hello", jwk, at(0), check.No, check.Unchecked, check.Unchecked, "nothing-found"},
		"too long":        {strings.Repeat("x", 11<<20), "", at(0), check.No, check.Unchecked, check.Unchecked, "too-long"},
		"malformed":       {"eyJhbGciOiJIUzI1NiJ9.e30", "", at(0), check.No, check.Unchecked, check.Unchecked, "malformed"},
	} {
		v := verdict.Judge(c.text, c.key, c.o).Verdict
		if v.Form != c.form || v.Signature != c.signature || v.Acceptance != c.acceptance || v.Summary.Code != c.summary {
			t.Errorf("%s: %s, %s, %s, %q; want %s, %s, %s, %q\n%v", name, v.Form, v.Signature, v.Acceptance, v.Summary.Code,
				c.form, c.signature, c.acceptance, c.summary, v)
		}
		if (v.Summary.Tone == verdict.Good) != v.All() {
			t.Errorf("%s: tone %s with answers %s, %s, %s", name, v.Summary.Tone, v.Form, v.Signature, v.Acceptance)
		}
	}
}

func TestAtAndWithEqualJudge(t *testing.T) {
	first := verdict.Judge(token, "", at(0))
	later := first.With(key.Read(jwk, key.Auto), at(1_300_819_380))
	if want := verdict.Judge(token, jwk, at(1_300_819_380)); later.Verdict.Summary.Code != want.Verdict.Summary.Code {
		t.Errorf("With: %v, want %v", later.Verdict.Summary, want.Verdict.Summary)
	}
	if got := later.At(at(1_300_819_379)).Verdict.Summary.Code; got != "genuine-until" {
		t.Errorf("At: %s", got)
	}
	if first.Verdict.Summary.Code != "not-verified" {
		t.Errorf("the first case changed: %v", first.Verdict.Summary)
	}
}

func TestEverySentenceHasWords(t *testing.T) {
	for _, l := range locale.Langs() {
		for _, code := range verdict.Codes() {
			if !locale.Has(l, "summary."+code) {
				t.Errorf("%s: no words for summary.%s", l, code)
			}
		}
	}
}
