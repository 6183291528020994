// Package claims knows the registered claims, and says whether a claims set is acceptable at a time and to a recipient.
//
// It does not ask whether the token is genuine: the claims of a token whose signature nobody verified prove nothing,
// and saying so is for package verdict. Nothing is guessed or repaired either. A time that a verifier would refuse, as
// "1700000000" in quotes, is refused here, and the reason says what it looks like.
//
// What a claim means is told by package locale: the title of a [Claim] under "claim." and its name, an explanation of
// the common ones under that and ".help"; for header parameters it is "param." instead. Reasons are under "why." and
// the code of the check.
//
// [Recognise] says what kind of token it is, an ID token or a DPoP proof, and [CheckProfile] what that kind demands.
//
// Start with [Validate]; [ReadTime] is for showing a single time.
package claims

import (
	"slices"
	"sync"
)

// A Claim is a registered claim or header parameter. The zero value is none.
type Claim struct {
	Name string `json:"name"`
	// Kind is what its value is: "time" (NumericDate), "string", "strings" (an array of them, or for aud one alone),
	// "uri", "number", "boolean", "object", "array" or "any".
	Kind string `json:"kind"`
	Ref  string `json:"ref"` // where it is defined, as in "RFC 7519 §4.1.1"
}

var (
	claimIndex = sync.OnceValue(func() map[string]Claim { return byName(registered[:]) })
	paramIndex = sync.OnceValue(func() map[string]Claim { return byName(params[:]) })
)

func byName(all []Claim) map[string]Claim {
	m := make(map[string]Claim, len(all))
	for _, c := range all {
		m[c.Name] = c
	}
	return m
}

// All returns every claim of the IANA registry, in its order, and those of drafts that people meet.
func All() []Claim { return slices.Clone(registered[:]) }

// Lookup returns the registered claim of the name.
func Lookup(name string) (Claim, bool) {
	c, ok := claimIndex()[name]
	return c, ok
}

// HeaderParams returns the JOSE header parameters, those of signatures first.
func HeaderParams() []Claim { return slices.Clone(params[:]) }

// LookupHeader returns the header parameter of the name.
func LookupHeader(name string) (Claim, bool) {
	c, ok := paramIndex()[name]
	return c, ok
}
