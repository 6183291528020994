// Package token reads any text into tokens without losing a byte.
//
// A token is read as it stands: every segment keeps its characters, its bytes and its place in the text as pasted, and
// every fault is a [Problem] with a range, many at a time. Reading never fails and never repairs in silence: what had to
// be bent to read on is said in a problem. The package knows no cryptography and trusts nothing; whether a token is
// genuine is for package jws, whether it is acceptable for package claims.
//
// Start with [Read] for what people paste, and [Parse] for one token judged byte for byte.
package token

import "strings"

// A Span is a byte range, End excluded, of the text as pasted.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Severity says how bad a [Problem] is.
type Severity string

// The severities. Only an Error makes a token ill-formed.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// A Problem is a fault found while reading. Its words live in package locale under "problem." and its code.
type Problem struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Span
	Args []string `json:"args,omitempty"`
	Ref  string   `json:"ref,omitempty"` // where the rule stands, as in "RFC 7515 §2"
	// Part names the segment that the problem is in, empty for the text around them.
	Part Part `json:"part,omitempty"`
}

// Part names a segment of a token.
type Part string

// The parts of a compact JWS; a compact JWE has the last four after its header.
const (
	PartHeader    Part = "header"
	PartPayload   Part = "payload"
	PartSignature Part = "signature"
	PartKey       Part = "encrypted_key"
	PartIV        Part = "iv"
	PartCipher    Part = "ciphertext"
	PartTag       Part = "tag"
	PartDisclosed Part = "disclosure"
)

// The parts that have no place in a compact serialization, or stand behind it.
const (
	PartBinding     Part = "key_binding"        // the key binding JWT behind an SD-JWT's disclosures, as it is
	PartUnprotected Part = "unprotected_header" // an unsigned header of a JSON serialization, as it is; a JWE may have two
	PartAAD         Part = "aad"                // what a JWE in JSON protects beside its header (RFC 7516 §7.2.1)
	PartExtra       Part = "extra"              // what is left of a text with too many dots
)

// Form is the serialization that a text was recognised as.
type Form string

// The forms. Those after Unsecured are recognised, and their segments shown.
const (
	JWS       Form = "jws"       // compact JWS, RFC 7515 §3.1
	Detached  Form = "detached"  // compact JWS without its payload, RFC 7515 appendix F
	Unsecured Form = "unsecured" // compact JWS with alg none, RFC 7515 appendix A.5
	JWE       Form = "jwe"       // compact JWE, RFC 7516 §3.1
	SDJWT     Form = "sd-jwt"    // JWS and disclosures, RFC 9901
	JSONJWS   Form = "jws-json"  // flattened or general, RFC 7515 §7.2
	JSONJWE   Form = "jwe-json"  // RFC 7516 §7.2
)

// A Token is one token found in a text. Parts that it lacks are zero.
type Token struct {
	Form Form `json:"form"`
	Span
	// Found says what stood around it: see [Places]. It is "" when there was nothing.
	Found string `json:"found,omitempty"`
	// Again are the other places of the text where the same token stands, the first thousand of them.
	Again []Span `json:"again,omitempty"`
	// Segments are all of them in order: three in a compact JWS, five in a compact JWE.
	Segments []Segment `json:"segments"`
	Problems []Problem `json:"problems,omitempty"`

	tilde bool // it ends in one: an SD-JWT without key binding
}

// A Segment is one base64url part of a token.
type Segment struct {
	Part Part `json:"part"`
	Span
	Text  string `json:"text"`  // its characters, without line breaks and percent signs of the text around
	Bytes []byte `json:"bytes"` // decoded as far as it can be
	// Strict reports whether Text is base64url exactly as RFC 7515 §2 has it.
	Strict bool `json:"strict"`
	// JSON is the reading of Bytes; nil when they are not JSON or not meant to be.
	JSON *JSON `json:"-"`

	chars index // characters of Text -> the pasted text
	kept  index // characters that carry bits -> characters of Text
	cut   bool  // the text ends inside it
	raw   bool  // Bytes are the characters themselves
	sep   byte  // what stands before the segment in the compact serialization
}

// A Reading is all that was found in a text.
type Reading struct {
	Tokens   []Token   `json:"tokens"`
	Problems []Problem `json:"problems,omitempty"` // of the text itself: empty, too long, nothing found
}

// OK reports whether the token is well-formed: no problem is an [Error]. For a text read by [Parse] that is what
// RFC 7515 §3.1 demands of a compact JWS, and no more: the payload need not be JSON, nor the header name a known alg.
func (t Token) OK() bool {
	for _, p := range t.Problems {
		if p.Severity == Error {
			return false
		}
	}
	return true
}

// Sound reports whether the part is there and neither it nor the token as a whole has an [Error].
func (t Token) Sound(part Part) bool {
	for _, p := range t.Problems {
		if p.Severity == Error && (p.Part == part || p.Part == "") {
			return false
		}
	}
	return t.Part(part).Part == part
}

// Part returns the first segment of that part, zero if there is none.
func (t Token) Part(part Part) Segment {
	for _, s := range t.Segments {
		if s.Part == part {
			return s
		}
	}
	return Segment{}
}

// Param returns a parameter of the JOSE header: from the protected one, else from that of this signature or recipient, else
// from the one of all recipients (RFC 7516 §7.2.1). It does not exist if none of them has it.
func (t Token) Param(name string) Value {
	for _, s := range t.Segments {
		if s.Part != PartHeader && s.Part != PartUnprotected {
			continue
		}
		if v := s.JSON.Root().Get(name); v.Exists() {
			return v
		}
	}
	return Value{}
}

// Header returns the JOSE header's segment.
func (t Token) Header() Segment { return t.Part(PartHeader) }

// Payload returns the payload's segment.
func (t Token) Payload() Segment { return t.Part(PartPayload) }

// Signature returns the signature's segment.
func (t Token) Signature() Segment { return t.Part(PartSignature) }

// SigningInput returns what the signature was made of (RFC 7515 §5.1): the characters of header and payload as found,
// never encoded anew.
func (t Token) SigningInput() string { return t.Header().Text + "." + t.Payload().Text }

// Compact returns the token without what stood around and between its characters. For a JSON serialization that is the
// compact one, which has no place for unprotected headers and aad.
func (t Token) Compact() string {
	var b strings.Builder
	for i, s := range t.Segments {
		if s.Part == PartUnprotected || s.Part == PartAAD {
			continue
		}
		if i > 0 {
			b.WriteByte(s.sep)
		}
		b.WriteString(s.Text)
	}
	if t.tilde {
		b.WriteByte('~')
	}
	return b.String()
}

// Source returns the characters of the pasted text that the decoded bytes from start to end were read from.
func (s Segment) Source(start, end int) Span {
	kept := s.keptRange(start, end)
	text := s.kept.span(kept.Start, kept.End)
	return s.chars.span(text.Start, text.End)
}

// keptRange returns which of the characters that carry bits the decoded bytes from start to end were read from.
func (s Segment) keptRange(start, end int) Span {
	start, end = max(start, 0), min(end, len(s.Bytes))
	if s.raw {
		return Span{start, max(start, end)}
	}
	first := start/3*4 + start%3
	if end <= start {
		return Span{first, first}
	}
	return Span{first, (end-1)/3*4 + (end-1)%3 + 2}
}
