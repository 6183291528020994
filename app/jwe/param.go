package jwe

import (
	"encoding/base64"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// MaxIterations is how many rounds of PBKDF2 one decryption does at most, over all keys that it tries: a header can ask
// for any number, and a million take about a second (RFC 7518 §8.1). It is above what is recommended for passwords.
const MaxIterations = 1_000_000

const (
	fewIterations = 1000 // RFC 7518 §4.8.1.2 wants so many at least
	minSalt       = 8    // bytes, RFC 7518 §4.8.1.1
)

// params are the header parameters of an algorithm.
type params struct {
	epk        key.Key
	apu, apv   []byte
	iv, tag    []byte // of AES-GCM key encryption
	salt       []byte
	iterations int
}

// parameters reads the header parameters that the algorithm needs.
func (o *opener) parameters() bool {
	switch o.method.mode {
	case agreed, agreedWrap:
		return o.ephemeralKey() && o.optional("apu", &o.params.apu) && o.optional("apv", &o.params.apv)
	case wrappedGCM:
		return o.sized("iv", &o.params.iv, 12) && o.sized("tag", &o.params.tag, 16)
	case passwordBased:
		return o.bytes("p2s", &o.params.salt) && o.saltLength() && o.count()
	}
	return true
}

// ephemeralKey reads the sender's key of this one token (RFC 7518 §4.6.1.1).
func (o *opener) ephemeralKey() bool {
	epk := o.header.get("epk")
	if !epk.Exists() {
		return o.refuse("jwe.parameter.missing", "epk", o.method.Name)
	}
	r := key.Read(epk.Raw(), key.Auto)
	if epk.Kind() != token.Object || r.Kind != "jwk" || len(r.Keys) != 1 {
		return o.refuse("jwe.epk.unusable")
	}
	o.params.epk = r.Keys[0]
	if _, ok := o.params.epk.ECDHPublic(); !ok {
		return o.refuse("jwe.epk.unusable")
	}
	if o.params.epk.Private {
		o.Remark("jwe.epk.private")
		return true
	}
	o.Yes("jwe.epk.fits", describe(&o.params.epk))
	return true
}

// bytes reads a parameter that is base64url without padding.
func (o *opener) bytes(name string, into *[]byte) bool {
	v := o.header.get(name)
	switch {
	case !v.Exists():
		return o.refuse("jwe.parameter.missing", name, o.method.Name)
	case v.Kind() != token.String:
		return o.refuse("jwe.parameter.type", name, v.Kind().String())
	}
	b, ok := decode(v.Text())
	if !ok {
		return o.refuse("jwe.parameter.base64", name)
	}
	*into = b
	return true
}

// decode is strict; Go's own would skip line breaks.
func decode(text string) ([]byte, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return b, err == nil && !strings.ContainsAny(text, "\r\n")
}

func (o *opener) optional(name string, into *[]byte) bool {
	return !o.header.get(name).Exists() || o.bytes(name, into)
}

func (o *opener) sized(name string, into *[]byte, want int) bool {
	if !o.bytes(name, into) {
		return false
	}
	if got := len(*into); got != want {
		return o.refuse("jwe.parameter.length", name, itoa(got), itoa(want))
	}
	return true
}

func (o *opener) saltLength() bool {
	if n := len(o.params.salt); n < minSalt {
		return o.refuse("jwe.p2s.short", itoa(n), itoa(minSalt))
	}
	return true
}

// count reads the number of rounds of PBKDF2.
func (o *opener) count() bool {
	v := o.header.get("p2c")
	n, ok := v.Int()
	switch {
	case !v.Exists():
		return o.refuse("jwe.parameter.missing", "p2c", o.method.Name)
	case v.Kind() != token.Number || strings.ContainsAny(v.Raw(), "-.eE") || ok && n == 0:
		return o.refuse("jwe.p2c.form", clip(v.Raw()))
	case !ok || n > MaxIterations:
		return o.refuse("jwe.p2c.many", clip(v.Raw()), itoa(MaxIterations))
	}
	o.params.iterations = int(n)
	if n < fewIterations {
		o.Remark("jwe.p2c.few", itoa(int(n)), itoa(fewIterations))
	} else {
		o.Yes("jwe.p2c.fits", itoa(int(n)))
	}
	return true
}
