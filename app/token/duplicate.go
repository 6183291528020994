package token

// few is how many members are compared each with each; more go through a map.
const few = 12

// duplicates reports the members whose name an earlier one of the same object has. Names are compared as they read,
// not as they are written: "a" and "\u0061" are one name (RFC 8259 §8.3).
func (r *reader) duplicates() {
	for i, n := range r.json.nodes {
		if n.kind != Object {
			continue
		}
		v := Value{r.json, i}
		if v.Len() > few {
			r.repeatsOfMany(v)
		} else {
			r.repeatsOfFew(v)
		}
	}
}

func (r *reader) repeatsOfFew(object Value) {
	var seen [few]Value
	n := 0
	for name := range object.Members() {
		for _, other := range seen[:n] {
			if name.same(other) {
				r.repeated(name)
				break
			}
		}
		seen[n] = name
		n++
	}
}

func (r *reader) repeatsOfMany(object Value) {
	seen := make(map[string]bool, object.Len())
	if r.whole == "" {
		r.whole = string(r.text) // copied once, so that the names need not be one by one
	}
	for name := range object.Members() {
		n := name.node()
		text := r.whole[n.start+1 : n.end-1] // a name that is cut has no value and is no member
		if n.odd {
			text = name.Text()
		}
		if seen[text] {
			r.repeated(name)
		}
		seen[text] = true
	}
}

func (r *reader) repeated(name Value) {
	if !r.faults.full(Warning) {
		at := name.Span()
		r.fault("json.duplicate", at.Start, at.End, clip(name.Text()))
	}
}

// same reports whether two names read alike.
func (v Value) same(w Value) bool {
	a, b := v.node(), w.node()
	if a.odd || b.odd {
		return v.Text() == w.Text()
	}
	return string(v.json.inner(a)) == string(w.json.inner(b))
}

// clip shortens a text that goes into a problem.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	end := most
	for end > most-4 && s[end]&0xc0 == 0x80 {
		end--
	}
	return s[:end] + "…"
}
