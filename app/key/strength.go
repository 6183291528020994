package key

import (
	"crypto/rsa"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
)

// Strength remarks on what makes a key easy to guess or to break, as far as the key itself tells; none, and nothing is
// known against it. The key can be used all the same, unless the algorithm refuses it.
func (k Key) Strength() []check.Check {
	remark := func(code, ref string, args ...string) []check.Check {
		return []check.Check{{Name: "strength", Answer: check.Yes, Code: code, Args: args, Ref: ref, Remark: true}}
	}
	if public, ok := k.Public.(*rsa.PublicKey); ok {
		var all []check.Check
		if k.Bits < 2048 {
			all = append(all, remark("strength.rsa", "RFC 7518 §3.3", strconv.Itoa(k.Bits))...)
		}
		if public.E < 65537 {
			all = append(all, remark("strength.exponent", "NIST SP 800-56B §6.2", strconv.Itoa(public.E))...)
		}
		return all
	}
	switch {
	case k.Type == "EC" && k.Bits < 256:
		return remark("strength.curve", "RFC 7518 §6.2.1.1", k.Curve)
	case k.Type != "oct":
		return nil
	case guessable(k.Secret):
		return remark("strength.guessable", "RFC 8725 §3.5")
	case k.Bits < 256:
		return remark("strength.short", "RFC 7518 §3.2", strconv.Itoa(k.Bits))
	}
	return nil
}

// StrengthCodes returns every code that [Key.Strength] can give.
func StrengthCodes() []string {
	return []string{"strength.rsa", "strength.exponent", "strength.curve", "strength.guessable", "strength.short"}
}

// commonWords are what the secrets of tutorials and of the hurried are made of.
var commonWords = []string{
	"secret", "changeme", "change", "me", "password", "passwd", "pass", "key", "private", "jwt", "token", "your", "my", "the", "super", "very",
	"test", "testing", "dev", "development", "prod", "production", "default", "example", "admin", "root", "user", "qwerty", "abc", "hello", "world",
	"bit", "is", "a", "this", "here", "app", "api", "auth", "signing", "shared", "long", "string", "foo", "bar", "baz", "please", "in", "for", "of",
}

// guessable reports whether a secret looks as if a person had made it up: nothing but common words, a few characters
// over and over, or one run of neighbours.
func guessable(secret []byte) bool {
	text := strings.ToLower(string(secret))
	letters := strings.FieldsFunc(text, func(r rune) bool { return r < 'a' || r > 'z' })
	common := 0
	for _, word := range letters {
		if !slices.Contains(commonWords, word) && !joined(word, 6) {
			common = -1
			break
		}
		common += len(word)
	}
	return common > 0 && common*2 >= len(text) || repeats(text) || neighbours(text)
}

// joined reports whether a word is several common ones written as one.
func joined(word string, most int) bool {
	for _, c := range commonWords {
		if rest, ok := strings.CutPrefix(word, c); ok && (rest == "" || most > 1 && joined(rest, most-1)) {
			return true
		}
	}
	return false
}

// repeats reports whether a text is a short piece over and over.
func repeats(text string) bool {
	for n := 1; n <= 10 && 2*n <= len(text); n++ {
		if strings.HasPrefix(text[n:], text[:len(text)-n]) {
			return true
		}
	}
	return false
}

// neighbours reports whether each character is the one after the last, as in "12345678".
func neighbours(text string) bool {
	for i := 1; i < len(text); i++ {
		if step := text[i] - text[i-1]; step > 1 && !(text[i-1] == '9' && text[i] == '0') {
			return false
		}
	}
	return len(text) > 1
}
