package dpop_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/dpop"
	"jwtlab/app/locale"
)

func TestEveryReasonHasWords(t *testing.T) {
	for _, l := range locale.Langs() {
		text, err := os.ReadFile("../locale/" + string(l) + "/dpop.txt")
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for line := range strings.Lines(string(text)) {
			if id, _, ok := strings.Cut(line, " = "); ok && line[0] != '#' && line[0] != ' ' {
				ids[id] = true
			}
		}
		need := func(id string) {
			if !ids[id] {
				t.Errorf("%s: no words for %s", l, id)
			}
			delete(ids, id)
		}
		for _, code := range dpop.Codes() {
			need("why." + code)
		}
		for _, name := range dpop.Names() {
			need("check." + name)
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
	for _, c := range dpop.Codes() {
		// The codes of three claims are put together.
		claim, _, _ := strings.Cut(strings.TrimPrefix(c, "dpop."), "-")
		computed := claim == "htm" || claim == "nonce" || claim == "ath"
		if !computed && !strings.Contains(code.String(), `"`+c+`"`) {
			t.Errorf("no one gives the reason %s", c)
		}
	}
	known := dpop.Codes()
	for _, m := range regexp.MustCompile(`"(dpop\.[a-z0-9-]+)"`).FindAllStringSubmatch(code.String(), -1) {
		if !slices.Contains(known, m[1]) {
			t.Errorf("%s has no rule", m[1])
		}
	}
}
