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

// A binding is a key binding JWT under examination (RFC 9901 §7.3).
type binding struct {
	opened  *opening
	options Options
	cnf     token.Value // of the processed payload
	jwt     token.Token
	claims  token.Value
	checks  []check.Check
}

func (b *binding) add(c check.Check) { b.checks = append(b.checks, c) }

// bind checks the key binding, and reports whether there is one and all of it is right.
func bind(t token.Token, opened *opening, o Options) (bool, []check.Check) {
	payload, _ := token.ReadJSON(opened.out)
	b := &binding{opened: opened, options: o, cnf: payload.Root().Get("cnf")}
	part := t.Part(token.PartBinding)
	if part.Part == "" {
		b.absent()
		return false, b.checks
	}
	b.jwt = token.Parse(part.Text)
	b.add(yes("binding", "kb.there", "RFC 9901 §4.3"))
	b.typ()
	b.signature()
	b.hash(strings.TrimSuffix(t.Compact(), part.Text))
	b.members()
	return check.Sum(b.checks) == check.Yes, b.checks
}

func (b *binding) absent() {
	switch {
	case b.options.Bound:
		b.add(no("binding", "kb.missing", "RFC 9901 §7.3"))
	case b.cnf.Exists():
		b.add(remark("binding", "kb.absent", "RFC 9901 §7.3"))
	}
}

func (b *binding) typ() {
	typ := b.jwt.Header().JSON.Root().Get("typ")
	if typ.Kind() == token.String && isType(typ.Text(), "kb+jwt") {
		b.add(yes("binding-typ", "kb.typ-right", "RFC 9901 §4.3"))
		return
	}
	b.add(no("binding-typ", "kb.typ", "RFC 9901 §4.3", clip(typ.Text())))
}

// isType compares a media type, whose application/ may be left out (RFC 7515 §4.1.9).
func isType(typ, want string) bool {
	typ = strings.ToLower(typ)
	return typ == want || typ == "application/"+want
}

// signature verifies with the key that the issuer named in cnf (RFC 7800 §3.2). The issuer signed it, so here a key out
// of a token is to be trusted; a secret is not, for whoever sees the token knows it.
func (b *binding) signature() {
	const name, ref = "binding-signature", "RFC 9901 §4.1.2"
	jwk := b.cnf.Get("jwk")
	switch {
	case !b.cnf.Exists():
		b.add(no(name, "kb.unbound", ref))
		return
	case !jwk.Exists():
		b.add(unchecked(name, "kb.cnf-other", ref))
		return
	}
	holder := key.Read(jwk.Raw(), key.Auto)
	if len(holder.Keys) != 1 || holder.Kind != "jwk" || holder.Keys[0].Public == nil {
		b.add(no(name, "kb.cnf-key", ref))
		return
	}
	r := jws.Verify(b.jwt, holder, jws.Options{})
	for _, c := range r.Checks {
		if c.Answer != check.Yes {
			c.Name = name
			b.add(c)
			return
		}
	}
	b.add(yes(name, "kb.signature", ref, clip(b.jwt.Header().JSON.Root().Get("alg").Text())))
}

// hash compares the hash of what is presented (RFC 9901 §4.3.1): everything before the key binding, its last ~ too.
func (b *binding) hash(presented string) {
	const name, ref = "binding-hash", "RFC 9901 §4.3.1"
	b.claims = readClaims(b.jwt.Payload())
	if !b.claims.Exists() {
		b.add(no(name, "kb.payload", "RFC 9901 §4.3"))
		return
	}
	hash := b.claims.Get("sd_hash")
	switch {
	case b.opened.hash == 0:
		b.add(unchecked(name, "kb.hash-untried", ref))
	case hash.Kind() != token.String:
		b.add(no(name, "kb.hash-type", ref))
	case hash.Text() != digest(b.opened.hash, presented):
		b.add(no(name, "kb.hash-other", ref))
	default:
		b.add(yes(name, "kb.hash", ref))
	}
}

func readClaims(s token.Segment) token.Value {
	json, problems := token.ReadJSON(s.Bytes)
	if root := json.Root(); root.Kind() == token.Object && unsound(problems) == "" {
		return root
	}
	return token.Value{}
}

// members checks what has to be in a key binding (RFC 9901 §4.3), and compares it where something is asked for.
func (b *binding) members() {
	if !b.claims.Exists() {
		return
	}
	b.text("aud", b.options.Audience)
	b.text("nonce", b.options.Nonce)
	b.time()
}

func (b *binding) text(claim, want string) {
	const ref = "RFC 9901 §4.3"
	name, code := "binding-"+claim, "kb."+claim
	v := b.claims.Get(claim)
	switch {
	case v.Kind() != token.String:
		b.add(no(name, code+"-type", ref))
	case want == "":
		b.add(remark(name, code+"-unasked", ref, clip(v.Text())))
	case v.Text() != want:
		b.add(no(name, code+"-other", "RFC 9901 §7.3", clip(v.Text()), want))
	default:
		b.add(yes(name, code, "RFC 9901 §7.3", clip(want)))
	}
}

func (b *binding) time() {
	const name, ref = "binding-iat", "RFC 9901 §7.3"
	iat := claims.ReadTime(b.claims.Get("iat"))
	age := b.options.Now.Sub(iat.At)
	switch {
	case !iat.OK:
		b.add(no(name, "kb.iat-type", "RFC 9901 §4.3"))
	case b.options.Now.IsZero():
		b.add(remark(name, "kb.iat-unasked", ref))
	case age > maxAge:
		b.add(no(name, "kb.iat-old", ref, seconds(age), seconds(maxAge)))
	case age < -ahead:
		b.add(no(name, "kb.iat-future", ref, seconds(-age), seconds(ahead)))
	default:
		b.add(yes(name, "kb.iat", ref, seconds(max(age, 0))))
	}
}

// seconds is a span of time as package locale reads it.
func seconds(d time.Duration) string { return itoa(int(d / time.Second)) }
