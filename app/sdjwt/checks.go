package sdjwt

import (
	"slices"

	"jwtlab/app/check"
)

// reasons are the codes of all reasons that the checks here can give, beside those of package jws.
var reasons = []string{
	"sd.none", "sd.serialized", "sd.end",
	"sd.payload", "sd.payload-twice",
	"sd.alg-default", "sd.alg-known", "sd.alg-type", "sd.alg-unknown",

	"sd.match", "sd.match-none", "sd.untried",
	"sd.base64", "sd.json", "sd.array", "sd.salt", "sd.name", "sd.reserved", "sd.twice", "sd.unreferenced", "sd.in-object",
	"sd.in-array", "sd.name-exists", "sd.more", "sd.validity",

	"sd.digests-none", "sd.digests-all", "sd.digests-hidden",
	"sd.digest-twice", "sd.not-array", "sd.not-string", "sd.dots", "sd.depth",

	"kb.absent", "kb.missing", "kb.unbound", "kb.cnf-other", "kb.cnf-key", "kb.there",
	"kb.typ-right", "kb.typ", "kb.signature", "kb.payload", "kb.hash", "kb.hash-type", "kb.hash-other", "kb.hash-untried",
	"kb.aud", "kb.aud-unasked", "kb.aud-type", "kb.aud-other",
	"kb.nonce", "kb.nonce-unasked", "kb.nonce-type", "kb.nonce-other",
	"kb.iat", "kb.iat-unasked", "kb.iat-type", "kb.iat-old", "kb.iat-future",
}

// Codes returns the codes of all reasons that the checks can give, in alphabetical order. The checks of the issuer's
// signature, and that of the key binding's, have those of package jws besides.
func Codes() []string { return slices.Sorted(slices.Values(reasons)) }

// Names returns the names of all checks behind those of the issuer's signature, in the order in which they are made.
func Names() []string {
	return []string{"sd-form", "sd-payload", "sd-alg", "disclosures", "digests", "validity",
		"binding", "binding-typ", "binding-signature", "binding-hash", "binding-aud", "binding-nonce", "binding-iat"}
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
	const most = 40
	runes := 0
	for i := range s {
		if runes++; runes > most {
			return s[:i] + "…"
		}
	}
	return s
}
