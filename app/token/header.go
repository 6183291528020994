package token

import (
	"bytes"
	"strconv"
)

// readHeader reads the JOSE header: an object of UTF-8 JSON, no name twice (RFC 7515 §4).
func (d *draft) readHeader() *JSON {
	s := &d.Segments[0]
	if s.Text == "" {
		p := d.about(s, "token.header-empty")
		d.faults.add(p)
		return nil
	}
	if len(s.Bytes) == 0 {
		return nil
	}
	if !startsObject(s.Bytes) {
		d.faults.add(d.about(s, "header.not-object"))
		return nil
	}
	json, problems := ReadJSON(s.Bytes)
	s.JSON = json
	whole := true
	d.inside(s, problems, func(p Problem) Severity {
		if p.Code == "json.duplicate" {
			return Error
		}
		whole = whole && p.Severity != Error
		return p.Severity
	})
	h := params{d, s, json.Root()}
	if whole && !h.header.Get("alg").Exists() && d.Form != JSONJWS && d.Form != JSONJWE {
		h.fault("header.alg-missing", h.header)
	}
	h.check()
	return json
}

// startsObject reports whether bytes begin as a JSON object does.
func startsObject(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte(bom)), " \t\r\n")
	return len(b) > 0 && b[0] == '{'
}

// params checks the header parameters whose form is laid down, whatever their values mean.
type params struct {
	draft   *draft
	segment *Segment
	header  Value
}

func (h params) fault(code string, at Value, args ...string) {
	if h.draft.faults.full(Warning) {
		return
	}
	span := h.segment.Source(at.Span().Start, at.Span().End)
	p := fault(code, span.Start, span.End, args...)
	p.Part = h.segment.Part
	h.draft.faults.add(p)
}

// forms says of each header parameter what its value has to be.
var forms = []struct{ name, form, ref string }{
	{"alg", "string", "RFC 7515 §4.1.1"},
	{"enc", "string", "RFC 7516 §4.1.2"},
	{"zip", "string", "RFC 7516 §4.1.3"},
	{"jku", "string", "RFC 7515 §4.1.2"},
	{"jwk", "object", "RFC 7515 §4.1.3"},
	{"kid", "string", "RFC 7515 §4.1.4"},
	{"x5u", "string", "RFC 7515 §4.1.5"},
	{"x5c", "strings", "RFC 7515 §4.1.6"},
	{"x5t", "string", "RFC 7515 §4.1.7"},
	{"x5t#S256", "string", "RFC 7515 §4.1.8"},
	{"typ", "string", "RFC 7515 §4.1.9"},
	{"cty", "string", "RFC 7515 §4.1.10"},
	{"epk", "object", "RFC 7518 §4.6.1.1"},
	{"apu", "string", "RFC 7518 §4.6.1.2"},
	{"apv", "string", "RFC 7518 §4.6.1.3"},
}

func (h params) check() {
	for _, f := range forms {
		v := h.header.Get(f.name)
		if !v.Exists() {
			continue
		}
		code := ""
		switch {
		case f.form == "string" && v.Kind() != String:
			code = "header.not-string"
		case f.form == "object" && v.Kind() != Object:
			code = "header.not-object-member"
		case f.form == "strings" && !isStrings(v):
			code = "header.not-strings"
		default:
			continue
		}
		h.fault(code, v, f.name, v.Kind().String())
		h.cite(f.ref)
	}
	h.crit()
	h.b64()
}

// cite gives the last problem a reference of its own.
func (h params) cite(ref string) {
	list := h.draft.faults.list
	if n := len(list); n > 0 {
		list[n-1].Ref = ref
	}
}

// isStrings reports whether v is an array of strings, not empty.
func isStrings(v Value) bool {
	for item := range v.Items() {
		if item.Kind() != String {
			return false
		}
	}
	return v.Kind() == Array && v.Len() > 0
}

// crit checks the list of extensions that must be understood (RFC 7515 §4.1.11): names of parameters that are there,
// none that the specifications define, each once.
func (h params) crit() {
	crit := h.header.Get("crit")
	if !crit.Exists() {
		return
	}
	if !isStrings(crit) {
		h.fault("header.crit-form", crit)
		return
	}
	there := map[string]bool{}
	for name := range h.header.Members() {
		there[name.Text()] = true
	}
	seen := map[string]bool{}
	for item := range crit.Items() {
		name := item.Text()
		switch {
		case seen[name]:
			h.fault("header.crit-twice", item, clip(name))
		case registered(name):
			h.fault("header.crit-registered", item, clip(name))
		case !there[name]:
			h.fault("header.crit-absent", item, clip(name))
		}
		seen[name] = true
	}
}

// registered reports whether the specifications themselves define the header parameter.
func registered(name string) bool {
	for _, f := range forms {
		if f.name == name {
			return true
		}
	}
	return name == "crit" || name == "iv" || name == "tag" || name == "p2s" || name == "p2c"
}

// b64 checks the parameter of RFC 7797: a boolean, named in crit.
func (h params) b64() {
	v := h.header.Get("b64")
	if !v.Exists() {
		return
	}
	if v.Kind() != Bool {
		h.fault("header.b64-form", v, v.Kind().String())
		return
	}
	for item := range h.header.Get("crit").Items() {
		if item.is("b64") {
			return
		}
	}
	h.fault("header.b64-not-crit", v)
}

// unencoded reports whether the header says that the payload is not base64url (RFC 7797 §3).
func unencoded(header *JSON) bool {
	v := header.Root().Get("b64")
	return v.Kind() == Bool && v.Raw() == "false"
}

// checkEncrypted looks at a JWE as a whole: enc is what tells it from a text that has two dots too many.
func (d *draft) checkEncrypted(header *JSON) {
	root := header.Root()
	if !root.Get("enc").Exists() {
		d.fault("header.enc-missing", d.Header().Span)
		return
	}
	d.fault("token.encrypted", d.Header().Span)
}

func itoa(n int) string { return strconv.Itoa(n) }
