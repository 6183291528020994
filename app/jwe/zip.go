package jwe

import (
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

// inflate decompresses the content, and adds what came of it. That the content was compressed is worth a word: the
// length of a token then tells something of what is in it (RFC 8725 §3.6).
func (o *opener) inflate(b []byte) []byte {
	limit := min(MaxPlain, max(freePlain, maxRatio*len(b)))
	z := inflater{in: b, limit: limit}
	z.blocks()
	switch {
	case z.full:
		o.refuse("zip", "jwe.zip.bomb", "RFC 8725 §2.4", strconv.Itoa(len(b)), strconv.Itoa(limit))
		return nil
	case z.bad:
		o.refuse("zip", "jwe.zip.broken", "RFC 7516 §4.1.3")
		return nil
	}
	o.add(remark("zip", "jwe.zip.inflated", "RFC 8725 §3.6", strconv.Itoa(len(b)), strconv.Itoa(len(z.out))))
	return z.out
}
