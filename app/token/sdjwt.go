package token

import (
	"bytes"
	"strings"
)

// maxDisclosures bounds the segments of an SD-JWT; what is behind them is kept as one.
const maxDisclosures = 1000

// ParseSDJWT reads the whole input as one SD-JWT, byte for byte as [Parse] does, which knows no tildes. An input without
// one, or in JSON, is read by Parse.
func ParseSDJWT(input string) Token {
	jwt, rest, ok := strings.Cut(input, "~")
	if !ok || len(input) > MaxInput || strings.HasPrefix(input, "{") {
		return Parse(input)
	}
	d := draft{length: len(input)}
	d.Span = Span{0, len(input)}
	d.sdjwt(jwt, rest, index{})
	return d.done()
}

// sdjwt reads an SD-JWT (RFC 9901 §4): the issuer's JWT, disclosures, and nothing or a key binding JWT behind the last ~.
func (d *draft) sdjwt(jwt, rest string, at index) {
	d.split(jwt, at)
	d.Form = SDJWT
	d.fault("token.sd-jwt", d.Span)
	start := len(jwt) + 1
	for n := 0; ; n++ {
		text, more, ok := strings.Cut(rest, "~")
		switch {
		case !ok:
			d.sdjwtEnd(rest, at, start)
			return
		case n == maxDisclosures:
			d.add(Segment{Part: PartExtra, Text: rest, sep: '~'}, at, start)
			d.fault("token.too-many-parts", at.span(start, start+len(rest)), itoa(n+strings.Count(rest, "~")+1))
			return
		}
		d.disclosure(text, at, start)
		start += len(text) + 1
		rest = more
	}
}

// sdjwtEnd reads what is behind the last tilde.
func (d *draft) sdjwtEnd(text string, at index, start int) {
	switch {
	case text == "":
		d.tilde = true
	case strings.Count(text, ".") == 2:
		d.add(Segment{Part: PartBinding, Text: text, Bytes: []byte(text), Strict: true, raw: true, sep: '~'}, at, start)
	default:
		s := d.disclosure(text, at, start)
		d.faults.add(d.about(s, "token.sd-jwt-end"))
	}
}

// disclosure reads an array of salt, name and value, or of salt and value (RFC 9901 §4.2).
func (d *draft) disclosure(text string, at index, start int) *Segment {
	s := d.add(Segment{Part: PartDisclosed, Text: text, sep: '~'}, at, start)
	s.decode(&d.faults)
	json, problems := ReadJSON(s.Bytes)
	if len(s.Bytes) > 0 && bytes.HasPrefix(s.Bytes, []byte("[")) {
		d.inside(s, problems, func(Problem) Severity { return Warning })
	}
	s.JSON = json
	if n := json.Root().Len(); json.Root().Kind() != Array || n < 2 || n > 3 {
		d.faults.add(d.about(s, "token.disclosure"))
	}
	return s
}
