package jws

import (
	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A Repeat verifies further tokens like one that was found genuine. All that [Verify] asks but the signature depends on
// the header, the key and the options only; where these are the same, so are the answers.
type Repeat struct {
	method method
	key    key.Key
}

// Repeat returns what verifies further compact tokens that have the very header of a token, with the same key and the
// same options, given the report of that token. It is false for a token that is not genuine, or whose payload is not in
// it encoded. The caller has to see to it that payload and signature are base64url (RFC 7515 §2), and not empty.
func (r Report) Repeat(t token.Token, k key.Reading) (Repeat, bool) {
	alg := t.Header().JSON.Root().Get("alg")
	m, ok := lookup(alg.Text())
	plain := t.Header().JSON.Root().Get("b64").Exists()
	if !ok || plain || r.Answer != check.Yes || r.Key < 0 || !t.OK() || t.Form != token.JWS {
		return Repeat{}, false
	}
	return Repeat{m, k.Keys[r.Key]}, true
}

// Fits reports whether the signature is one by the key over the input (RFC 7515 §5.2). If it is not, [Verify] says why,
// and whether another key fits.
func (r Repeat) Fits(input string, signature []byte) bool {
	return verifies(r.method, input, signature, r.key)
}
