package jwe

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// texts are contents of every kind that compresses differently.
func texts() [][]byte {
	random := make([]byte, 70_000)
	chacha := rand.NewChaCha8([32]byte{1})
	_, _ = chacha.Read(random)
	var mixed strings.Builder
	for i := range 3000 {
		mixed.WriteString(`{"id":"` + string(rune('a'+i%26)) + string(random[i*3:i*3+3]) + `","role":"reader"},`)
	}
	return [][]byte{
		nil, []byte("a"), []byte("ab"), []byte("aaaa"), []byte(strings.Repeat("a", 259)), []byte(strings.Repeat("ab", 40_000)),
		random, []byte(mixed.String()), append(append(bytes.Clone(random[:33_000]), random[:33_000]...), 0xff, 0x90, 0x8f),
		[]byte(`{"sub":"앨리스","aud":["api","api-test"],"scope":"read read read write"}`),
	}
}

func inflateAll(b []byte, limit int) inflater {
	z := inflater{in: b, limit: limit}
	z.blocks()
	return z
}

// TestInflate reads what the standard library compressed at every level.
func TestInflate(t *testing.T) {
	for i, text := range texts() {
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = w.Write(text)
			w.Close()
			if z := inflateAll(b.Bytes(), len(text)); z.bad || z.full || !bytes.Equal(z.out, text) {
				t.Errorf("text %d at level %d: bad %v, full %v, %d bytes of %d", i, level, z.bad, z.full, len(z.out), len(text))
			}
			if z := inflateAll(b.Bytes(), max(len(text)-1, 0)); len(text) > 0 && !z.full {
				t.Errorf("text %d at level %d: the limit does not hold", i, level)
			}
			for cut := range min(b.Len(), 300) {
				if z := inflateAll(b.Bytes()[:cut], 1<<20); !z.bad {
					t.Errorf("text %d at level %d: cut at %d and not bad", i, level, cut)
				}
			}
		}
	}
}

// TestDeflate has the standard library read what is compressed here; text gets shorter, and nothing much longer.
func TestDeflate(t *testing.T) {
	for i, text := range texts() {
		b := deflate(text)
		got, err := io.ReadAll(flate.NewReader(bytes.NewReader(b)))
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("text %d: %d bytes of %d, %v", i, len(got), len(text), err)
		}
		if len(b) > len(text)+len(text)/8+8 {
			t.Errorf("text %d swells from %d to %d", i, len(text), len(b))
		}
	}
	if n := len(deflate([]byte(strings.Repeat(`{"role":"reader"},`, 1000)))); n > 300 {
		t.Errorf("18,000 bytes that repeat themselves take %d", n)
	}
}

// FuzzInflate holds the reader to the standard library's: both read the same, or both refuse.
func FuzzInflate(f *testing.F) {
	for _, text := range texts() {
		f.Add(deflate(text[:min(len(text), 2000)]))
	}
	f.Add([]byte{4, 0xe0, 0x81, 8, 0, 0, 0, 0, 0x20, 0x7f, 0xeb, 0x0b, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		const limit = 1 << 16
		z := inflateAll(b, limit)
		want, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), limit+1))
		switch {
		case len(want) > limit:
			if !z.full {
				t.Error("the limit does not hold")
			}
		case (err != nil) != z.bad || z.full:
			t.Errorf("bad %v, full %v; the standard library says %v", z.bad, z.full, err)
		case err == nil && !bytes.Equal(z.out, want):
			t.Errorf("got %x, want %x", z.out, want)
		}
		if got, err := io.ReadAll(flate.NewReader(bytes.NewReader(deflate(b)))); err != nil || !bytes.Equal(got, b) {
			t.Errorf("compressed %x, read back %x, %v", b, got, err)
		}
	})
}
