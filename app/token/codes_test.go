package token_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// texts reads the texts of problems from a catalogue file.
func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "locale", lang, "token.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(b)) {
		id, text, ok := strings.Cut(strings.TrimSpace(line), " = ")
		code, problem := strings.CutPrefix(id, "problem.")
		if !ok || !problem {
			continue
		}
		if all[code] != "" {
			t.Errorf("%s: %s is there twice", lang, id)
		}
		all[code] = text
	}
	return all
}

// TestCodesHaveTexts proves that each code has a text in each language, each text a code, and that both languages use
// the same arguments.
func TestCodesHaveTexts(t *testing.T) {
	en, ko := texts(t, "en"), texts(t, "ko")
	known := map[string]bool{}
	for _, code := range token.Codes() {
		if known[code] {
			t.Errorf("%s is listed twice", code)
		}
		known[code] = true
		if en[code] == "" || ko[code] == "" {
			t.Errorf("%s: en %q, ko %q", code, en[code], ko[code])
		}
		if e, k := arguments(en[code]), arguments(ko[code]); e != k {
			t.Errorf("%s: arguments %q in en, %q in ko", code, e, k)
		}
	}
	for _, catalogue := range []map[string]string{en, ko} {
		for code := range catalogue {
			if !known[code] {
				t.Errorf("%s has a text, but no such problem is ever given", code)
			}
		}
	}
}

// TestPlacesHaveTexts proves that the page and the command line can say of every place and part what it is.
func TestPlacesHaveTexts(t *testing.T) {
	for _, l := range locale.Langs() {
		for _, place := range token.Places() {
			if !locale.Has(l, "ui.found."+place) {
				t.Errorf("%s: no text for the place %s", l, place)
			}
		}
		for _, part := range []token.Part{token.PartHeader, token.PartPayload, token.PartSignature, token.PartKey, token.PartIV, token.PartCipher,
			token.PartTag, token.PartDisclosed, token.PartBinding, token.PartUnprotected, token.PartAAD, token.PartExtra} {
			if !locale.Has(l, "ui.part."+string(part)) {
				t.Errorf("%s: no text for the part %s", l, part)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{([0-9])`)

func arguments(text string) string {
	var has [10]bool
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		has[m[1][0]-'0'] = true
	}
	var list string
	for i, h := range has {
		if h {
			list += string(rune('0' + i))
		}
	}
	return list
}

// TestCodesAreGiven proves that each code is used by a line of the package, and none that is not listed.
func TestCodesAreGiven(t *testing.T) {
	known := map[string]bool{}
	for _, code := range token.Codes() {
		known[code] = false
	}
	files, _ := filepath.Glob("*.go")
	literal := regexp.MustCompile(`"((?:text|token|base64|json|header)\.[a-z0-9-]+)"`)
	for _, name := range files {
		if name == "rules.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllSubmatch(b, -1) {
			if _, ok := known[string(m[1])]; !ok {
				t.Errorf("%s gives %s, which has no rule", name, m[1])
			}
			known[string(m[1])] = true
		}
	}
	for code, given := range known {
		if !given {
			t.Errorf("%s has a rule, but is never given", code)
		}
	}
}
