package jwe

import (
	"crypto/rsa"
	"slices"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// purpose is what a key is wanted for.
type purpose uint8

const (
	encrypting purpose = iota
	decrypting
)

// misfit says why a key is not one for an algorithm and an encryption: the code and arguments of a check answered with
// no, no code if it is one.
func misfit(m *method, s *suite, k *key.Key, what purpose) (code string, args []string) {
	switch {
	case k.Type != m.Type && (m.Type != "EC" || k.Type != "OKP"):
		return "jwe.key.type", []string{m.Name, wanted(m), describe(k)}
	case k.Alg != "" && k.Alg != m.Name && (m.mode != direct || k.Alg != s.Name): // RFC 7520 §5.6.1 names enc in such a key
		return "jwe.key.alg", []string{clip(k.Alg), m.Name}
	case k.Use != "" && k.Use != "enc":
		return "jwe.key.use", []string{clip(k.Use)}
	case !mayUse(m, k, what):
		return "jwe.key.ops", []string{clip(strings.Join(k.Ops, ", "))}
	case what == decrypting && !k.Private:
		return "jwe.key.public", nil
	}
	switch m.Type {
	case "EC":
		if _, ok := k.ECDHPublic(); !ok {
			return "jwe.key.curve", []string{m.Name, k.Curve}
		}
	case "RSA":
		return badRSA(m, k)
	default:
		return badSecret(m, s, k)
	}
	return "", nil
}

// wanted names the type of key that an algorithm takes.
func wanted(m *method) string {
	if m.Type == "EC" {
		return "EC or OKP"
	}
	return m.Type
}

func badRSA(m *method, k *key.Key) (code string, args []string) {
	switch {
	case k.Bits < m.Bits:
		return "jwe.key.bits", []string{itoa(k.Bits), itoa(m.Bits)}
	case k.PSS:
		return "jwe.key.pss", nil
	}
	return "", nil
}

// badSecret refuses a secret of another length than the cipher's. A password may have any, but not none.
func badSecret(m *method, s *suite, k *key.Key) (code string, args []string) {
	want := m.Bits
	if m.mode == direct {
		want = s.Bits
	}
	switch {
	case k.Bits == 0:
		return "jwe.key.empty", nil
	case want > 0 && k.Bits != want:
		name := m.Name
		if m.mode == direct {
			name = s.Name
		}
		return "jwe.key.size", []string{name, itoa(want / 8), itoa(k.Bits / 8)}
	}
	return "", nil
}

// mayUse reports whether the operations that a key is limited to include what it is wanted for. Agreement and
// passwords derive; a public key needs no operation to agree (RFC 8037 §3.2). The public half of a private key encrypts,
// though the private one may only decrypt.
func mayUse(m *method, k *key.Key, what purpose) bool {
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
func (o *opener) mismatch(k *key.Key) (code string, args []string) {
	if public, ok := k.Public.(*rsa.PublicKey); ok {
		if got := o.size(token.PartKey); got != public.Size() {
			return "jwe.key.modulus", []string{itoa(got), itoa(public.Size())}
		}
	}
	if curve := o.params.epk.Curve; curve != "" && curve != k.Curve {
		return "jwe.key.epk", []string{describe(&o.params.epk), describe(k)}
	}
	return "", nil
}

// describe names a key in the terms of its field: "RSA", "EC P-256", "oct".
func describe(k *key.Key) string {
	if k.Curve != "" {
		return k.Type + " " + k.Curve
	}
	return k.Type
}
