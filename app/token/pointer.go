package token

import (
	"strconv"
	"strings"
)

// A member is where an offset of a JSON text stands: the innermost member or item that holds it.
type member struct {
	pointer string // JSON Pointer (RFC 6901), "" for the whole value
	span    Span   // in JSON.Text: a member's from its name to the end of its value
	value   Value
}

// member finds the innermost member or item at an offset. It goes down one level at a time and over what is beside.
func (j *JSON) member(at int) member {
	m := member{span: j.Root().Span(), value: j.Root()}
	for m.value.Exists() {
		inner, ok := m.child(at)
		if !ok {
			break
		}
		m = inner
	}
	return m
}

// child finds what of an object or array holds the offset.
func (m member) child(at int) (member, bool) {
	if m.value.Kind() == Object {
		for name, value := range m.value.Members() {
			if span := (Span{name.Span().Start, value.Span().End}); span.holds(at) {
				return member{m.pointer + "/" + pointerEscape(name.Text()), span, value}, true
			}
		}
		return member{}, false
	}
	n := 0
	for item := range m.value.Items() {
		if item.Span().holds(at) {
			return member{m.pointer + "/" + strconv.Itoa(n), item.Span(), item}, true
		}
		n++
	}
	return member{}, false
}

func (s Span) holds(at int) bool { return s.Start <= at && at < s.End }

// pointerEscape writes a name as a reference token of a JSON Pointer (RFC 6901 §3).
func pointerEscape(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}
