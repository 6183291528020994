package main

import (
	"encoding/base64"
	"encoding/json"

	"jwtlab/app/token"
)

// decoded is what decode -json prints: the first token of the text, and the others behind it.
type decoded struct {
	OK    bool       `json:"ok"`
	Form  token.Form `json:"form,omitempty"`
	Found string     `json:"found,omitempty"`
	*token.Span
	Again     []token.Span    `json:"again,omitempty"`
	Header    json.RawMessage `json:"header"`
	Damaged   *string         `json:"header_b64u,omitempty"` // a header that is no JSON to be passed on
	Payload   json.RawMessage `json:"payload"`
	Shape     token.Shape     `json:"payload_shape,omitempty"`
	Bytes     *string         `json:"payload_b64u"`
	Signature *string         `json:"signature_b64u,omitempty"`
	Parts     []part          `json:"parts,omitempty"` // all others, in order
	Token     string          `json:"token,omitempty"` // without what stood around it
	Problems  []worded        `json:"problems"`
	Inside    []inner         `json:"inside,omitempty"`
	Others    []decoded       `json:"others,omitempty"`
}

// A part is a segment that is neither header, payload nor signature.
type part struct {
	Part token.Part `json:"part"`
	token.Span
	JSON  json.RawMessage `json:"json,omitempty"`
	Bytes *string         `json:"b64u"`
}

// An inner is a token inside another. Its places, and those of its problems, are in the text as pasted.
type inner struct {
	Path  string `json:"path"`
	Depth int    `json:"depth"`
	decoded
}

func (c *call) decoded(r token.Reading) decoded {
	if len(r.Tokens) == 0 {
		return decoded{Problems: c.worded(r.Problems)}
	}
	d := c.decodedToken(r.Tokens[0])
	d.Problems = append(d.Problems, c.worded(r.Problems)...)
	for _, t := range r.Tokens[1:] {
		d.Others = append(d.Others, c.decodedToken(t))
	}
	return d
}

func (c *call) decodedToken(t token.Token) decoded {
	d := c.decodedParts(t)
	for _, n := range t.Inside() {
		in := c.decodedParts(n.Token)
		at := n.Source(n.Span)
		in.Span, in.Again = &at, nil
		in.Problems = c.worded(outward(n))
		for i := range in.Parts {
			in.Parts[i].Span = n.Source(in.Parts[i].Span)
		}
		d.Inside = append(d.Inside, inner{n.Path, n.Depth, in})
	}
	return d
}

func (c *call) decodedParts(t token.Token) decoded {
	d := decoded{
		OK: t.OK(), Form: t.Form, Found: t.Found, Span: &t.Span, Again: t.Again, Token: t.Compact(),
		Header: rawJSON(t.Header()), Payload: rawJSON(t.Payload()), Shape: t.Payload().Shape(),
		Bytes: encoded(t.Payload()), Signature: encoded(t.Signature()), Parts: parts(t),
		Problems: c.worded(t.Problems),
	}
	if d.Header == nil && len(t.Header().Bytes) > 0 {
		d.Damaged = encoded(t.Header())
	}
	return d
}

func parts(t token.Token) []part {
	var list []part
	for _, s := range t.Segments {
		switch s.Part {
		case token.PartHeader, token.PartPayload, token.PartSignature:
		default:
			list = append(list, part{s.Part, s.Span, rawJSON(s), encoded(s)})
		}
	}
	return list
}

// encoded is a segment's bytes as base64url; nil for a segment that is not there.
func encoded(s token.Segment) *string {
	if s.Part == "" {
		return nil
	}
	text := base64.RawURLEncoding.EncodeToString(s.Bytes)
	return &text
}
