package jwe

import (
	"slices"

	"jwtlab/app/check"
)

// reasons are the codes of all reasons that the checks here can give.
var reasons = []string{
	"jwe.form.not", "jwe.form.errors", "jwe.form.header", "jwe.form.twice",

	"jwe.alg.carried", "jwe.alg.rsa15-allowed", "jwe.alg.missing", "jwe.alg.type", "jwe.alg.refused", "jwe.alg.rsa15",
	"jwe.alg.case", "jwe.alg.enc", "jwe.alg.signature", "jwe.alg.unknown",
	"jwe.enc.carried", "jwe.enc.missing", "jwe.enc.type", "jwe.enc.refused", "jwe.enc.case", "jwe.enc.unknown",
	"jwe.crit.unprotected", "jwe.crit.form", "jwe.crit.absent", "jwe.crit.unknown",
	"jwe.zip.unprotected", "jwe.zip.unknown", "jwe.zip.bomb", "jwe.zip.broken", "jwe.zip.inflated",

	"jwe.encrypted-key.wrapped", "jwe.encrypted-key.rsa", "jwe.encrypted-key.direct", "jwe.encrypted-key.agreed",
	"jwe.encrypted-key.extra", "jwe.encrypted-key.missing", "jwe.encrypted-key.length",
	"jwe.iv.fits", "jwe.iv.length", "jwe.ciphertext.fits", "jwe.ciphertext.blocks", "jwe.tag.fits", "jwe.tag.length",

	"jwe.parameter.missing", "jwe.parameter.type", "jwe.parameter.base64", "jwe.parameter.length",
	"jwe.epk.fits", "jwe.epk.unusable", "jwe.epk.private",
	"jwe.p2s.short", "jwe.p2c.fits", "jwe.p2c.few", "jwe.p2c.form", "jwe.p2c.many",

	"jwe.key.none", "jwe.key.unusable", "jwe.key.fits", "jwe.key.chosen", "jwe.key.type", "jwe.key.curve", "jwe.key.size",
	"jwe.key.bits", "jwe.key.pss", "jwe.key.alg", "jwe.key.use", "jwe.key.ops", "jwe.key.public", "jwe.key.empty",
	"jwe.key.modulus", "jwe.key.epk", "jwe.key.none-fits", "jwe.key.many", "jwe.key.many-rounds",
	"jwe.kid.match", "jwe.kid.other", "jwe.kid.absent", "jwe.secret.read-as",

	"jwe.decryption.opened", "jwe.decryption.no-key", "jwe.decryption.untried", "jwe.decryption.failed",
	"jwe.decryption.failed-any", "jwe.decryption.password",
}

// Codes returns the codes of all reasons that the checks can give, in alphabetical order.
func Codes() []string { return slices.Sorted(slices.Values(reasons)) }

// Names returns the names of all checks, in the order in which they are made.
func Names() []string {
	return []string{"form", "alg", "enc", "crit", "encrypted_key", "iv", "ciphertext", "tag", "parameter", "epk", "key", "kid",
		"encoding", "decryption", "zip"}
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
