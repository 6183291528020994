package witness

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/locale"
)

// HasWords holds a file of the catalogue to the ids that a package gives, in every language: each of own has its words
// there, each of shared there or in another file, and there are no words besides.
func HasWords(t testing.TB, file string, own, shared []string) {
	t.Helper()
	for _, l := range locale.Langs() {
		ids := words(t, l, file)
		for _, id := range own {
			if !slices.Contains(ids, id) {
				t.Errorf("%s: no words for %s", l, id)
			}
		}
		for _, id := range shared {
			if !locale.Has(l, id) {
				t.Errorf("%s: no words for %s", l, id)
			}
		}
		for _, id := range ids {
			if !slices.Contains(own, id) && !slices.Contains(shared, id) {
				t.Errorf("%s: words for %s, which nobody gives", l, id)
			}
		}
	}
}

// words returns the ids of the texts in a file of the catalogue.
func words(t testing.TB, l locale.Lang, file string) (ids []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "locale", string(l), file))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if id, _, ok := strings.Cut(line, " = "); ok && line[0] != '#' && line[0] != ' ' {
			ids = append(ids, id)
		}
	}
	return ids
}

// IDs puts the kind of text before each code.
func IDs(kind string, codes []string) []string {
	ids := make([]string, len(codes))
	for i, code := range codes {
		ids[i] = kind + "." + code
	}
	return ids
}

// Source returns the code of the test's own package, but for its tests and one file, which is the one that lists the
// codes.
func Source(t testing.TB, list string) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, f := range files {
		if f == list || strings.HasSuffix(f, "_test.go") {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
	}
	return code.String()
}

// Given holds a list of codes to the source that gives them: none may be listed that no line has.
func Given(t testing.TB, source string, codes []string) {
	t.Helper()
	for _, c := range codes {
		if !strings.Contains(source, `"`+c+`"`) {
			t.Errorf("no one gives %s", c)
		}
	}
}
