package lint

import (
	"strings"

	"jwtlab/app/token"
)

const (
	// saltChars is how many base64url characters 128 bits take (RFC 9901 §9.3).
	saltChars = 22
	// goodHashes are those of the registry that are not broken or cut (RFC 9901 §4.1.1).
	goodHashes = " sha-256 sha-384 sha-512 sha3-256 sha3-384 sha3-512 "
	// validity are the claims that a verifier must see in any case (RFC 9901 §9.7).
	validity = " iss aud exp nbf iat cnf vct status "
)

// selective looks at what an SD-JWT discloses, and how (RFC 9901).
func (l *linter) selective() {
	if alg := l.claims["_sd_alg"]; alg.Exists() && !strings.Contains(goodHashes, " "+alg.Text()+" ") {
		l.inPayload("sd.hash", alg, alg.Text())
	}
	for _, s := range l.Token.Segments {
		if s.Part == token.PartDisclosed {
			l.disclosure(s)
		}
	}
}

// disclosure looks at an array of salt, name and value, or of salt and value.
func (l *linter) disclosure(s token.Segment) {
	var items []token.Value
	for item := range s.JSON.Root().Items() {
		if items = append(items, item); len(items) == 3 {
			break
		}
	}
	if len(items) == 0 {
		return
	}
	if salt := items[0]; salt.Kind() == token.String && len(salt.Text()) < saltChars {
		l.at("sd.salt", s, salt)
	}
	if len(items) == 3 && items[1].Kind() == token.String && strings.Contains(validity, " "+items[1].Text()+" ") {
		l.at("sd.hidden", s, items[1], items[1].Text())
	}
}
