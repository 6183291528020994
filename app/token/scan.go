package token

import (
	"bytes"
	"strings"
)

// A scan takes the characters of one token out of a text: as far as they go, over line breaks, escapes and strays.
type scan struct {
	text   string
	start  int
	i      int
	cook   *cook
	dots   int
	want   int // how many dots there should be: two, and four with an encrypting header
	line   int // how many characters there were when the line began
	width  int // how many the line before had
	part   int // how many there were when the segment began
	faults faults
	found  string // what it stands in, if that is known otherwise than by what is around it
	again  []Span // where it was found once more
	prefix string // what stands before it on its line and before each other line too, as "> " does in a letter
	chunks chunks

	joined, blanks, escapes, wides int // how many, and where the first stands
	join, blank, escape, wide      Span
}

// take reads the token that begins at start. It looks at each byte a bounded number of times.
func take(text string, start int) *scan {
	s := &scan{text: text, start: start, i: start, want: 2, cook: newCook(text, start)}
	s.prefix = linePrefix(text, start)
	for more := true; more; more = s.chunk() {
		for s.step(unitAt(text, s.i)) {
		}
	}
	if s.joined > 0 {
		s.faults.add(fault("token.joined", s.join.Start, s.join.End, itoa(s.joined)))
	}
	if s.blanks > 0 {
		s.faults.add(fault("token.blanks", s.blank.Start, s.blank.End, itoa(s.blanks)))
	}
	if s.chunks.n > 0 {
		s.faults.add(fault("token.chunks", s.chunks.at.Start, s.chunks.at.End, itoa(s.chunks.n+1), clip(s.chunks.name)))
	}
	if s.wides > 0 {
		s.faults.add(fault("token.full-width", s.wide.Start, s.wide.End, itoa(s.wides)))
	}
	if s.escapes > 0 {
		s.faults.add(fault("token.escaped", s.escape.Start, s.escape.End, itoa(s.escapes)))
	}
	return s
}

// step takes one unit, or a run of base64url, and reports whether the token goes on.
func (s *scan) step(u unit) bool {
	switch u.what {
	case core:
		if u.width > 1 {
			s.one(u)
			return true
		}
		n := coreLen(s.text[s.i:])
		s.cook.run(s.i, s.i+n)
		s.i += n
		return true
	case dot:
		return s.dot(u)
	case other:
		return s.other(u)
	case blank:
		return s.space()
	case newline:
		return s.space() || u.char == '=' && s.padding()
	case stray:
		return s.strays()
	case hard:
		return s.bridge(u) || s.concat(u)
	case ellipsis:
		s.faults.add(fault("token.ellipsis", s.i, s.i+u.width))
		s.i += u.width
	}
	return false
}

// one appends a unit as the character that it stands for.
func (s *scan) one(u unit) {
	if u.width > 1 && s.text[s.i] != '%' && s.text[s.i] != '\\' && u.what == dot {
		s.faults.add(fault("token.dot", s.i, s.i+u.width, s.text[s.i:s.i+u.width]))
	} else if u.width == 3 && s.text[s.i] == 0xef {
		if s.wides == 0 {
			s.wide = Span{s.i, s.i + u.width}
		}
		s.wides++
	} else if u.width > 1 {
		if s.escapes == 0 {
			s.escape = Span{s.i, s.i + u.width}
		}
		s.escapes++
	}
	s.cook.add(u.char, s.i, s.i+u.width)
	s.i += u.width
}

// dot takes a dot, unless it ends a sentence.
func (s *scan) dot(u unit) bool {
	next := unitAt(s.text, s.i+u.width)
	if s.dots >= s.want && next.what != core && !(next.what == newline && s.wrapped(s.i+u.width)) {
		return false
	}
	s.one(u)
	s.dots++
	s.part = s.cook.len()
	return s.dots != 1 || !s.header()
}

// header looks at the header for what changes the rest, and reports whether it took all of the rest.
func (s *scan) header() bool {
	head := s.cook.String()
	b := decodeCore(head[:coreLen(head)])
	if !bytes.Contains(b, []byte(`"b64"`)) && !bytes.Contains(b, []byte(`"enc"`)) {
		return false
	}
	header, _ := ReadJSON(b)
	if header.Root().Get("enc").Exists() {
		s.want = 4
		return false
	}
	return unencoded(header) && s.raw()
}

// raw takes a payload that is not base64url, up to the last dot of the line (RFC 7797).
func (s *scan) raw() bool {
	rest := s.text[s.i:]
	if n := strings.IndexAny(rest, "\r\n"); n >= 0 {
		rest = rest[:n]
	}
	if s.start > 0 && classes[s.text[s.start-1]&0x7f] == hard {
		if n := strings.IndexByte(rest, s.text[s.start-1]); n >= 0 {
			rest = rest[:n]
		}
	}
	last := strings.LastIndexByte(rest, '.')
	if last < 0 {
		return false
	}
	n := last + 1 + coreLen(rest[last+1:])
	s.cook.run(s.i, s.i+n)
	s.i += n
	s.dots++
	return true
}

// other takes standard base64, padding and the tilde of an SD-JWT. In a URL a slash ends the token.
func (s *scan) other(u unit) bool {
	if u.char == '/' || u.char == '+' {
		next := unitAt(s.text, s.i+u.width).what
		if next != core && next != dot && next != other || u.char == '/' && s.dots >= s.want && inURL(s.text, s.start) {
			return false
		}
	}
	s.one(u)
	return true
}

// strays takes up to four characters that do not belong, if the token goes on behind them.
func (s *scan) strays() bool {
	from, to := s.i, s.i
	for range 4 {
		u := unitAt(s.text, to)
		if u.what != stray {
			break
		}
		to += u.width
	}
	next := unitAt(s.text, to)
	if next.what != core && !(next.what == dot && s.dots < s.want) {
		return false
	}
	for s.i = from; s.i < to; {
		u := unitAt(s.text, s.i)
		if u.width == 3 && u.char < 0x80 {
			s.one(u)
			continue
		}
		s.cook.run(s.i, s.i+u.width)
		s.i += u.width
	}
	return true
}

// bridge takes a quote or comma that stands inside a token: it has no second dot yet, and what follows has.
func (s *scan) bridge(u unit) bool {
	if s.dots >= s.want || u.width > 1 || strings.IndexByte("\"'`,;|", u.char) < 0 || headerStart(s.text[s.i+1:]) {
		return false
	}
	w := wordAt(s.text, s.i+1)
	if w.dots == 0 || unitAt(s.text, s.i+1).what != core || s.dots+w.dots < s.want {
		return false
	}
	s.cook.run(s.i, s.i+1)
	s.i++
	return true
}

// space goes over blanks and line breaks if the token goes on behind them.
func (s *scan) space() bool {
	broken := false
	to := s.i
	for {
		u := unitAt(s.text, to)
		if u.what != blank && u.what != newline {
			break
		}
		broken = broken || u.what == newline
		to += u.width
		if u.what == newline && strings.HasPrefix(s.text[to:], s.prefix) {
			to += len(s.prefix)
		}
	}
	w := wordAt(s.text, to)
	if !s.goesOn(w, broken) {
		return false
	}
	if broken {
		s.joint(to)
	} else {
		if s.blanks == 0 {
			s.blank = Span{s.i, to}
		}
		s.blanks++
	}
	s.i = to
	return true
}

// joint notes a line break that is taken out.
func (s *scan) joint(to int) {
	if s.joined == 0 {
		s.join = Span{s.i, to}
	}
	s.joined++
	s.width = s.cook.len() - s.line
	s.line = s.cook.len()
}

// goesOn reports whether a word behind a blank or a line break belongs to the token.
func (s *scan) goesOn(w word, broken bool) bool {
	inside := s.cook.last() == '.' && s.dots < s.want
	switch {
	case w.len() == 0, headerStart(w.text) && !inside:
		return false
	case !broken:
		touches := inside || w.text[0] == '.'
		return w.encoded() || touches && s.dots < s.want && w.len() >= 4 && w.alone
	case !w.alone:
		return false
	case s.dots < s.want:
		return true
	case w.dots > 0:
		return w.encoded()
	}
	return w.encoded() || s.lastLine(w)
}

// lastLine reports whether a short word behind a line break is the last line of a token that was wrapped: the line before
// it is full, and it is no word of prose behind a signature that is whole already.
func (s *scan) lastLine(w word) bool {
	width := s.cook.len() - s.line
	switch {
	case w.len() > width || w.pair():
		return false
	case s.joined > 0:
		return width >= s.width && (w.len() < 3 || !w.prose())
	}
	return width >= 20 && !w.prose() && !signatureLen(s.cook.len()-s.part)
}

// signatureLen reports whether a signature of a usual algorithm has that many characters: HMAC with SHA-2, ECDSA and
// EdDSA, RSA of 2048 to 4096 bits.
func signatureLen(n int) bool {
	switch n {
	case 43, 64, 86, 128, 176, 342, 512, 683:
		return true
	}
	return false
}
