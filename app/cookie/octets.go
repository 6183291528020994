package cookie

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Latin1 writes each octet as the character of its number.
func (o Octets) Latin1() string {
	var b strings.Builder
	b.Grow(len(o))
	for i := range len(o) {
		b.WriteRune(rune(o[i]))
	}
	return b.String()
}

// ReadOctets reads text in which each character up to U+00FF is one octet. Others are an error.
func ReadOctets(text string) (Octets, error) {
	octets := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 0xff {
			return "", errors.New("text is not octets: a character is beyond U+00FF")
		}
		octets = append(octets, byte(r))
	}
	return Octets(octets), nil
}

// Text decodes the octets as UTF-8, as document.cookie does; what is none becomes U+FFFD.
func (o Octets) Text() string { return string([]rune(string(o))) }

const blank = " \t"

// lower folds ASCII letters, and no others, as names of attributes, prefixes and domains are compared.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if 'A' <= b[i] && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// hasPrefixFold reports whether s begins with the prefix, which is in lower case.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && lower(s[:len(prefix)]) == prefix
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// allDigits reports whether there is nothing but digits, and at least one.
func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
