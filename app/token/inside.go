package token

import (
	"strconv"
	"strings"
)

// The limits of [Token.Inside].
const (
	maxInside = 100 // tokens, of all levels
	maxLevels = 8
)

// An Inner is a token found inside another: as the whole of a payload (RFC 7519 §5.2), in a string of a header, payload
// or disclosure, or as the key binding JWT of an SD-JWT (RFC 9901 §4.3).
type Inner struct {
	// Token has its spans in the decoded bytes of the segment that it stands in; [Inner.Source] leads to the pasted text.
	Token
	// Path is its address below the token that was asked: the part, a full stop and the disclosure's number if it is one,
	// then the JSON Pointer (RFC 6901) of the string that it stands in, as in payload/vp/0; for each further level the
	// same again behind " > ". A second token in the same string has #2 at its end.
	Path  string `json:"path"`
	Depth int    `json:"depth"` // 1 for a token directly inside

	outer []Segment // those that it stands in, the outermost first
}

// Inside lists the tokens inside the token, those inside an inner one right behind it: at most 100 in all, and eight
// levels deep. An encrypted payload is not looked into, for there is no key here: read what it decrypts to.
func (t Token) Inside() []Inner {
	d := descent{left: maxInside}
	d.look(t, "", nil)
	return d.found
}

// Inner returns the inner token of that path, false if there is none.
func (t Token) Inner(path string) (Inner, bool) {
	for _, n := range t.Inside() {
		if n.Path == path {
			return n, true
		}
	}
	return Inner{}, false
}

// Source returns the characters of the pasted text that a range of the bytes which the inner token stands in was read
// from. The spans of the inner token, of its segments and of its problems are such ranges.
func (n Inner) Source(at Span) Span {
	for i := len(n.outer) - 1; i >= 0; i-- {
		at = n.outer[i].Source(at.Start, at.End)
	}
	return at
}

// A descent collects inner tokens.
type descent struct {
	found []Inner
	left  int
}

// look goes through the segments of a token at a path.
func (d *descent) look(t Token, path string, outer []Segment) {
	if len(outer) == maxLevels {
		return
	}
	disclosures := 0
	for _, s := range t.Segments {
		name := string(s.Part)
		switch s.Part {
		case PartDisclosed:
			disclosures++
			name += "." + strconv.Itoa(disclosures)
		case PartHeader, PartPayload, PartBinding, PartUnprotected:
		default:
			continue
		}
		if path != "" {
			name = path + " > " + name
		}
		d.segment(s, name, append(outer[:len(outer):len(outer)], s))
	}
}

// segment finds the tokens in a segment's bytes, by the same rules as in a pasted text, but whole ones only.
func (d *descent) segment(s Segment, path string, outer []Segment) {
	if d.left == 0 || len(s.Bytes) < 8 {
		return
	}
	times := map[string]int{}
	for _, t := range whole(string(s.Bytes)) {
		if d.left == 0 {
			return
		}
		d.left--
		at := path
		if s.JSON != nil {
			at += s.JSON.member(t.Start).pointer
		}
		if times[at]++; times[at] > 1 {
			at += "#" + strconv.Itoa(times[at])
		}
		d.found = append(d.found, Inner{Token: t, Path: at, Depth: len(outer), outer: outer})
		d.look(t, at, outer)
	}
}

// whole returns the tokens of a text that have all their parts and a header that names an algorithm.
func whole(text string) []Token {
	if !strings.Contains(text, "ey") && !strings.Contains(text, "{") {
		return nil
	}
	tokens := serializedIn(text)
	found, _ := find(text)
	for _, s := range found {
		if s.dots < s.want || within(tokens, s.start) {
			continue
		}
		if t := s.token(); t.Header().JSON.Root().Get("alg").Exists() {
			tokens = append(tokens, t)
		}
	}
	return tokens
}

// within reports whether one of the tokens stands over the place at offset.
func within(tokens []Token, offset int) bool {
	for _, t := range tokens {
		if t.Span.holds(offset) {
			return true
		}
	}
	return false
}
