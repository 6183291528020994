package jws

import (
	"crypto/hmac"
	"hash"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A Repeat verifies further tokens like one that was found genuine. All that [Verify] asks but the signature depends on
// the header, the key and the options only; where these are the same, so are the answers. It is for one goroutine.
type Repeat struct {
	method method
	key    key.Key

	// A secret is put into its MAC once for all tokens (RFC 2104 §4), which golang-jwt does anew for each.
	mac hash.Hash // nil if the algorithm is no MAC
	sum []byte    // scratch
}

// Repeat returns what verifies further compact tokens that have the very header of a token, with the same key and the
// same options, given the report of that token. It is nil for a token that is not genuine, or whose payload is not in
// it encoded. The caller has to see to it that payload and signature are base64url (RFC 7515 §2), and not empty.
func (r Report) Repeat(t token.Token, k key.Reading) *Repeat {
	alg := t.Header().JSON.Root().Get("alg")
	m, ok := lookup(alg.Text())
	plain := t.Header().JSON.Root().Get("b64").Exists()
	if !ok || plain || r.Answer != check.Yes || r.Key < 0 || !t.OK() || t.Form != token.JWS {
		return nil
	}
	again := &Repeat{method: m, key: k.Keys[r.Key]}
	if m.Type == "oct" {
		again.mac = hmac.New(m.Hash.New, again.key.Secret)
	}
	return again
}

// Fits reports whether the signature is one by the key over the input (RFC 7515 §5.2). If it is not, [Verify] says why,
// and whether another key fits.
func (r *Repeat) Fits(input, signature []byte) bool {
	if r.mac == nil {
		return verifies(r.method, string(input), signature, r.key)
	}
	r.mac.Reset()
	r.mac.Write(input)
	r.sum = r.mac.Sum(r.sum[:0])
	return hmac.Equal(signature, r.sum)
}
