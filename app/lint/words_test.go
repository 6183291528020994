package lint_test

import (
	"strings"
	"testing"

	"jwtlab/app/lint"
	"jwtlab/app/locale"
	"jwtlab/app/token"
	"jwtlab/app/witness"
)

// Every finding has words, in both languages, and every word a finding.
func TestWords(t *testing.T) {
	witness.HasWords(t, "lint.txt", witness.IDs("lint", lint.Codes()), nil)
}

// What is filled into the words of a finding is what they ask for.
func TestArguments(t *testing.T) {
	for _, r := range rows {
		for _, f := range r.hit.findings() {
			for _, l := range locale.Langs() {
				text := locale.Text(l, "lint."+f.Code, f.Args...)
				if strings.Contains(text, "⟨") || strings.Contains(locale.Text(l, "lint."+f.Code), "…") && len(f.Args) == 0 {
					t.Errorf("%s %q: %s", f.Code, f.Args, text)
				}
			}
		}
	}
}

// TestRepeats: what it names are problems that a reading has.
func TestRepeats(t *testing.T) {
	n := 0
	for _, code := range token.Codes() {
		if lint.Repeats(code) {
			n++
		}
	}
	if n < 12 || lint.Repeats("token.one-part") || !lint.Repeats("token.none-case") {
		t.Errorf("%d problems are repeated", n)
	}
}
