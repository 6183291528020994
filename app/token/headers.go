package token

// The headers of a JSON serialization stand in up to three places, and count as one together: the protected one, one
// for all recipients, and one for each signature or recipient (RFC 7515 §7.2.1, RFC 7516 §7.2.1).

// beside adds a header that nothing protects.
func (d *draft) beside(o object, h Value) {
	if !h.Exists() {
		return
	}
	raw := h.Raw()
	json, _ := ReadJSON([]byte(raw))
	s := d.add(Segment{Part: PartUnprotected, Text: raw, Bytes: []byte(raw), JSON: json, raw: true, Strict: true}, index{base: o.span(h).Start}, 0)
	d.faults.add(d.about(s, "token.unprotected"))
	if json.Root().Kind() != Object {
		h := params{d, s, json.Root()}
		h.fault("header.not-object-member", h.header, "header", h.header.Kind().String())
		h.cite("RFC 7515 §7.2.1")
	}
}

// headers checks what is laid down for all of them together: a name stands in one of them, some in the protected one
// only, and one says the algorithm.
func (d *draft) headers() {
	seen := map[string]bool{}
	alg := false
	for i := range d.Segments {
		s := &d.Segments[i]
		if s.Part != PartHeader && s.Part != PartUnprotected {
			continue
		}
		h := params{d, s, s.JSON.Root()}
		own := map[string]bool{}
		for name := range h.header.Members() {
			text := name.Text()
			alg = alg || text == "alg"
			if seen[text] {
				h.fault("header.not-disjoint", name, clip(text))
			}
			own[text] = true
			h.mustProtect(name, text)
		}
		for name := range own {
			seen[name] = true
		}
	}
	if !alg && d.Header().JSON != nil {
		d.fault("header.alg-missing", d.Header().Span)
	}
}

// mustProtect reports a parameter that only the protected header may have (RFC 7515 §4.1.11, RFC 7797 §3, RFC 7516
// §4.1.3).
func (h params) mustProtect(name Value, text string) {
	if h.segment.Part == PartHeader || text != "crit" && text != "b64" && text != "zip" {
		return
	}
	h.fault("header.must-protect", name, text)
	switch text {
	case "b64":
		h.cite("RFC 7797 §3")
	case "zip":
		h.cite("RFC 7516 §4.1.3")
	}
}

// mixed reports a member of the flattened form beside the list of the general one (RFC 7515 §7.2.2, RFC 7516 §7.2.2).
func (d *draft) mixed(o object, one Value, list string, names ...string) {
	if one == o.root {
		return
	}
	for _, name := range names {
		if v := o.root.Get(name); v.Exists() {
			d.fault("token.json-mixed", o.span(v), name, list)
			return
		}
	}
}
