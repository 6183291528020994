package token

import (
	"sort"
	"unicode/utf8"
)

// A View is a segment laid out to be read, and tied to the text that it was pasted in: what is under a place of the one
// is found in the other, both ways. JSON is indented, other text stands as it is, and bytes that are no text give an
// empty View: those are for [HexDump].
type View struct {
	Pretty
	segment Segment
}

// A Piece is what is under a place of a [View] or of the pasted text.
type Piece struct {
	// Class is that of a [PrettyToken], "text" for a character of a payload that is not JSON, "" for whitespace between
	// values that the view has left out.
	Class  string `json:"class"`
	Shown  Span   `json:"shown"`  // in View.Text
	Bytes  Span   `json:"bytes"`  // in Segment.Bytes
	Source []Span `json:"source"` // the characters of the pasted text that carry it
	Member Member `json:"member"` // the innermost member or item that it belongs to
}

// A Member is a member of an object, from its name to the end of its value, an item of an array, or the whole value.
type Member struct {
	Pointer string `json:"pointer"` // JSON Pointer (RFC 6901), "" for the whole value
	Shown   Span   `json:"shown"`   // in View.Text
	Source  []Span `json:"source"`  // in the pasted text
}

// SegmentAt returns the index of the segment that an offset of the pasted text is in, -1 if it is in none.
func (t Token) SegmentAt(offset int) int {
	for i, s := range t.Segments {
		if s.Span.holds(offset) {
			return i
		}
	}
	return -1
}

// View lays the segment out. It costs as much as [JSON.Indent], so keep it for as long as the segment is shown.
func (s Segment) View() View {
	switch s.Shape() {
	case ShapeObject, ShapeValue:
		return View{s.JSON.Indent(), s}
	case ShapeText:
		text := string(s.Bytes)
		return View{Pretty{text, []PrettyToken{{"text", 0, len(text), 0, len(text)}}}, s}
	}
	return View{segment: s}
}

// At returns what an offset of the pasted text carries. It is false outside the segment, on a line break or another
// sign inside it that is not part of the token, and in a view that is empty.
func (v View) At(offset int) (Piece, bool) {
	at, ok := v.segment.byteAt(offset)
	if !ok || len(v.Tokens) == 0 {
		return Piece{}, false
	}
	i := sort.Search(len(v.Tokens), func(k int) bool { return v.Tokens[k].SrcEnd > at })
	if i == len(v.Tokens) || v.Tokens[i].SrcStart > at {
		return v.gap(at), true
	}
	return v.piece(i, at), true
}

// Under returns what is under an offset of the view's own text. It is false on the whitespace of the layout.
func (v View) Under(offset int) (Piece, bool) {
	i := sort.Search(len(v.Tokens), func(k int) bool { return v.Tokens[k].End > offset })
	if i == len(v.Tokens) || v.Tokens[i].Start > offset {
		return Piece{}, false
	}
	return v.piece(i, v.Tokens[i].SrcStart+offset-v.Tokens[i].Start), true
}

// piece describes a token of the view; at is the byte asked for.
func (v View) piece(i, at int) Piece {
	t := v.Tokens[i]
	p := Piece{Class: t.Class, Shown: Span{t.Start, t.End}, Bytes: Span{t.SrcStart, t.SrcEnd}}
	if t.Class == "text" {
		p.Bytes = character(v.segment.Bytes, at)
		p.Shown = p.Bytes
	}
	p.Source = v.segment.Sources(p.Bytes.Start, p.Bytes.End)
	p.Member = v.member(at)
	return p
}

// gap describes a byte of whitespace that the view has left out.
func (v View) gap(at int) Piece {
	p := Piece{Bytes: Span{at, at + 1}, Source: v.segment.Sources(at, at+1), Member: v.member(at)}
	p.Shown = p.Member.Shown
	return p
}

func (v View) member(at int) Member {
	if v.segment.JSON == nil {
		whole := Span{0, len(v.Text)}
		return Member{"", whole, v.segment.Sources(0, len(v.segment.Bytes))}
	}
	m := v.segment.JSON.member(at)
	return Member{m.pointer, v.shown(m.span), v.segment.Sources(m.span.Start, m.span.End)}
}

// shown returns where the view shows a range of the JSON text that begins and ends with a token.
func (v View) shown(src Span) Span {
	if src.End <= src.Start {
		return Span{}
	}
	first := sort.Search(len(v.Tokens), func(k int) bool { return v.Tokens[k].SrcEnd > src.Start })
	last := sort.Search(len(v.Tokens), func(k int) bool { return v.Tokens[k].SrcEnd >= src.End })
	last = min(last, len(v.Tokens)-1)
	if first > last {
		return Span{}
	}
	return Span{v.Tokens[first].Start, v.Tokens[last].End}
}

// character returns the range of the UTF-8 character that the byte at i belongs to.
func character(b []byte, i int) Span {
	start := i
	for start > 0 && i-start < utf8.UTFMax-1 && !utf8.RuneStart(b[start]) {
		start--
	}
	_, n := utf8.DecodeRune(b[start:])
	return Span{start, start + n}
}

// Sources returns the same characters as [Segment.Source], without what stands between them in the pasted text and is
// not part of the token: one span for each unbroken run.
func (s Segment) Sources(start, end int) []Span {
	kept := s.keptRange(start, end)
	if kept.End <= kept.Start {
		return nil
	}
	var list []Span
	for _, text := range s.kept.spans(kept.Start, kept.End) {
		list = append(list, s.chars.spans(text.Start, text.End)...)
	}
	return list
}

// byteAt returns which decoded byte the character at an offset of the pasted text carries most bits of.
func (s Segment) byteAt(offset int) (int, bool) {
	char, ok := s.chars.find(offset, len(s.Text))
	if s.raw || !ok {
		return char, ok
	}
	if char, ok = s.kept.find(char, len(s.Text)); !ok {
		return 0, false
	}
	at := char/4*3 + [...]int{0, 1, 1, 2}[char%4]
	return at, at < len(s.Bytes)
}
