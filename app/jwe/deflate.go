package jwe

import (
	"bytes"
	"compress/flate"
	"io"
	"strconv"

	"jwtlab/app/token"
)

// MaxPlain is how long decompressed content may be, in bytes: as long as any text that is read here.
const MaxPlain = token.MaxInput

// A few bytes may stand for a thousand times as many. Above freePlain, more than maxRatio times is a bomb and no text.
const (
	maxRatio  = 100
	freePlain = 256 << 10
)

// inflate decompresses the content (RFC 1951), and adds what came of it. That the content was compressed is worth a
// word: the length of a token then tells something of what is in it (RFC 8725 §3.6).
func (o *opener) inflate(b []byte) []byte {
	limit := min(MaxPlain, max(freePlain, maxRatio*len(b)))
	r := flate.NewReader(bytes.NewReader(b))
	out, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	switch {
	case len(out) > limit:
		o.refuse("zip", "jwe.zip.bomb", "RFC 8725 §2.4", strconv.Itoa(len(b)), strconv.Itoa(limit))
	case err != nil:
		o.refuse("zip", "jwe.zip.broken", "RFC 7516 §4.1.3")
	default:
		o.add(remark("zip", "jwe.zip.inflated", "RFC 8725 §3.6", strconv.Itoa(len(b)), strconv.Itoa(len(out))))
		return out
	}
	return nil
}

// deflate compresses content.
func deflate(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
