package token

import (
	"bytes"
	"strings"
)

// readPayload reads the payload's JSON. A JWS may carry anything (RFC 7515 §2), a JWT an object (RFC 7519 §7.2), so
// nothing that is found here makes the token ill-formed.
func (d *draft) readPayload(s *Segment) {
	if len(s.Bytes) == 0 {
		return
	}
	if !likeJSON(s.Bytes) {
		d.notJSON(s)
		return
	}
	json, problems := ReadJSON(s.Bytes)
	s.JSON = json
	d.inside(s, problems, func(p Problem) Severity {
		if p.Severity == Error {
			return Warning
		}
		return p.Severity
	})
	if json != nil && json.Root().Kind() != Object {
		p := d.about(s, "token.not-claims", json.Root().Kind().String())
		if strings.EqualFold(typ(d.Segments), "JWT") {
			p.Severity = Warning
		}
		d.faults.add(p)
	}
}

// notJSON says what a payload is instead: a token, text, or bytes, the first of which that is no text is told.
func (d *draft) notJSON(s *Segment) {
	odd := notText(s.Bytes)
	switch {
	case isCompact(s.Bytes):
		d.faults.add(d.about(s, "token.nested"))
	case odd >= 0:
		at := s.Source(odd, odd+1)
		p := fault("token.not-text", at.Start, at.End, "0x"+hex(uint32(s.Bytes[odd]), 2), itoa(odd))
		p.Part = s.Part
		d.faults.add(p)
	default:
		d.faults.add(d.about(s, "token.not-json"))
	}
}

func (d *draft) about(s *Segment, code string, args ...string) Problem {
	p := fault(code, s.Start, s.End, args...)
	p.Part = s.Part
	return p
}

// typ returns the typ that the header claims.
func typ(segments []Segment) string {
	if len(segments) == 0 {
		return ""
	}
	return segments[0].JSON.Root().Get("typ").Text()
}

// likeJSON reports whether bytes are worth reading as JSON: they are one value, or begin as an object or array does.
func likeJSON(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte(bom)), " \t\r\n")
	if len(b) == 0 {
		return false
	}
	switch c := b[0]; {
	case c == '{' || c == '[':
		return true
	case c == '"' || c == '-' || '0' <= c && c <= '9' || isLetter(c):
		_, problems := ReadJSON(b)
		return len(problems) == 0
	}
	return false
}

// isCompact reports whether a payload is itself a compact token (RFC 7519 §5.2).
func isCompact(b []byte) bool {
	text := string(b)
	dots := strings.Count(text, ".")
	return (dots == 2 || dots == 4) && headerStart(text) && coreLen(strings.ReplaceAll(text, ".", "")) == len(text)-dots
}

// checkSigned looks at the token as a whole: is there a payload, a signature, and should there be.
func (d *draft) checkSigned(header *JSON) {
	payload, signature := d.Payload(), d.Signature()
	alg := header.Root().Get("alg")
	signed := len(signature.Text) > 0
	if payload.Text == "" && signed {
		d.Form = Detached
		d.fault("token.detached", payload.Span)
	}
	if alg.Kind() == String && strings.EqualFold(alg.Text(), "none") {
		d.unsecured(alg, signed)
		return
	}
	if signature.Part != "" && !signed {
		p := fault("token.signature-empty", signature.Start, signature.End)
		p.Part = PartSignature
		d.faults.add(p)
	}
}

// unsecured tells of alg "none" (RFC 7518 §3.6), and of the ways to write it that were used to get it past filters.
func (d *draft) unsecured(alg Value, signed bool) {
	header := d.Header()
	at := header.Source(alg.Span().Start, alg.Span().End)
	add := func(code string, at Span, part Part, args ...string) {
		p := fault(code, at.Start, at.End, args...)
		p.Part = part
		d.faults.add(p)
	}
	d.Form = Unsecured
	add("token.unsecured", at, PartHeader)
	if alg.Text() != "none" {
		add("token.none-case", at, PartHeader, alg.Text())
	}
	if signed {
		add("token.none-signed", d.Signature().Span, PartSignature)
	}
}
