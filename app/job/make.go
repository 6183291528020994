package job

import (
	"crypto/rand"
	"encoding/base64"
	"strings"

	"jwtlab/app/jwe"
	"jwtlab/app/key"
)

// generate makes a key for an algorithm, of signing or of encryption.
func generate(j Job) Result {
	for _, a := range jwe.Algorithms() {
		if a.Name == j.Alg {
			return encryptionKey(a, j)
		}
	}
	k, err := key.Generate(key.Spec{Alg: j.Alg, Bits: j.Bits}, rand.Reader)
	if err != nil {
		return Result{Failed: err.Error()}
	}
	return Result{Key: k.JWK()}
}

// encryptionKey makes a key that a token can be encrypted for. A password is text: it has the 128 random bits that RFC
// 7518 §8.8 asks for.
func encryptionKey(a jwe.Algorithm, j Job) Result {
	switch {
	case strings.HasPrefix(a.Name, "PBES2-"):
		password := make([]byte, 16)
		if _, err := rand.Read(password); err != nil {
			return Result{Failed: err.Error()}
		}
		return Result{Key: base64.RawURLEncoding.EncodeToString(password)}
	case a.Type == "oct":
		return secretKey(a, j.Enc)
	}
	like := "ES256" // a key of the same kind
	switch {
	case j.Curve == "X25519":
		like = "X25519"
	case a.Type == "RSA":
		like = "RS256"
	}
	k, err := key.Generate(key.Spec{Alg: like, Bits: j.Bits}, rand.Reader)
	if err != nil {
		return Result{Failed: err.Error()}
	}
	k.Alg, k.Use = a.Name, "enc"
	return Result{Key: k.JWK()}
}

// secretKey makes a secret as long as the algorithm wants it, or with "dir" the content encryption. That one is then
// what the key is for (RFC 7520 §5.6.1).
func secretKey(a jwe.Algorithm, enc string) Result {
	bits, alg := a.Bits, a.Name
	if a.Name == "dir" {
		for _, e := range jwe.Encs() {
			if e.Name == enc {
				bits, alg = e.Bits, e.Name
			}
		}
	}
	if bits == 0 {
		return Result{Failed: "no content encryption is named “" + enc + "”"}
	}
	secret := make([]byte, bits/8)
	if _, err := rand.Read(secret); err != nil {
		return Result{Failed: err.Error()}
	}
	return Result{Key: key.Key{Type: "oct", Bits: bits, Private: true, Alg: alg, Use: "enc", Secret: secret}.JWK()}
}

// encrypt makes a token for a key, where that takes long.
func encrypt(j Job) Result {
	r := key.Read(j.Key, key.Auto)
	if r.Kind != "jwk" || len(r.Keys) != 1 {
		return Result{Failed: "job encrypt has no key"}
	}
	text, err := jwe.Encrypt(jwe.Spec{Alg: j.Alg, Enc: j.Enc, Iterations: j.Iterations}, j.Header, j.Plain, r.Keys[0], rand.Reader)
	if err != nil {
		return Result{Failed: err.Error()}
	}
	return Result{Token: text}
}
