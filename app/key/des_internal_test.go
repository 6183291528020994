package key

import (
	"bytes"
	"crypto/des"
	"math/rand/v2"
	"testing"
)

// TestTripleDES holds ours to the standard library's.
func TestTripleDES(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	for range 500 {
		buffer := make([]byte, 32)
		_, _ = random.Read(buffer)
		key, block := buffer[:24], buffer[24:]
		theirs, err := des.NewTripleDESCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		ours, err := newTripleDES(key)
		if err != nil {
			t.Fatal(err)
		}
		want, got, back := make([]byte, 8), make([]byte, 8), make([]byte, 8)
		theirs.Encrypt(want, block)
		ours.Encrypt(got, block)
		ours.Decrypt(back, got)
		if !bytes.Equal(got, want) || !bytes.Equal(back, block) {
			t.Fatalf("key %x, block %x: %x and back %x, want %x", key, block, got, back, want)
		}
	}
}
