// Package jws signs and verifies JWS in either serialization, trusting nothing that the token says of itself.
//
// The mathematics are golang-jwt's signing methods. Its parser is not used: it stops at the first fault and lets the
// token choose more than it should. Everything around the mathematics is here: the algorithm has to be one of a fixed
// table, the key has to be one for it by type, curve, size and its own members, every extension has to be understood,
// keys that the token brings along are shown and never trusted (RFC 8725 §3).
//
// Every question is a [check.Check] with its answer, its reason and the paragraph behind it; the answer to "is it
// genuine" is their sum. Start with [Verify] and [Sign]; [VerifyAll] is for the several signatures of one JSON
// serialization.
package jws

import (
	"encoding/base64"
	"strconv"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// Options narrow what is accepted. The zero value takes any algorithm that fits the key.
type Options struct {
	Alg     string // the only algorithm accepted (RFC 8725 §3.1); empty for any that fits the key
	Payload []byte // of a detached JWS (RFC 7515 appendix F); nil if there is none
}

// A Report is what verifying came to.
type Report struct {
	Answer check.Answer  // genuine, by a key of the reading? unchecked without a key, or for what is not carried
	Checks []check.Check // every question asked; their sum is Answer
	Key    int           // the index in the reading of the key that verified, else -1
	// SelfVouched says that no key given verifies the token, but one that it brings along does. It proves nothing:
	// anyone can make a key and put it in.
	SelfVouched bool
}

// Verify answers whether the token is genuine: signed with a key of the reading, by all rules of RFC 7515 §5.2. The
// claims in it are no part of that.
func Verify(t token.Token, k key.Reading, o Options) Report {
	v := verifier{token: t, keys: k, options: o, header: headerOf(t), used: -1, checks: make([]check.Check, 0, 8)}
	v.run()
	return Report{Answer: check.Sum(v.checks), Checks: v.checks, Key: v.used, SelfVouched: v.selfVouched}
}

// verifier is one verification under way.
type verifier struct {
	token   token.Token
	keys    key.Reading
	options Options
	header  joseHeader

	method      method
	kid         string
	checks      []check.Check
	used        int
	selfVouched bool
}

func (v *verifier) add(c check.Check) { v.checks = append(v.checks, c) }

// run asks the questions in the order in which their answers matter to a reader.
func (v *verifier) run() {
	if c, bad := v.notCarried(); bad {
		v.add(c)
		return
	}
	if !v.token.OK() {
		if len(v.keys.Keys) == 0 {
			v.add(v.noKey()) // that the token is broken is said elsewhere already
			return
		}
		v.add(no("form", "form.errors", "RFC 7515 §5.2", strconv.Itoa(v.faults())))
	}
	if v.token.Form == token.JSONJWS {
		v.serialization()
	}
	carried := v.algorithm()
	critical := v.critical()
	if len(v.keys.Keys) == 0 {
		v.add(v.noKey())
		v.embedded(carried && critical, false)
		return
	}
	if !carried {
		v.embedded(false, false)
		return
	}
	verified := v.try()
	v.embedded(critical, verified)
}

// notCarried answers for the forms that are read but not verified.
func (v *verifier) notCarried() (check.Check, bool) {
	switch v.token.Form {
	case token.JWE, token.JSONJWE:
		return unchecked("form", "form.encrypted", "RFC 7516"), true
	case token.SDJWT:
		return unchecked("form", "form.sd-jwt", "RFC 9901 §7"), true
	}
	return check.Check{}, false
}

func (v *verifier) faults() int {
	n := 0
	for _, p := range v.token.Problems {
		if p.Severity == token.Error {
			n++
		}
	}
	return n
}

func (v *verifier) noKey() check.Check {
	for _, p := range v.keys.Problems {
		if p.Severity == token.Error {
			return unchecked("key", "key.unusable", "")
		}
	}
	return unchecked("key", "key.none", "")
}

// signingInput returns what was signed: header and payload as they stand in the token, or the payload from outside,
// encoded unless b64 is false (RFC 7515 appendix F, RFC 7797 §5.1). It is false if there are two payloads.
func (v *verifier) signingInput() (string, bool) {
	if v.options.Payload == nil {
		return v.token.SigningInput(), true
	}
	if v.token.Payload().Text != "" {
		return "", false
	}
	if v.header.protected.Get("b64").Raw() == "false" {
		return v.token.Header().Text + "." + string(v.options.Payload), true
	}
	return v.token.Header().Text + "." + base64.RawURLEncoding.EncodeToString(v.options.Payload), true
}
