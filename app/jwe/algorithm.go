package jwe

import (
	"crypto/sha1" // RSA-OAEP is defined with it (RFC 7518 §4.3), and OAEP does not need it to resist collisions
	"crypto/sha256"
	"crypto/sha512"
	"hash"

	"jwtlab/app/key"
)

// An Algorithm is a way to agree on, or to wrap, the content encryption key: the header parameter alg.
type Algorithm struct {
	Name string
	Type string // the kty of its keys; EC stands for OKP as well (RFC 8037 §3.2)
	Bits int    // of its key: exactly so many of a secret, at least so many of an RSA key; 0 if the algorithm does not say
	Ref  string // where it is defined
}

// An Encryption is a way to encrypt the content: the header parameter enc.
type Encryption struct {
	Name string
	Bits int // of the content encryption key
	IV   int // the length of the initialization vector in bytes
	Tag  int // the length of the authentication tag in bytes
	Ref  string
}

// mode is how an algorithm comes to the content encryption key (RFC 7516 §2, "key management mode").
type mode uint8

const (
	direct        mode = iota // the key is it
	agreed                    // it is agreed on
	agreedWrap                // it is wrapped with a key that is agreed on
	wrapped                   // it is wrapped with AES (RFC 3394)
	wrappedGCM                // it is encrypted with AES-GCM
	passwordBased             // it is wrapped with a key that is derived from a password
	rsaOAEP
	rsaPKCS1
)

// method is an algorithm and what is needed to compute it.
type method struct {
	Algorithm
	mode mode
	wrap int              // bytes of the AES key that wraps, 0 if none does
	hash func() hash.Hash // of OAEP and PBKDF2
}

var methods = []*method{
	{Algorithm{"RSA1_5", "RSA", 2048, "RFC 7518 §4.2"}, rsaPKCS1, 0, nil},
	{Algorithm{"RSA-OAEP", "RSA", 2048, "RFC 7518 §4.3"}, rsaOAEP, 0, sha1.New},
	{Algorithm{"RSA-OAEP-256", "RSA", 2048, "RFC 7518 §4.3"}, rsaOAEP, 0, sha256.New},
	{Algorithm{"RSA-OAEP-384", "RSA", 2048, "W3C WebCryptoAPI"}, rsaOAEP, 0, sha512.New384},
	{Algorithm{"RSA-OAEP-512", "RSA", 2048, "W3C WebCryptoAPI"}, rsaOAEP, 0, sha512.New},
	{Algorithm{"A128KW", "oct", 128, "RFC 7518 §4.4"}, wrapped, 16, nil},
	{Algorithm{"A192KW", "oct", 192, "RFC 7518 §4.4"}, wrapped, 24, nil},
	{Algorithm{"A256KW", "oct", 256, "RFC 7518 §4.4"}, wrapped, 32, nil},
	{Algorithm{"dir", "oct", 0, "RFC 7518 §4.5"}, direct, 0, nil},
	{Algorithm{"ECDH-ES", "EC", 0, "RFC 7518 §4.6"}, agreed, 0, nil},
	{Algorithm{"ECDH-ES+A128KW", "EC", 0, "RFC 7518 §4.6"}, agreedWrap, 16, nil},
	{Algorithm{"ECDH-ES+A192KW", "EC", 0, "RFC 7518 §4.6"}, agreedWrap, 24, nil},
	{Algorithm{"ECDH-ES+A256KW", "EC", 0, "RFC 7518 §4.6"}, agreedWrap, 32, nil},
	{Algorithm{"A128GCMKW", "oct", 128, "RFC 7518 §4.7"}, wrappedGCM, 16, nil},
	{Algorithm{"A192GCMKW", "oct", 192, "RFC 7518 §4.7"}, wrappedGCM, 24, nil},
	{Algorithm{"A256GCMKW", "oct", 256, "RFC 7518 §4.7"}, wrappedGCM, 32, nil},
	{Algorithm{"PBES2-HS256+A128KW", "oct", 0, "RFC 7518 §4.8"}, passwordBased, 16, sha256.New},
	{Algorithm{"PBES2-HS384+A192KW", "oct", 0, "RFC 7518 §4.8"}, passwordBased, 24, sha512.New384},
	{Algorithm{"PBES2-HS512+A256KW", "oct", 0, "RFC 7518 §4.8"}, passwordBased, 32, sha512.New},
}

// suite is an encryption and what is needed to compute it; without a hash it is AES-GCM.
type suite struct {
	Encryption
	hash func() hash.Hash
}

var suites = []*suite{
	{Encryption{"A128CBC-HS256", 256, 16, 16, "RFC 7518 §5.2.3"}, sha256.New},
	{Encryption{"A192CBC-HS384", 384, 16, 24, "RFC 7518 §5.2.4"}, sha512.New384},
	{Encryption{"A256CBC-HS512", 512, 16, 32, "RFC 7518 §5.2.5"}, sha512.New},
	{Encryption{"A128GCM", 128, 12, 16, "RFC 7518 §5.3"}, nil},
	{Encryption{"A192GCM", 192, 12, 16, "RFC 7518 §5.3"}, nil},
	{Encryption{"A256GCM", 256, 12, 16, "RFC 7518 §5.3"}, nil},
}

// Algorithms returns every algorithm that is carried, in the order of RFC 7518 §4.1.
func Algorithms() []Algorithm {
	all := make([]Algorithm, len(methods))
	for i, m := range methods {
		all[i] = m.Algorithm
	}
	return all
}

// Encs returns every encryption that is carried, in the order of RFC 7518 §5.1.
func Encs() []Encryption {
	all := make([]Encryption, len(suites))
	for i, s := range suites {
		all[i] = s.Encryption
	}
	return all
}

// methodNamed and suiteNamed find what a header names; names are case-sensitive (RFC 7515 §4.1.1).
// They return nil for a name that is not known.
func methodNamed(name string) *method {
	for _, m := range methods {
		if m.Name == name {
			return m
		}
	}
	return nil
}

func suiteNamed(name string) *suite {
	for _, s := range suites {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Fits reports whether the key is one for the algorithm: by its type, curve and size, and by what its own members alg,
// use and key_ops allow. For a private key these are the members for decrypting, for a public one for encrypting.
func Fits(a Algorithm, k key.Key) bool { return len(EncsFor(a, k)) > 0 }

// EncsFor returns the encryptions that the algorithm and the key can be used with: all of them, or none, or with "dir"
// those whose key has the length of this one.
func EncsFor(a Algorithm, k key.Key) []Encryption {
	m := methodNamed(a.Name)
	if m == nil {
		return nil
	}
	what := encrypting
	if k.Private && k.Type != "oct" {
		what = decrypting
	}
	var fitting []Encryption
	for _, s := range suites {
		if code, _ := misfit(m, s, &k, what); code == "" {
			fitting = append(fitting, s.Encryption)
		}
	}
	return fitting
}
