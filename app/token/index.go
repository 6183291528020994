package token

import "sort"

// An index maps the characters of a text to where they came from: the text as pasted may break a token over lines or
// write its dots as %2E. The zero index maps every character to itself.
type index struct {
	base int // where the first character came from
	gaps []gap
}

// A gap stands before a character when the one before it did not end where this one begins.
type gap struct {
	at   int // the character
	skip int // how many bytes of the source were left out so far, in all gaps up to this one
	tail int // how many of this gap's bytes belong to the character before, as "2E" of "%2E" does
}

// before returns the last gap at or before character i.
func (x index) before(i int) (gap, bool) {
	n := sort.Search(len(x.gaps), func(k int) bool { return x.gaps[k].at > i })
	if n == 0 {
		return gap{}, false
	}
	return x.gaps[n-1], true
}

// start returns where character i begins.
func (x index) start(i int) int {
	g, _ := x.before(i)
	return x.base + i + g.skip
}

// end returns where the character before i ends.
func (x index) end(i int) int {
	if i == 0 {
		return x.start(0)
	}
	e := x.start(i-1) + 1
	if g, ok := x.before(i); ok && g.at == i {
		e += g.tail
	}
	return e
}

// span returns where the characters from start to end came from.
func (x index) span(start, end int) Span {
	s := x.start(start)
	if end <= start {
		return Span{s, s}
	}
	return Span{s, x.end(end)}
}

// spans returns where the characters from start to end came from, without what stood between them.
func (x index) spans(start, end int) []Span {
	var list []Span
	at := start
	n := sort.Search(len(x.gaps), func(k int) bool { return x.gaps[k].at > start })
	for _, g := range x.gaps[n:] {
		if g.at >= end {
			break
		}
		if x.end(g.at) < x.start(g.at) {
			list = append(list, x.span(at, g.at))
			at = g.at
		}
	}
	return append(list, x.span(at, end))
}

// find returns which of n characters came from the place at offset; false if none did.
func (x index) find(offset, n int) (int, bool) {
	i := sort.Search(n, func(k int) bool { return x.start(k) > offset }) - 1
	if i < 0 || offset >= x.end(i+1) {
		return 0, false
	}
	return i, true
}

// from returns the index of the text that begins at character i.
func (x index) from(i, end int) index {
	y := index{base: x.start(i)}
	first, _ := x.before(i)
	n := sort.Search(len(x.gaps), func(k int) bool { return x.gaps[k].at > i })
	for _, g := range x.gaps[n:] {
		if g.at > end {
			break
		}
		y.gaps = append(y.gaps, gap{g.at - i, g.skip - first.skip, g.tail})
	}
	return y
}

// A cook copies characters out of a text and remembers where each came from. Nothing is copied before the first gap.
type cook struct {
	text string
	buf  []byte
	idx  index
	next int // where the next character begins if there is no gap
}

func newCook(text string, at int) *cook { return &cook{text: text, idx: index{base: at}, next: at} }

// len returns how many characters were copied.
func (c *cook) len() int {
	if c.buf == nil {
		return c.next - c.idx.base
	}
	return len(c.buf)
}

// add appends a character that stood at start to end.
func (c *cook) add(b byte, start, end int) {
	plain := end == start+1 && c.text[start] == b
	if c.buf == nil && start == c.next && plain {
		c.next = end
		return
	}
	c.own()
	c.gap(start-c.next, 0)
	c.buf = append(c.buf, b)
	c.next = start + 1
	c.gap(end-start-1, end-start-1)
	c.next = end
}

// own makes the copy: from here on the characters are no longer a piece of the text.
func (c *cook) own() {
	if c.buf == nil {
		c.buf = append(make([]byte, 0, c.next-c.idx.base+64), c.text[c.idx.base:c.next]...)
	}
}

func (c *cook) gap(skipped, tail int) {
	if skipped == 0 {
		return
	}
	g := gap{at: len(c.buf), skip: skipped, tail: tail}
	if n := len(c.idx.gaps); n > 0 {
		last := &c.idx.gaps[n-1]
		if last.at == g.at {
			last.skip += skipped
			return
		}
		g.skip += last.skip
	}
	c.idx.gaps = append(c.idx.gaps, g)
}

func (c *cook) String() string {
	if c.buf == nil {
		return c.text[c.idx.base:c.next]
	}
	return string(c.buf)
}

// last returns the last character copied, 0 if there is none.
func (c *cook) last() byte {
	switch {
	case c.len() == 0:
		return 0
	case c.buf == nil:
		return c.text[c.next-1]
	}
	return c.buf[len(c.buf)-1]
}

// run appends the characters from start to end, all as they are.
func (c *cook) run(start, end int) {
	if c.buf == nil && start == c.next {
		c.next = end
		return
	}
	c.own()
	c.gap(start-c.next, 0)
	c.buf = append(c.buf, c.text[start:end]...)
	c.next = end
}
