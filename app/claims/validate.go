package claims

import (
	"time"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// Expect is what a recipient asks of a claims set. The zero value asks only for the times, now being the year 1.
type Expect struct {
	Now    time.Time     `json:"now"`
	Leeway time.Duration `json:"leeway"` // for clocks that differ; stretches exp and nbf, never shortens
	Issuer string        `json:"issuer,omitempty"`
	// Audience are the recipient's own names; the token must be meant for one of them.
	Audience []string `json:"audience,omitempty"`
}

// A Report is the answer to a claims set. Its zero value is no answer.
type Report struct {
	// Answer is no if one of the checks is no, else yes. What was not asked for is not held against the token.
	Answer check.Answer  `json:"answer"`
	Checks []check.Check `json:"checks"`
	Window Window        `json:"window"`
}

// A Window is the time in which the claims set is acceptable, From included, Until not, in NumericDates and without
// leeway. A nil side is open, or no time that could be used.
type Window struct {
	From   *float64 `json:"from,omitempty"`
	Until  *float64 `json:"until,omitempty"`
	Issued *float64 `json:"issued,omitempty"`
}

// Codes lists the code of every reason that [Validate] can give, and those of [ReadTime] behind "time.".
func Codes() []string {
	return []string{
		"claims.none", "claims.not-object", "claim.twice",
		"exp.missing", "exp.valid", "exp.leeway", "exp.expired", "exp.before-start",
		"nbf.missing", "nbf.valid", "nbf.leeway", "nbf.early",
		"iat.missing", "iat.past", "iat.leeway", "iat.future",
		"iss.match", "iss.absent", "iss.unasked", "iss.missing", "iss.other", "iss.slash", "iss.type",
		"aud.match", "aud.absent", "aud.unasked", "aud.missing", "aud.other", "aud.type",
		"time.missing", "time.null", "time.string", "time.type", "time.number", "time.range",
		"time.millis", "time.zero", "time.negative", "time.fraction", "time.exponent",
	}
}

// Validate checks the claims set of a payload. It never fails: a payload that has none is unchecked.
func Validate(payload *token.JSON, e Expect) Report {
	root := payload.Root()
	if !root.Exists() || root.Kind() != token.Object {
		code := "claims.not-object"
		if !root.Exists() {
			code = "claims.none"
		}
		c := check.Check{Name: "claims", Answer: check.Unchecked, Code: code, Ref: "RFC 7519 §4"}
		return Report{Answer: check.Unchecked, Checks: []check.Check{c}}
	}
	e.Leeway = max(e.Leeway, 0)
	v := validation{Expect: e, claims: collect(root)}
	v.times()
	v.issuer()
	v.audience()
	return Report{Answer: v.answer(), Checks: v.checks, Window: v.window}
}

// A validation is a claims set halfway through its checks.
type validation struct {
	Expect
	claims map[string]found
	checks []check.Check
	window Window
}

// A found claim is the first of its name, and whether another of that name says something else.
type found struct {
	token.Value
	twice bool
}

// collect finds the claims that are checked in one pass over the members, however many those are.
func collect(root token.Value) map[string]found {
	all := make(map[string]found, len(refs))
	for name, value := range root.Members() {
		n := name.Text()
		if _, ours := refs[n]; !ours {
			continue
		}
		first, seen := all[n]
		if !seen {
			first.Value = value
		} else if first.Raw() != value.Raw() {
			first.twice = true
		}
		all[n] = first
	}
	return all
}

// refs has the claims that are checked.
var refs = map[string]string{
	"exp": "RFC 7519 §4.1.4",
	"nbf": "RFC 7519 §4.1.5",
	"iat": "RFC 7519 §4.1.6",
	"iss": "RFC 7519 §4.1.1",
	"aud": "RFC 7519 §4.1.3",
}

func (v *validation) add(name string, a check.Answer, code string, args ...string) {
	v.checks = append(v.checks, check.Check{Name: name, Answer: a, Code: code, Args: args, Ref: refs[name]})
}

// remark adds a check that is answered with yes and yet worth a look.
func (v *validation) remark(name, code string, args ...string) {
	v.add(name, check.Yes, code, args...)
	v.checks[len(v.checks)-1].Remark = true
}

// twice refuses a claim that stands there more than once and differs: verifiers take either one, or neither
// (RFC 7519 §4), so that whoever checks it and whoever uses it may see different tokens.
func (v *validation) twice(name string) bool {
	if v.claims[name].twice {
		v.add(name, check.No, "claim.twice", name)
	}
	return v.claims[name].twice
}

func (v *validation) answer() check.Answer {
	for _, c := range v.checks {
		if c.Answer == check.No {
			return check.No
		}
	}
	return check.Yes
}
