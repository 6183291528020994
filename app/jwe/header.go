package jwe

import (
	"strconv"
	"strings"

	"jwtlab/app/token"
)

// joseHeader is the JOSE header: what is protected, what all recipients share, and what is one recipient's
// (RFC 7516 §7.2.1). In a compact JWE all is protected.
type joseHeader []token.Value

func headerOf(t token.Token) joseHeader {
	h := joseHeader{t.Header().JSON.Root()}
	for _, s := range t.Segments {
		if s.Part == token.PartUnprotected {
			h = append(h, s.JSON.Root())
		}
	}
	return h
}

// get returns the parameter of that name, the protected one if there are two.
func (h joseHeader) get(name string) token.Value {
	for _, part := range h {
		if v := part.Get(name); v.Exists() {
			return v
		}
	}
	return token.Value{}
}

// protected returns the part that the tag protects.
func (h joseHeader) protected() token.Value { return h[0] }

// twice returns a name that the parts have twice, empty if there is none.
func (h joseHeader) twice() string {
	seen := map[string]bool{}
	for _, part := range h {
		for name := range part.Members() {
			text := name.Text()
			if seen[text] {
				return text
			}
			seen[text] = true
		}
	}
	return ""
}

// form asks whether the token breaks the rules of its form, those of a JSON serialization included.
func (o *opener) form() bool {
	faults := 0
	for _, p := range o.token.Problems {
		if p.Severity == token.Error || p.Code == "json.duplicate" {
			faults++
		}
	}
	if faults > 0 {
		return o.refuse("form", "jwe.form.errors", "RFC 7516 §5.2", strconv.Itoa(faults))
	}
	for _, part := range o.header[1:] {
		if part.Kind() != token.Object {
			return o.refuse("form", "jwe.form.header", "RFC 7516 §7.2.1", part.Kind().String())
		}
	}
	if name := o.header.twice(); name != "" {
		return o.refuse("form", "jwe.form.twice", "RFC 7516 §7.2.1", clip(name))
	}
	return true
}

// algorithm asks whether the algorithm is one that is carried, and allowed.
func (o *opener) algorithm() bool {
	alg := o.header.get("alg")
	name := alg.Text()
	m, ok := methodNamed(name)
	switch {
	case !alg.Exists():
		return o.refuse("alg", "jwe.alg.missing", "RFC 7516 §4.1.1")
	case alg.Kind() != token.String:
		return o.refuse("alg", "jwe.alg.type", "RFC 7516 §4.1.1", alg.Kind().String())
	case o.options.Alg != "" && name != o.options.Alg:
		return o.refuse("alg", "jwe.alg.refused", "RFC 8725 §3.1", clip(name), o.options.Alg)
	case !ok:
		return o.unknown(name)
	}
	o.method = m
	if m.mode == rsaPKCS1 && !o.options.AllowRSA15 {
		return o.refuse("alg", "jwe.alg.rsa15", "RFC 8725 §3.2")
	}
	c := yes("alg", "jwe.alg.carried", m.Ref, name)
	if m.mode == rsaPKCS1 {
		c = remark("alg", "jwe.alg.rsa15-allowed", "RFC 8725 §3.2")
	}
	o.add(c)
	return true
}

// unknown tells the kinds of names apart that are not in the table.
func (o *opener) unknown(name string) bool {
	for _, m := range methods {
		if strings.EqualFold(m.Name, name) {
			return o.refuse("alg", "jwe.alg.case", "RFC 7516 §4.1.1", clip(name), m.Name)
		}
	}
	if _, swapped := suiteNamed(name); swapped {
		return o.refuse("alg", "jwe.alg.enc", "RFC 7516 §4.1.1", name)
	}
	for _, prefix := range []string{"HS", "RS", "PS", "ES", "Ed", "ML-DSA"} {
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, "RSA") {
			return o.refuse("alg", "jwe.alg.signature", "RFC 7518 §3.1", clip(name))
		}
	}
	return o.refuse("alg", "jwe.alg.unknown", "RFC 7516 §5.2", clip(name))
}

// encryption asks whether the content encryption is one that is carried, and allowed.
func (o *opener) encryption() bool {
	enc := o.header.get("enc")
	name := enc.Text()
	s, ok := suiteNamed(name)
	switch {
	case !enc.Exists():
		return o.refuse("enc", "jwe.enc.missing", "RFC 7516 §4.1.2")
	case enc.Kind() != token.String:
		return o.refuse("enc", "jwe.enc.type", "RFC 7516 §4.1.2", enc.Kind().String())
	case o.options.Enc != "" && name != o.options.Enc:
		return o.refuse("enc", "jwe.enc.refused", "RFC 8725 §3.1", clip(name), o.options.Enc)
	case ok:
		o.suite = s
		o.add(yes("enc", "jwe.enc.carried", s.Ref, name))
		return true
	}
	for _, s := range suites {
		if strings.EqualFold(s.Name, name) {
			return o.refuse("enc", "jwe.enc.case", "RFC 7516 §4.1.2", clip(name), s.Name)
		}
	}
	return o.refuse("enc", "jwe.enc.unknown", "RFC 7516 §5.2", clip(name))
}

// critical refuses every extension that must be understood: for JWE none is known here (RFC 7516 §4.1.13).
func (o *opener) critical() bool {
	if crit := o.header.get("crit"); crit.Exists() {
		code, arg := o.criticalFault(crit)
		return o.refuse("crit", code, "RFC 7516 §4.1.13", arg)
	}
	return true
}

func (o *opener) criticalFault(crit token.Value) (code, arg string) {
	if !o.header.protected().Get("crit").Exists() {
		return "jwe.crit.unprotected", ""
	}
	for item := range crit.Items() {
		name := item.Text()
		switch {
		case crit.Kind() != token.Array || item.Kind() != token.String:
			return "jwe.crit.form", ""
		case !o.header.get(name).Exists():
			return "jwe.crit.absent", clip(name)
		}
		return "jwe.crit.unknown", clip(name)
	}
	return "jwe.crit.form", ""
}

// compression asks whether the content is compressed in a way that is known.
func (o *opener) compression() bool {
	zip := o.header.get("zip")
	const ref = "RFC 7516 §4.1.3"
	switch {
	case !zip.Exists():
		return true
	case !o.header.protected().Get("zip").Exists():
		return o.refuse("zip", "jwe.zip.unprotected", ref)
	case zip.Kind() != token.String || zip.Text() != "DEF":
		return o.refuse("zip", "jwe.zip.unknown", ref, clip(zip.Raw()))
	}
	o.zip = true
	return true
}

// clip keeps a text that comes from the token fit for a sentence.
func clip(s string) string {
	const most = 40
	runes := 0
	for i := range s {
		if runes++; runes > most {
			return s[:i] + "…"
		}
	}
	return s
}
