package jwe

import (
	"strings"

	"jwtlab/app/token"
)

// joseHeader is the JOSE header: what is protected, what all recipients share, and what is one recipient's
// (RFC 7516 §7.2.1). In a compact JWE all is protected.
type joseHeader []token.Value

func headerOf(t *token.Token) joseHeader {
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

// twice returns a name that the parts have twice, empty if there is none. Of a token that was read, package token has
// told already.
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
		return o.refuse("jwe.form.errors", itoa(faults))
	}
	for _, part := range o.header[1:] {
		if part.Kind() != token.Object {
			return o.refuse("jwe.form.header", part.Kind().String())
		}
	}
	return true
}

// algorithm asks whether the algorithm is one that is carried, and allowed.
func (o *opener) algorithm() bool {
	alg := o.header.get("alg")
	name := alg.Text()
	m := methodNamed(name)
	switch {
	case !alg.Exists():
		return o.refuse("jwe.alg.missing")
	case alg.Kind() != token.String:
		return o.refuse("jwe.alg.type", alg.Kind().String())
	case o.options.Alg != "" && name != o.options.Alg:
		return o.refuse("jwe.alg.refused", clip(name), o.options.Alg)
	case m == nil:
		return o.unknown(name)
	}
	o.method = m
	if m.mode == rsaPKCS1 && !o.options.AllowRSA15 {
		return o.refuse("jwe.alg.rsa15")
	}
	if m.mode == rsaPKCS1 {
		o.Remark("jwe.alg.rsa15-allowed")
	} else {
		o.Yes("jwe.alg.carried", name)
	}
	return true
}

// unknown tells the kinds of names apart that are not in the table.
func (o *opener) unknown(name string) bool {
	for _, m := range methods {
		if strings.EqualFold(m.Name, name) {
			return o.refuse("jwe.alg.case", clip(name), m.Name)
		}
	}
	if suiteNamed(name) != nil {
		return o.refuse("jwe.alg.enc", name)
	}
	for _, prefix := range []string{"HS", "RS", "PS", "ES", "Ed", "ML-DSA"} {
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, "RSA") {
			return o.refuse("jwe.alg.signature", clip(name))
		}
	}
	return o.refuse("jwe.alg.unknown", clip(name))
}

// encryption asks whether the content encryption is one that is carried, and allowed.
func (o *opener) encryption() bool {
	enc := o.header.get("enc")
	name := enc.Text()
	s := suiteNamed(name)
	switch {
	case !enc.Exists():
		return o.refuse("jwe.enc.missing")
	case enc.Kind() != token.String:
		return o.refuse("jwe.enc.type", enc.Kind().String())
	case o.options.Enc != "" && name != o.options.Enc:
		return o.refuse("jwe.enc.refused", clip(name), o.options.Enc)
	case s != nil:
		o.suite = s
		o.Yes("jwe.enc.carried", name)
		return true
	}
	for _, s := range suites {
		if strings.EqualFold(s.Name, name) {
			return o.refuse("jwe.enc.case", clip(name), s.Name)
		}
	}
	return o.refuse("jwe.enc.unknown", clip(name))
}

// critical refuses every extension that must be understood: for JWE none is known here (RFC 7516 §4.1.13).
func (o *opener) critical() bool {
	if crit := o.header.get("crit"); crit.Exists() {
		return o.refuse(o.criticalFault(crit))
	}
	return true
}

func (o *opener) criticalFault(crit token.Value) (code, name string) {
	if !o.header.protected().Get("crit").Exists() {
		return "jwe.crit.unprotected", ""
	}
	for item := range crit.Items() {
		name = item.Text()
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
	switch {
	case !zip.Exists():
		return true
	case !o.header.protected().Get("zip").Exists():
		return o.refuse("jwe.zip.unprotected")
	case zip.Kind() != token.String || zip.Text() != "DEF":
		return o.refuse("jwe.zip.unknown", clip(zip.Raw()))
	}
	o.zip = true
	return true
}
