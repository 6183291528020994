package jws

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"strconv"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/check"
	"jwtlab/app/key"
)

// diagnose says why no key verified the signature, as far as the signature itself tells.
func (v *verifier) diagnose(input string, signature []byte, tried []int) check.Check {
	m, first := v.method, v.keys.Keys[tried[0]]
	if len(signature) == 0 {
		return no("signature", "signature.empty", "RFC 7515 §5.2")
	}
	if public, ok := first.Public.(*ecdsa.PublicKey); ok && m.Type == "EC" && len(signature) != m.size && isDER(signature) {
		if fitsAsDER(m, public, input, signature) {
			return no("signature", "signature.der", "RFC 7518 §3.4", strconv.Itoa(m.size))
		}
		return no("signature", "signature.der-other", "RFC 7518 §3.4", strconv.Itoa(m.size))
	}
	if size := signatureSize(m, first.Public); len(tried) == 1 && size != len(signature) {
		return no("signature", "signature.length", m.Ref, strconv.Itoa(len(signature)), strconv.Itoa(size), m.Name)
	}
	if public, ok := first.Public.(*rsa.PublicKey); ok && m.isPSS() && len(tried) == 1 && fitsOtherSalt(m, public, input, signature) {
		return no("signature", "signature.salt", "RFC 7518 §3.5", strconv.Itoa(m.Hash.Size()))
	}
	if v.options.Payload == nil && v.token.Payload().Text == "" {
		return unchecked("signature", "signature.detached", "RFC 7515 appendix F")
	}
	return v.differs(tried)
}

// differs is the answer when the signature looks like one and fits none of the keys.
func (v *verifier) differs(tried []int) check.Check {
	ref := "RFC 7515 §5.2"
	switch {
	case v.keys.Kind == "secret" && len(tried) > 1:
		return no("signature", "signature.differs-secret-read", ref, v.readings(tried))
	case v.method.Type == "oct" && len(tried) == 1:
		return no("signature", "signature.differs-secret", ref)
	case len(tried) > 1:
		return no("signature", "signature.differs-any", ref, strconv.Itoa(len(tried)))
	}
	return no("signature", "signature.differs", ref)
}

// signatureSize is how long a signature of that algorithm and key is.
func signatureSize(m method, public any) int {
	switch k := public.(type) {
	case *rsa.PublicKey:
		return k.Size()
	case key.Ed448Key:
		return 2 * len(k)
	}
	return m.size
}

// isDER reports whether bytes look like the ECDSA signature of X.509 and TLS, a sequence of two integers.
func isDER(b []byte) bool {
	return len(b) > 8 && b[0] == 0x30 && (int(b[1]) == len(b)-2 && b[2] == 2 || b[1] == 0x81 && int(b[2]) == len(b)-3 && b[3] == 2)
}

func fitsAsDER(m method, public *ecdsa.PublicKey, input string, signature []byte) bool {
	h := m.Hash.New()
	h.Write([]byte(input))
	return ecdsa.VerifyASN1(public, h.Sum(nil), signature)
}

// fitsOtherSalt verifies RSASSA-PSS with whatever salt is there.
func fitsOtherSalt(m method, public *rsa.PublicKey, input string, signature []byte) bool {
	strict, ok := m.code.(*jwt.SigningMethodRSAPSS)
	if !ok {
		return false
	}
	lax := &jwt.SigningMethodRSAPSS{
		SigningMethodRSA: strict.SigningMethodRSA, Options: &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto},
	}
	return lax.Verify(input, signature, public) == nil
}
