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
		"profile.either", "profile.forbidden", "profile.absent", "profile.avoided", "profile.kind", "profile.event",
		"profile.differs", "profile.mac",
	}
}

// CheckProfile holds a token against the rules of its profile: what must be there, what must not, and what it must be.
// A profile that is only guessed demands nothing: what is missing is then unchecked. The zero profile has no checks.
//
// The arguments of each reason are the member that it is about, a value, found or wanted, and where the rule stands.
func CheckProfile(p Profile, header, payload *token.JSON) []check.Check {
	k := kindOf(p.ID)
	if k == nil {
		return nil
	}
	c := conformance{kind: k, header: header.Root(), claims: gather(payload.Root())}
	// An access token that does not declare itself as one of RFC 9068 may well be of an older kind.
	c.firm = p.Sure == Declared || p.Sure == Likely && p.ID != AccessToken
	c.typ(p.Sure)
	for _, rule := range strings.Fields(k.rules) {
		c.rule(rule)
	}
	c.values()
	return c.checks
}

// A conformance is a profile's check under way.
type conformance struct {
	*kind
	firm   bool // the token is held to the rules
	header token.Value
	claims set
	checks []check.Check
}

func (c *conformance) add(a check.Answer, code, name, value string) {
	c.checks = append(c.checks, check.Check{Name: "profile", Answer: a, Code: "profile." + code,
		Args: []string{name, short(value), c.ref}, Ref: c.ref, Remark: code == "typ-advised" || code == "avoided"})
}

// typ asks for the declaration that keeps one kind from being taken for another (RFC 8725 §3.11).
func (c *conformance) typ(sure Certainty) {
	want, _, _ := strings.Cut(c.types, " ")
	switch {
	case want == "":
	case sure == Declared:
		c.add(check.Yes, "typ", "typ", c.header.Get("typ").Text())
	case c.rules[0] == '!':
		c.add(check.No, "typ-missing", "typ", want)
	default:
		c.add(check.Yes, "typ-advised", "typ", want)
	}
}

// rule asks for what one of the rules says; see [kind].
func (c *conformance) rule(rule string) {
	name := strings.TrimLeft(rule, "-~@!*")
	one, other, either := strings.Cut(name, "|")
	v := c.claims[one]
	if rule[0] == '@' {
		v = c.header.Get(name)
	} else if !v.Exists() {
		v = c.claims[other]
	}
	answer, code := check.Yes, "there"
	alg := c.header.Get("alg").Text()
	switch there := v.Exists(); {
	case rule == "!":
		return
	case rule == "*":
		if !strings.HasPrefix(alg, "HS") && !strings.EqualFold(alg, "none") {
			return
		}
		answer, code, name = check.No, "mac", "alg"
	case rule[0] == '~' && there:
		code = "avoided"
	case rule[0] == '~':
		return
	case rule[0] == '-' && there:
		answer, code = check.No, "forbidden"
	case rule[0] == '-':
		code = "absent"
	case either && !there:
		answer, code, name = check.No, "either", one+", "+other
	case !there:
		answer, code = check.No, "missing"
	case !fits(v, one):
		answer, code = check.No, "kind"
	}
	if answer == check.No && !c.firm {
		answer = check.Unchecked
		if code == "missing" {
			code = "unsure"
		}
	}
	if code == "mac" {
		v = c.header.Get("alg")
	}
	c.add(answer, code, name, v.Text())
}

// fits reports whether a value is what the claim of that name has.
func fits(v token.Value, name string) bool {
	claim, _ := Lookup(name)
	switch claim.Kind {
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

// values asks what no list of names can: for the event of a logout token, and whether a client speaks for itself.
func (c *conformance) values() {
	iss, sub := c.claims["iss"], c.claims["sub"]
	switch {
	case c.id == "logout-token" && c.claims["events"].Get(logoutEvent).Kind() != token.Object:
		c.add(check.No, "event", "events", logoutEvent)
	case c.id == "client-assertion" && sub.Exists() && iss.Text() != sub.Text():
		c.add(check.No, "differs", "sub", sub.Text())
	}
}
