//go:build js

package mldsa

import (
	"crypto"
	"errors"
	"io"
)

// Carried is false: public keys can be read and shown, and that is all.
const Carried = false

// The lengths in bytes (FIPS 204 table 2).
const (
	PrivateKeySize       = 32
	MLDSA44SignatureSize = 2420
	MLDSA65SignatureSize = 3309
	MLDSA87SignatureSize = 4627
)

var errNotCarried = errors.New("ML-DSA is not in the page; use the command line")

// Parameters is a parameter set: the length of its public keys.
type Parameters struct{ public int }

// PublicKeySize is the length of a public key in bytes.
func (p Parameters) PublicKeySize() int { return p.public }

// MLDSA44, MLDSA65 and MLDSA87 are the parameter sets.
func MLDSA44() Parameters { return Parameters{1312} }
func MLDSA65() Parameters { return Parameters{1952} }
func MLDSA87() Parameters { return Parameters{2592} }

// A PublicKey is its encoding.
type PublicKey struct{ encoding []byte }

// Bytes returns the encoding.
func (k *PublicKey) Bytes() []byte { return k.encoding }

// Equal reports whether two keys are the same.
func (k *PublicKey) Equal(other crypto.PublicKey) bool {
	o, ok := other.(*PublicKey)
	return ok && string(o.encoding) == string(k.encoding)
}

// A PrivateKey cannot be made here.
type PrivateKey struct{}

// The methods that its users call.
func (*PrivateKey) Bytes() []byte                                 { return nil }
func (*PrivateKey) PublicKey() *PublicKey                         { return nil }
func (*PrivateKey) Public() crypto.PublicKey                      { return nil }
func (*PrivateKey) SignDeterministic([]byte, any) ([]byte, error) { return nil, errNotCarried }
func (*PrivateKey) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, errNotCarried
}

// NewPrivateKey says that it cannot.
func NewPrivateKey(Parameters, []byte) (*PrivateKey, error) { return nil, errNotCarried }

// NewPublicKey reads a public key, by its length.
func NewPublicKey(p Parameters, encoding []byte) (*PublicKey, error) {
	if len(encoding) != p.public {
		return nil, errors.New("a public key of another length")
	}
	return &PublicKey{encoding}, nil
}

// Verify says that it cannot.
func Verify(*PublicKey, []byte, []byte) error { return errNotCarried }
