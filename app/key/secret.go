package key

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"jwtlab/app/token"
)

// readSecret reads a text as a secret.
func (r *reading) readSecret(text string, as Encoding) {
	r.Kind = "secret"
	if as != Auto {
		if secret, ok := r.decodeSecret(text, as); ok {
			r.addSecret(text, secret, as)
		}
		return
	}
	r.addSecret(text, []byte(text), UTF8)
	// Padding speaks for plain base64; without it, and without its two own characters, the URL's is likelier in JOSE.
	order := []Encoding{Base64URL, Base64, Hex}
	if strings.HasSuffix(text, "=") {
		order = []Encoding{Base64, Base64URL, Hex}
	}
	for _, e := range order {
		try := &reading{}
		if secret, ok := try.decodeSecret(text, e); ok && len(try.Problems) == 0 {
			r.addSecret(text, secret, e)
		}
	}
}

// addSecret adds a reading of the secret unless another one gave the same bytes.
func (r *reading) addSecret(text string, secret []byte, as Encoding) {
	for _, k := range r.Keys {
		if bytes.Equal(k.Secret, secret) {
			return
		}
	}
	r.Keys = append(r.Keys, Key{
		Type: "oct", Bits: 8 * len(secret), Private: true, Format: "secret", Encoding: as,
		Span: token.Span{Start: 0, End: len(text)}, Secret: secret,
	})
}

// decodeSecret decodes a text by one encoding and says where it does not fit. Bits that no byte uses are only warned
// of: common libraries ignore them, so tokens are signed with such secrets.
func (r *reading) decodeSecret(text string, as Encoding) ([]byte, bool) {
	switch as {
	case UTF8:
		return []byte(text), true
	case Hex:
		return r.decodeHex(text)
	case Base64, Base64URL:
		return r.decodeBase64(text, as)
	}
	return nil, false
}

func (r *reading) decodeHex(text string) ([]byte, bool) {
	for i := range len(text) {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(text[i])) {
			r.add(badCharacter("secret.character", text, i, 0, string(Hex)))
			return nil, false
		}
	}
	secret, err := hex.DecodeString(text)
	if err != nil {
		r.add(problem("secret.length", token.Span{Start: 0, End: len(text)}, string(Hex)))
	}
	return secret, err == nil
}

func (r *reading) decodeBase64(text string, as Encoding) ([]byte, bool) {
	coding, extra := base64.RawStdEncoding, "+/"
	if as == Base64URL {
		coding, extra = base64.RawURLEncoding, "-_"
	}
	body := strings.TrimRight(text, "=")
	for i := range len(body) {
		if !isAlphanumeric(body[i]) && !strings.Contains(extra, body[i:i+1]) {
			r.add(badCharacter("secret.character", text, i, 0, string(as)))
			return nil, false
		}
	}
	if padding := len(text) - len(body); len(body)%4 == 1 || padding > 0 && len(text)%4 != 0 || padding > 2 {
		r.add(problem("secret.length", token.Span{Start: 0, End: len(text)}, string(as)))
		return nil, false
	}
	secret, err := coding.Strict().DecodeString(body)
	if err != nil {
		r.add(problem("secret.bits", token.Span{Start: len(body) - 1, End: len(body)}, string(as)))
		secret, err = coding.DecodeString(body)
	}
	return secret, err == nil
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// badCharacter is the problem of a character that does not belong at text[i], the whole character and not one byte.
func badCharacter(code, text string, i, base int, args ...string) token.Problem {
	_, size := utf8.DecodeRuneInString(text[i:])
	return problem(code, token.Span{Start: base + i, End: base + i + size}, append(args, text[i:i+size])...)
}
