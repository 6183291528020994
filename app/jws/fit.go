package jws

import (
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/key"
)

// misfit says why a key is not one for an algorithm, as a check answered with no.
func misfit(a Algorithm, k key.Key) (check.Check, bool) {
	switch {
	case k.Type != a.Type:
		return no("key", "key.type", refKeyType, a.Name, a.Type, describe(k)), true
	case a.Curve != "" && k.Curve != a.Curve && !(a.Name == "EdDSA" && k.Curve == "Ed448"): // RFC 8037 §3.1
		return no("key", "key.curve", a.Ref, a.Name, a.Curve, k.Curve), true
	case a.Type == "RSA" && k.Bits < a.MinBits:
		return no("key", "key.bits", a.Ref, strconv.Itoa(k.Bits), strconv.Itoa(a.MinBits)), true
	case k.PSS && !a.isPSS():
		return no("key", "key.pss", "RFC 4055 §1.2", a.Name), true
	case k.Alg != "" && k.Alg != a.Name:
		return no("key", "key.alg", "RFC 7517 §4.4", k.Alg, a.Name), true
	case k.Use != "" && k.Use != "sig":
		return no("key", "key.use", "RFC 7517 §4.2", k.Use), true
	case k.Ops != nil && !slices.Contains(k.Ops, "verify") && !(k.Private && slices.Contains(k.Ops, "sign")):
		return no("key", "key.ops", "RFC 7517 §4.3", strings.Join(k.Ops, ", ")), true
	}
	if a.Type == "oct" {
		return badSecret(k.Secret)
	}
	return check.Check{}, false
}

const refKeyType = "RFC 8725 §3.1"

// badSecret refuses the secrets that everybody knows: the empty one, and the text of a public key, which is how a
// verifier that takes the algorithm from the token is made to accept HMAC (RFC 8725 §2.1).
func badSecret(secret []byte) (check.Check, bool) {
	switch {
	case len(secret) == 0:
		return no("key", "key.empty", "RFC 7518 §3.2"), true
	case isPublicText(secret), isSSH(secret):
		return no("key", "key.public-text", "RFC 8725 §2.1"), true
	}
	return check.Check{}, false
}

// isPublicText reports whether a secret is the text of a public key in one of the forms that verifiers of JWS read.
func isPublicText(secret []byte) bool {
	if !looksLikeKey(secret) {
		return false
	}
	for _, k := range key.Read(string(secret), key.UTF8).Keys {
		if k.Public != nil {
			return true
		}
	}
	return false
}

// looksLikeKey spares nearly every secret the full reading.
func looksLikeKey(secret []byte) bool {
	switch secret[0] {
	case '{', 'M', 'L', '"', '\'', 0x30, ' ', '\n', '\r', '\t', 0xef:
		return true
	}
	return strings.Contains(string(secret), "BEGIN ")
}

// isSSH reports whether a secret is the text of an SSH public key. Hardly a verifier of JWS reads such a text as a public
// key, but the odd one does, and was attacked by it (GHSA-ffqj-6fqr-9h24).
func isSSH(secret []byte) bool {
	text := string(secret[:min(len(secret), 16)])
	for _, start := range []string{"ssh-", "sk-", "ecdsa-"} {
		if strings.HasPrefix(text, start) {
			r := key.Read(string(secret), key.Auto)
			return len(r.Keys) > 0 && r.Kind != "secret"
		}
	}
	return false
}

// describe names a key in the terms of its field: "RSA", "EC P-256", "oct".
func describe(k key.Key) string {
	switch {
	case k.Curve != "":
		return k.Type + " " + k.Curve
	case k.Type == "AKP":
		return k.Type + " " + k.Alg
	}
	return k.Type
}
