package main

import "bytes"

var null = []byte("null")

// plainLine is a line as most are: no escapes, nothing but ASCII, nothing nested but a key that is known.
type plainLine struct {
	rest           []byte
	memory         *memory
	id, input, alg []byte
	key            *answeredKey
	seen           [memberCount]bool
}

// read reads the line, and reports false if it is no plain one.
func (p *plainLine) read() bool {
	if !p.take('{') {
		return false
	}
	p.id = null
	for {
		name, ok := p.str()
		if !ok || !p.take(':') || !p.member(string(name)) {
			return false
		}
		if p.take('}') {
			p.blank()
			return len(p.rest) == 0 && p.key != nil && len(p.input) > 0
		}
		if !p.take(',') {
			return false
		}
	}
}

// member reads the value of a member.
func (p *plainLine) member(name string) bool {
	for i, known := range memberNames {
		if name != known {
			continue
		}
		if p.seen[i] {
			return false
		}
		p.seen[i] = true
		break
	}
	p.blank()
	switch name {
	case memberNames[memberID]:
		start := p.rest
		ok := p.value()
		p.id = start[:len(start)-len(p.rest)]
		return ok
	case memberNames[memberInput]:
		return p.token()
	case memberNames[memberAlg]:
		if len(p.rest) > 0 && p.rest[0] == 'n' {
			return p.word("null")
		}
		var ok bool
		p.alg, ok = p.str()
		return ok && len(p.alg) > 0
	case memberNames[memberPayload]:
		return p.word("null")
	case memberNames[memberKey]:
		if p.key = p.memory.begins(p.rest); p.key == nil {
			return false
		}
		p.rest = p.rest[len(p.key.key):]
		return true
	}
	return p.value()
}

// token reads the string of a token. Line breaks are looked for, since base64 is decoded past them; every other character
// that has no place in a string has none in a token either.
func (p *plainLine) token() bool {
	if !p.take('"') {
		return false
	}
	end := bytes.IndexByte(p.rest, '"')
	if end < 0 {
		return false
	}
	p.input, p.rest = p.rest[:end], p.rest[end+1:]
	return bytes.IndexByte(p.input, '\n') < 0 && bytes.IndexByte(p.input, '\r') < 0
}

// value reads a string, null or a whole number.
func (p *plainLine) value() bool {
	if len(p.rest) == 0 {
		return false
	}
	switch c := p.rest[0]; {
	case c == '"':
		_, ok := p.str()
		return ok
	case c == 'n':
		return p.word("null")
	case c >= '0' && c <= '9':
		n := 1
		for n < len(p.rest) && c != '0' && '0' <= p.rest[n] && p.rest[n] <= '9' {
			n++
		}
		p.rest = p.rest[n:]
		return len(p.rest) > 0 && (p.rest[0] == ',' || p.rest[0] == '}')
	}
	return false
}

func (p *plainLine) word(w string) bool {
	rest, ok := bytes.CutPrefix(p.rest, []byte(w))
	p.rest = rest
	return ok
}

// str reads a string of printable ASCII without escapes.
func (p *plainLine) str() ([]byte, bool) {
	if !p.take('"') {
		return nil, false
	}
	for i, c := range p.rest {
		switch {
		case c == '"':
			s := p.rest[:i]
			p.rest = p.rest[i+1:]
			return s, true
		case c < ' ' || c >= 0x7f || c == '\\':
			return nil, false
		}
	}
	return nil, false
}

// take reads a character and the blanks before it.
func (p *plainLine) take(c byte) bool {
	p.blank()
	if len(p.rest) == 0 || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *plainLine) blank() {
	for len(p.rest) > 0 && (p.rest[0] == ' ' || p.rest[0] == '\t' || p.rest[0] == '\r' || p.rest[0] == '\n') {
		p.rest = p.rest[1:]
	}
}
