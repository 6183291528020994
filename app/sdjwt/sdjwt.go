// Package sdjwt verifies, presents and issues SD-JWTs: tokens whose claims the holder shows or keeps back one by one
// (RFC 9901).
//
// An issuer signs digests in place of claims and hands out a disclosure for each: salt, name and value. Whoever has the
// disclosures shows the ones that a verifier needs. Package token has cut the text at its tildes, package jws verifies
// the two signatures; what is here is between them: which disclosure belongs to which digest, what the payload is once
// they are put in, and whether all of it keeps the rules.
//
// Nothing is put into a payload twice, so the work is linear in the text whatever an attacker writes. A digest without a
// disclosure is a claim kept back or a decoy, and nobody but the issuer can tell which.
//
// Start with [Verify], which also works without a key, for looking; [Present] hides disclosures, [Issue] and [Bind] make
// tokens.
package sdjwt

import (
	"time"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// Options say what a verifier asks for. The zero value takes any presentation, bound or not.
type Options struct {
	Alg      string    // the only algorithm accepted of the issuer; empty for any that fits the key
	Bound    bool      // the presentation has to be bound to the holder's key (RFC 9901 §7.3)
	Audience string    // the verifier's own name, as the key binding has to have it; empty for any
	Nonce    string    // the verifier's own nonce, as the key binding has to have it; empty for any
	Now      time.Time // the key binding has to be of the last five minutes; zero for any time
}

// A Report is what verifying came to, and what is in the token.
type Report struct {
	Answer check.Answer  `json:"answer"` // their sum; the claims in the payload are no part of it
	Checks []check.Check `json:"checks"` // those of the issuer's signature first
	// Key is the index in the reading of the key that verified the issuer's signature, else -1.
	Key         int  `json:"key"`
	SelfVouched bool `json:"self_vouched,omitempty"` // as in [jws.Report]
	// Bound says that the presentation is made by the holder of the key that the issuer named, by all of its checks.
	Bound bool `json:"bound"`
	// Payload is the claims set with what is disclosed in its place and without digests (RFC 9901 §7.1), JSON in the order
	// and spelling of issuer and disclosures. It is as far as it goes when the answer is no, and empty for no JSON object.
	Payload     string       `json:"payload"`
	Disclosures []Disclosure `json:"disclosures,omitempty"`
	// Hidden are the first digests that no disclosure belongs to, at most a thousand of HiddenCount.
	Hidden      []Digest `json:"hidden,omitempty"`
	HiddenCount int      `json:"hidden_count"`
}

// A Disclosure is what the holder shows of one claim or array element.
type Disclosure struct {
	token.Span
	Text   string `json:"text"`           // as in the token, base64url
	Digest string `json:"digest"`         // base64url; empty if the hash algorithm is unknown
	Salt   string `json:"salt"`           // as it reads
	Name   string `json:"name,omitempty"` // of the claim; an array element has none
	Item   bool   `json:"item,omitempty"` // it is an array element
	Value  string `json:"value"`          // JSON as written, digests in it included
	// Path is the place of the value as a JSON Pointer (RFC 6901), counting the array elements that are hidden. It is cut
	// when longer than 4 KB, and empty for what is not in the payload.
	Path string `json:"path,omitempty"`
	// Parent is the index of the disclosure in whose value the digest stands, -1 for the payload itself or for none.
	Parent   int   `json:"parent"`
	Children []int `json:"children,omitempty"` // the indices of those whose digests stand in this value
	Shown    bool  `json:"shown"`              // it is in the payload
	// Fault is why it is not, a code of a check; empty for none.
	Fault string `json:"fault,omitempty"`
}

// A Digest is one without disclosure: a claim that is kept back, or a decoy (RFC 9901 §4.2.5).
type Digest struct {
	Text   string `json:"text"`
	Item   bool   `json:"item,omitempty"` // in place of an array element
	Path   string `json:"path"`           // of the array element, or of the object that the claim may belong to
	Parent int    `json:"parent"`         // as in [Disclosure]
}

// Verify answers whether a presentation is genuine by RFC 9901 §7: signed with a key of the reading, each disclosure one
// of the issuer's, and, if it is bound to a holder's key, bound by that key to this presentation. Whether the claims of
// the payload are acceptable is for package claims.
func Verify(t token.Token, issuer key.Reading, o Options) Report {
	b := &binding{options: o}
	b.token, b.Rules = t, rules
	r := Report{Key: -1}
	if t.Form != token.SDJWT {
		b.notCompact()
	} else {
		signed := jws.Verify(issuerJWT(t), issuer, jws.Options{Alg: o.Alg})
		b.Checks = signed.Checks
		b.open()
		r.Key, r.SelfVouched = signed.Key, signed.SelfVouched
		r.Payload, r.Disclosures, r.Hidden, r.HiddenCount = string(b.out), b.disclosures, b.hidden, b.hiddenCount
		r.Bound = b.bind()
	}
	r.Checks, r.Answer = b.Checks, check.Sum(b.Checks)
	return r
}

// notCompact answers for what is no SD-JWT in the compact form.
func (b *binding) notCompact() {
	unprotected := b.token.Part(token.PartUnprotected).JSON.Root()
	if b.token.Form == token.JSONJWS && unprotected.Get("disclosures").Exists() {
		b.Unchecked("sd.serialized")
		return
	}
	b.No("sd.none")
}

// issuerJWT is the part that the issuer signed, as a token of its own. The faults of disclosures are not its faults.
func issuerJWT(t token.Token) token.Token {
	jwt := t
	jwt.Form, jwt.Segments, jwt.Problems = token.JWS, nil, nil
	for _, s := range t.Segments {
		if s.Part != token.PartDisclosed && s.Part != token.PartBinding {
			jwt.Segments = append(jwt.Segments, s)
		}
	}
	for _, p := range t.Problems {
		if p.Part != token.PartDisclosed {
			jwt.Problems = append(jwt.Problems, p)
		}
	}
	return jwt
}
