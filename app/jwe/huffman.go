package jwe

// A huffman is a canonical code: the lengths of its words say all (RFC 1951 §3.2.2).
type huffman struct {
	count   [16]int           // words of each length
	symbols []uint16          // in the order of their words
	short   [1 << near]uint16 // what the next bits start with: symbol and length of the word, 0 for a longer one
}

const near = 9

// newHuffman makes the code, and reports whether the lengths are those of one. A code for a single symbol may leave
// words unused, and one for no symbol at all is never asked.
func newHuffman(lengths []uint8) (h huffman, ok bool) {
	for _, n := range lengths {
		h.count[n]++
	}
	used := len(lengths) - h.count[0]
	h.count[0] = 0
	left := 1
	var next, first [16]int
	for n := 1; n < 16; n++ {
		left = left*2 - h.count[n]
		if left < 0 {
			return h, false
		}
		next[n] = next[n-1] + h.count[n-1]
		first[n] = (first[n-1] + h.count[n-1]) * 2
	}
	h.symbols = make([]uint16, used)
	for symbol, n := range lengths {
		if n == 0 {
			continue
		}
		h.symbols[next[n]] = uint16(symbol)
		next[n]++
		h.shorten(first[n], n, symbol)
		first[n]++
	}
	return h, left == 0 || used == 0 || used == 1 && h.count[1] == 1
}

// shorten enters a word into the table of the short ones. Words stand in the bits with their highest first.
func (h *huffman) shorten(word int, n uint8, symbol int) {
	if n > near {
		return
	}
	for at := reverse(word, n); at < len(h.short); at += 1 << n {
		h.short[at] = uint16(symbol<<4 | int(n))
	}
}

func reverse(word int, n uint8) int {
	r := 0
	for range n {
		r = r<<1 | word&1
		word >>= 1
	}
	return r
}

// symbol reads a word.
func (z *inflater) symbol(h *huffman) int {
	if z.have < 15 {
		z.fill()
	}
	if s := h.short[z.acc&(1<<near-1)]; s != 0 && uint(s&15) <= z.have {
		z.acc >>= s & 15
		z.have -= uint(s & 15)
		return int(s >> 4)
	}
	word, first, index := 0, 0, 0
	for n := 1; n < 16; n++ {
		word = word<<1 | z.bits(1)
		if at := word - first; at < h.count[n] && !z.bad {
			return int(h.symbols[index+at])
		}
		index += h.count[n]
		first = (first + h.count[n]) << 1
	}
	z.bad = true
	return endOfBlock
}

// The codes that both sides know (§3.2.6). Distances 30 and 31 complete the code and are never used.
var fixedLengths, fixedDistances = fixed()

func fixed() (lengths, distances huffman) {
	var l [288]uint8
	for i := range l {
		switch {
		case i < 144:
			l[i] = 8
		case i < 256:
			l[i] = 9
		case i < 280:
			l[i] = 7
		default:
			l[i] = 8
		}
	}
	var d [32]uint8
	for i := range d {
		d[i] = 5
	}
	lengths, _ = newHuffman(l[:])
	distances, _ = newHuffman(d[:])
	return lengths, distances
}

// dynamic reads the codes of a block, and then the block (§3.2.7).
func (z *inflater) dynamic() {
	nl, nd, nc := z.bits(5)+257, z.bits(5)+1, z.bits(4)+4
	var short [19]uint8
	for i := range nc {
		short["\x10\x11\x12\x00\x08\x07\x09\x06\x0a\x05\x0b\x04\x0c\x03\x0d\x02\x0e\x01\x0f"[i]] = uint8(z.bits(3))
	}
	code, ok := newHuffman(short[:])
	if !ok || nl > 286 || nd > 30 {
		z.bad = true
		return
	}
	all := make([]uint8, 0, 320)
	for len(all) < nl+nd && !z.bad {
		all = z.run(all, &code)
	}
	if len(all) != nl+nd || z.bad {
		z.bad = true
		return
	}
	lengths, okL := newHuffman(all[:nl])
	distances, okD := newHuffman(all[nl:])
	if !okL || !okD || all[endOfBlock] == 0 {
		z.bad = true
		return
	}
	z.content(&lengths, &distances)
}

// run reads one length, or one that is repeated.
func (z *inflater) run(all []uint8, code *huffman) []uint8 {
	symbol := z.symbol(code)
	value, n := uint8(0), 1
	switch {
	case symbol < 16:
		value = uint8(symbol)
	case symbol == 16 && len(all) > 0:
		value, n = all[len(all)-1], 3+z.bits(2)
	case symbol == 17:
		n = 3 + z.bits(3)
	case symbol == 18:
		n = 11 + z.bits(7)
	default:
		z.bad = true
	}
	for range n {
		all = append(all, value)
	}
	return all
}
