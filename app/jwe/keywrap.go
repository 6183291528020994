package jwe

import (
	"crypto/subtle"
	"encoding/binary"
)

// wrapIV is the initial value of the AES key wrap (RFC 3394 §2.2.3.1).
const wrapIV = 0xa6a6a6a6a6a6a6a6

// wrapAES wraps a key of a whole number of 64-bit blocks (RFC 3394 §2.2.1).
func wrapAES(secret, cek []byte) []byte {
	b := block(secret)
	n := len(cek) / 8
	out := binary.BigEndian.AppendUint64(make([]byte, 0, len(cek)+8), wrapIV)
	out = append(out, cek...)
	var buf [16]byte
	copy(buf[:8], out)
	for step := range 6 * n {
		i := 8 + 8*(step%n)
		copy(buf[8:], out[i:i+8])
		b.Encrypt(buf[:], buf[:])
		count(&buf, step)
		copy(out[i:], buf[8:])
	}
	copy(out, buf[:8])
	return out
}

// unwrapAES undoes wrapAES (RFC 3394 §2.2.2), and reports whether the key was wrapped with that secret.
func unwrapAES(secret, text []byte) ([]byte, bool) {
	if len(text) < 24 || len(text)%8 != 0 {
		return nil, false
	}
	b := block(secret)
	n := len(text)/8 - 1
	out := append([]byte(nil), text[8:]...)
	var buf [16]byte
	copy(buf[:8], text)
	for step := 6*n - 1; step >= 0; step-- {
		i := 8 * (step % n)
		count(&buf, step)
		copy(buf[8:], out[i:i+8])
		b.Decrypt(buf[:], buf[:])
		copy(out[i:], buf[8:])
	}
	want := binary.BigEndian.AppendUint64(nil, wrapIV)
	return out, subtle.ConstantTimeCompare(buf[:8], want) == 1
}

// count puts the number of the step, from one, into the register.
func count(buf *[16]byte, step int) {
	a := binary.BigEndian.Uint64(buf[:8]) ^ uint64(step+1)
	binary.BigEndian.PutUint64(buf[:8], a)
}
