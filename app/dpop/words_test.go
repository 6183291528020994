package dpop_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/dpop"
	"jwtlab/app/witness"
)

func TestEveryReasonHasWords(t *testing.T) {
	own := slices.Concat(witness.IDs("why", dpop.Codes()), witness.IDs("check", dpop.Names()))
	witness.HasWords(t, "dpop.txt", own, nil)
}

// TestEveryReasonIsGiven holds the list of codes to the code: none more, none less.
func TestEveryReasonIsGiven(t *testing.T) {
	source, known := witness.Source(t, "checks.go"), dpop.Codes()
	witness.Given(t, source, slices.DeleteFunc(slices.Clone(known), func(code string) bool {
		claim, _, _ := strings.Cut(strings.TrimPrefix(code, "dpop."), "-")
		return claim == "htm" || claim == "nonce" || claim == "ath" // put together
	}))
	for _, m := range regexp.MustCompile(`"(dpop\.[a-z0-9-]+)"`).FindAllStringSubmatch(source, -1) {
		if !slices.Contains(known, m[1]) {
			t.Errorf("%s has no rule", m[1])
		}
	}
}
