package token

import (
	"iter"
	"strconv"
)

// Kind is what a JSON value is. The zero Kind is Null.
type Kind uint8

// The kinds of RFC 8259 §3.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String returns the kind's name in lower case.
func (k Kind) String() string {
	names := [...]string{"null", "bool", "number", "string", "array", "object"}
	if int(k) < len(names) {
		return names[k]
	}
	return "kind " + strconv.Itoa(int(k))
}

// JSON is a JSON text read without loss: order, repeated names, the spelling of numbers and strings all stay, because
// a value is a range of the text and nothing else. A nil *JSON has no root.
type JSON struct {
	Text  []byte
	nodes []node
	end   int // where reading stopped: what is after it is only shown
}

// A node is a value, or a member's name before its value; its children follow it.
type node struct {
	start, end uint32
	next       uint32 // the node after this one and all of its children
	kind       Kind
	odd        bool // a string with escapes or faults, a number that is none
	open       bool // it has no end: the text was cut inside
}

// Value is a value in a [JSON]. The zero Value does not exist, and everything asked of it is zero.
type Value struct {
	json *JSON
	at   int
}

// Root returns the outermost value.
func (j *JSON) Root() Value {
	if j == nil || len(j.nodes) == 0 {
		return Value{}
	}
	return Value{j, 0}
}

// Exists reports whether there is a value.
func (v Value) Exists() bool { return v.json != nil }

func (v Value) node() node {
	if v.json == nil {
		return node{}
	}
	return v.json.nodes[v.at]
}

// Kind returns the value's kind, Null if it does not exist.
func (v Value) Kind() Kind { return v.node().kind }

// Span returns the value's range in [JSON.Text].
func (v Value) Span() Span {
	n := v.node()
	return Span{int(n.start), int(n.end)}
}

// Raw returns the value as it is written.
func (v Value) Raw() string {
	if v.json == nil {
		return ""
	}
	n := v.node()
	return string(v.json.Text[n.start:n.end])
}

// Text returns a string's characters, without quotes and escapes, and any other value as it is written. A lone
// surrogate becomes U+FFFD, bytes that are not UTF-8 stay.
func (v Value) Text() string {
	n := v.node()
	if n.kind != String || v.json == nil {
		return v.Raw()
	}
	inner := v.json.inner(n)
	if !n.odd {
		return string(inner)
	}
	return unescape(inner)
}

// inner returns what a string has between its quotes.
func (j *JSON) inner(n node) []byte {
	end := n.end
	if !n.open {
		end--
	}
	return j.Text[n.start+1 : end]
}

// is reports whether the value is the string s.
func (v Value) is(s string) bool {
	n := v.node()
	if n.kind != String || v.json == nil {
		return false
	}
	if n.odd {
		return v.Text() == s
	}
	return string(v.json.inner(n)) == s
}

// Len returns how many members or items there are, 0 for anything but an object or array.
func (v Value) Len() int {
	count := 0
	for range v.Items() {
		count++
	}
	return count
}

// Int returns a number that is written as an integer of 64 bits.
func (v Value) Int() (int64, bool) {
	if v.Kind() != Number {
		return 0, false
	}
	i, err := strconv.ParseInt(v.Raw(), 10, 64)
	return i, err == nil && !v.node().odd
}

// Float returns the double nearest to a number; false if there is none.
func (v Value) Float() (float64, bool) {
	if v.Kind() != Number || v.node().odd {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.Raw(), 64)
	return f, err == nil
}

// Get returns the value of an object's first member of that name.
func (v Value) Get(name string) Value {
	for n, value := range v.Members() {
		if n.is(name) {
			return value
		}
	}
	return Value{}
}

// Members yields the names and values of an object in order, repeated names too.
func (v Value) Members() iter.Seq2[Value, Value] {
	return func(yield func(Value, Value) bool) {
		if v.Kind() != Object {
			return
		}
		for i, end := v.at+1, int(v.node().next); i+1 < end; {
			value := Value{v.json, i + 1}
			if !yield(Value{v.json, i}, value) {
				return
			}
			i = int(value.node().next)
		}
	}
}

// Items yields the items of an array, and the values of an object.
func (v Value) Items() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() == Object {
			for _, value := range v.Members() {
				if !yield(value) {
					return
				}
			}
		}
		if v.Kind() != Array {
			return
		}
		for i, end := v.at+1, int(v.node().next); i < end; {
			item := Value{v.json, i}
			if !yield(item) {
				return
			}
			i = int(item.node().next)
		}
	}
}
