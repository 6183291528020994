package token

import (
	"bytes"
	"unicode/utf8"
)

func decodeRune(b []byte) (rune, int) { return utf8.DecodeRune(b) }

// str reads a string. Faults in it do not end it: its end is the next quote, or that of the text.
func (r *reader) str() bool {
	start := r.pos
	n := node{start: uint32(start), kind: String}
	r.pos++
	for r.pos < len(r.text) {
		switch c := r.text[r.pos]; {
		case c == '"':
			r.pos++
			n.end = uint32(r.pos)
			return r.node(n)
		case c == '\\':
			n.odd = true
			r.escape()
		case c < ' ':
			r.runOf("json.control", func(b []byte) int { return oneIf(b[0] < ' ') })
		case c >= utf8.RuneSelf:
			n.odd = r.runes() || n.odd
		default:
			r.pos++
		}
	}
	n.end, n.open = uint32(r.pos), true
	return r.half(n)
}

// half adds a value that the end of the text cuts.
func (r *reader) half(n node) bool {
	r.fault("json.cut", int(n.start), r.pos)
	if r.node(n) {
		r.end = r.pos
	}
	return false
}

// runes goes over a character outside ASCII, or over a run of bytes that is not UTF-8.
func (r *reader) runes() bool {
	invalid := func(b []byte) int {
		c, w := utf8.DecodeRune(b)
		return oneIf(c == utf8.RuneError && w == 1)
	}
	if invalid(r.text[r.pos:]) == 0 {
		_, w := utf8.DecodeRune(r.text[r.pos:])
		r.pos += w
		return false
	}
	r.runOf("json.utf8", invalid)
	return true
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// runOf reports a run of bytes as one problem.
func (r *reader) runOf(code string, width func([]byte) int) {
	start := r.pos
	for r.pos < len(r.text) {
		w := width(r.text[r.pos:])
		if w == 0 {
			break
		}
		r.pos += w
	}
	if !r.faults.full(Error) {
		r.fault(code, start, r.pos, show(string(r.text[start:start+1])))
	}
}

// escape goes over a backslash and what belongs to it (RFC 8259 §7).
func (r *reader) escape() {
	rest := r.text[r.pos:]
	if len(rest) > 1 && bytes.IndexByte([]byte(`"\/bfnrt`), rest[1]) >= 0 {
		r.pos += 2
		return
	}
	u, ok := hex4(rest)
	switch {
	case !ok && len(rest) < 6 && allHex(rest):
		r.pos = len(r.text) // cut inside the escape, which json.cut says
	case !ok:
		r.fault("json.escape", r.pos, r.pos+min(2, len(rest)), show(string(rest[1:min(2, len(rest))])))
		r.pos++
	case isHigh(u) && isLow(rest[6:]):
		r.pos += 12
	default:
		if u >= 0xd800 && u < 0xe000 {
			r.fault("json.surrogate", r.pos, r.pos+6, string(rest[:6]))
		}
		r.pos += 6
	}
}

func allHex(b []byte) bool {
	if len(b) == 1 {
		return true
	}
	for _, c := range b[2:] {
		if unhex(c) < 0 {
			return false
		}
	}
	return b[1] == 'u'
}

func isHigh(u rune) bool { return u >= 0xd800 && u < 0xdc00 }

// isLow reports whether b begins with the second half of a surrogate pair.
func isLow(b []byte) bool {
	u, ok := hex4(b)
	return ok && u >= 0xdc00 && u < 0xe000
}

// hex4 reads an escape \uXXXX.
func hex4(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	var u rune
	for _, c := range b[2:6] {
		d := unhex(c)
		if d < 0 {
			return 0, false
		}
		u = u<<4 | rune(d)
	}
	return u, true
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// number reads a number, and whatever sticks to it, so that 0x10 is one wrong number and not a number and a word.
func (r *reader) number() bool {
	start := r.pos
	for r.pos < len(r.text) && isNumberish(r.text[r.pos]) {
		r.pos++
	}
	raw := r.text[start:r.pos]
	n := node{start: uint32(start), end: uint32(r.pos), kind: Number}
	if !isNumber(raw) {
		n.odd = true
		if r.pos == len(r.text) && isNumber(append(raw[:len(raw):len(raw)], '0')) {
			return r.half(n)
		}
		r.fault("json.number", start, r.pos, string(raw[:min(len(raw), 40)]))
	}
	return r.node(n)
}

func isNumberish(c byte) bool {
	return c == '+' || c == '-' || c == '.' || c == '_' || '0' <= c && c <= '9' || isLetter(c)
}

// isNumber reports whether b is a number by the grammar of RFC 8259 §6.
func isNumber(b []byte) bool {
	if len(b) > 0 && b[0] == '-' {
		b = b[1:]
	}
	n := digits(b)
	if n == 0 || n > 1 && b[0] == '0' {
		return false
	}
	b = b[n:]
	if len(b) > 0 && b[0] == '.' {
		if n = digits(b[1:]); n == 0 {
			return false
		}
		b = b[1+n:]
	}
	if len(b) > 0 && b[0]|0x20 == 'e' {
		b = b[1:]
		if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
			b = b[1:]
		}
		n = digits(b)
		return n > 0 && n == len(b)
	}
	return len(b) == 0
}

func digits(b []byte) int {
	n := 0
	for n < len(b) && '0' <= b[n] && b[n] <= '9' {
		n++
	}
	return n
}

// word reads true, false or null. Any other word ends the reading: what it means is anyone's guess.
func (r *reader) word() bool {
	start := r.pos
	for r.pos < len(r.text) && isNumberish(r.text[r.pos]) {
		r.pos++
	}
	n := node{start: uint32(start), end: uint32(r.pos)}
	switch raw := string(r.text[start:r.pos]); {
	case raw == "null":
	case raw == "true" || raw == "false":
		n.kind = Bool
	default:
		r.wrongWord(start, raw)
		return false
	}
	return r.node(n)
}

func (r *reader) wrongWord(start int, raw string) {
	if r.pos == len(r.text) {
		for _, w := range [...]string{"null", "true", "false"} {
			if len(raw) < len(w) && w[:len(raw)] == raw {
				r.fault("json.cut", start, r.pos)
				return
			}
		}
	}
	r.fault("json.word", start, r.pos, raw[:min(len(raw), 40)])
}

// unescape returns what the inside of a string stands for.
func unescape(b []byte) string {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if b[i] != '\\' {
			out = append(out, b[i])
			i++
			continue
		}
		r, n := unescapeOne(b[i:])
		out = utf8.AppendRune(out, r)
		i += n
	}
	return string(out)
}

// unescapeOne reads an escape; one that is none stands for itself.
func unescapeOne(b []byte) (rune, int) {
	if u, ok := hex4(b); ok {
		if isHigh(u) && isLow(b[6:]) {
			low, _ := hex4(b[6:])
			return (u-0xd800)<<10 + (low - 0xdc00) + 0x10000, 12
		}
		if u >= 0xd800 && u < 0xe000 {
			return utf8.RuneError, 6
		}
		return u, 6
	}
	if len(b) > 1 {
		if k := bytes.IndexByte([]byte(`"\/bfnrt`), b[1]); k >= 0 {
			return rune("\"\\/\b\f\n\r\t"[k]), 2
		}
	}
	return '\\', 1
}
