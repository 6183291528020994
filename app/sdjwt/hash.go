package sdjwt

import (
	"crypto"
	_ "crypto/sha256" // the hashes of the table, for crypto.Hash
	_ "crypto/sha512"
	"encoding/base64"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

const defaultHash = "sha-256" // RFC 9901 §4.1.1

// hashNamed returns the algorithm of a name in the IANA registry "Named Information Hash Algorithm", as far as RFC 9901
// §9.4 leaves them in use; zero for others.
func hashNamed(name string) crypto.Hash {
	switch name {
	case "sha-256":
		return crypto.SHA256
	case "sha-384":
		return crypto.SHA384
	case "sha-512":
		return crypto.SHA512
	}
	return 0
}

// hashOf reads the algorithm that the payload names, zero if it is none of ours.
func hashOf(payload token.Value, checks *check.List) crypto.Hash {
	alg := payload.Get("_sd_alg")
	name := alg.Text()
	if !alg.Exists() {
		name = defaultHash
	}
	h := hashNamed(name)
	switch {
	case !alg.Exists():
		checks.Yes("sd.alg-default")
	case alg.Kind() != token.String:
		checks.No("sd.alg-type", alg.Kind().String())
	case h == 0:
		checks.No("sd.alg-unknown", clip(name))
	default:
		checks.Yes("sd.alg-known", name)
	}
	return h
}

// digest is that of a text (RFC 9901 §4.2.3): its characters are hashed, not the bytes that they stand for.
func digest(h crypto.Hash, text string) string {
	sum := h.New()
	sum.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}
