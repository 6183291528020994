package jwe

import (
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"

	"jwtlab/app/key"
)

// derive is the Concat KDF (RFC 7518 §4.6.2, NIST SP 800-56A §5.8.1): a key of size bytes for the algorithm, out of a
// secret that two parties share.
func derive(shared []byte, alg string, apu, apv []byte, size int) []byte {
	var info []byte
	for _, field := range [][]byte{[]byte(alg), apu, apv} {
		info = binary.BigEndian.AppendUint32(info, uint32(len(field)))
		info = append(info, field...)
	}
	info = binary.BigEndian.AppendUint32(info, uint32(size*8))
	var out []byte
	for round := uint32(1); len(out) < size; round++ {
		h := sha256.New()
		h.Write(binary.BigEndian.AppendUint32(nil, round))
		h.Write(shared)
		h.Write(info)
		out = h.Sum(out)
	}
	return out[:size]
}

// agreedKey derives what a key agreement is for: the content encryption key itself, or the key that wraps it.
func agreedKey(m *method, s *suite, shared, apu, apv []byte) []byte {
	if m.mode == agreed {
		return derive(shared, s.Name, apu, apv, s.Bits/8)
	}
	return derive(shared, m.Name, apu, apv, m.wrap)
}

// ephemeral makes a key on the curve of another one from the reader's bytes alone: package ecdh would not read it.
func ephemeral(c ecdh.Curve, rand io.Reader) (*ecdh.PrivateKey, error) {
	size := map[ecdh.Curve]int{ecdh.X25519(): 32, ecdh.P256(): 32, ecdh.P384(): 48, ecdh.P521(): 66}[c]
	secret := make([]byte, size)
	for range 100 { // a number above the curve's order is drawn again; on P-256 that happens once in four billion
		if _, err := io.ReadFull(rand, secret); err != nil {
			return nil, err
		}
		if c == ecdh.P521() {
			secret[0] &= 1
		}
		if k, err := c.NewPrivateKey(secret); err == nil {
			return k, nil
		}
	}
	return nil, errors.New("the random source gives no usable key")
}

// publicJWK writes an ephemeral key for the header parameter epk (RFC 7518 §4.6.1.1).
func publicJWK(k *ecdh.PublicKey, curve string) string {
	b64 := base64.RawURLEncoding.EncodeToString
	b := k.Bytes()
	if curve == curveX25519 {
		return `{"kty":"OKP","crv":"` + curve + `","x":"` + b64(b) + `"}`
	}
	half := 1 + len(b)/2
	return `{"kty":"EC","crv":"` + curve + `","x":"` + b64(b[1:half]) + `","y":"` + b64(b[half:]) + `"}`
}

const curveX25519 = "X25519"

// shared is the secret of two keys on one curve. There is none for keys that cannot agree, nor for the few points of
// X25519 that would make it known to everybody (RFC 7748 §6.1).
func shared(private, public *key.Key) ([]byte, bool) {
	d, have := private.ECDHPrivate()
	q, ok := public.ECDHPublic()
	if !have || !ok {
		return nil, false
	}
	z, err := d.ECDH(q)
	return z, err == nil
}
