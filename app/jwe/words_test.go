package jwe_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jwtlab/app/jwe"
	"jwtlab/app/locale"
)

// TestEveryReasonHasWords holds the catalogue to the codes, none more and none less. Some names are those of checks of
// a signature, too, and have their words there.
func TestEveryReasonHasWords(t *testing.T) {
	for _, l := range locale.Langs() {
		text, err := os.ReadFile("../locale/" + string(l) + "/jwe.txt")
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for line := range strings.Lines(string(text)) {
			if id, _, ok := strings.Cut(line, " = "); ok && line[0] != '#' && line[0] != ' ' {
				ids[id] = true
			}
		}
		for _, code := range jwe.Codes() {
			if !ids["why."+code] {
				t.Errorf("%s: no words for %s", l, code)
			}
			delete(ids, "why."+code)
		}
		for _, name := range jwe.Names() {
			if !locale.Has(l, "check."+name) {
				t.Errorf("%s: no words for the check %s", l, name)
			}
			delete(ids, "check."+name)
		}
		for id := range ids {
			t.Errorf("%s: words for %s, which nobody gives", l, id)
		}
	}
}

// TestEveryReasonIsGiven holds the list of codes to the code: none more, none less.
func TestEveryReasonIsGiven(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, f := range files {
		if f == "checks.go" || strings.HasSuffix(f, "_test.go") {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
	}
	for _, c := range jwe.Codes() {
		if !strings.Contains(code.String(), `"`+c+`"`) {
			t.Errorf("no one gives the reason %s", c)
		}
	}
}
