package token

import (
	"bytes"
	"strconv"
)

// The limits of [ReadJSON] (RFC 8259 §9 allows them): a node takes 16 bytes, so a text costs at most 16 MB beside itself.
const (
	maxDepth = 1024
	maxNodes = 1 << 20
)

// ReadJSON reads a JSON text (RFC 8259). The spans of the problems are offsets into text. It goes on after faults that
// leave the rest readable, and at any other keeps what it has: a cut text gives the members before the cut. The JSON is
// nil only if there is no value at all.
func ReadJSON(text []byte) (*JSON, []Problem) {
	nodes := make([]node, 0, min(len(text)/12+8, maxNodes))
	r := reader{json: &JSON{Text: text, nodes: nodes}, text: text}
	if bytes.HasPrefix(text, []byte(bom)) {
		r.fault("json.bom", 0, len(bom))
		r.pos = len(bom)
	}
	r.read()
	r.json.end = r.end
	if len(r.json.nodes) == 0 {
		return nil, r.faults.all()
	}
	r.duplicates()
	return r.json, r.faults.all()
}

const bom = "\ufeff"

// What may come next.
type state uint8

const (
	wantValue  state = iota
	wantItem         // a value, or the end of an empty array
	wantMember       // a name, or the end of an empty object
	wantName
	wantColon
	wantMore // a comma, or the end of the container
)

type reader struct {
	json   *JSON
	text   []byte
	pos    int
	end    int   // behind the last thing understood
	stack  []int // the open containers' nodes
	state  state
	comma  int    // where the last comma stands
	whole  string // the text, once it is needed as a string
	faults faults
}

func (r *reader) fault(code string, start, end int, args ...string) {
	r.faults.add(fault(code, start, end, args...))
}

// read reads one value and looks at what is behind it. It does not recurse: depth is bounded by maxDepth, not by luck.
func (r *reader) read() {
	for ok := true; ok; {
		r.blank()
		if r.pos == len(r.text) {
			r.cut()
			break
		}
		ok = r.step(r.text[r.pos])
		if ok {
			r.end = r.pos
		}
		if ok && len(r.stack) == 0 && r.state == wantMore {
			r.trailing()
			return
		}
	}
	r.close()
}

func (r *reader) step(c byte) bool {
	switch {
	case r.state == wantMember && c == '}', r.state == wantItem && c == ']':
		return r.pop()
	case r.state == wantName && c == '}', r.state == wantValue && c == ']' && r.top() == Array:
		r.fault("json.comma", r.comma, r.comma+1)
		return r.pop()
	case r.state == wantMember || r.state == wantName:
		if c != '"' {
			return r.syntax()
		}
		r.state = wantColon
		return r.str()
	case r.state == wantColon:
		r.state = wantValue
		return r.eat(c == ':')
	case r.state == wantMore:
		return r.more(c)
	}
	r.state = wantMore
	return r.value(c)
}

func (r *reader) eat(right bool) bool {
	if !right {
		return r.syntax()
	}
	r.pos++
	return true
}

// more reads what stands behind a value in a container.
func (r *reader) more(c byte) bool {
	object := r.top() == Object
	switch {
	case c == ',':
		r.comma = r.pos
		r.state = wantValue
		if object {
			r.state = wantName
		}
		return r.eat(true)
	case c == '}' && object, c == ']' && !object:
		return r.pop()
	}
	return r.syntax()
}

func (r *reader) value(c byte) bool {
	switch {
	case c == '{':
		return r.push(Object, wantMember)
	case c == '[':
		return r.push(Array, wantItem)
	case c == '"':
		return r.str()
	case c == '-' || c == '+' || c == '.' || '0' <= c && c <= '9':
		return r.number()
	case isLetter(c):
		return r.word()
	}
	return r.syntax()
}

// node adds a value from start to the place reached.
func (r *reader) node(n node) bool {
	if len(r.json.nodes) == maxNodes {
		r.fault("json.too-many", int(n.start), len(r.text), strconv.Itoa(maxNodes))
		return false
	}
	n.next = uint32(len(r.json.nodes) + 1)
	r.json.nodes = append(r.json.nodes, n)
	return true
}

func (r *reader) top() Kind {
	if len(r.stack) == 0 {
		return Null
	}
	return r.json.nodes[r.stack[len(r.stack)-1]].kind
}

func (r *reader) push(k Kind, next state) bool {
	if len(r.stack) == maxDepth {
		r.fault("json.too-deep", r.pos, r.pos+1, strconv.Itoa(maxDepth))
		return false
	}
	if !r.node(node{start: uint32(r.pos), end: uint32(r.pos + 1), kind: k}) {
		return false
	}
	r.stack = append(r.stack, len(r.json.nodes)-1)
	r.state = next
	return r.eat(true)
}

func (r *reader) pop() bool {
	top := &r.json.nodes[r.stack[len(r.stack)-1]]
	r.stack = r.stack[:len(r.stack)-1]
	r.pos++
	top.end, top.next = uint32(r.pos), uint32(len(r.json.nodes))
	r.state = wantMore
	return true
}

// close ends what is still open where reading stopped. A name without its value is dropped: the text still shows it.
func (r *reader) close() {
	nodes := r.json.nodes
	if r.dangling() {
		nodes = nodes[:len(nodes)-1]
	}
	for _, i := range r.stack {
		nodes[i].end, nodes[i].next, nodes[i].open = uint32(r.end), uint32(len(nodes)), true
	}
	r.json.nodes = nodes
}

// dangling reports whether the innermost open object ends in a name without its value.
func (r *reader) dangling() bool {
	if r.top() != Object {
		return false
	}
	at, last := r.stack[len(r.stack)-1]+1, len(r.json.nodes)
	for at+1 < last {
		at = int(r.json.nodes[at+1].next)
	}
	return at < last
}

// trailing reports what stands behind the value.
func (r *reader) trailing() {
	r.blank()
	if r.pos < len(r.text) {
		r.fault("json.trailing", r.pos, len(r.text))
		return
	}
	r.end = r.pos
}

func (r *reader) cut() {
	if len(r.json.nodes) == 0 {
		r.fault("json.empty", 0, len(r.text))
		return
	}
	r.fault("json.cut", max(0, min(r.end, len(r.text)-1)), len(r.text)) // something to see at the end at least
}

func (r *reader) syntax() bool {
	n := 1
	if c := r.text[r.pos]; c >= 0x80 {
		_, n = decodeRune(r.text[r.pos:])
	}
	r.fault("json.syntax", r.pos, r.pos+n, show(string(r.text[r.pos:r.pos+n])))
	return false
}

func (r *reader) blank() {
	for r.pos < len(r.text) && isBlank(r.text[r.pos]) {
		r.pos++
	}
}

// isBlank reports whether c is whitespace in JSON (RFC 8259 §2).
func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
