package lint

import (
	"strconv"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// PartKey is the part of findings about a key: their spans lie in the key's text, not in the token's.
const PartKey token.Part = "key"

// guessable is how many bits a secret must seem to have, not to be called guessable. A rented machine tries 2^50 in a day.
const guessable = 64

// secret looks at the secret of an HMAC. Of several readings of a text, the one that verified counts, else the first.
func (l *linter) secret() {
	alg := l.text("alg")
	k, ok := l.shownSecret()
	if !isMAC(alg) || !ok || len(k.Secret) == 0 {
		return
	}
	s := string(k.Secret)
	least, _ := strconv.Atoi(strings.TrimPrefix(alg, "HS"))
	bits := estimate(s)
	switch {
	case isKnown(s):
		l.add("secret.known", PartKey, k.Span)
	case isRepeated(s):
		l.add("secret.repeated", PartKey, k.Span)
	case bits < guessable:
		l.add("secret.guessable", PartKey, k.Span, strconv.Itoa(bits))
	case 8*len(s) < least:
		l.add("secret.short", PartKey, k.Span, strconv.Itoa(8*len(s)), strconv.Itoa(least), alg)
	}
}

func (l *linter) shownSecret() (key.Key, bool) {
	if l.Used >= 0 && l.Used < len(l.Keys.Keys) {
		return l.Keys.Keys[l.Used], l.Keys.Keys[l.Used].Type == "oct"
	}
	if n := len(l.Keys.Keys); n == 0 || l.Keys.Keys[0].Type != "oct" || n > 1 && l.Keys.Kind != "secret" {
		return key.Key{}, false
	}
	return l.Keys.Keys[0], true
}

// vocabulary is what secrets that nobody changed are made of.
var vocabulary = strings.Fields("a access admin an and api app application auth authentication backend bit changeme change default demo " +
	"dev development example express for foo bar hash hello here hmac hs in is it json jwt jsonwebtoken key keyboard cat laravel " +
	"letmein long me my mysecret node of pass password passwd please private prod production public put qwerty random refresh " +
	"replace s3cr3t s3cret safe sample secret secretkey secure server shhh shhhh shhhhh sign signature signing some spring " +
	"string strong super supersecret test testing the this to token top use user value very web with world you your")

// isKnown reports whether a secret is made of such words alone, with a few digits and signs between them.
func isKnown(s string) bool {
	if len(s) > 64 {
		return false
	}
	var letters []byte
	digits := 0
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case 'a' <= c && c <= 'z':
			letters = append(letters, c)
		case '0' <= s[i] && s[i] <= '9':
			digits++
		case s[i] >= 0x80 || s[i] < ' ':
			return false
		}
	}
	return digits <= 6 && spelled(string(letters)) || digits <= 2 && spelled(strings.ToLower(s))
}

// spelled reports whether a text is a row of words of the vocabulary.
func spelled(s string) bool {
	ends := make([]bool, len(s)+1)
	ends[0] = true
	for i := range s {
		for _, w := range vocabulary {
			if ends[i] && strings.HasPrefix(s[i:], w) {
				ends[i+len(w)] = true
			}
		}
	}
	return s != "" && ends[len(s)]
}

// isRepeated reports whether a secret is one character or short piece again and again, or counts up: 0123456789abcdef.
func isRepeated(s string) bool {
	for period := 1; period <= 8 && period*3 <= len(s); period++ {
		if strings.HasPrefix(s[period:], s[:len(s)-period]) {
			return true
		}
	}
	breaks := 0
	for i := 1; i < len(s); i++ {
		if s[i] != s[i-1]+1 {
			breaks++
		}
	}
	return len(s) >= 4 && breaks*6 <= len(s)
}

// estimate says how many bits a secret may have: two for a letter of a word, one for a digit that goes on counting,
// what its kind of character allows for any other. It errs towards the secret.
func estimate(s string) int {
	half := 0 // half bits
	run := 0
	for i := range len(s) {
		c := s[i]
		if i > 0 && class(c) == letter && class(s[i-1]) == letter {
			run++
		} else {
			run = 1
		}
		switch {
		case i > 0 && (c == s[i-1] || c == s[i-1]+1):
			half += 2
		case class(c) == letter && (run >= 4 || run+ahead(s[i:]) > 4):
			half += 4
		case class(c) == digit:
			half += 6
		case class(c) == other:
			half += 14
		default:
			half += 10
		}
	}
	return half / 2
}

// The classes of characters.
const (
	letter = iota
	digit
	sign
	other
)

func class(c byte) int {
	switch {
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return letter
	case '0' <= c && c <= '9':
		return digit
	case ' ' <= c && c < 0x7f:
		return sign
	}
	return other
}

// ahead counts the letters that s starts with, up to five.
func ahead(s string) int {
	n := 0
	for n < len(s) && n < 5 && class(s[n]) == letter {
		n++
	}
	return n
}
