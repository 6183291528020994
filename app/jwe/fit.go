package jwe

import (
	"crypto/rsa"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// purpose is what a key is wanted for.
type purpose uint8

const (
	encrypting purpose = iota
	decrypting
)

// misfit says why a key is not one for an algorithm and an encryption, as a check answered with no.
func misfit(m method, s suite, k key.Key, what purpose) (check.Check, bool) {
	switch {
	case k.Type != m.Type && (m.Type != "EC" || k.Type != "OKP"):
		return no("key", "jwe.key.type", "RFC 8725 §3.1", m.Name, wanted(m), describe(k)), true
	case k.Alg != "" && k.Alg != m.Name && (m.mode != direct || k.Alg != s.Name): // RFC 7520 §5.6.1 names enc in such a key
		return no("key", "jwe.key.alg", "RFC 7517 §4.4", clip(k.Alg), m.Name), true
	case k.Use != "" && k.Use != "enc":
		return no("key", "jwe.key.use", "RFC 7517 §4.2", clip(k.Use)), true
	case !mayUse(m, k, what):
		return no("key", "jwe.key.ops", "RFC 7517 §4.3", clip(strings.Join(k.Ops, ", "))), true
	case what == decrypting && !k.Private:
		return no("key", "jwe.key.public", "RFC 7516 §5.2"), true
	}
	switch m.Type {
	case "EC":
		if _, ok := k.ECDHPublic(); !ok {
			return no("key", "jwe.key.curve", m.Ref, m.Name, k.Curve), true
		}
	case "RSA":
		return badRSA(m, k)
	default:
		return badSecret(m, s, k)
	}
	return check.Check{}, false
}

// wanted names the type of key that an algorithm takes.
func wanted(m method) string {
	if m.Type == "EC" {
		return "EC or OKP"
	}
	return m.Type
}

func badRSA(m method, k key.Key) (check.Check, bool) {
	switch {
	case k.Bits < m.Bits:
		return no("key", "jwe.key.bits", m.Ref, strconv.Itoa(k.Bits), strconv.Itoa(m.Bits)), true
	case k.PSS:
		return no("key", "jwe.key.pss", "RFC 4055 §1.2"), true
	}
	return check.Check{}, false
}

// badSecret refuses a secret of another length than the cipher's. A password may have any, but not none.
func badSecret(m method, s suite, k key.Key) (check.Check, bool) {
	want := m.Bits
	if m.mode == direct {
		want = s.Bits
	}
	switch {
	case k.Bits == 0:
		return no("key", "jwe.key.empty", "RFC 8725 §3.5"), true
	case want > 0 && k.Bits != want:
		name := m.Name
		if m.mode == direct {
			name = s.Name
		}
		return no("key", "jwe.key.size", m.Ref, name, strconv.Itoa(want/8), strconv.Itoa(k.Bits/8)), true
	}
	return check.Check{}, false
}

// mayUse reports whether the operations that a key is limited to include what it is wanted for. Agreement and
// passwords derive; a public key needs no operation to agree (RFC 8037 §3.2). The public half of a private key encrypts,
// though the private one may only decrypt.
func mayUse(m method, k key.Key, what purpose) bool {
	allowed := []string{"decrypt", "unwrapKey"}
	if what == encrypting {
		allowed = []string{"encrypt", "wrapKey"}
		if m.Type == "RSA" && k.Private {
			allowed = append(allowed, "decrypt", "unwrapKey")
		}
	}
	switch m.mode {
	case agreed, agreedWrap:
		if len(k.Ops) == 0 && !k.Private {
			return true
		}
		allowed = []string{"deriveKey", "deriveBits"}
	case passwordBased:
		allowed = append(allowed, "deriveKey", "deriveBits")
	}
	return k.Ops == nil || slices.ContainsFunc(k.Ops, func(op string) bool { return slices.Contains(allowed, op) })
}

// mismatch says why a key, though one for the algorithm, cannot be the one that this token is for. What it compares is
// public: the length of an RSA modulus, the curve of the sender's key.
func (o *opener) mismatch(k key.Key) (check.Check, bool) {
	if public, ok := k.Public.(*rsa.PublicKey); ok {
		if got := len(o.token.Part(token.PartKey).Bytes); got != public.Size() {
			return no("key", "jwe.key.modulus", o.method.Ref, strconv.Itoa(got), strconv.Itoa(public.Size())), true
		}
	}
	if curve := o.params.epk.Curve; curve != "" && curve != k.Curve {
		return no("key", "jwe.key.epk", o.method.Ref, describe(o.params.epk), describe(k)), true
	}
	return check.Check{}, false
}

// describe names a key in the terms of its field: "RSA", "EC P-256", "oct".
func describe(k key.Key) string {
	if k.Curve != "" {
		return k.Type + " " + k.Curve
	}
	return k.Type
}
