package jws

import (
	"crypto"
	"crypto/sha256"
	"errors"

	"filippo.io/mldsa"
	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/key"
)

// The methods that golang-jwt lacks, in its own terms.

var errSignature = errors.New("the signature does not fit")

// secp256k1 is ES256K: ECDSA over secp256k1 with SHA-256 (RFC 8812 §3.2).
type secp256k1 struct{}

func (secp256k1) Alg() string { return "ES256K" }

func (secp256k1) Verify(input string, signature []byte, public any) error {
	k, ok := public.(*key.CurveKey)
	if !ok {
		return jwt.ErrInvalidKeyType
	}
	digest := sha256.Sum256([]byte(input))
	if !k.Verify(digest[:], signature) {
		return errSignature
	}
	return nil
}

func (secp256k1) Sign(input string, private any) ([]byte, error) {
	k, ok := private.(*key.CurveSigner)
	if !ok {
		return nil, jwt.ErrInvalidKeyType
	}
	digest := sha256.Sum256([]byte(input))
	return k.Sign(nil, digest[:], crypto.SHA256)
}

// modular is ML-DSA, pure and with an empty context (RFC 9964 §4). The key has the parameter set.
type modular struct{ name string }

func (m modular) Alg() string { return m.name }

func (modular) Verify(input string, signature []byte, public any) error {
	k, ok := public.(*mldsa.PublicKey)
	if !ok {
		return jwt.ErrInvalidKeyType
	}
	return mldsa.Verify(k, []byte(input), signature, nil)
}

// Sign signs deterministically, as it is done for Ed25519 and for ES256K here: the same input, the same token.
func (modular) Sign(input string, private any) ([]byte, error) {
	k, ok := private.(*mldsa.PrivateKey)
	if !ok {
		return nil, jwt.ErrInvalidKeyType
	}
	return k.SignDeterministic([]byte(input), nil)
}

// edwards is EdDSA with whichever of its two curves the key has (RFC 8037 §3.1).
type edwards struct{}

func (edwards) Alg() string { return "EdDSA" }

func (edwards) Verify(input string, signature []byte, public any) error {
	if _, ok := public.(key.Ed448Key); ok {
		return ed448{}.Verify(input, signature, public)
	}
	return jwt.SigningMethodEdDSA.Verify(input, signature, public)
}

func (edwards) Sign(input string, private any) ([]byte, error) {
	if _, ok := private.(key.Ed448Signer); ok {
		return ed448{}.Sign(input, private)
	}
	return jwt.SigningMethodEdDSA.Sign(input, private)
}

// ed448 is EdDSA with Ed448 (RFC 8032 §5.2).
type ed448 struct{}

func (ed448) Alg() string { return "Ed448" }

func (ed448) Verify(input string, signature []byte, public any) error {
	k, ok := public.(key.Ed448Key)
	if !ok {
		return jwt.ErrInvalidKeyType
	}
	if !k.Verify([]byte(input), signature) {
		return errSignature
	}
	return nil
}

func (ed448) Sign(input string, private any) ([]byte, error) {
	k, ok := private.(key.Ed448Signer)
	if !ok {
		return nil, jwt.ErrInvalidKeyType
	}
	return k.Sign(nil, []byte(input), crypto.Hash(0))
}
