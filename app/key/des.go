package key

import (
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"slices"
)

// Triple DES (FIPS 46-3), for old files alone, and only the way back. The standard library's takes seven kilobytes of the
// page, being made for a speed that nobody needs here.

// The tables of FIPS 46-3, bits counted from 1 at the left. IP, its inverse and E have a rule.
var (
	desInitial = desTable(64, func(i int) int { return int("\x3a\x3c\x3e\x40\x39\x3b\x3d\x3f"[i/8]) - 8*(i%8) })
	desFinal   = desTable(64, func(i int) int { return slices.Index(desInitial, byte(i+1)) + 1 })
	desExpand  = desTable(48, func(i int) int { return (i/6*4+i%6+31)%32 + 1 })
	desMix     = []byte("\x10\x07\x14\x15\x1d\x0c\x1c\x11\x01\x0f\x17\x1a\x05\x12\x1f\x0a\x02\x08\x18\x0e\x20\x1b\x03\x09\x13\x0d\x1e\x06\x16\x0b\x04\x19")
	desChoice1 = []byte("\x39\x31\x29\x21\x19\x11\x09\x01\x3a\x32\x2a\x22\x1a\x12\x0a\x02\x3b\x33\x2b\x23\x1b\x13\x0b\x03\x3c\x34\x2c\x24" +
		"\x3f\x37\x2f\x27\x1f\x17\x0f\x07\x3e\x36\x2e\x26\x1e\x16\x0e\x06\x3d\x35\x2d\x25\x1d\x15\x0d\x05\x1c\x14\x0c\x04")
	desChoice2 = []byte("\x0e\x11\x0b\x18\x01\x05\x03\x1c\x0f\x06\x15\x0a\x17\x13\x0c\x04\x1a\x08\x10\x07\x1b\x14\x0d\x02" +
		"\x29\x34\x1f\x25\x2f\x37\x1e\x28\x33\x2d\x21\x30\x2c\x31\x27\x38\x22\x35\x2e\x2a\x32\x24\x1d\x20")
)

// desShiftOnce has a bit for each turn in which the halves of the key move by one place and not by two.
const desShiftOnce = 1<<0 | 1<<1 | 1<<8 | 1<<15

// desBoxes are the S-boxes, row after row, a digit a number.
var desBoxes = [8]string{
	"e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d",
	"f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9",
	"a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c",
	"7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e",
	"2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453",
	"c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d",
	"4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c",
	"d2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b",
}

func desTable(size int, at func(i int) int) []byte {
	table := make([]byte, size)
	for i := range table {
		table[i] = byte(at(i))
	}
	return table
}

// permute picks bits of a number that has so many, the first of them leftmost.
func permute(from uint64, size int, table []byte) (to uint64) {
	for _, at := range table {
		to = to<<1 | from>>(size-int(at))&1
	}
	return to
}

// desKeys are the keys of the sixteen turns.
type desKeys [16]uint64

func newDESKeys(key []byte) (k desKeys) {
	const half = 1<<28 - 1
	both := permute(binary.BigEndian.Uint64(key), 64, desChoice1)
	c, d := both>>28, both&half
	for i := range k {
		n := 2 - desShiftOnce>>i&1
		c, d = (c<<n|c>>(28-n))&half, (d<<n|d>>(28-n))&half
		k[i] = permute(c<<28|d, 56, desChoice2)
	}
	return k
}

// crypt runs a block through the turns, forwards or backwards.
func (k *desKeys) crypt(block uint64, back bool) uint64 {
	block = permute(block, 64, desInitial)
	l, r := block>>32, block&(1<<32-1)
	for i := range k {
		if back {
			i = 15 - i
		}
		in := permute(r, 32, desExpand) ^ k[i]
		sum := uint64(0)
		for box, row := range desBoxes {
			six := in >> (42 - 6*box) & 63
			digit := row[six>>5<<5|six&1<<4|six>>1&15]
			if digit >= 'a' {
				digit -= 'a' - 10 - '0'
			}
			sum = sum<<4 | uint64(digit-'0')
		}
		l, r = r, l^permute(sum, 32, desMix)
	}
	return permute(r<<32|l, 64, desFinal)
}

// tripleDES is three keys: forwards, backwards, forwards to encrypt (FIPS 46-3 "TDEA").
type tripleDES [3]desKeys

func newTripleDES(key []byte) (cipher.Block, error) {
	if len(key) != 24 {
		return nil, errors.New("a key of triple DES has 24 bytes")
	}
	return &tripleDES{newDESKeys(key), newDESKeys(key[8:]), newDESKeys(key[16:])}, nil
}

// BlockSize is that of DES, 8 bytes.
func (t *tripleDES) BlockSize() int { return 8 }

// Encrypt encrypts a block.
func (t *tripleDES) Encrypt(out, in []byte) {
	n := t[1].crypt(t[0].crypt(binary.BigEndian.Uint64(in), false), true)
	binary.BigEndian.PutUint64(out, t[2].crypt(n, false))
}

// Decrypt decrypts a block.
func (t *tripleDES) Decrypt(out, in []byte) {
	n := t[1].crypt(t[2].crypt(binary.BigEndian.Uint64(in), true), false)
	binary.BigEndian.PutUint64(out, t[0].crypt(n, true))
}
