package jws_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/witness"
)

func TestEveryReasonHasWords(t *testing.T) {
	own := slices.Concat(witness.IDs("why", jws.Codes()), witness.IDs("check", jws.Names()), jws.Causes())
	witness.HasWords(t, "jws.txt", own, nil)
}

// TestEveryReasonIsGiven holds the list of codes to the code: none more, none less.
func TestEveryReasonIsGiven(t *testing.T) {
	code := source(t, "verify.go", "header.go", "try.go", "diagnose.go", "embedded.go", "fit.go", "serial.go")
	witness.Given(t, code, jws.Codes())
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
