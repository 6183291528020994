package dpop

import (
	"slices"

	"jwtlab/app/check"
)

// reasons are the codes of all reasons that the checks here can give, beside those of package jws.
var reasons = []string{
	"dpop.typ-right", "dpop.typ",
	"dpop.key", "dpop.key-missing", "dpop.key-private", "dpop.key-unusable", "dpop.signature", "dpop.claims",
	"dpop.jti", "dpop.jti-missing",
	"dpop.htm", "dpop.htm-missing", "dpop.htm-unasked", "dpop.htm-other",
	"dpop.htu", "dpop.htu-missing", "dpop.htu-broken", "dpop.htu-unasked", "dpop.uri-broken", "dpop.htu-other", "dpop.htu-query",
	"dpop.iat", "dpop.iat-missing", "dpop.iat-type", "dpop.iat-old", "dpop.iat-future",
	"dpop.nonce", "dpop.nonce-type", "dpop.nonce-unasked", "dpop.nonce-missing", "dpop.nonce-other",
	"dpop.ath", "dpop.ath-type", "dpop.ath-unasked", "dpop.ath-missing", "dpop.ath-other",
	"dpop.jkt", "dpop.jkt-other",
}

// Codes returns the codes of all reasons that the checks can give, in alphabetical order. Why a signature does not fit is
// told by the codes of package jws.
func Codes() []string { return slices.Sorted(slices.Values(reasons)) }

// Names returns the names of all checks but "signature" and others of package jws, in the order in which they are made.
func Names() []string {
	return []string{"dpop-typ", "dpop-key", "dpop-claims", "dpop-jti", "dpop-method", "dpop-uri", "dpop-iat", "dpop-nonce",
		"dpop-ath", "dpop-jkt"}
}

func yes(name, code, ref string, args ...string) check.Check {
	return check.Check{Name: name, Answer: check.Yes, Code: code, Args: args, Ref: ref}
}

func no(name, code, ref string, args ...string) check.Check {
	return check.Check{Name: name, Answer: check.No, Code: code, Args: args, Ref: ref}
}

func unchecked(name, code, ref string, args ...string) check.Check {
	return check.Check{Name: name, Answer: check.Unchecked, Code: code, Args: args, Ref: ref}
}

func remark(name, code, ref string, args ...string) check.Check {
	c := yes(name, code, ref, args...)
	c.Remark = true
	return c
}

// clip keeps a text that comes from the token fit for a sentence.
func clip(s string) string {
	const most = 60
	runes := 0
	for i := range s {
		if runes++; runes > most {
			return s[:i] + "…"
		}
	}
	return s
}
