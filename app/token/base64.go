package token

import (
	"strconv"
	"unicode/utf8"
)

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// sextet gives the six bits of a base64url character, bad for any other byte.
var sextet = func() (t [256]byte) {
	for i := range t {
		t[i] = bad
	}
	for i := range len(alphabet) {
		t[alphabet[i]] = byte(i)
	}
	return t
}()

const bad = 0x80

func isCore(b byte) bool { return sextet[b] != bad }

// decode fills the bytes of the segment from its text. What is not base64url (RFC 7515 §2: no padding, no line breaks,
// no blanks, the URL-safe alphabet; RFC 4648 §3.5: no bits left over) is put into f, and the rest decoded nevertheless.
func (s *Segment) decode(f *faults) {
	s.Strict = true
	chars := s.Text
	if n := coreLen(chars); n < len(chars) {
		chars = s.lenient(f)
	}
	s.ending(f, chars)
	s.Bytes = decodeCore(chars)
}

// ending looks at the last character: whether there is one too many, or bits in it that no byte has.
func (s *Segment) ending(f *faults, chars string) {
	n := len(chars)
	twin := canonical(chars)
	switch {
	case n%4 == 1 && s.cut, twin != 0 && s.cut:
		s.Strict = false // where it was cut there were more bits to come, and the cut is told already
	case n%4 == 1:
		s.fault(f, "base64.length", s.kept.span(n-1, n))
	case twin != 0:
		at := s.kept.span(n-1, n)
		s.fault(f, "base64.bits", at, s.Text[at.Start:at.End], string(twin))
	}
}

// fault adds a problem at a span of the segment's text.
func (s *Segment) fault(f *faults, code string, at Span, args ...string) {
	s.Strict = false
	if f.full(Error) {
		return
	}
	span := s.chars.span(at.Start, at.End)
	p := fault(code, span.Start, span.End, args...)
	p.Part = s.Part
	f.add(p)
}

func coreLen(s string) int {
	for i := 0; i < len(s); i++ {
		if sextet[s[i]] == bad {
			return i
		}
	}
	return len(s)
}

// decodeCore decodes characters that are all of the alphabet.
func decodeCore(s string) []byte {
	out := make([]byte, 0, len(s)*3/4)
	for len(s) >= 4 {
		v := uint32(sextet[s[0]])<<18 | uint32(sextet[s[1]])<<12 | uint32(sextet[s[2]])<<6 | uint32(sextet[s[3]])
		out = append(out, byte(v>>16), byte(v>>8), byte(v))
		s = s[4:]
	}
	switch len(s) { // a single character has no byte
	case 2:
		out = append(out, sextet[s[0]]<<2|sextet[s[1]]>>4)
	case 3:
		out = append(out, sextet[s[0]]<<2|sextet[s[1]]>>4, sextet[s[1]]<<4|sextet[s[2]]>>2)
	}
	return out
}

// canonical returns the character that the last one should be, 0 if it is as it should be.
func canonical(s string) byte {
	if len(s) == 0 {
		return 0
	}
	last := sextet[s[len(s)-1]]
	var clean byte
	switch len(s) % 4 {
	case 2:
		clean = last &^ 0x0f
	case 3:
		clean = last &^ 0x03
	default:
		return 0
	}
	if clean == last {
		return 0
	}
	return alphabet[clean]
}

// lenient reports every character that is not base64url and returns the others. A stray character was either put in,
// then it is left out, or took the place of another one, then any character stands in for it so that the ones after it
// keep their bits; whichever decodes to less noise is taken.
func (s *Segment) lenient(f *faults) string {
	left, kept := s.clean(f, false)
	if len(left) == len(s.Text) {
		return left // only the alphabet differed
	}
	held, all := s.clean(nil, true)
	if len(held) != len(left) && (len(left)%4 == 1 || noise(decodeCore(held)) < noise(decodeCore(left))) && len(held)%4 != 1 {
		s.kept = all
		return held
	}
	s.kept = kept
	return left
}

// clean returns the characters that carry bits; those that stand in for stray ones too, if hold is set.
func (s *Segment) clean(f *faults, hold bool) (string, index) {
	body := len(s.Text)
	for body > 0 && s.Text[body-1] == '=' {
		body--
	}
	if body < len(s.Text) && f != nil {
		s.fault(f, "base64.padding", Span{body, len(s.Text)}, s.Text[body:min(body+4, len(s.Text))])
	}
	c := newCook(s.Text, 0)
	for i := 0; i < body; {
		b := s.Text[i]
		switch {
		case isCore(b):
			c.add(b, i, i+1)
			i++
		case b == '+' || b == '/':
			c.add(urlSafe(b), i, i+1)
			i += s.run(f, "base64.standard", i, 1)
		case b == ' ' || b == '\t' || b == '\r' || b == '\n':
			i += s.run(f, "base64.blank", i, 1)
		default:
			_, n := utf8.DecodeRuneInString(s.Text[i:body])
			if hold {
				c.add('A', i, i+n)
			}
			i += s.run(f, "base64.character", i, n)
		}
	}
	return c.String(), c.idx
}

// urlSafe returns what base64url has for a character of ordinary base64 (RFC 4648 §5).
func urlSafe(b byte) byte {
	if b == '+' {
		return '-'
	}
	return '_'
}

// run reports the n bytes at i and returns n.
func (s *Segment) run(f *faults, code string, i, n int) int {
	s.Strict = false
	if f != nil && !f.full(Error) {
		s.fault(f, code, Span{i, i + n}, show(s.Text[i:i+n]))
	}
	return n
}

// show writes a character so that it can be seen: itself, or U+200B, or 0xFF for a byte that is no character.
func show(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && len(s) == 1:
		return "0x" + hex(uint32(s[0]), 2)
	case r > ' ' && r < 0x7f, r >= 0xa1 && r < 0x2000 && r != 0xad, r >= 0x2010 && r < 0x2028, r >= 0x2030 && r < 0xd800 && r != 0x3000,
		r >= 0xff01 && r < 0xfff0, r >= 0x1f000 && r < 0x20000:
		return string(r)
	}
	return "U+" + hex(uint32(r), 4)
}

func hex(v uint32, width int) string {
	s := strconv.FormatUint(uint64(v), 16)
	for len(s) < width {
		s = "0" + s
	}
	b := []byte(s)
	for i, c := range b {
		if c >= 'a' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

// noise counts the bytes that no JSON text would have.
func noise(b []byte) int {
	n := 0
	for i := 0; i < len(b); {
		r, w := utf8.DecodeRune(b[i:])
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == utf8.RuneError && w == 1 || r == 0x7f {
			n++
		}
		i += w
	}
	return n
}
