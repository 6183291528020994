// Package check has the words in which the token engine answers: an [Answer], and the [Check] it was reached by.
//
// It holds data only. The checks of a signature are made in package jws, those of the claims in package claims; what
// they say to a person is in package locale.
package check

// Answer is yes, no or unchecked; the zero value means that nothing was asked.
type Answer string

// The answers.
const (
	Yes       Answer = "yes"
	No        Answer = "no"
	Unchecked Answer = "unchecked"
)

// A Check is one question asked of a token.
type Check struct {
	Name   string `json:"name"` // the question, as in "signature"; its words are "check." and the name in package locale
	Answer Answer `json:"answer"`
	// Code is the reason; its words are "why." and the code in package locale, filled with Args.
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
	Ref  string   `json:"ref,omitempty"` // where the rule stands, as in "RFC 7519 §4.1.4"
	// Remark marks a check that is worth a look although its answer is yes.
	Remark bool `json:"remark,omitempty"`
}

// Sum reports the answer to all of the checks: no if one is no, else unchecked if one is, else yes.
// No checks at all sum to [Unchecked].
func Sum(checks []Check) Answer {
	if len(checks) == 0 {
		return Unchecked
	}
	sum := Yes
	for _, c := range checks {
		switch c.Answer {
		case No:
			return No
		case Unchecked:
			sum = Unchecked
		}
	}
	return sum
}

// Find returns the first check of the name.
func Find(checks []Check, name string) (Check, bool) {
	for _, c := range checks {
		if c.Name == name {
			return c, true
		}
	}
	return Check{}, false
}
