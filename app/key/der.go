package key

import (
	"math/big"
)

// The ASN.1 tags that keys are made of (X.690 §8.1.2).
const (
	tagInteger     = 0x02
	tagBitString   = 0x03
	tagOctetString = 0x04
	tagNull        = 0x05
	tagOID         = 0x06
	tagSequence    = 0x30
	tagContext     = 0xa0 // constructed, [0]
)

// der reads DER from the front. Once anything is wrong, bad is set and all that follows is empty, so that a reader can
// take a whole structure apart and ask once.
type der struct {
	rest []byte
	bad  bool
}

// header reads a tag and a length in the shortest form (X.690 §10.1).
func (d *der) header() (tag byte, size int, ok bool) {
	if len(d.rest) < 2 {
		d.bad = true
		return 0, 0, false
	}
	tag, size = d.rest[0], int(d.rest[1])
	head := 2
	if size >= 0x80 {
		n := size - 0x80
		if n == 0 || n > 3 || len(d.rest) < 2+n { // 3 bytes: more than any text that is read
			d.bad = true
			return 0, 0, false
		}
		size = 0
		for _, b := range d.rest[2 : 2+n] {
			size = size<<8 | int(b)
		}
		if size < 0x80 || n > 1 && size>>(8*(n-1)) == 0 {
			d.bad = true
			return 0, 0, false
		}
		head += n
	}
	d.rest = d.rest[head:]
	if size > len(d.rest) {
		d.bad = true
	}
	return tag, size, !d.bad
}

// take returns the contents of the next element, which must have that tag.
func (d *der) take(tag byte) []byte {
	if d.bad || len(d.rest) > 0 && d.rest[0] != tag {
		d.bad = true
		return nil
	}
	_, size, ok := d.header()
	if !ok {
		return nil
	}
	content := d.rest[:size]
	d.rest = d.rest[size:]
	return content
}

// next reports whether the next element has that tag.
func (d *der) next(tag byte) bool { return !d.bad && len(d.rest) > 0 && d.rest[0] == tag }

func (d *der) sequence() *der {
	content := d.take(tagSequence)
	return &der{rest: content, bad: d.bad}
}

// integer returns a number that is not negative, in its shortest form (X.690 §8.3.2).
func (d *der) integer() *big.Int {
	b := d.take(tagInteger)
	if len(b) == 0 || b[0] >= 0x80 || len(b) > 1 && b[0] == 0 && b[1] < 0x80 {
		d.bad = true
		return new(big.Int)
	}
	return new(big.Int).SetBytes(b)
}

// small returns an integer below 128, or -1.
func (d *der) small() int {
	b := d.take(tagInteger)
	if len(b) != 1 || b[0] >= 0x80 {
		d.bad = true
		return -1
	}
	return int(b[0])
}

// bits returns a bit string of whole bytes.
func (d *der) bits() []byte {
	b := d.take(tagBitString)
	if len(b) == 0 || b[0] != 0 {
		d.bad = true
		return nil
	}
	return b[1:]
}

// finish reports whether all was read, and well.
func (d *der) finish() bool { return !d.bad && len(d.rest) == 0 }

// endsEarly reports whether an element says that it is longer than what there is.
func endsEarly(b []byte) bool {
	d := &der{rest: b}
	_, size, ok := d.header()
	return !ok && len(d.rest) < size
}

// encode writes one element.
func encode(tag byte, contents ...[]byte) []byte {
	size := 0
	for _, c := range contents {
		size += len(c)
	}
	out := []byte{tag}
	switch {
	case size < 0x80:
		out = append(out, byte(size))
	case size < 0x100:
		out = append(out, 0x81, byte(size))
	case size < 0x10000:
		out = append(out, 0x82, byte(size>>8), byte(size))
	default:
		out = append(out, 0x83, byte(size>>16), byte(size>>8), byte(size))
	}
	for _, c := range contents {
		out = append(out, c...)
	}
	return out
}

func encodeInteger(n *big.Int) []byte {
	b := n.Bytes()
	if len(b) == 0 || b[0] >= 0x80 {
		b = append([]byte{0}, b...)
	}
	return encode(tagInteger, b)
}
