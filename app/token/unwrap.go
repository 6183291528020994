package token

import "strings"

// maxWrapped bounds the base64 that is looked into for a token.
const maxWrapped = 256 << 10

// unwrapAll looks for tokens inside of base64: as a Kubernetes Secret has them, or a session kept as JSON in a cookie. It is
// only asked for a text without any whole token. What it finds takes the place of the pieces that it found them in.
func unwrapAll(text string, found []*scan) []*scan {
	var inner []*scan
	for _, s := range append(wrapped(text), found...) {
		if s.dots == 0 {
			inner = append(inner, s.unwrap()...)
		}
	}
	if len(inner) == 0 {
		return found
	}
	return inner
}

// wrapped takes the words of a text that begin as the base64 of eyJ, or of Bearer, does.
func wrapped(text string) []*scan {
	var found []*scan
	for _, start := range [...]string{"ZXlK", "QmVhcmVyI"} {
		for i := 0; len(found) < maxTokens; {
			n := strings.Index(text[i:], start)
			if n < 0 {
				break
			}
			i += n
			if !begins(text, i) {
				i++
				continue
			}
			s := take(text, i)
			found = append(found, s)
			i = max(s.i, i+1)
		}
	}
	return found
}

// unwrap returns the whole tokens inside of what the characters taken decode to.
func (s *scan) unwrap() []*scan {
	chars := s.cook.String()
	if len(chars) > maxWrapped {
		return nil
	}
	seg := Segment{Text: chars, chars: s.cook.idx}
	seg.decode(&faults{})
	var list []*scan
	found, _ := find(string(seg.Bytes))
	for _, in := range found {
		if in.dots < in.want {
			continue
		}
		out := &scan{text: s.text, dots: in.dots, want: in.want, found: "encoded", cook: seg.carry(s.text, in.cook)}
		at := seg.Source(in.start, in.i)
		out.start, out.i = at.Start, at.End
		out.faults.add(fault("token.encoded", at.Start, at.End))
		list = append(list, out)
	}
	return list
}

// carry leads characters that were cooked out of the segment's bytes back to the text of the segment. Three bytes share
// four characters: the first of them gets two.
func (s *Segment) carry(text string, in *cook) *cook {
	chars := in.String()
	first := s.Source(in.idx.start(0), in.idx.start(0)+1)
	c := newCook(text, first.Start)
	for i := range len(chars) {
		bytes := in.idx.span(i, i+1)
		at := s.Source(bytes.Start, bytes.End)
		c.add(chars[i], max(at.Start, c.next), at.End)
	}
	return c
}
