package token

import "strings"

// MaxInput is the longest text that is read, in bytes.
const MaxInput = 10 << 20

// Parse reads the whole input as one token, byte for byte: nothing is trimmed, skipped or joined. It judges a compact
// JWS by RFC 7515 §3.1 and §5.2, a compact JWE by RFC 7516 §3.1; of JSON serializations it takes the first signature or
// recipient. Whatever it says no to is decoded as far as it goes nevertheless.
func Parse(input string) Token { return ParseAll(input)[0] }

// ParseAll is [Parse] with every signature or recipient of a JSON serialization, each a token of its own. It gives one
// token at least.
func ParseAll(input string) []Token {
	d := draft{}
	switch {
	case len(input) > MaxInput:
		d.Form, d.Span = JWS, Span{0, len(input)}
		d.fault("text.too-long", d.Span, itoa(MaxInput>>20))
		return []Token{d.done()}
	case strings.HasPrefix(input, "{"):
		if tokens := serialized(input); len(tokens) > 0 {
			return tokens
		}
	}
	d.compact(input, index{})
	return []Token{d.done()}
}
