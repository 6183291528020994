// Package jwe decrypts and encrypts JWE (RFC 7516), compact and JSON, trusting nothing that the token says of itself.
//
// The primitives are the standard library's; what stands between them and a token is here: AES key wrap, the Concat KDF,
// AES-CBC with HMAC, and the rules about which key, which lengths and which header parameters belong together. All of
// that is public and told in full, as a [check.Check] for each question, without a key already. Whether the key opens
// the token is one question with one answer: a key that does not unwrap is replaced by a random one and the content is
// tried with that, so neither the words nor much of the time tell an attacker which step failed (RFC 7516 §11.5).
//
// A header can ask for work: rounds of PBKDF2 are bounded by [MaxIterations], decompressed content by [MaxPlain], and the
// package refuses in words what asks for more.
//
// Start with [Decrypt] and [Encrypt].
package jwe

import (
	"crypto/rand"
	"io"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// Options narrow what is accepted. The zero value takes any algorithm that fits the key but RSA1_5.
type Options struct {
	Alg string // the only algorithm accepted (RFC 8725 §3.1); empty for any that fits the key
	Enc string // the only content encryption accepted; empty for any
	// AllowRSA15 accepts RSA1_5. Whoever may ask a service again and again whether a token opens can decrypt others with
	// it (Bleichenbacher's attack), so RFC 8725 §3.2 wants it avoided. Random keys stand in for bad ones here, but old
	// tokens are the only reason to need it at all.
	AllowRSA15 bool
	Rand       io.Reader // for the keys that stand in for those that cannot be unwrapped; nil for the system's
}

// A Report is what decrypting came to.
type Report struct {
	Answer check.Answer  // was it opened? unchecked without a key
	Checks []check.Check // every question asked; their sum is Answer
	Key    int           // the index in the reading of the key that opened it, else -1
	Plain  []byte        // the content, decompressed; nil unless Answer is yes. It may be a token itself (cty "JWT")
}

// Decrypt opens a JWE with a key of the reading, by all rules of RFC 7516 §5.2. Without a key it still tells what each
// part of the token is and what is wrong with it. A token of a JSON serialization is one recipient's.
func Decrypt(t token.Token, k key.Reading, o Options) Report {
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	op := opener{List: check.List{Rules: rules}, token: &t, keys: &k, options: &o, header: headerOf(&t), used: -1}
	op.run()
	op.cite()
	r := Report{Answer: check.Sum(op.Checks), Checks: op.Checks, Key: -1}
	if r.Answer == check.Yes {
		r.Key, r.Plain = op.used, op.plain
	}
	return r
}

// DecryptAny opens a JWE with several recipients, as [token.ParseAll] or [token.Read] gives them. It returns the report
// of the first that a key opens, else of the one that comes nearest, and which it is. RFC 7516 §5.2 asks for one.
func DecryptAny(recipients []token.Token, k key.Reading, o Options) (Report, int) {
	var nearest Report
	at, most := 0, -1
	for i, t := range recipients {
		r := Decrypt(t, k, o)
		if r.Answer == check.Yes {
			return r, i
		}
		if n := progress(r); n > most {
			nearest, at, most = r, i, n
		}
	}
	return nearest, at
}

// progress counts what speaks for a recipient; that its key was found says most.
func progress(r Report) int {
	n := 0
	for _, c := range r.Checks {
		switch {
		case c.Answer != check.Yes:
		case c.Name == "kid" && c.Code == "jwe.kid.match", c.Name == "key":
			n += 100
		default:
			n++
		}
	}
	return n
}

// opener is one decryption under way.
type opener struct {
	check.List
	token   *token.Token
	keys    *key.Reading
	options *Options
	header  joseHeader

	method *method
	suite  *suite
	params params
	zip    bool
	kid    string
	used   int
	plain  []byte
}

// refuse adds a check that is answered with no, and returns false for its caller to return.
func (o *opener) refuse(code string, args ...string) bool {
	o.No(code, args...)
	return false
}

// run asks the questions in the order in which their answers matter to a reader.
func (o *opener) run() {
	if o.token.Form != token.JWE && o.token.Form != token.JSONJWE {
		o.Unchecked("jwe.form.not")
		return
	}
	sound := o.form()
	known := o.algorithm()
	known = o.encryption() && known
	sound = o.critical() && sound
	sound = o.compression() && sound
	if known && o.whole() {
		sound = o.parts() && sound
		sound = o.parameters() && sound
	}
	if len(o.keys.Keys) == 0 {
		o.Unchecked(o.noKey())
		return
	}
	if known {
		o.try(sound)
	}
}

// whole reports whether the token has all five parts and no more; each may be damaged nevertheless.
func (o *opener) whole() bool {
	return o.part(token.PartTag).Part != "" && o.part(token.PartExtra).Part == ""
}

func (o *opener) noKey() string {
	for _, p := range o.keys.Problems {
		if p.Severity == token.Error {
			return "jwe.key.unusable"
		}
	}
	return "jwe.key.none"
}
