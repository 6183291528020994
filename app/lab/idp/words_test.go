package idp_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/lab/idp"
	"jwtlab/app/locale"
)

// TestEveryCodeHasWords holds the catalogue to the code: each problem, weakness and text of a page has its words, and there
// are no words besides.
func TestEveryCodeHasWords(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	given := []string{"idp.problem.title", "idp.problem.credentials", "idp.problem.credentials-long"}
	codes := regexp.MustCompile(`code: "([a-z-]+)"|"((?:party|grant)-[a-z-]+)"|"(idp\.log[a-z.]+)"`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range codes.FindAllStringSubmatch(string(source), -1) {
			id := m[3]
			if id == "" {
				id = "idp.problem." + m[1] + m[2]
			}
			given = append(given, id)
		}
	}
	for _, w := range (idp.Policy{Hearsay: true}).Weaknesses() {
		given = append(given, "idp.weak."+w.Code)
		if text := w.Text(locale.KO); text == w.Text(locale.EN) || strings.Contains(text, "⟨") {
			t.Errorf("%s: %q", w.Code, text)
		}
	}
	var words []string
	for _, id := range locale.IDs(locale.EN) {
		if strings.HasPrefix(id, "idp.") {
			words = append(words, id)
		}
	}
	slices.Sort(given)
	for _, id := range slices.Compact(given) {
		if !slices.Contains(words, id) {
			t.Errorf("no words for %s", id)
		}
	}
	for _, id := range words {
		if !slices.Contains(given, id) {
			t.Errorf("words for %s, which nobody gives", id)
		}
	}
}
