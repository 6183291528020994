package sdjwt_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/sdjwt"
	"jwtlab/app/witness"
)

func TestEveryReasonHasWords(t *testing.T) {
	own := slices.Concat(witness.IDs("why", sdjwt.Codes()), witness.IDs("check", sdjwt.Names()))
	witness.HasWords(t, "sdjwt.txt", own, nil)
}

// TestEveryReasonIsGiven holds the list of codes to the code: none more, none less.
func TestEveryReasonIsGiven(t *testing.T) {
	source, known := witness.Source(t, "checks.go"), sdjwt.Codes()
	witness.Given(t, source, slices.DeleteFunc(slices.Clone(known), func(code string) bool {
		return strings.HasPrefix(code, "kb.aud") || strings.HasPrefix(code, "kb.nonce") // put together
	}))
	for _, m := range regexp.MustCompile(`"((?:sd|kb)\.[a-z0-9-]+)"`).FindAllStringSubmatch(source, -1) {
		if !slices.Contains(known, m[1]) {
			t.Errorf("%s has no rule", m[1])
		}
	}
}
