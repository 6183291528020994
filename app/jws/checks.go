package jws

import (
	"slices"

	"jwtlab/app/check"
)

// reasons are the codes of all reasons that the checks here can give.
var reasons = []string{
	"form.errors", "form.encrypted", "form.sd-jwt",
	"form.header-kind", "form.header-shared", "form.mixed", "form.duplicate", "form.surrogate",

	"alg.carried", "alg.unprotected", "alg.none", "alg.missing", "alg.type", "alg.case", "alg.unknown", "alg.not-carried", "alg.encryption",
	"alg.refused",

	"crit.understood", "crit.form", "crit.unknown", "crit.registered", "crit.absent", "crit.twice", "crit.unprotected",
	"b64.type", "b64.not-crit", "b64.unprotected", "payload.twice",

	"key.none", "key.unusable", "key.fits", "key.chosen", "key.type", "key.curve", "key.bits", "key.pss", "key.alg", "key.use",
	"key.ops", "key.empty", "key.public-text", "key.none-fits", "key.many",

	"kid.match", "kid.other", "kid.absent",
	"secret.short", "secret.ssh-text", "secret.read-as", "private.verifies",
	"embedded.ignored", "embedded.vouches", "embedded.fetch",

	"signature.fits", "signature.untried", "signature.empty", "signature.length", "signature.der", "signature.der-other",
	"signature.salt", "signature.detached", "signature.differs", "signature.differs-any", "signature.differs-secret",
	"signature.differs-secret-read",
	"signatures.all", "signatures.some", "signatures.none", "signatures.wrong", "signatures.b64", "signatures.many",
}

// Codes returns the codes of all reasons that the checks can give, in alphabetical order.
func Codes() []string { return slices.Sorted(slices.Values(reasons)) }

// Names returns the names of all checks, in the order in which they are made.
func Names() []string {
	return []string{"form", "alg", "crit", "key", "kid", "private", "secret", "encoding", "embedded", "signature", "signatures"}
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
