package sdjwt

import (
	"crypto"
	_ "crypto/sha256" // the hashes of the table, for crypto.Hash
	_ "crypto/sha512"
	"encoding/base64"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// hashes are the algorithms of digests by their names in the IANA registry "Named Information Hash Algorithm", as far as
// RFC 9901 §9.4 leaves them in use.
var hashes = map[string]crypto.Hash{"sha-256": crypto.SHA256, "sha-384": crypto.SHA384, "sha-512": crypto.SHA512}

const defaultHash = "sha-256" // RFC 9901 §4.1.1

// hashOf reads the algorithm that the payload names, and is zero if it is none of ours.
func hashOf(payload token.Value) (crypto.Hash, check.Check) {
	const ref = "RFC 9901 §4.1.1"
	alg := payload.Get("_sd_alg")
	h, known := hashes[alg.Text()]
	switch {
	case !alg.Exists():
		return hashes[defaultHash], yes("sd-alg", "sd.alg-default", ref)
	case alg.Kind() != token.String:
		return 0, no("sd-alg", "sd.alg-type", ref, alg.Kind().String())
	case !known:
		return 0, no("sd-alg", "sd.alg-unknown", ref, clip(alg.Text()))
	}
	return h, yes("sd-alg", "sd.alg-known", ref, alg.Text())
}

// digest is that of a text (RFC 9901 §4.2.3): its characters are hashed, not the bytes that they stand for.
func digest(h crypto.Hash, text string) string {
	sum := h.New()
	sum.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}
