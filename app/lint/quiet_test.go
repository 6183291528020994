package lint_test

import (
	"encoding/json"
	"slices"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/lint"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
	"jwtlab/app/witness"
)

// now is 21 Nov 2026, 00:00 UTC, when the page's examples were issued.
const now = 1795219200

// judged reads and verifies a text as the page does, and lints it.
func judged(text string, keys key.Reading) []lint.Finding {
	r := token.Read(text)
	if len(r.Tokens) == 0 {
		return nil
	}
	report := jws.Verify(r.Tokens[0], keys, jws.Options{})
	return lint.Check(lint.Input{Token: r.Tokens[0], Keys: keys, Used: report.Key, Signature: report.Answer, Now: now})
}

func codes(all []lint.Finding) []string {
	out := []string{}
	for _, f := range all {
		out = append(out, f.Code)
	}
	return out
}

// TestExamples says what is found in the page's examples. They live until 2033, so that they can be shown for long, and
// have a name in them, to show that it can be read; all else is what the example is there for.
func TestExamples(t *testing.T) {
	usual := []string{"exp.long", "personal.person"}
	want := map[string][]string{
		"EdDSA":        {"exp.long", "alg.eddsa", "personal.person"},
		"ML-DSA-65":    {"size.cookie", "exp.long", "personal.person"},
		"ML-DSA-87":    {"size.cookie", "exp.long", "personal.person"},
		"expired":      {"aud.missing"},
		"early":        {"exp.long", "aud.missing"},
		"none":         {"alg.none", "exp.long", "aud.missing", "iss.missing"},
		"self-vouched": {"embedded.key", "exp.long", "aud.missing"},
		"jwks":         {"exp.long"},
		"millis":       {"time.millis", "time.millis", "aud.missing", "iss.missing"},
		"rfc7515-a1":   {"aud.missing", "iat.missing"},
		"sd-jwt":       {}, // without what is disclosed
		"jwe":          {}, // without its content
	}
	for _, e := range desk.Examples() {
		e = e.Made()
		expected, ok := want[e.ID]
		if !ok {
			expected = usual
		}
		if got := codes(judged(e.Token, key.Read(e.Key, key.Auto))); !slices.Equal(got, expected) {
			t.Errorf("%s: %q, want %q", e.ID, got, expected)
		}
	}
}

type line struct {
	ID       string
	Input    json.RawMessage
	Key      json.RawMessage
	Valid    bool
	Disputed bool
}

// TestCorpora runs all rules over what is valid in the corpora, and lists the errors and warnings that a reader has
// judged to be right: test vectors are weak on purpose, or lack what they do not need. A rule that becomes louder fails.
func TestCorpora(t *testing.T) {
	for _, file := range []struct {
		name string
		most map[string]int // tokens of the file that have a finding worse than a note
	}{
		{"jws.jsonl", map[string]int{
			"exp.long":        89, // vectors that last for ever
			"exp.missing":     27,
			"embedded.key":    10,
			"number.big":      11, // vectors about big integers
			"secret.repeated": 7,  // secrets of zero bytes
			"size.cookie":     5,  // ML-DSA
			"alg.shared":      1,
		}},
		{"jwe.jsonl", map[string]int{"alg.rsa1_5": 7, "zip.encrypted": 23}},
		{"sdjwt.jsonl", map[string]int{
			"personal.national": 5, // "ssn" is in the open there
			"profile.missing":   1, // a key binding JWT's typ where the issuer's belongs
			"sd.salt":           3,
		}},
		{"dpop.jsonl", map[string]int{}},
	} {
		tokens, notes := 0, 0
		counts := map[string]int{}
		for _, l := range witness.Lines[line](t, file.name) {
			if !l.Valid || l.Disputed {
				continue
			}
			tokens++
			seen := map[string]bool{}
			for _, f := range judged(witness.Text(l.Input), witness.Key(l.Key)) {
				if f.Severity == token.Note {
					notes++
				} else if !seen[f.Code] {
					counts[f.Code]++
				}
				seen[f.Code] = true
			}
		}
		for code, n := range counts {
			if n > file.most[code] {
				t.Errorf("%s: %s fires on %d of %d valid tokens, %d are known", file.name, code, n, tokens, file.most[code])
			}
		}
		t.Logf("%s: %d valid tokens, %v, %d notes", file.name, tokens, counts, notes)
	}
}
