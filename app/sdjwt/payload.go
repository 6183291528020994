package sdjwt

import (
	"slices"
	"strings"

	"jwtlab/app/token"
)

// maxDepth bounds how deep values of the payload, and disclosures in disclosures, may lie in each other.
const maxDepth = 1024

// A step is one token of a JSON Pointer: a name, or the index of an array element.
type step struct {
	name  string
	index int // of an array element, where name is empty
	item  bool
}

// maxPath bounds a pointer in bytes; what is longer is cut.
const maxPath = 4 << 10

// path is the place that is being written, as a JSON Pointer (RFC 6901), and one step further if there is a name.
func (o *opening) path(more ...step) string {
	var b strings.Builder
	for _, steps := range [][]step{o.where, more} {
		for _, s := range steps {
			name := itoa(s.index)
			if !s.item {
				name = pointer(clipBytes(s.name, maxPath))
			}
			if b.Len()+len(name) > maxPath {
				return b.String() + "/…"
			}
			b.WriteString("/" + name)
		}
	}
	return b.String()
}

// pointer escapes a name (RFC 6901 §3).
func pointer(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

func clipBytes(s string, n int) string { return s[:min(len(s), n)] }

// value writes a value with what is disclosed in it (RFC 9901 §7.1, step 3).
func (o *opening) value(v token.Value) {
	switch kind := v.Kind(); {
	case kind != token.Object && kind != token.Array:
		o.out = append(o.out, v.Raw()...)
	case len(o.where) == maxDepth:
		o.fault("sd.depth", itoa(maxDepth))
		o.out = append(o.out, "null"...)
	case kind == token.Object:
		o.object(v)
	default:
		o.array(v)
	}
}

// in writes a value one step further in.
func (o *opening) in(s step, v token.Value) {
	o.where = append(o.where, s)
	o.value(v)
	o.where = o.where[:len(o.where)-1]
}

// reveal writes the value of a disclosure.
func (o *opening) reveal(i int, s step) {
	outer := o.parent
	o.parent = i
	o.disclosures[i].Shown = true
	o.in(s, o.parts[i].value)
	o.parent = outer
}

// object writes an object. What is disclosed stands where _sd stood, in the order of the disclosures.
func (o *opening) object(v token.Value) {
	disclosed := o.disclosed(v)
	top := len(o.where) == 0
	start := len(o.out)
	o.out = append(o.out, '{')
	member := func(name token.Value) {
		if len(o.out) > start+1 {
			o.out = append(o.out, ',')
		}
		o.out = append(append(o.out, name.Raw()...), ':')
	}
	for name, value := range v.Members() {
		switch n := name.Text(); {
		case n == "_sd":
			for _, i := range disclosed {
				member(o.parts[i].name)
				o.reveal(i, step{name: o.disclosures[i].Name})
			}
		case n == "...":
			o.fault("sd.dots", o.path())
		case n == "_sd_alg" && top:
		default:
			member(name)
			o.in(step{name: n}, value)
		}
	}
	o.out = append(o.out, '}')
}

// disclosed finds the disclosures of the digests that an object has under _sd.
func (o *opening) disclosed(v token.Value) []int {
	sd := v.Get("_sd")
	if !sd.Exists() {
		return nil
	}
	if sd.Kind() != token.Array {
		o.fault("sd.not-array", o.path())
		return nil
	}
	var found []int
	for item := range sd.Items() {
		if item.Kind() != token.String {
			o.fault("sd.not-string", o.path())
			continue
		}
		if i := o.match(item.Text(), false); i >= 0 {
			found = append(found, i)
		}
	}
	slices.Sort(found)
	return o.unique(v, found)
}

// unique leaves out the disclosures whose name the object has already, from the issuer or from one before.
func (o *opening) unique(v token.Value, found []int) []int {
	if len(found) == 0 {
		return nil
	}
	taken := make(map[string]bool, v.Len()+len(found))
	for name := range v.Members() {
		taken[name.Text()] = true
	}
	return slices.DeleteFunc(found, func(i int) bool {
		d := &o.disclosures[i]
		if taken[d.Name] {
			d.Fault = "sd.name-exists"
			return true
		}
		taken[d.Name] = true
		return d.Name == "_sd_alg" && len(o.where) == 0 // goes with that of the issuer (RFC 9901 §7.1, step 3f)
	})
}

// array writes an array, leaving out the elements that are not disclosed.
func (o *opening) array(v token.Value) {
	start := len(o.out)
	o.out = append(o.out, '[')
	comma := func() {
		if len(o.out) > start+1 {
			o.out = append(o.out, ',')
		}
	}
	index := 0
	for item := range v.Items() {
		s := step{index: index, item: true}
		index++
		dots, is := placeholder(item)
		if !is {
			comma()
			o.in(s, item)
			continue
		}
		o.where = append(o.where, s)
		i := o.match(dots, true)
		o.where = o.where[:len(o.where)-1]
		if i >= 0 {
			comma()
			o.reveal(i, s)
		}
	}
	o.out = append(o.out, ']')
}

// placeholder returns the digest that stands in place of an array element (RFC 9901 §4.2.4.2).
func placeholder(v token.Value) (digest string, ok bool) {
	dots := v.Get("...")
	return dots.Text(), dots.Kind() == token.String && v.Len() == 1
}

// match finds the disclosure of a digest, and -1 if there is none that can be put in its place.
func (o *opening) match(text string, item bool) int {
	if o.seen[text] {
		o.fault("sd.digest-twice", text)
		return -1
	}
	o.seen[text] = true
	i, known := o.byDigest[text]
	if !known {
		if o.hiddenCount++; len(o.hidden) < maxHidden {
			o.hidden = append(o.hidden, Digest{Text: text, Item: item, Path: o.path(), Parent: o.parent})
		}
		return -1
	}
	d := &o.disclosures[i]
	o.parts[i].referenced = true
	d.Parent = o.parent
	if o.parent >= 0 {
		p := &o.disclosures[o.parent]
		p.Children = append(p.Children, i)
	}
	d.Path = o.path()
	if !item {
		d.Path = o.path(step{name: d.Name})
	}
	switch {
	case d.Fault != "":
		return -1
	case d.Item && !item:
		d.Fault = "sd.in-object"
		return -1
	case item && !d.Item:
		d.Fault = "sd.in-array"
		return -1
	}
	return i
}
