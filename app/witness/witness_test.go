package witness_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/witness"
)

// recorder notes what a test would say instead of saying it.
type recorder struct {
	testing.TB
	said    []string
	skipped bool
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }
func (r *recorder) Skip(...any)       { r.skipped = true; runtime.Goexit() }
func (r *recorder) Skipf(string, ...any) {
	r.Skip()
}

// recorded does the work with a recorder, to its end or to where it gives up.
func recorded(t *testing.T, work func(testing.TB)) *recorder {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(r)
	}()
	<-done
	return r
}

// TestHasWords proves that words which are not there are missed, and words too many seen.
func TestHasWords(t *testing.T) {
	if got := witness.IDs("why", []string{"a.b", "c"}); !slices.Equal(got, []string{"why.a.b", "why.c"}) {
		t.Errorf("ids %q", got)
	}
	r := recorded(t, func(t testing.TB) {
		witness.HasWords(t, "dpop.txt", []string{"why.no-such"}, []string{"check.no-such"})
	})
	for _, want := range []string{"en: no words for why.no-such", "ko: no words for check.no-such", "en: words for check.dpop-jkt, which nobody gives"} {
		if !slices.Contains(r.said, want) {
			t.Errorf("it is not said that %s", want)
		}
	}
	if r := recorded(t, func(t testing.TB) { witness.HasWords(t, "no-such.txt", nil, nil) }); len(r.said) != 1 {
		t.Errorf("of a file that is not there: %q", r.said)
	}
}

// TestGiven finds a code that the source has only as part of another.
func TestGiven(t *testing.T) {
	r := recorded(t, func(t testing.TB) { witness.Given(t, `no("a.b"); no("c.d-e")`, []string{"a.b", "c.d"}) })
	if !slices.Equal(r.said, []string{"no one gives c.d"}) {
		t.Errorf("said %q", r.said)
	}
	if source := witness.Source(t, "words.go"); !strings.Contains(source, "func Corpus(") || strings.Contains(source, "func HasWords(") {
		t.Errorf("the source is not that of all files but one: %q", source)
	}
}

// TestMissing: what is not installed skips a test here and fails it on CI, what is not published skips it everywhere.
func TestMissing(t *testing.T) {
	for ci, skips := range map[string]bool{"": true, "true": false} {
		t.Setenv("CI", ci)
		if r := recorded(t, func(t testing.TB) { witness.Missing(t, "no node") }); r.skipped != skips || skips == (len(r.said) == 1) {
			t.Errorf("with CI %q: skipped %v, said %q", ci, r.skipped, r.said)
		}
	}
	t.Setenv("JWTLAB_CORPORA", t.TempDir())
	if r := recorded(t, func(t testing.TB) { witness.Corpus(t, "jws.jsonl") }); !r.skipped {
		t.Errorf("without the corpora: %q", r.said)
	}
}

func TestLine(t *testing.T) {
	for member, want := range map[string]string{`"a\u0020b"`: "a b", `{"payload": ""}`: `{"payload": ""}`} {
		if got := witness.Text(json.RawMessage(member)); got != want {
			t.Errorf("the token of %s is %q, want %q", member, got, want)
		}
	}
	for member, want := range map[string]string{"": "none", "null": "none", `{"secret_b64u":"AAAA"}`: "secret", `{"kty":"oct","k":"AAAA"}`: "jwk"} {
		if r := witness.Key(json.RawMessage(member)); r.Kind != want || (want != "none") != (len(r.Keys) == 1) {
			t.Errorf("the key of %s is %s with %d keys, want %s", member, r.Kind, len(r.Keys), want)
		}
	}
	if got := witness.Reasons([]check.Check{{Name: "alg", Answer: check.No, Code: "alg.none"}}); got != "alg=no alg.none; " {
		t.Errorf("reasons %q", got)
	}
}
