package sdjwt

import (
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

const (
	maxAge = 5 * time.Minute  // of a key binding, when it is asked for
	ahead  = 30 * time.Second // how far its iat may lie in the future, for clocks that differ
)

// A binding is an SD-JWT with the key binding JWT behind it under examination (RFC 9901 §7.3).
type binding struct {
	opening
	options Options
	jwt     token.Token
	claims  token.Value
}

// bind checks the key binding, and reports whether there is one and all of it is right.
func (b *binding) bind() bool {
	payload, _ := token.ReadJSON(b.out)
	cnf := payload.Root().Get("cnf")
	behind := b.token.Part(token.PartBinding)
	switch {
	case behind.Part != "":
	case b.options.Bound:
		b.No("kb.missing")
		return false
	case cnf.Exists():
		b.Remark("kb.absent")
		return false
	default:
		return false
	}
	before := len(b.Checks)
	b.jwt = token.Parse(behind.Text)
	b.Yes("kb.there")
	b.typ()
	b.signature(cnf)
	var unread check.List
	if b.claims = readClaims(b.jwt.Payload(), &unread); b.claims.Exists() {
		b.covers(strings.TrimSuffix(b.token.Compact(), behind.Text))
		b.member("aud", b.options.Audience)
		b.member("nonce", b.options.Nonce)
		b.time()
	} else {
		b.No("kb.payload")
	}
	return check.Sum(b.Checks[before:]) == check.Yes
}

// typ compares the media type, whose application/ may be left out (RFC 7515 §4.1.9).
func (b *binding) typ() {
	typ := b.jwt.Header().JSON.Root().Get("typ")
	name := strings.ToLower(typ.Text())
	if typ.Kind() == token.String && strings.TrimPrefix(name, "application/") == "kb+jwt" {
		b.Yes("kb.typ-right")
		return
	}
	b.No("kb.typ", clip(typ.Text()))
}

// signature verifies with the key that the issuer named in cnf (RFC 7800 §3.2). The issuer signed it, so here a key out
// of a token is to be trusted; a secret is not, for whoever sees the token knows it.
func (b *binding) signature(cnf token.Value) {
	jwk := cnf.Get("jwk")
	switch {
	case !cnf.Exists():
		b.No("kb.unbound")
		return
	case !jwk.Exists():
		b.Unchecked("kb.cnf-other")
		return
	}
	holder := key.Read(jwk.Raw(), key.Auto)
	if len(holder.Keys) != 1 || holder.Kind != "jwk" || holder.Keys[0].Public == nil {
		b.No("kb.cnf-key")
		return
	}
	r := jws.Verify(b.jwt, holder, jws.Options{})
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Answer != check.Yes {
			c.Name = "binding-signature"
			b.Checks = append(b.Checks, *c)
			return
		}
	}
	b.Yes("kb.signature", clip(b.jwt.Header().JSON.Root().Get("alg").Text()))
}

// covers compares the hash of what is presented (RFC 9901 §4.3.1): everything before the key binding, its last ~ too.
func (b *binding) covers(presented string) {
	hash := b.claims.Get("sd_hash")
	switch {
	case b.hash == 0:
		b.Unchecked("kb.hash-untried")
	case hash.Kind() != token.String:
		b.No("kb.hash-type")
	case hash.Text() != digest(b.hash, presented):
		b.No("kb.hash-other")
	default:
		b.Yes("kb.hash")
	}
}

// member checks a claim that has to be in a key binding (RFC 9901 §4.3): "kb.aud" and the like, "kb.nonce" and the like.
func (b *binding) member(claim, want string) {
	v := b.claims.Get(claim)
	text := v.Text()
	code := "kb." + claim
	switch {
	case v.Kind() != token.String:
		b.No(code + "-type")
	case want == "":
		b.Remark(code+"-unasked", clip(text))
	case text != want:
		b.No(code+"-other", clip(text), want)
	default:
		b.Yes(code, clip(want))
	}
}

func (b *binding) time() {
	iat := claims.ReadTime(b.claims.Get("iat"))
	age := b.options.Now.Sub(iat.At)
	switch {
	case !iat.OK:
		b.No("kb.iat-type")
	case b.options.Now.IsZero():
		b.Remark("kb.iat-unasked")
	case age > maxAge:
		b.No("kb.iat-old", seconds(age), seconds(maxAge))
	case age < -ahead:
		b.No("kb.iat-future", seconds(-age), seconds(ahead))
	default:
		b.Yes("kb.iat", seconds(max(age, 0)))
	}
}

// seconds is a span of time as package locale reads it.
func seconds(d time.Duration) string { return itoa(int(d / time.Second)) }
