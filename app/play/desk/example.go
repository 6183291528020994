package desk

import (
	_ "embed"
	"strings"

	"jwtlab/app/key"
)

// An Example is a token with the key that belongs to it.
type Example struct {
	ID         string // an algorithm's name, or what there is to see
	Token, Key string
}

// FirstExample is what a newcomer finds on the desk.
const FirstExample = "HS256"

// The tokens were signed once with keys made for this file; they protect nothing. That of "rfc7515-a1" is the
// standard's own (RFC 7515 appendix A.1).
//
//go:embed examples.txt
var exampleText string

// Examples lists them all: each algorithm, then what can go wrong.
func Examples() []Example {
	var out []Example
	for block := range strings.SplitSeq(strings.TrimPrefix(exampleText, "-- "), "\n-- ") {
		id, rest, _ := strings.Cut(block, " --\n")
		text, keyText, _ := strings.Cut(rest, "\n")
		out = append(out, Example{ID: id, Token: text, Key: strings.TrimSuffix(keyText, "\n")})
	}
	return out
}

func (s State) choseExample(id string) (State, []Effect) {
	for _, e := range Examples() {
		if e.ID != id {
			continue
		}
		s = s.remember("", 0)
		s.Inputs = s.withToken(e.Token)
		s.Key, s.Encoding, s.Passphrase, s.Moved = e.Key, key.Auto, "", nil
		return s.look()
	}
	return s, nil
}
