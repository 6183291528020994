package jwe

// The compression of a JWE is DEFLATE (RFC 1951), in both directions a small part of this package. The standard
// library's costs the page 25 kB more, most of it for speed and streaming that a token does not need; the tests hold
// this one to it.

// An inflater decompresses a text that is there as a whole.
type inflater struct {
	in   []byte
	acc  uint64 // bits read and not yet used, the next one lowest
	have uint
	out  []byte

	limit int
	full  bool // there would be more than limit
	bad   bool // the text is no DEFLATE
}

// blocks decompresses up to the last block; what stands behind it is not looked at.
func (z *inflater) blocks() {
	for last := false; !last && !z.bad && !z.full; {
		last = z.bits(1) == 1
		switch z.bits(2) {
		case 0:
			z.stored()
		case 1:
			z.content(&fixedLengths, &fixedDistances)
		case 2:
			z.dynamic()
		default:
			z.bad = true
		}
	}
}

// fill reads as many bits as there is room for.
func (z *inflater) fill() {
	for z.have <= 56 && len(z.in) > 0 {
		z.acc |= uint64(z.in[0]) << z.have
		z.in = z.in[1:]
		z.have += 8
	}
}

// bits takes n bits, 16 at most.
func (z *inflater) bits(n uint) int {
	if z.have < n {
		z.fill()
	}
	if z.have < n {
		z.bad = true
		return 0
	}
	v := int(z.acc & (1<<n - 1))
	z.acc >>= n
	z.have -= n
	return v
}

// stored copies a block that is not compressed (§3.2.4).
func (z *inflater) stored() {
	z.bits(z.have % 8)
	n, inverse := z.bits(16), z.bits(16)
	if n != inverse^0xffff {
		z.bad = true
		return
	}
	for ; n > 0 && !z.bad && !z.full; n-- {
		z.put(byte(z.bits(8)))
	}
}

func (z *inflater) put(b byte) {
	if len(z.out) >= z.limit {
		z.full = true
		return
	}
	z.out = append(z.out, b)
}

// content decompresses literals, and copies of what came before, up to the end of the block (§3.2.5).
func (z *inflater) content(lengths, distances *huffman) {
	for !z.bad && !z.full {
		symbol := z.symbol(lengths)
		switch {
		case symbol < endOfBlock:
			z.put(byte(symbol))
		case symbol == endOfBlock:
			return
		case symbol-endOfBlock-1 < len(lengthSteps):
			z.copy(z.number(lengthSteps[symbol-endOfBlock-1]), z.symbol(distances))
		default:
			z.bad = true
		}
	}
}

const endOfBlock = 256

func (z *inflater) copy(n, code int) {
	if code >= len(distanceSteps) {
		z.bad = true
		return
	}
	from := len(z.out) - z.number(distanceSteps[code])
	if from < 0 || z.bad {
		z.bad = true
		return
	}
	for ; n > 0 && !z.full; n-- {
		z.put(z.out[from])
		from++
	}
}

// number reads the extra bits of a length or a distance.
func (z *inflater) number(s step) int { return s.base + z.bits(s.extra) }

// A step is what a code for a length or a distance stands for: numbers from base on, told apart by extra bits (§3.2.5).
type step struct {
	base  int
	extra uint
}

var (
	lengthSteps   = append(steps(28, 8, 4, 3), step{258, 0})
	distanceSteps = steps(30, 4, 2, 1)
)

// steps are n codes of which the first plain ones have no extra bits, and then each group one more.
func steps(n, plain, group, base int) []step {
	all := make([]step, n)
	for i := range all {
		extra := uint(0)
		if i >= plain {
			extra = uint(i/group - 1)
		}
		all[i] = step{base, extra}
		base += 1 << extra
	}
	return all
}
