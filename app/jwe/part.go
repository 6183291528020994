package jwe

import (
	"crypto/aes"

	"jwtlab/app/token"
)

// parts says what each part of the token is, and asks whether it has the length that alg and enc demand. None of that
// needs a key.
func (o *opener) parts() bool {
	sound := o.encryptedKey()
	sound = o.length(token.PartIV, o.suite.IV, "jwe.iv.fits", "jwe.iv.length") && sound
	sound = o.ciphertext() && sound
	return o.length(token.PartTag, o.suite.Tag, "jwe.tag.fits", "jwe.tag.length") && sound
}

func (o *opener) length(part token.Part, want int, fits, other string) bool {
	got := o.size(part)
	if got != want {
		return o.refuse(other, itoa(got), itoa(want), o.suite.Name)
	}
	o.Yes(fits, itoa(got))
	return true
}

// part returns a part of the token, a zero one if there is none.
func (o *opener) part(part token.Part) *token.Segment {
	for i := range o.token.Segments {
		if s := &o.token.Segments[i]; s.Part == part {
			return s
		}
	}
	return &token.Segment{}
}

// size is the length of a part in bytes.
func (o *opener) size(part token.Part) int { return len(o.part(part).Bytes) }

// ciphertext of AES-CBC is a whole number of blocks, one at least; AES-GCM takes any length.
func (o *opener) ciphertext() bool {
	n := o.size(token.PartCipher)
	if o.suite.hash != nil && (n == 0 || n%aes.BlockSize != 0) {
		return o.refuse("jwe.ciphertext.blocks", itoa(n), o.suite.Name)
	}
	o.Yes("jwe.ciphertext.fits", itoa(n))
	return true
}

// encryptedKey asks for a key where the algorithm makes one, and for none where it does not.
func (o *opener) encryptedKey() bool {
	m := o.method
	got := o.size(token.PartKey)
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
		return o.refuse("jwe.encrypted-key.extra", itoa(got), m.Name)
	case got == 0 && (want > 0 || m.Type == "RSA"):
		return o.refuse("jwe.encrypted-key.missing", m.Name)
	case got != want:
		return o.refuse("jwe.encrypted-key.length", itoa(got), itoa(want), m.Name, o.suite.Name)
	}
	o.Yes(code, itoa(got), m.Name)
	return true
}
