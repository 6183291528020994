package key_test

import (
	"slices"
	"testing"

	"jwtlab/app/key"
	"jwtlab/app/witness"
)

func TestEveryProblemHasWords(t *testing.T) {
	own := slices.Concat(witness.IDs("problem", key.Codes()), witness.IDs("why", key.ChainCodes()), witness.IDs("why", key.StrengthCodes()))
	witness.HasWords(t, "key.txt", own, []string{"check.chain", "check.strength"})
}

// TestEveryProblemCanBeGiven finds codes that the table has and the code no longer gives.
func TestEveryProblemCanBeGiven(t *testing.T) {
	witness.Given(t, witness.Source(t, "problem.go"), key.Codes())
}
