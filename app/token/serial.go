package token

import (
	"strings"
	"unicode/utf8"
)

// maxObjects bounds how many JSON texts are read in search of a serialization.
const maxObjects = 8

// serializedIn finds the JSON serializations of a text (RFC 7515 §7.2, RFC 7516 §7.2), wherever in a JSON text they
// stand: one token for each signature or recipient.
func serializedIn(text string) []Token {
	if !promising(text) {
		return nil
	}
	var tokens []Token
	at := 0
	for range maxObjects {
		n := strings.IndexByte(text[at:], '{')
		if n < 0 {
			break
		}
		at += n
		json, problems := ReadJSON([]byte(text[at:]))
		tokens = append(tokens, object{text, at, Value{}, problems}.within(json)...)
		at += max(json.Root().Span().End, 1)
	}
	return tokens[:min(len(tokens), maxSignatures)]
}

// serialized reads a text that is a JSON serialization and nothing else, nil if it is none.
func serialized(text string) []Token {
	if !promising(text) {
		return nil
	}
	json, problems := ReadJSON([]byte(text))
	return object{text, 0, json.Root(), problems}.tokens()
}

// promising reports whether a text has a name that every JSON serialization has one of.
func promising(text string) bool {
	return strings.Contains(text, `"protected"`) || strings.Contains(text, `"header"`) || strings.Contains(text, `"signatures"`) ||
		strings.Contains(text, `"ciphertext"`)
}

// within gives the tokens of the value itself, or of the objects inside it. What stands behind the value and what is
// wrong elsewhere in it is not the token's fault.
func (o object) within(json *JSON) []Token {
	var tokens []Token
	all := o.problems
	for i := 0; json != nil && i < len(json.nodes) && len(tokens) < maxSignatures; {
		o.root = Value{json, i}
		i++
		if o.root.Kind() != Object {
			continue
		}
		o.problems = nil
		for _, p := range all {
			if inside := p.Start >= o.root.Span().Start && p.Start < o.root.Span().End; inside && p.Code != "json.trailing" {
				o.problems = append(o.problems, p)
			}
		}
		if found := o.tokens(); len(found) > 0 {
			tokens = append(tokens, found...)
			i = int(o.root.node().next)
		}
	}
	return tokens
}

// tokens gives one for each signature or recipient, nil if the object is no serialization.
func (o object) tokens() []Token {
	switch {
	case o.has("ciphertext") && (o.has("protected") || o.has("unprotected") || o.has("header") || o.has("recipients")):
		return o.each("recipients", JSONJWE, (*draft).encrypted)
	case o.root.Get("signatures").Kind() == Array && o.has("payload"),
		o.has("protected") && (o.has("signature") || o.has("payload")),
		o.has("header") && o.has("signature") && o.has("payload"),
		o.signatures():
		return o.each("signatures", JSONJWS, (*draft).signed)
	}
	return nil
}

func (o object) has(name string) bool { return o.root.Get(name).Exists() }

// signatures reports whether there is a list of signatures, as in a general serialization with its payload elsewhere.
func (o object) signatures() bool {
	for one := range o.root.Get("signatures").Items() {
		return one.Get("signature").Exists()
	}
	return false
}

// An object is a JSON serialization in a text.
type object struct {
	text     string
	start    int
	root     Value
	problems []Problem
}

// maxSignatures bounds the tokens that one general serialization gives.
const maxSignatures = 100

// each builds a token for each item of a list, or for the whole object when it has no such list (flattened).
func (o object) each(list string, form Form, build func(*draft, object, Value)) []Token {
	var tokens []Token
	of := func(one Value) {
		d := draft{lenient: true}
		d.Form = form
		d.Span = o.span(o.root)
		for _, p := range o.problems {
			p.Start, p.End = p.Start+o.start, p.End+o.start
			d.faults.add(p)
		}
		build(&d, o, one)
		tokens = append(tokens, d.done())
	}
	items := o.root.Get(list)
	if !items.Exists() {
		of(o.root)
		return tokens
	}
	for item := range items.Items() {
		if len(tokens) == maxSignatures {
			last := &tokens[len(tokens)-1]
			rest := Span{o.span(item).Start, o.span(items).End}
			last.Problems = append(last.Problems, fault("text.more-tokens", rest.Start, rest.End, itoa(maxSignatures)))
			break
		}
		of(item)
	}
	if len(tokens) == 0 {
		of(Value{})
	}
	return tokens
}

func (o object) span(v Value) Span {
	s := v.Span()
	return Span{s.Start + o.start, s.End + o.start}
}

// signed reads one signature of a JWS.
func (d *draft) signed(o object, one Value) {
	header := d.protected(o, one)
	if payload := o.root.Get("payload"); payload.Exists() {
		d.payload(o, payload, header)
	} else {
		d.Segments = append(d.Segments, Segment{Part: PartPayload, Span: Span{d.End, d.End}, sep: '.', Strict: true})
		d.fault("token.detached", d.Span)
	}
	d.member(o, one, "signature", PartSignature, true)
	d.beside(o, one.Get("header"))
	d.headers()
	d.mixed(o, one, "signatures", "signature", "protected", "header")
	if alg := header.Root().Get("alg"); strings.EqualFold(alg.Text(), "none") && alg.Kind() == String {
		d.unsecured(alg, len(d.Signature().Text) > 0)
		d.Form = JSONJWS
	}
}

// encrypted reads one recipient of a JWE.
func (d *draft) encrypted(o object, one Value) {
	d.protected(o, o.root)
	d.member(o, one, "encrypted_key", PartKey, false)
	d.member(o, o.root, "iv", PartIV, false)
	d.member(o, o.root, "ciphertext", PartCipher, true)
	d.member(o, o.root, "tag", PartTag, false)
	if o.has("aad") {
		d.member(o, o.root, "aad", PartAAD, false)
	}
	d.beside(o, one.Get("header"))
	d.beside(o, o.root.Get("unprotected"))
	d.headers()
	d.mixed(o, one, "recipients", "header", "encrypted_key")
	d.fault("token.encrypted", d.Span)
}

// protected reads the protected header. It may be missing, its parameters then stand in the unprotected one.
func (d *draft) protected(o object, one Value) *JSON {
	d.member(o, one, "protected", PartHeader, false)
	if d.Segments[0].Text == "" {
		return nil
	}
	return d.readHeader()
}

// member reads a string of base64url; one that is missing gives an empty segment.
func (d *draft) member(o object, of Value, name string, part Part, needed bool) {
	v := of.Get(name)
	if v.Kind() != String {
		if v.Exists() || needed {
			d.fault("token.json-member", d.where(o, v), name)
		}
		d.Segments = append(d.Segments, Segment{Part: part, Span: Span{d.End, d.End}, sep: '.', Strict: true})
		return
	}
	s := d.text(o, v, part)
	s.decode(&d.faults)
}

func (d *draft) where(o object, v Value) Span {
	if v.Exists() {
		return o.span(v)
	}
	return d.Span
}

// payload reads the payload, which stands for itself if the header says so (RFC 7797 §3).
func (d *draft) payload(o object, v Value, header *JSON) {
	if v.Kind() != String || !unencoded(header) {
		d.member(o, o.root, "payload", PartPayload, true)
	} else {
		s := d.text(o, v, PartPayload)
		s.Bytes, s.Strict, s.raw = []byte(s.Text), true, true
		d.fault("token.unencoded", s.Span)
	}
	d.readPayload(&d.Segments[len(d.Segments)-1])
}

// text adds a segment with the characters of a string.
func (d *draft) text(o object, v Value, part Part) *Segment {
	span := o.span(v)
	c := unquote(o.text, span.Start+1, max(span.Start+1, span.End-oneIf(!v.node().open)))
	text := c.String()
	return d.add(Segment{Part: part, Text: text}, c.idx, 0)
}

// unquote reads the inside of a JSON string that stands from start to end of a text.
func unquote(text string, start, end int) *cook {
	c := newCook(text, start)
	for i := start; i < end; {
		if text[i] != '\\' {
			c.add(text[i], i, i+1)
			i++
			continue
		}
		r, n := unescapeOne([]byte(text[i:min(i+12, end)]))
		b := utf8.AppendRune(nil, r)
		n = max(n, len(b))
		for k, one := range b { // the first byte stands for all of the escape that the others do not
			from := i + n - len(b) + k
			if k == 0 {
				from = i
			}
			c.add(one, from, i+n-len(b)+k+1)
		}
		i += n
	}
	return c
}
