package jws

import (
	"encoding/base64"
	"iter"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// An inputOffer is what may have been signed instead, and the encoded header and payload of the token that it would
// have been; without these the input is no JWS and cannot be mended.
type inputOffer struct {
	cause
	input           string
	header, payload string
	mendable        bool
}

// maxRewritten bounds the JSON that is written anew in every style, in bytes.
const maxRewritten = 256 << 10

// body is the payload, from inside or outside.
func (d *doctor) body() []byte {
	if d.options.Payload != nil {
		return d.options.Payload
	}
	return d.token.Payload().Bytes
}

// plain reports whether the payload is signed as it is (RFC 7797).
func (d *doctor) plain() bool { return d.header.protected.Get("b64").Raw() == "false" }

// encode writes a payload as the token would have it.
func (d *doctor) encode(payload []byte) string {
	if d.plain() {
		return string(payload)
	}
	return base64.RawURLEncoding.EncodeToString(payload)
}

// inputOffers yields what else may have been signed: first other writings of the same bytes, then other bytes.
func (d *doctor) inputOffers() iter.Seq[inputOffer] {
	return func(yield func(inputOffer) bool) {
		for _, o := range d.writings() {
			if o.input != d.input && !yield(o) {
				return
			}
		}
		for o := range d.rewritings() {
			if !yield(o) {
				return
			}
		}
	}
}

// writings lists the signing inputs that a signer made of the right bytes in a wrong way.
func (d *doctor) writings() []inputOffer {
	const ref = "RFC 7515 §5.1"
	h, p := d.token.Header().Bytes, d.body()
	header, payload := base64.RawURLEncoding.EncodeToString(h), d.encode(p)
	joined := func(e *base64.Encoding) string { return e.EncodeToString(h) + "." + e.EncodeToString(p) }
	c := func(code string) cause { return cause{code: code, ref: ref} }
	return []inputOffer{
		{c("input.transport"), header + "." + payload, header, payload, true},
		{cause: c("input.padded"), input: joined(base64.URLEncoding)},
		{cause: c("input.standard"), input: joined(base64.StdEncoding)},
		{cause: c("input.standard"), input: joined(base64.RawStdEncoding)},
		{cause: c("input.decoded"), input: string(h) + "." + string(p)},
		{cause: c("input.decoded"), input: string(h) + string(p)},
		{cause: c("input.plain"), input: header + "." + string(p)},
		{cause: c("input.no-dot"), input: header + payload},
		{cause: c("input.payload"), input: payload},
		{cause: c("input.payload"), input: string(p)},
		{cause: c("input.newline"), input: d.input + "\n"},
		{cause: c("input.newline"), input: d.input + "\r\n"},
		{cause: c("input.newline"), input: d.input + "."},
	}
}

// rewritings yields tokens whose header, payload or both a program read and wrote anew in between.
func (d *doctor) rewritings() iter.Seq[inputOffer] {
	return func(yield func(inputOffer) bool) {
		h, p := d.token.Header().Text, d.token.Payload().Text
		if d.options.Payload != nil {
			p = d.encode(d.options.Payload)
		}
		give := func(code, detail, header, payload string) bool {
			c := cause{code: code, detail: detail, ref: "RFC 7515 §5.1"}
			return yield(inputOffer{c, header + "." + payload, header, payload, true})
		}
		payloads := rewritten(d.body(), payloadStyles)
		for _, r := range payloads {
			if !give("payload.rewritten", r.detail, h, d.encode(r.text)) {
				return
			}
		}
		for _, r := range rewritten(d.token.Header().Bytes, headerStyles) {
			header := base64.RawURLEncoding.EncodeToString(r.text)
			if !give("header.rewritten", r.detail, header, p) {
				return
			}
			for _, other := range payloads {
				if other.detail == r.detail && !give("both.rewritten", r.detail, header, d.encode(other.text)) {
					return
				}
			}
		}
	}
}

// inputs tries what else may have been signed.
func (d *doctor) inputs() bool {
	for _, k := range d.keys.Keys {
		m, ok := d.claims(k)
		if !ok {
			continue
		}
		for o := range d.inputOffers() {
			if m.Type == "oct" {
				if got, ok := d.mac(m, o.input, k.Secret); ok {
					return d.together(d.mended(o, got.bytes), o.cause, got.cause)
				}
			} else if d.fits(m, o.input, d.token.Signature().Bytes, k) {
				return d.together(d.mended(o, d.token.Signature().Bytes), o.cause)
			}
			if d.left < 0 {
				return false
			}
		}
	}
	return false
}

func (d *doctor) mended(o inputOffer, signature []byte) *Mend {
	if !o.mendable {
		return nil
	}
	return &Mend{Token: d.write(o.header, o.payload, signature)}
}

// algorithms tries what other algorithm the signature may be by, with the header as it is and with one that says so.
func (d *doctor) algorithms() bool {
	for _, k := range d.keys.Keys {
		for _, m := range d.methods(k) {
			if m.Name != d.claimed && (d.signedBy(m, d.input, k, d.misnamed(m)) || d.renamed(m, k)) {
				return true
			}
		}
		if d.otherHash(k) {
			return true
		}
	}
	return false
}

// misnamed is the cause of a header that names another algorithm than the one that signed.
func (d *doctor) misnamed(m method) cause {
	c := cause{code: "alg.other", args: []string{clip(d.claimed), m.Name}, ref: "RFC 7515 §4.1.1", noMend: "signed"}
	if strings.EqualFold(d.claimed, m.Name) {
		c.code = "alg.case"
	}
	return c
}

func (d *doctor) signedBy(m method, input string, k key.Key, c cause) bool {
	return d.fits(m, input, d.token.Signature().Bytes, k) && d.together(nil, c)
}

// renamed tries the header with the name of the method in place of the one it has: somebody changed it afterwards.
func (d *doctor) renamed(m method, k key.Key) bool {
	alg := d.header.protected.Get("alg")
	if alg.Kind() != token.String {
		return false
	}
	at, bytes := alg.Span(), d.token.Header().Bytes
	header := base64.RawURLEncoding.EncodeToString([]byte(string(bytes[:at.Start]) + quote(m.Name) + string(bytes[at.End:])))
	_, payload, _ := strings.Cut(d.input, ".")
	if !d.fits(m, header+"."+payload, d.token.Signature().Bytes, k) {
		return false
	}
	c := cause{code: "alg.renamed", args: []string{clip(d.claimed), m.Name}, ref: "RFC 7515 §10.7"}
	return d.together(&Mend{Token: d.write(header, d.token.Payload().Text, d.token.Signature().Bytes)}, c)
}

// otherHash tries the curve of the key with the hash of another one, which is no algorithm of JOSE (RFC 7518 §3.4).
func (d *doctor) otherHash(k key.Key) bool {
	var own *jwt.SigningMethodECDSA
	for _, m := range d.methods(k) {
		if e, ok := m.code.(*jwt.SigningMethodECDSA); ok {
			own = e
		}
	}
	if own == nil {
		return false
	}
	for _, m := range table {
		if e, ok := m.code.(*jwt.SigningMethodECDSA); ok && e.Hash != own.Hash {
			mixed := method{Algorithm: m.Algorithm, size: 2 * own.KeySize, code: &jwt.SigningMethodECDSA{
				Name: e.Name, Hash: e.Hash, KeySize: own.KeySize, CurveBits: own.CurveBits,
			}}
			c := cause{code: "alg.curve", args: []string{k.Curve, m.Hash.String(), own.Name}, ref: "RFC 7518 §3.4", noMend: "signed"}
			if d.signedBy(mixed, d.input, k, c) {
				return true
			}
		}
	}
	return false
}

// twoCauses tries two accidents at a time, where a try is cheap.
func (d *doctor) twoCauses() bool {
	m, ok := lookup(d.claimed)
	if !ok || m.Type != "oct" || len(d.given) == 0 {
		return false
	}
	secrets := d.secretOffers()
	for _, other := range table {
		if other.Type != "oct" || other.Name == m.Name {
			continue
		}
		for _, s := range secrets {
			if got, ok := d.mac(other, d.input, s.secret); ok {
				return d.together(nil, s.cause, d.misnamed(other), got.cause)
			}
		}
	}
	for o := range d.inputOffers() {
		for _, s := range secrets {
			got, ok := d.mac(m, o.input, s.secret)
			if d.left < 0 {
				return false
			}
			if !ok {
				continue
			}
			mend := d.mended(o, got.bytes)
			if mend != nil {
				with := s.mended()
				mend.Key, mend.Encoding = with.Key, with.Encoding
			}
			return d.together(mend, s.cause, o.cause, got.cause)
		}
	}
	return false
}
