package jws

import (
	"crypto"
	"crypto/rsa"
	_ "crypto/sha256" // the hashes of the table, for crypto.Hash
	_ "crypto/sha512"

	"filippo.io/mldsa"
	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/key"
)

// An Algorithm is a signature or MAC algorithm that is carried here.
type Algorithm struct {
	Name    string      // as in the header parameter alg
	Type    string      // the kty of its keys
	Curve   string      // the only crv of its keys; empty if they have none
	Hash    crypto.Hash // zero for EdDSA, which has its own
	MinBits int         // of a key: below, RSA is refused and a secret remarked on
	Ref     string      // where it is defined
}

// Algorithms returns every algorithm that is carried, in the order of RFC 7518 §3.1.
func Algorithms() []Algorithm {
	all := make([]Algorithm, len(table))
	for i, row := range table {
		all[i] = row.Algorithm
	}
	return all
}

// Lookup returns the algorithm of that name; names are case-sensitive (RFC 7515 §4.1.1).
func Lookup(name string) (Algorithm, bool) {
	m, ok := lookup(name)
	return m.Algorithm, ok
}

// method is an algorithm and the code that computes it.
type method struct {
	Algorithm
	code jwt.SigningMethod
	size int // of a signature in bytes; 0 for RSA, where the modulus decides
}

// table is our own, since golang-jwt's registry belongs to the whole process, and would let anyone's import add to it.
var table = []method{
	{Algorithm{"HS256", "oct", "", crypto.SHA256, 256, "RFC 7518 §3.2"}, jwt.SigningMethodHS256, 32},
	{Algorithm{"HS384", "oct", "", crypto.SHA384, 384, "RFC 7518 §3.2"}, jwt.SigningMethodHS384, 48},
	{Algorithm{"HS512", "oct", "", crypto.SHA512, 512, "RFC 7518 §3.2"}, jwt.SigningMethodHS512, 64},
	{Algorithm{"RS256", "RSA", "", crypto.SHA256, 2048, "RFC 7518 §3.3"}, jwt.SigningMethodRS256, 0},
	{Algorithm{"RS384", "RSA", "", crypto.SHA384, 2048, "RFC 7518 §3.3"}, jwt.SigningMethodRS384, 0},
	{Algorithm{"RS512", "RSA", "", crypto.SHA512, 2048, "RFC 7518 §3.3"}, jwt.SigningMethodRS512, 0},
	{Algorithm{"ES256", "EC", "P-256", crypto.SHA256, 256, "RFC 7518 §3.4"}, jwt.SigningMethodES256, 64},
	{Algorithm{"ES384", "EC", "P-384", crypto.SHA384, 384, "RFC 7518 §3.4"}, jwt.SigningMethodES384, 96},
	{Algorithm{"ES512", "EC", "P-521", crypto.SHA512, 521, "RFC 7518 §3.4"}, jwt.SigningMethodES512, 132},
	{Algorithm{"PS256", "RSA", "", crypto.SHA256, 2048, "RFC 7518 §3.5"}, saltedPSS(jwt.SigningMethodPS256), 0},
	{Algorithm{"PS384", "RSA", "", crypto.SHA384, 2048, "RFC 7518 §3.5"}, saltedPSS(jwt.SigningMethodPS384), 0},
	{Algorithm{"PS512", "RSA", "", crypto.SHA512, 2048, "RFC 7518 §3.5"}, saltedPSS(jwt.SigningMethodPS512), 0},
	{Algorithm{"ES256K", "EC", "secp256k1", crypto.SHA256, 256, "RFC 8812 §3.2"}, secp256k1{}, 64},
	{Algorithm{"EdDSA", "OKP", "Ed25519", 0, 256, "RFC 8037 §3.1"}, edwards{}, 64},
	{Algorithm{"Ed25519", "OKP", "Ed25519", 0, 256, "RFC 9864 §2.2"}, jwt.SigningMethodEdDSA, 64},
	{Algorithm{"Ed448", "OKP", "Ed448", 0, 456, "RFC 9864 §2.2"}, ed448{}, 114},
	{Algorithm{"ML-DSA-44", "AKP", "", 0, 0, "RFC 9964 §4"}, modular{"ML-DSA-44"}, mldsa.MLDSA44SignatureSize},
	{Algorithm{"ML-DSA-65", "AKP", "", 0, 0, "RFC 9964 §4"}, modular{"ML-DSA-65"}, mldsa.MLDSA65SignatureSize},
	{Algorithm{"ML-DSA-87", "AKP", "", 0, 0, "RFC 9964 §4"}, modular{"ML-DSA-87"}, mldsa.MLDSA87SignatureSize},
}

// saltedPSS is golang-jwt's method held to a salt as long as the hash (RFC 7518 §3.5); its own verifies any.
func saltedPSS(m *jwt.SigningMethodRSAPSS) jwt.SigningMethod {
	return &jwt.SigningMethodRSAPSS{
		SigningMethodRSA: m.SigningMethodRSA,
		Options:          &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: m.Hash},
	}
}

func lookup(name string) (method, bool) {
	for _, m := range table {
		if m.Name == name {
			return m, true
		}
	}
	return method{}, false
}

// notCarried are names that stand for real algorithms which this package cannot compute (yet).
var notCarried = map[string]string{
	"SLH-DSA-SHA2-128s":  "FIPS 205",
	"SLH-DSA-SHAKE-128s": "FIPS 205",
	"SLH-DSA-SHA2-128f":  "FIPS 205",
}

// isPSS reports whether the algorithm is RSASSA-PSS.
func (a Algorithm) isPSS() bool { return a.Type == "RSA" && a.Name[0] == 'P' }

// Fits reports whether the key is one for the algorithm: by its type, curve and size, and by what its own members
// alg, use and key_ops allow. For a private key these are the members for signing, for a public one for verifying.
func Fits(a Algorithm, k key.Key) bool {
	_, bad := misfit(a, k)
	return !bad
}
