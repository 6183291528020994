package main

import (
	"bytes"
	"encoding/base64"
	"strings"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// Most batches ask the same of many tokens: one key, one algorithm, one header. Of such a line only the signature is
// new, so a worker keeps what it answered to genuine tokens and, for a line of the same key, alg and header, verifies
// the signature and answers the same. Whatever is out of the ordinary, and every token that does not verify, goes the
// long way; a test holds the two ways to the same answers.

const (
	keptLength  = 4 << 20 // bytes that a worker keeps of keys, headers and answers
	keptBeside  = 1 << 10 // bytes that each answer counts for besides: what was read of the key
	keptAnswers = 16      // of one key
)

// answeredKey has the answers to genuine tokens of one key.
type answeredKey struct {
	key     string // the member as it is written
	answers []answeredHeader
}

type answeredHeader struct {
	alg    string // the member; empty if there is none
	header string // the segment
	repeat *jws.Repeat
	answer []byte // behind the id
}

// memory is what a worker knows of earlier lines. When it is full it starts anew.
type memory struct {
	keys      map[string]*answeredKey // by their text up to the first brace, which ends all but the sets
	kept      int                     // bytes
	signature []byte                  // scratch
	payload   []byte
}

// learn keeps the answer to a genuine token.
func (m *memory) learn(l *line, t token.Token, keys key.Reading, r jws.Report, answer []byte) {
	raw, header := l.raw(l.members[memberKey]), t.Header().Text
	repeat := r.Repeat(t, keys)
	plain := l.members[memberPayload].Kind() == token.Null && l.members[memberKey].Kind() == token.Object
	size := len(raw) + len(header) + len(answer) + keptBeside
	if repeat == nil || !plain || size > cachedLength {
		return
	}
	if m.kept += size; m.kept > keptLength || m.keys == nil {
		m.keys, m.kept = map[string]*answeredKey{}, size
	}
	k := m.begins(raw)
	if k == nil {
		k = &answeredKey{key: string(raw)}
		m.keys[k.key[:firstBrace(raw)]] = k
	}
	if len(k.answers) == keptAnswers {
		k.answers = k.answers[:0]
	}
	alg := ""
	if v := l.members[memberAlg]; v.Kind() == token.String {
		alg = v.Text()
	}
	k.answers = append(k.answers, answeredHeader{alg, strings.Clone(header), repeat, bytes.Clone(answer)})
}

// begins returns the key that a text begins with. A key is an object, so what ends as it does ends there.
func (m *memory) begins(text []byte) *answeredKey {
	k := m.keys[string(text[:firstBrace(text)])]
	if k == nil || len(text) < len(k.key) || string(text[:len(k.key)]) != k.key {
		return nil
	}
	return k
}

// firstBrace returns the length of a text up to the first brace that closes.
func firstBrace(text []byte) int { return bytes.IndexByte(text, '}') + 1 }

// again answers a line of which all but the signature is known. It is false for any other line.
func (m *memory) again(text, out []byte) ([]byte, bool) {
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
	return a.repeat.Fits(input[:len(input)-len(signature)-1], m.signature)
}

// strict skips CR and LF, which [plainLine.token] refuses.
var strict = base64.RawURLEncoding.Strict()
