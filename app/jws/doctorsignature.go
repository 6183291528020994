package jws

import (
	"bytes"
	"crypto/hmac"
	"crypto/rsa"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A signatureOffer is bytes that may be the signature that was meant.
type signatureOffer struct {
	cause
	bytes []byte
}

// offersOf reads the segment of a signature as it is, then as hex and as base64 of a text.
func offersOf(s token.Segment) []signatureOffer {
	all := []signatureOffer{{bytes: s.Bytes}}
	add := func(code string, b []byte, err error) {
		if err == nil && len(b) >= 16 {
			all = append(all, signatureOffer{cause{code: code, ref: "RFC 7515 §3.1"}, b})
		}
	}
	for _, text := range []string{s.Text, string(s.Bytes)} {
		text = strings.TrimSpace(text)
		b, err := hex.DecodeString(text)
		add("signature.hex", b, err)
	}
	inner := strings.TrimRight(strings.TrimSpace(string(s.Bytes)), "=")
	inner = strings.NewReplacer("+", "-", "/", "_").Replace(inner)
	b, err := base64.RawURLEncoding.DecodeString(inner)
	add("signature.double", b, err)
	return all
}

// asItStands looks for a signature that fits as it is: then the fault is in the form, or in which key may be used.
func (d *doctor) asItStands() bool {
	for _, k := range d.keys.Keys {
		m, ok := d.claims(k)
		if !ok || !d.fits(m, d.input, d.token.Signature().Bytes, k) {
			continue
		}
		return d.standing(m, k)
	}
	return false
}

// standing says what is wrong with a signature that fits.
func (d *doctor) standing(m method, k key.Key) bool {
	v := verifier{token: d.token, keys: d.keys, options: d.options.Options, header: d.header, kid: d.header.get("kid").Text()}
	mend := &Mend{Token: d.withSignature(d.token.Signature().Bytes)}
	switch _, bad := misfit(m.Algorithm, k); {
	case d.options.Alg != "" && d.options.Alg != m.Name:
		d.report(cause{code: "alg.option", args: []string{m.Name, d.options.Alg}, ref: "RFC 8725 §3.1"}, &Mend{Alg: m.Name})
	case bad:
		d.report(cause{code: "key.refused", args: []string{m.Name}, ref: "RFC 7517 §4", noMend: "refused"}, nil)
	case v.named() && k.KeyID != v.kid:
		name := k.KeyID
		if name == "" {
			name = k.Thumbprint
		}
		d.report(cause{code: "key.other", args: []string{clip(v.kid), clip(name)}, ref: "RFC 7515 §4.1.4"},
			&Mend{Key: d.text[min(k.Start, len(d.text)):min(k.End, len(d.text))]})
	case d.token.OK():
		return true // an extension or the like; the checks say which
	case d.proves(*mend):
		d.report(cause{code: "signature.encoding", ref: "RFC 7515 §2"}, mend)
	default:
		d.report(cause{code: "input.form", ref: "RFC 7515 §2", noMend: "signed"}, nil)
	}
	return true
}

// signatures tries other readings of the signature over the right input.
func (d *doctor) signatures() bool {
	for _, k := range d.keys.Keys {
		m, ok := d.claims(k)
		if !ok {
			continue
		}
		offers := append(slices.Clone(d.offers[1:]), d.reordered(m)...)
		for _, o := range offers {
			if d.fits(m, d.input, o.bytes, k) {
				d.report(o.cause, &Mend{Token: d.withSignature(o.bytes)})
				return true
			}
		}
		if d.short(m, k) || d.salted(m, k) {
			return true
		}
	}
	return false
}

// reordered lists what else the bytes of an ECDSA signature may be (RFC 7518 §3.4).
func (d *doctor) reordered(m method) []signatureOffer {
	if m.Type != "EC" {
		return nil
	}
	const ref = "RFC 7518 §3.4"
	size, half := strconv.Itoa(m.size), m.size/2
	raw := d.token.Signature().Bytes
	var all []signatureOffer
	add := func(code string, b []byte) {
		all = append(all, signatureOffer{cause{code: code, args: []string{size}, ref: ref}, b})
	}
	for _, o := range d.offers {
		if b, ok := rawFromDER(o.bytes, half); ok {
			add("signature.der", b)
		}
	}
	if len(raw) == m.size {
		r, s := raw[:half], raw[half:]
		add("signature.swapped", slices.Concat(s, r))
		add("signature.little-endian", slices.Concat(reversed(r), reversed(s)))
	}
	if off := len(raw) - m.size; off >= -4 && off <= 4 {
		for cut := half - 4; cut <= half+4 && cut < len(raw); cut++ {
			r, okR := sized(raw[:max(cut, 0)], half)
			s, okS := sized(raw[max(cut, 0):], half)
			if okR && okS && (off != 0 || cut != half) {
				add("signature.padding", slices.Concat(r, s))
			}
		}
	}
	return all
}

func reversed(b []byte) []byte {
	b = bytes.Clone(b)
	slices.Reverse(b)
	return b
}

// sized gives a number its length, with zeros in front.
func sized(b []byte, size int) ([]byte, bool) {
	b = bytes.TrimLeft(b, "\x00")
	if len(b) == 0 || len(b) > size {
		return nil, false
	}
	return append(make([]byte, size-len(b), size), b...), true
}

// rawFromDER reads a sequence of two integers, as X.509 and openssl write a signature.
func rawFromDER(b []byte, half int) ([]byte, bool) {
	if !isDER(b) {
		return nil, false
	}
	b = b[2+oneIf(b[1] == 0x81):]
	var raw []byte
	for range 2 {
		if len(b) < 2 || b[0] != 2 || int(b[1]) > len(b)-2 {
			return nil, false
		}
		n, ok := sized(b[2:2+int(b[1])], half)
		if !ok {
			return nil, false
		}
		raw, b = append(raw, n...), b[2+int(b[1]):]
	}
	return raw, len(b) == 0
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// minCut is the fewest bytes of a MAC that prove it by their being right.
const minCut = 8

// short looks for a MAC of which the end is missing.
func (d *doctor) short(m method, k key.Key) bool {
	cut := d.token.Signature().Bytes
	if m.Type != "oct" || len(cut) < minCut || len(cut) >= m.size || !d.spend(1, d.input) {
		return false
	}
	whole, err := m.code.Sign(d.input, k.Secret)
	if err != nil || !hmac.Equal(whole[:len(cut)], cut) {
		return false
	}
	d.report(cause{code: "signature.cut", args: []string{strconv.Itoa(len(cut)), strconv.Itoa(m.size)}, ref: "RFC 7518 §3.2", noMend: "cut"}, nil)
	return true
}

// salted looks for RSASSA-PSS with a salt of another length.
func (d *doctor) salted(m method, k key.Key) bool {
	public, ok := k.Public.(*rsa.PublicKey)
	if !ok || !m.isPSS() || !d.spend(16, d.input) || !fitsOtherSalt(m, public, d.input, d.token.Signature().Bytes) {
		return false
	}
	d.report(cause{code: "pss.salt", args: []string{strconv.Itoa(m.Hash.Size())}, ref: "RFC 7518 §3.5", noMend: "refused"}, nil)
	return true
}
