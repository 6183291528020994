package jwe

import (
	"crypto/pbkdf2"
	"crypto/rsa"
	"io"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// contentKey comes to the content encryption key with a key that fits. Whatever goes wrong gives a random one, which
// opens nothing, so that all failures look alike (RFC 7516 §11.5).
func (o *opener) contentKey(k *key.Key) []byte {
	size := o.suite.Bits / 8
	random := make([]byte, size)
	if _, err := io.ReadFull(o.options.Rand, random); err != nil {
		clear(random) // the tag refuses this key as well
	}
	text := o.part(token.PartKey).Bytes
	if o.method.mode == rsaPKCS1 {
		return unwrapPKCS1(k, text, random)
	}
	cek, ok := o.unwrap(k, text)
	if !ok || len(cek) != size {
		return random
	}
	return cek
}

func (o *opener) unwrap(k *key.Key, text []byte) ([]byte, bool) {
	switch o.method.mode {
	case direct:
		return k.Secret, true
	case wrapped:
		return unwrapAES(k.Secret, text)
	case wrappedGCM:
		return (&suite{}).open(k.Secret, sealed{iv: o.params.iv, ciphertext: text, tag: o.params.tag})
	case passwordBased:
		secret, err := passwordKey(o.method, k.Secret, o.params.salt, o.params.iterations)
		if err != nil {
			return nil, false
		}
		return unwrapAES(secret, text)
	case rsaOAEP:
		private, ok := k.Signer.(*rsa.PrivateKey)
		if !ok {
			return nil, false
		}
		cek, err := rsa.DecryptOAEP(o.method.hash(), nil, private, text, nil)
		return cek, err == nil
	}
	z, ok := shared(k, &o.params.epk)
	if !ok {
		return nil, false
	}
	secret := agreedKey(o.method, o.suite, z, o.params.apu, o.params.apv)
	if o.method.mode == agreed {
		return secret, true
	}
	return unwrapAES(secret, text)
}

// unwrapPKCS1 puts the key over the random one if the padding is right, in constant time: this padding is the one that
// an attacker could ask about (RFC 3218 §2.3.2).
func unwrapPKCS1(k *key.Key, text, random []byte) []byte {
	private, ok := k.Signer.(*rsa.PrivateKey)
	if !ok {
		return random
	}
	//lint:ignore SA1019 deprecated as RSA1_5 itself is, which Options.AllowRSA15 asks for
	if rsa.DecryptPKCS1v15SessionKey(nil, private, text, random) != nil {
		return random // the text is not of this modulus: known to everybody
	}
	return random
}

// passwordKey derives the key that wraps from a password; the salt begins with the algorithm's name (RFC 7518 §4.8.1.1).
func passwordKey(m *method, password, salt []byte, iterations int) ([]byte, error) {
	full := append(append([]byte(m.Name), 0), salt...)
	return pbkdf2.Key(m.hash, string(password), full, iterations, m.wrap)
}
