package jwe

// A deflater compresses with the codes that both sides know: a token is too short for codes of its own to pay.
type deflater struct {
	out  []byte
	acc  uint64
	have uint
}

const (
	minCopy, maxCopy = 3, 258
	window           = 32 << 10
	hashBits         = 13
)

// deflate compresses content (RFC 1951) into one block.
func deflate(b []byte) []byte {
	d := deflater{out: make([]byte, 0, len(b)/2+16)}
	d.bits(0b011, 3) // the last block, with the fixed codes
	var seen [1 << hashBits]int32
	for i := 0; i < len(b); {
		n, distance := 0, 0
		if i+minCopy <= len(b) {
			h := (uint32(b[i])<<16 | uint32(b[i+1])<<8 | uint32(b[i+2])) * 2654435761 >> (32 - hashBits)
			n, distance = match(b, int(seen[h])-1, i)
			seen[h] = int32(i + 1)
		}
		if n < minCopy {
			d.length(int(b[i]))
			i++
			continue
		}
		code := find(lengthSteps, n)
		d.length(endOfBlock + 1 + code)
		d.bits(uint64(n-lengthSteps[code].base), lengthSteps[code].extra)
		code = find(distanceSteps, distance)
		d.bits(uint64(reverse(code, 5)), 5)
		d.bits(uint64(distance-distanceSteps[code].base), distanceSteps[code].extra)
		i += n
	}
	d.length(endOfBlock)
	d.bits(0, 7) // the rest of the last byte
	return d.out
}

// match is how much at i repeats what is at from, and how far back that is.
func match(b []byte, from, i int) (n, distance int) {
	if from < 0 || i-from > window {
		return 0, 0
	}
	for n < maxCopy && i+n < len(b) && b[from+n] == b[i+n] {
		n++
	}
	return n, i - from
}

// find returns the last code whose numbers do not begin above n.
func find(all []step, n int) int {
	i := len(all) - 1
	for all[i].base > n {
		i--
	}
	return i
}

// bits appends n bits, the lowest first.
func (d *deflater) bits(v uint64, n uint) {
	d.acc |= v << d.have
	for d.have += n; d.have >= 8; d.have -= 8 {
		d.out = append(d.out, byte(d.acc))
		d.acc >>= 8
	}
}

// length appends the word for a literal, the end of the block or the length of a copy (§3.2.6).
func (d *deflater) length(symbol int) {
	word, n := 0x30+symbol, uint8(8)
	switch {
	case symbol >= 280:
		word = 0xc0 + symbol - 280
	case symbol >= 256:
		word, n = symbol-256, 7
	case symbol >= 144:
		word, n = 0x190+symbol-144, 9
	}
	d.bits(uint64(reverse(word, n)), uint(n))
}
