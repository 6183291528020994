package claims

import (
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// ProfileCodes lists the code of every reason that [CheckProfile] can give.
func ProfileCodes() []string {
	return []string{
		"profile.typ", "profile.typ-missing", "profile.typ-advised", "profile.there", "profile.missing", "profile.unsure",
		"profile.either", "profile.forbidden", "profile.absent", "profile.avoided", "profile.kind", "profile.event", "profile.differs",
		"profile.mac",
	}
}

// CheckProfile holds a token against the rules of its profile: what must be there, what must not, and what it must be.
// A profile that is only guessed demands nothing: what is missing is then unchecked. The zero profile has no checks.
func CheckProfile(p Profile, header, payload *token.JSON) []check.Check {
	k, ok := kindOf(p.ID)
	if !ok {
		return nil
	}
	c := conformance{kind: k, sure: p.Sure, header: header.Root(), claims: gather(payload.Root())}
	c.typ()
	for name := range strings.FieldsSeq(k.header) {
		c.require(name, c.header.Get(name), "")
	}
	for name := range strings.FieldsSeq(k.requires) {
		want, _ := Lookup(name)
		c.require(name, c.claims[name], want.Kind)
	}
	c.either()
	for name := range strings.FieldsSeq(k.forbids) {
		c.forbid(name)
	}
	for name := range strings.FieldsSeq(k.avoids) {
		if c.claims.has(name) {
			c.remark("avoided", name, c.ref)
		}
	}
	c.values()
	return c.checks
}

// A conformance is a profile's check under way.
type conformance struct {
	kind
	sure   Certainty
	header token.Value
	claims set
	checks []check.Check
}

func (c *conformance) add(a check.Answer, code string, args ...string) {
	c.checks = append(c.checks, check.Check{Name: "profile", Answer: a, Code: "profile." + code, Args: args, Ref: c.ref})
}

func (c *conformance) remark(code string, args ...string) {
	c.add(check.Yes, code, args...)
	c.checks[len(c.checks)-1].Remark = true
}

// firm reports whether the token is held to the rules: an access token that does not declare itself as one of RFC 9068
// may well be of an older kind.
func (c *conformance) firm() bool {
	return c.sure == Declared || c.sure == Likely && c.id != AccessToken
}

// typ asks for the declaration that keeps one kind from being taken for another (RFC 8725 §3.11).
func (c *conformance) typ() {
	want, _, _ := strings.Cut(c.types, " ")
	switch {
	case want == "":
	case c.sure == Declared:
		c.add(check.Yes, "typ", short(c.header.Get("typ").Text()))
	case c.strict:
		c.add(check.No, "typ-missing", want, c.ref)
	default:
		c.remark("typ-advised", want, c.ref)
	}
}

// require asks for a member, and that it is of the kind that its definition says and not empty.
func (c *conformance) require(name string, v token.Value, kind string) {
	switch {
	case !v.Exists() && c.firm():
		c.add(check.No, "missing", name, c.ref)
	case !v.Exists():
		c.add(check.Unchecked, "unsure", name, c.ref)
	case !fits(v, kind):
		c.add(check.No, "kind", name, short(v.Raw()))
	default:
		c.add(check.Yes, "there", name)
	}
}

// fits reports whether a value is what a claim of that kind has.
func fits(v token.Value, kind string) bool {
	switch kind {
	case "time", "number":
		return v.Kind() == token.Number
	case "string", "uri":
		return v.Kind() == token.String && v.Text() != ""
	case "object":
		return v.Kind() == token.Object
	case "strings":
		names, ok := recipients(v)
		return ok && len(names) > 0
	}
	return v.Kind() != token.Null
}

func (c *conformance) either() {
	if c.kind.either == "" {
		return
	}
	for name := range strings.FieldsSeq(c.kind.either) {
		if c.claims.has(name) {
			c.add(check.Yes, "there", name)
			return
		}
	}
	c.add(check.No, "either", strings.ReplaceAll(c.kind.either, " ", ", "), c.ref)
}

func (c *conformance) forbid(name string) {
	switch {
	case !c.claims.has(name):
		c.add(check.Yes, "absent", name)
	case c.firm():
		c.add(check.No, "forbidden", name, c.ref)
	default:
		c.add(check.Unchecked, "forbidden", name, c.ref)
	}
}

// values asks what no list of names can: the event of a logout token, whose assertion it is, what may not be signed
// with a shared secret.
func (c *conformance) values() {
	alg := c.header.Get("alg").Text()
	switch {
	case c.id == "logout-token" && c.claims.has("events") && c.claims["events"].Get(logoutEvent).Kind() != token.Object:
		c.add(check.No, "event", logoutEvent, c.ref)
	case c.id == "client-assertion" && c.claims.has("iss", "sub") && c.claims["iss"].Text() != c.claims["sub"].Text():
		c.add(check.No, "differs", short(c.claims["iss"].Text()), short(c.claims["sub"].Text()), c.ref)
	case c.unsigned == "mac" && (strings.HasPrefix(alg, "HS") || strings.EqualFold(alg, "none")):
		c.add(check.No, "mac", short(alg), c.ref)
	}
}
