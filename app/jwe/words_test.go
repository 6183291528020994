package jwe_test

import (
	"testing"

	"jwtlab/app/jwe"
	"jwtlab/app/witness"
)

// TestEveryReasonHasWords holds the catalogue to the codes, none more and none less. Some names are those of checks of
// a signature, too, and have their words there.
func TestEveryReasonHasWords(t *testing.T) {
	witness.HasWords(t, "jwe.txt", witness.IDs("why", jwe.Codes()), witness.IDs("check", jwe.Names()))
}

// TestEveryReasonIsGiven finds codes that are listed and that the code no longer gives.
func TestEveryReasonIsGiven(t *testing.T) {
	witness.Given(t, witness.Source(t, "checks.go"), jwe.Codes())
}
