package desk

import (
	_ "embed"
	"strings"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// An Example is a token with the key that belongs to it.
type Example struct {
	ID         string // an algorithm's name, or what there is to see
	Token, Key string // the token may still lack its signature: see [Example.Made]
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

// unmade stands in place of a signature that is too long to be kept in the program.
const unmade = "~"

// Made returns the example with its signature, which is made if it is not there. That takes some milliseconds, and gives the
// same each time: only algorithms that sign deterministically are left so.
func (e Example) Made() Example {
	input, ok := strings.CutSuffix(e.Token, "."+unmade)
	if !ok {
		return e
	}
	t := token.Parse(input + ".")
	signed, err := jws.Sign(e.ID, t.Part(token.PartHeader).Bytes, t.Part(token.PartPayload).Bytes, key.Read(e.Key, key.Auto).Keys[0], nil)
	if err != nil {
		panic(err) // a bug: the examples are ours, and tested
	}
	e.Token = signed
	return e
}

// Is reports whether these texts are the example's.
func (e Example) Is(tokenText, keyText string) bool {
	input, cut := strings.CutSuffix(e.Token, unmade)
	return keyText == e.Key && (tokenText == e.Token || cut && strings.HasPrefix(tokenText, input))
}

func (s State) choseExample(id string) (State, []Effect) {
	for _, e := range Examples() {
		if e.ID != id {
			continue
		}
		e = e.Made()
		s = s.remember("", 0)
		s.Inputs = s.withToken(e.Token)
		s.Key, s.Encoding, s.Passphrase, s.Moved = e.Key, key.Auto, "", nil
		return s.look()
	}
	return s, nil
}
