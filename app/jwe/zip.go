package jwe

import "jwtlab/app/token"

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
		o.refuse("jwe.zip.bomb", itoa(len(b)), itoa(limit))
		return nil
	case z.bad:
		o.refuse("jwe.zip.broken")
		return nil
	}
	o.Remark("jwe.zip.inflated", itoa(len(b)), itoa(len(z.out)))
	return z.out
}
