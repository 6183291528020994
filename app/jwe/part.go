package jwe

import (
	"crypto/aes"
	"strconv"

	"jwtlab/app/token"
)

// parts says what each part of the token is, and asks whether it has the length that alg and enc demand. None of that
// needs a key.
func (o *opener) parts() bool {
	sound := o.encryptedKey()
	sound = o.length("iv", token.PartIV, o.suite.IV, "jwe.iv.fits", "jwe.iv.length") && sound
	sound = o.ciphertext() && sound
	return o.length("tag", token.PartTag, o.suite.Tag, "jwe.tag.fits", "jwe.tag.length") && sound
}

func (o *opener) length(name string, part token.Part, want int, fits, other string) bool {
	got := len(o.token.Part(part).Bytes)
	if got != want {
		return o.refuse(name, other, o.suite.Ref, strconv.Itoa(got), strconv.Itoa(want), o.suite.Name)
	}
	o.add(yes(name, fits, o.suite.Ref, strconv.Itoa(got)))
	return true
}

// ciphertext of AES-CBC is a whole number of blocks, one at least; AES-GCM takes any length.
func (o *opener) ciphertext() bool {
	n := len(o.token.Part(token.PartCipher).Bytes)
	if o.suite.hash != nil && (n == 0 || n%aes.BlockSize != 0) {
		return o.refuse("ciphertext", "jwe.ciphertext.blocks", o.suite.Ref, strconv.Itoa(n), o.suite.Name)
	}
	o.add(yes("ciphertext", "jwe.ciphertext.fits", o.suite.Ref, strconv.Itoa(n)))
	return true
}

// encryptedKey asks for a key where the algorithm makes one, and for none where it does not.
func (o *opener) encryptedKey() bool {
	const name = "encrypted_key"
	m := o.method
	got := len(o.token.Part(token.PartKey).Bytes)
	want, code := o.suite.Bits/8+8, "jwe.encrypted-key.wrapped"
	switch m.mode {
	case direct:
		want, code = 0, "jwe.encrypted-key.direct"
	case agreed:
		want, code = 0, "jwe.encrypted-key.agreed"
	case wrappedGCM:
		want = o.suite.Bits / 8
	case rsaOAEP, rsaPKCS1:
		want, code = got, "jwe.encrypted-key.rsa" // as long as the key's modulus, which nobody has seen yet
	}
	switch {
	case want == 0 && got > 0:
		return o.refuse(name, "jwe.encrypted-key.extra", "RFC 7516 §5.2", strconv.Itoa(got), m.Name)
	case got == 0 && (want > 0 || m.Type == "RSA"):
		return o.refuse(name, "jwe.encrypted-key.missing", "RFC 7516 §5.2", m.Name)
	case got != want:
		return o.refuse(name, "jwe.encrypted-key.length", m.Ref, strconv.Itoa(got), strconv.Itoa(want), m.Name, o.suite.Name)
	}
	o.add(yes(name, code, m.Ref, strconv.Itoa(got), m.Name))
	return true
}
