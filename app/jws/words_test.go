package jws_test

import (
	"os"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/locale"
)

func TestEveryReasonHasWords(t *testing.T) {
	for _, l := range locale.Langs() {
		text, err := os.ReadFile("../locale/" + string(l) + "/jws.txt")
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
		for _, code := range jws.Codes() {
			need("why." + code)
		}
		for _, name := range jws.Names() {
			need("check." + name)
		}
		for _, id := range jws.Causes() {
			need(id)
		}
		for id := range ids {
			t.Errorf("%s: words for %s, which nobody gives", l, id)
		}
	}
}

// TestEveryReasonIsGiven holds the list of codes to the code: none more, none less.
func TestEveryReasonIsGiven(t *testing.T) {
	code := source(t, "verify.go", "header.go", "try.go", "diagnose.go", "embedded.go", "fit.go", "serial.go")
	for _, c := range jws.Codes() {
		if !strings.Contains(code, `"`+c+`"`) {
			t.Errorf("no one gives the reason %s", c)
		}
	}
	code = source(t, "doctor.go", "doctorsignature.go", "doctorsecret.go", "doctorinput.go", "rewrite.go")
	for _, id := range jws.Causes() {
		kind, c, _ := strings.Cut(id, ".")
		if kind == "sure" || strings.Contains(code, `"`+c+`"`) {
			continue
		}
		if !strings.Contains(source(t, "mend.go"), `= "`+c+`"`) {
			t.Errorf("no one gives %s", id)
		}
	}
}

func source(t *testing.T, files ...string) string {
	t.Helper()
	var code strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
	}
	return code.String()
}
