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
	code := ""
	switch {
	case isKnown(s):
		code = "secret.known"
	case isRepeated(s):
		code = "secret.repeated"
	case bits < guessable:
		code = "secret.guessable"
	case 8*len(s) < least:
		code, bits = "secret.short", 8*len(s)
	default:
		return
	}
	l.add(code, PartKey, k.Span, strconv.Itoa(bits), strconv.Itoa(least), alg)
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

// isRepeated reports whether a secret is one character or short piece again and again.
func isRepeated(s string) bool {
	for period := 1; period <= 8 && period*3 <= len(s); period++ {
		if strings.HasPrefix(s[period:], s[:len(s)-period]) {
			return true
		}
	}
	return false
}

// estimate says how many bits a secret may have: two for a letter in a word, one for a character that repeats or goes on
// counting, what its kind allows for any other. It errs towards the secret.
func estimate(s string) int {
	half, run := 0, 0 // half bits; letters so far
	for i := range len(s) {
		c := s[i]
		isLetter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if run++; !isLetter {
			run = 0
		}
		switch {
		case i > 0 && (c == s[i-1] || c == s[i-1]+1):
			half += 2
		case run > 3:
			half += 4
		case '0' <= c && c <= '9':
			half += 6
		case c < ' ' || c >= 0x7f:
			half += 14
		default:
			half += 10
		}
	}
	return half / 2
}
