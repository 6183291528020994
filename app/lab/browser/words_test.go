package browser_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
	"jwtlab/app/locale"
	"jwtlab/app/witness"
)

// TestEveryNoteHasWords holds the part of lab.txt that is wire's and the browser's to their codes.
func TestEveryNoteHasWords(t *testing.T) {
	own := slices.Concat(witness.IDs("why", wire.Codes()), witness.IDs("check", wire.Names()), witness.IDs("why", browser.Codes()), witness.IDs("check", browser.Names()))
	for _, l := range locale.Langs() {
		text, err := os.ReadFile(filepath.Join("..", "..", "locale", string(l), "lab.txt"))
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, m := range regexp.MustCompile(`(?m)^((?:why|check)\.(?:wire|browser)[.-][a-z0-9-]+) = `).FindAllStringSubmatch(string(text), -1) {
			ids = append(ids, m[1])
		}
		for _, id := range own {
			if !slices.Contains(ids, id) {
				t.Errorf("%s: no words for %s", l, id)
			}
		}
		for _, id := range ids {
			if !slices.Contains(own, id) {
				t.Errorf("%s: words for %s, which nobody gives", l, id)
			}
		}
	}
}

// TestEveryNoteIsGiven holds the list of codes to the code: none more, none less.
func TestEveryNoteIsGiven(t *testing.T) {
	source := witness.Source(t, "reasons.go")
	witness.Given(t, source, browser.Codes())
	for _, m := range regexp.MustCompile(`"(browser\.[a-z-]+)"`).FindAllStringSubmatch(source, -1) {
		if !slices.Contains(browser.Codes(), m[1]) {
			t.Errorf("%s has no rule", m[1])
		}
	}
	if strings.Contains(source, "panic(") {
		t.Error("the browser panics somewhere")
	}
}
