package jwe

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"encoding/binary"
)

// sealed is what a JWE holds behind its encrypted key, and what its tag protects beside the ciphertext.
type sealed struct {
	iv, ciphertext, tag, aad []byte
}

// seal encrypts with a content encryption key of the suite's length.
func (s *suite) seal(cek, iv, plain, aad []byte) sealed {
	if s.hash == nil {
		aead := gcm(cek)
		out := aead.Seal(nil, iv, plain, aad)
		n := len(out) - aead.Overhead()
		return sealed{iv, out[:n], out[n:], aad}
	}
	half := len(cek) / 2
	out := pad(plain)
	cipher.NewCBCEncrypter(block(cek[half:]), iv).CryptBlocks(out, out)
	c := sealed{iv: iv, ciphertext: out, aad: aad}
	c.tag = s.mac(cek[:half], c)
	return c
}

// open decrypts; the lengths of all parts must be those of the suite. It says only whether it could: which of the steps
// failed is nobody's business (RFC 7516 §11.5).
func (s *suite) open(cek []byte, c sealed) ([]byte, bool) {
	if s.hash == nil {
		joined := append(append(make([]byte, 0, len(c.ciphertext)+len(c.tag)), c.ciphertext...), c.tag...)
		plain, err := gcm(cek).Open(joined[:0], c.iv, joined, c.aad)
		return plain, err == nil
	}
	half := len(cek) / 2
	if !hmac.Equal(s.mac(cek[:half], c), c.tag) { // in constant time, and before anything is decrypted
		return nil, false
	}
	out := make([]byte, len(c.ciphertext))
	cipher.NewCBCDecrypter(block(cek[half:]), c.iv).CryptBlocks(out, c.ciphertext)
	return unpad(out)
}

// mac is the tag of AES-CBC with HMAC: the first half of the HMAC of additional data, vector, ciphertext and the number
// of bits in the additional data (RFC 7518 §5.2.2.1).
func (s *suite) mac(secret []byte, c sealed) []byte {
	h := hmac.New(s.hash, secret)
	h.Write(c.aad)
	h.Write(c.iv)
	h.Write(c.ciphertext)
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(c.aad))*8))
	return h.Sum(nil)[:s.Tag]
}

// pad fills the last block (RFC 5652 §6.3).
func pad(plain []byte) []byte {
	n := aes.BlockSize - len(plain)%aes.BlockSize
	out := append(make([]byte, 0, len(plain)+n), plain...)
	for range n {
		out = append(out, byte(n))
	}
	return out
}

// unpad takes off what pad put on. The tag has proved the padding already, so its faults need not be hidden.
func unpad(b []byte) ([]byte, bool) {
	if len(b) == 0 {
		return nil, false
	}
	n := int(b[len(b)-1])
	if n == 0 || n > aes.BlockSize || n > len(b) {
		return nil, false
	}
	for _, one := range b[len(b)-n:] {
		if int(one) != n {
			return nil, false
		}
	}
	return b[:len(b)-n], true
}

// block and gcm take keys whose length has been seen to already.
func block(secret []byte) cipher.Block {
	b, err := aes.NewCipher(secret)
	if err != nil {
		panic(err)
	}
	return b
}

func gcm(secret []byte) cipher.AEAD {
	aead, err := cipher.NewGCM(block(secret))
	if err != nil {
		panic(err)
	}
	return aead
}
