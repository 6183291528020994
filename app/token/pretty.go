package token

import "bytes"

// Pretty is a JSON text laid out to be read. Its tokens are in order and leave out only whitespace.
type Pretty struct {
	Text   string
	Tokens []PrettyToken
}

// PrettyToken is a piece of a [Pretty] text and where it came from. Class is "name", "string", "number", "bool", "null"
// or "punct", and "rest" for what could not be understood.
type PrettyToken struct {
	Class            string
	Start, End       int // in Pretty.Text
	SrcStart, SrcEnd int // in JSON.Text
}

// maxIndent is the deepest level that gets lines of its own; what is deeper stays on one line, so that a hostile text
// cannot grow a hundredfold by its indentation.
const maxIndent = 24

// Indent lays the text out, two blanks a level. Whitespace between the values is all that changes.
func (j *JSON) Indent() Pretty {
	if j == nil {
		return Pretty{}
	}
	l := layout{out: make([]byte, 0, len(j.Text)+len(j.Text)/2+64), tokens: make([]PrettyToken, 0, 2*len(j.nodes)+1)}
	l.json = j
	j.lexemes(l.add)
	return Pretty{string(l.out), l.tokens}
}

// Compact returns the text without the whitespace between its values.
func (j *JSON) Compact() []byte {
	if j == nil {
		return nil
	}
	out := make([]byte, 0, len(j.Text))
	j.lexemes(func(_ string, start, end int) {
		out = append(out, j.Text[start:end]...)
	})
	return out
}

type layout struct {
	json   *JSON
	out    []byte
	tokens []PrettyToken
	depth  int
	last   byte // the punctuation before, 0 for none
}

func (l *layout) add(class string, start, end int) {
	c := byte(0)
	if class == "punct" {
		c = l.json.Text[start]
	}
	shut := c == '}' || c == ']'
	open := l.last == '{' || l.last == '['
	switch {
	case class == "rest":
	case shut && open:
		l.depth--
	case shut:
		l.depth--
		l.line(l.depth + 1)
	case open || l.last == ',':
		l.line(l.depth)
	case l.last == ':':
		l.out = append(l.out, ' ')
	}
	if c == '{' || c == '[' {
		l.depth++
	}
	l.last = c
	at := len(l.out)
	l.out = append(l.out, l.json.Text[start:end]...)
	l.tokens = append(l.tokens, PrettyToken{class, at, len(l.out), start, end})
}

// line begins a line for something inside level depth.
func (l *layout) line(inside int) {
	if inside > maxIndent {
		return
	}
	l.out = append(l.out, '\n')
	for range l.depth {
		l.out = append(l.out, ' ', ' ')
	}
}

// lexemes gives each piece of the text but whitespace, then what reading did not understand as one piece.
func (j *JSON) lexemes(give func(class string, start, end int)) {
	i := 0
	if bytes.HasPrefix(j.Text, []byte(bom)) {
		i = len(bom)
		give("rest", 0, i)
	}
	for i < j.end {
		c := j.Text[i]
		if isBlank(c) {
			i++
			continue
		}
		class, n := j.lexeme(i, c)
		give(class, i, i+n)
		i += n
	}
	if i < len(j.Text) {
		give("rest", i, len(j.Text))
	}
}

func (j *JSON) lexeme(i int, c byte) (class string, n int) {
	switch {
	case c == '"':
		n = stringLen(j.Text[i:j.end])
		if j.named(i + n) {
			return "name", n
		}
		return "string", n
	case !isNumberish(c):
		return "punct", 1
	}
	for i+n < j.end && isNumberish(j.Text[i+n]) {
		n++
	}
	switch c {
	case 't', 'f':
		return "bool", n
	case 'n':
		return "null", n
	}
	return "number", n
}

// named reports whether a colon comes next.
func (j *JSON) named(i int) bool {
	for i < j.end && isBlank(j.Text[i]) {
		i++
	}
	return i < j.end && j.Text[i] == ':'
}

// stringLen returns how long the string at the beginning of b is.
func stringLen(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return len(b)
}
