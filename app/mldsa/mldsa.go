//go:build !js

// Package mldsa is ML-DSA (FIPS 204) for the command line, and for the page what can be known of its keys without it:
// the code would be 28 KB of every visit, for tokens that hardly anybody has yet.
package mldsa

import "filippo.io/mldsa"

// Carried says whether keys can be made, and signatures made and verified.
const Carried = true

// PrivateKeySize is the length of a seed, and the others are those of signatures, in bytes (FIPS 204 table 2).
const (
	PrivateKeySize       = mldsa.PrivateKeySize
	MLDSA44SignatureSize = mldsa.MLDSA44SignatureSize
	MLDSA65SignatureSize = mldsa.MLDSA65SignatureSize
	MLDSA87SignatureSize = mldsa.MLDSA87SignatureSize
)

// The types of the library.
type (
	Parameters = mldsa.Parameters
	PrivateKey = mldsa.PrivateKey
	PublicKey  = mldsa.PublicKey
)

// MLDSA44, MLDSA65 and MLDSA87 are the parameter sets.
func MLDSA44() Parameters { return mldsa.MLDSA44() }
func MLDSA65() Parameters { return mldsa.MLDSA65() }
func MLDSA87() Parameters { return mldsa.MLDSA87() }

// NewPrivateKey makes a key of its seed.
func NewPrivateKey(p Parameters, seed []byte) (*PrivateKey, error) {
	return mldsa.NewPrivateKey(p, seed)
}

// NewPublicKey reads a public key.
func NewPublicKey(p Parameters, encoding []byte) (*PublicKey, error) {
	return mldsa.NewPublicKey(p, encoding)
}

// Verify reports with an error that a signature does not fit.
func Verify(k *PublicKey, message, signature []byte) error {
	return mldsa.Verify(k, message, signature, nil)
}
