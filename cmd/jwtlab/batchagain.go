package main

import (
	"bytes"
	"encoding/base64"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// Most batches ask the same of many tokens: one key, one algorithm, one header. Of such a line only the signature is
// new, so a worker keeps what it answered to genuine tokens and, for a line of the same key, alg and header, verifies
// the signature and answers the same. Whatever is out of the ordinary, and every token that does not verify, goes the
// long way; a test holds the two ways to the same answers.

const (
	keptKeys    = 16
	keptAnswers = 16 // of one key
)

// answeredKey has the answers to genuine tokens of one key.
type answeredKey struct {
	key     []byte // the member as it is written
	answers []answeredHeader
}

type answeredHeader struct {
	alg    string // the member; empty if there is none
	header string // the segment
	repeat jws.Repeat
	answer []byte // behind the id
}

// memory is what a worker knows of earlier lines.
type memory struct {
	keys      []answeredKey
	signature []byte // scratch
	payload   []byte
}

// learn keeps the answer to a genuine token.
func (m *memory) learn(l *line, t token.Token, keys key.Reading, r jws.Report, answer []byte) {
	raw := l.raw(l.members[memberKey])
	repeat, ok := r.Repeat(t, keys)
	plain := l.members[memberPayload].Kind() == token.Null && l.members[memberKey].Kind() == token.Object
	if !ok || !plain || len(raw) > cachedLength {
		return
	}
	k := m.find(raw)
	if len(k.answers) == keptAnswers {
		k.answers = k.answers[:0]
	}
	alg := ""
	if v := l.members[memberAlg]; v.Kind() == token.String {
		alg = v.Text()
	}
	k.answers = append(k.answers, answeredHeader{alg, t.Header().Text, repeat, bytes.Clone(answer)})
}

// find returns the place of a key, a new one if need be.
func (m *memory) find(raw []byte) *answeredKey {
	for i := range m.keys {
		if bytes.Equal(m.keys[i].key, raw) {
			return &m.keys[i]
		}
	}
	if len(m.keys) == keptKeys {
		m.keys = m.keys[:0]
	}
	m.keys = append(m.keys, answeredKey{key: bytes.Clone(raw)})
	return &m.keys[len(m.keys)-1]
}

// begins returns the key that a text begins with. A key is an object, so what ends as it does ends there.
func (m *memory) begins(text []byte) *answeredKey {
	for i := range m.keys {
		if bytes.HasPrefix(text, m.keys[i].key) {
			return &m.keys[i]
		}
	}
	return nil
}

// again answers a line of which all but the signature is known. It is false for any other line.
func (m *memory) again(text, out []byte) ([]byte, bool) {
	if len(m.keys) == 0 {
		return out, false
	}
	p := plainLine{rest: text, memory: m}
	if !p.read() {
		return out, false
	}
	for i := range p.key.answers {
		a := &p.key.answers[i]
		if a.alg != string(p.alg) || !bytes.HasPrefix(p.input, []byte(a.header)) {
			continue
		}
		if !m.fits(a, p.input) {
			return out, false
		}
		out = append(append(append(out, `{"id":`...), p.id...), a.answer...)
		return append(out, '}', '\n'), true
	}
	return out, false
}

// fits verifies the signature of a compact token whose header is known.
func (m *memory) fits(a *answeredHeader, input []byte) bool {
	body, ok := bytes.CutPrefix(input[len(a.header):], []byte("."))
	payload, signature, dotted := bytes.Cut(body, []byte("."))
	if !ok || !dotted || len(payload) == 0 || len(signature) == 0 {
		return false
	}
	var err error
	if m.payload, err = strict.AppendDecode(m.payload[:0], payload); err != nil {
		return false
	}
	if m.signature, err = strict.AppendDecode(m.signature[:0], signature); err != nil {
		return false
	}
	return a.repeat.Fits(string(input[:len(input)-len(signature)-1]), m.signature)
}

// strict skips CR and LF, which [plainLine.token] refuses.
var strict = base64.RawURLEncoding.Strict()

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
	p.id = []byte("null")
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
		if name == known {
			if p.seen[i] {
				return false
			}
			p.seen[i] = true
		}
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
	case c >= '1' && c <= '9':
		n := 1
		for n < len(p.rest) && '0' <= p.rest[n] && p.rest[n] <= '9' {
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
