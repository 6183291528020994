package key_test

import (
	"os"
	"strings"
	"testing"

	"jwtlab/app/key"
	"jwtlab/app/locale"
)

// words returns the ids of the texts that a file of the catalogue has.
func words(t *testing.T, l locale.Lang, file string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../locale/" + string(l) + "/" + file)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if id, _, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, "#") && line[0] != ' ' {
			ids[id] = true
		}
	}
	return ids
}

func TestEveryProblemHasWords(t *testing.T) {
	for _, l := range locale.Langs() {
		ids := words(t, l, "key.txt")
		for _, code := range key.Codes() {
			if !ids["problem."+code] {
				t.Errorf("%s: no words for the problem %s", l, code)
			}
			delete(ids, "problem."+code)
		}
		delete(ids, "check.chain")
		delete(ids, "check.strength")
		for _, code := range append(key.ChainCodes(), key.StrengthCodes()...) {
			if !ids["why."+code] {
				t.Errorf("%s: no words for the reason %s", l, code)
			}
			delete(ids, "why."+code)
		}
		for id := range ids {
			t.Errorf("%s: words for %s, which is no problem of a key", l, id)
		}
	}
}

// TestEveryProblemCanBeGiven finds codes that the table has and the code no longer gives.
func TestEveryProblemCanBeGiven(t *testing.T) {
	var code strings.Builder
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") && f.Name() != "problem.go" {
			text, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	for _, c := range key.Codes() {
		if !strings.Contains(code.String(), `"`+c+`"`) {
			t.Errorf("no one gives the problem %s", c)
		}
	}
}
