package token

import (
	"strings"
	"unicode/utf8"
)

// A draft is a token being put together.
type draft struct {
	Token
	faults faults
	// lenient is set for what people paste: there, the last resort is to show something.
	lenient bool
	length  int  // of the characters to be read
	cut     bool // they end before the token does
}

// done hands the token out.
func (d *draft) done() Token {
	d.Problems = d.faults.all()
	return d.Token
}

// fault adds a problem of the token as a whole.
func (d *draft) fault(code string, at Span, args ...string) {
	if !d.faults.full(Error) {
		d.faults.add(fault(code, at.Start, at.End, args...))
	}
}

// compact reads the characters of a compact serialization, or of an attempt at one.
func (d *draft) compact(text string, at index) {
	d.Form = JWS
	d.Span = at.span(0, len(text))
	d.length = len(text)
	d.cut = d.lenient && strings.Count(text, ".") < 2
	if d.lenient {
		if jwt, rest, ok := strings.Cut(text, "~"); ok {
			d.sdjwt(jwt, rest, at)
			return
		}
	}
	d.split(text, at)
}

// split cuts at the dots. Three parts are a JWS, five a JWE; of any other number the first three are taken as those of
// a JWS, and the rest is kept as one.
func (d *draft) split(text string, at index) {
	head, rest, dotted := strings.Cut(text, ".")
	d.segment(PartHeader, head, at, 0)
	header := d.readHeader()
	body := len(head) + 1
	dots := strings.Count(rest, ".")
	switch {
	case !dotted:
		d.fault("token.one-part", d.Span)
	case unencoded(header):
		d.unencoded(rest, at, body)
	case header.Root().Get("enc").Exists(), dots == 3 && !header.Root().Get("alg").Exists():
		d.jwe(rest, at, body, header)
	case dots == 0:
		d.segment(PartPayload, rest, at, body)
		d.fault("token.two-parts", d.Span)
	default:
		d.three(rest, at, body)
	}
	if d.Form != JWE && dotted {
		d.checkSigned(header)
	}
}

// three takes payload and signature from the rest, and what is too much.
func (d *draft) three(rest string, at index, body int) {
	payload, signature, _ := strings.Cut(rest, ".")
	signature, extra, more := strings.Cut(signature, ".")
	d.segment(PartPayload, payload, at, body)
	d.segment(PartSignature, signature, at, body+len(payload)+1)
	if !more {
		return
	}
	start := body + len(payload) + len(signature) + 2
	d.add(Segment{Part: PartExtra, Text: extra}, at, start)
	d.fault("token.too-many-parts", at.span(start-1, start+len(extra)), itoa(strings.Count(rest, ".")+2))
}

// unencoded takes a payload that stands for itself (RFC 7797). It may not have a dot in the compact serialization, so
// everything up to the last one is shown as the payload when it has.
func (d *draft) unencoded(rest string, at index, body int) {
	cut := strings.LastIndexByte(rest, '.')
	if cut < 0 {
		d.rawPayload(rest, at, body)
		d.fault("token.two-parts", d.Span)
		return
	}
	d.rawPayload(rest[:cut], at, body)
	d.segment(PartSignature, rest[cut+1:], at, body+cut+1)
	if dot := strings.IndexByte(rest[:cut], '.'); dot >= 0 {
		d.fault("token.unencoded-dot", at.span(body+dot, body+dot+1))
	}
	if i := strings.IndexFunc(rest[:cut], func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
		_, n := utf8.DecodeRuneInString(rest[i:cut])
		d.fault("token.unencoded-character", at.span(body+i, body+i+n), show(rest[i:i+n]))
	}
}

func (d *draft) rawPayload(text string, at index, start int) {
	s := d.add(Segment{Part: PartPayload, Text: text, Bytes: []byte(text), Strict: true, raw: true}, at, start)
	if text != "" {
		d.fault("token.unencoded", s.Span)
		d.readPayload(s)
	}
}

// jwe names the parts of a JWE (RFC 7516 §3.1), be there too few of them or too many.
func (d *draft) jwe(rest string, at index, start int, header *JSON) {
	d.Form = JWE
	if n := strings.Count(rest, ".") + 2; n != 5 {
		d.fault("token.jwe-parts", d.Span, itoa(n))
	}
	more := true
	for _, part := range [...]Part{PartKey, PartIV, PartCipher, PartTag} {
		var text string
		if !more {
			break
		}
		text, rest, more = strings.Cut(rest, ".")
		d.segment(part, text, at, start)
		start += len(text) + 1
	}
	if more {
		d.add(Segment{Part: PartExtra, Text: rest}, at, start)
	}
	d.checkEncrypted(header)
}

// segment decodes and adds a segment that begins at character start of the token.
func (d *draft) segment(part Part, text string, at index, start int) *Segment {
	s := d.add(Segment{Part: part, Text: text, cut: d.cut && start+len(text) == d.length}, at, start)
	s.decode(&d.faults)
	if part == PartPayload {
		d.readPayload(s)
	}
	return s
}

func (d *draft) add(s Segment, at index, start int) *Segment {
	end := start + len(s.Text)
	s.chars = at.from(start, end)
	s.Span = at.span(start, end)
	if s.sep == 0 {
		s.sep = '.'
	}
	d.Segments = append(d.Segments, s)
	return &d.Segments[len(d.Segments)-1]
}

// inside adds the problems of a segment's JSON, at the places where its bytes were read from.
func (d *draft) inside(s *Segment, problems []Problem, severity func(Problem) Severity) {
	for _, p := range problems {
		p.Span = s.Source(p.Start, p.End)
		p.Part = s.Part
		p.Severity = severity(p)
		d.faults.add(p)
	}
}
