// Package dpop verifies DPoP proofs: small tokens that a client signs for one HTTP request, to show that it has the key
// that its access token is tied to (RFC 9449).
//
// This is the one place where a key that a token brings along is used. A proof says "whoever sends this request has this
// key", and nothing else: not who that is, nor that they may do anything. That comes from the access token, which names
// the key by its thumbprint; a proof by another key is as good as none. So a report says which key it is, and compares it
// with the access token when that one is given.
//
// Whether a jti was seen before is for the server to remember (RFC 9449 §11.1); nothing here has a memory.
//
// Start with [Recognise] and [Verify].
package dpop

import (
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// Expect is the request that the proof should be for. What is zero is not compared, and leaves the answer unchecked if
// the proof makes a claim about it.
type Expect struct {
	Method string    `json:"method,omitempty"` // as in "POST"; case matters (RFC 9110 §9.1)
	URI    string    `json:"uri,omitempty"`    // the target URI; query and fragment do not count
	Now    time.Time `json:"now"`
	// MaxAge is how old the proof may be; zero means five minutes.
	MaxAge      time.Duration `json:"max_age,omitempty"`
	AccessToken string        `json:"access_token,omitempty"` // that the request carries
	Nonce       string        `json:"nonce,omitempty"`        // that the server handed out
}

const (
	maxAge = 5 * time.Minute
	// ahead is how far iat may lie in the future: clocks differ (RFC 9449 §11.1 leaves it at seconds or minutes).
	ahead = 30 * time.Second
)

// A Report is what verifying came to.
type Report struct {
	Answer check.Answer  `json:"answer"` // their sum
	Checks []check.Check `json:"checks"`
	// Thumbprint is that of the key in the proof (RFC 7638), the jkt of its access token; empty if the key is unusable. It
	// proves nothing unless Answer is yes.
	Thumbprint string `json:"thumbprint,omitempty"`
}

// Recognise reports whether the token says that it is a DPoP proof.
func Recognise(t token.Token) bool {
	typ := t.Header().JSON.Root().Get("typ")
	name := strings.ToLower(typ.Text())
	return typ.Kind() == token.String && (name == "dpop+jwt" || name == "application/dpop+jwt") // RFC 7515 §4.1.9
}

// Verify answers whether the token is a DPoP proof for the request (RFC 9449 §4.3).
func Verify(t token.Token, e Expect) Report {
	v := &verifier{token: t, expect: e, header: t.Header().JSON.Root()}
	v.Rules = rules
	v.typ()
	if k, ok := v.key(); ok {
		v.thumbprint = k.Thumbprint
		v.signature(k)
	}
	if v.readClaims() {
		v.jti()
		v.compare("htm", v.expect.Method, true)
		v.uri()
		v.time()
		v.nonce()
		v.accessToken()
	}
	return Report{Answer: check.Sum(v.Checks), Checks: v.Checks, Thumbprint: v.thumbprint}
}

// verifier is one verification under way.
type verifier struct {
	check.List
	token      token.Token
	expect     Expect
	header     token.Value
	claims     token.Value
	thumbprint string
}

func (v *verifier) typ() {
	if !Recognise(v.token) {
		v.No("dpop.typ", clip(v.header.Get("typ").Text()))
		return
	}
	v.Yes("dpop.typ-right")
}

// private are the members that only a private key, or a secret, has (RFC 7518 §6, RFC 8037 §2, RFC 9964 §6).
var private = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"}

// key reads the public key in the header (RFC 9449 §4.2).
func (v *verifier) key() (key.Key, bool) {
	jwk := v.header.Get("jwk")
	if jwk.Kind() != token.Object {
		v.No("dpop.key-missing")
		return key.Key{}, false
	}
	for _, member := range private {
		if jwk.Get(member).Exists() {
			v.No("dpop.key-private", member)
			return key.Key{}, false
		}
	}
	r := key.Read(jwk.Raw(), key.Auto)
	if r.Kind != "jwk" || len(r.Keys) != 1 || r.Keys[0].Public == nil {
		v.No("dpop.key-unusable")
		return key.Key{}, false
	}
	v.Yes("dpop.key", r.Keys[0].Thumbprint)
	return r.Keys[0], true
}

// signature verifies with the key of the proof itself, by all rules of package jws: a symmetric algorithm, or none, never
// fits a public key.
func (v *verifier) signature(k key.Key) {
	r := jws.Verify(v.token, key.Reading{Kind: "jwk", Keys: []key.Key{k}}, jws.Options{})
	for _, c := range r.Checks {
		if c.Answer != check.Yes {
			v.Checks = append(v.Checks, c)
		}
	}
	if r.Answer == check.Yes {
		v.Yes("dpop.signature", clip(v.header.Get("alg").Text()))
	}
}
