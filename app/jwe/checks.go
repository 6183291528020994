package jwe

import (
	"strconv"

	"jwtlab/app/check"
)

// Where a rule stands when each algorithm, or each content encryption, has a paragraph of its own.
const (
	ofAlg = "alg"
	ofEnc = "enc"
)

// rules are the reasons that the checks here can give, in the order in which they are made.
var rules = []check.Rule{
	{"jwe.form.not", "form", "RFC 7516 §9"},
	{"jwe.form.errors", "form", "RFC 7516 §5.2"},
	{"jwe.form.header", "form", "RFC 7516 §7.2.1"},

	{"jwe.alg.carried", "alg", ofAlg},
	{"jwe.alg.rsa15-allowed", "alg", "RFC 8725 §3.2"},
	{"jwe.alg.missing", "alg", "RFC 7516 §4.1.1"},
	{"jwe.alg.type", "alg", "RFC 7516 §4.1.1"},
	{"jwe.alg.refused", "alg", "RFC 8725 §3.1"},
	{"jwe.alg.rsa15", "alg", "RFC 8725 §3.2"},
	{"jwe.alg.case", "alg", "RFC 7516 §4.1.1"},
	{"jwe.alg.enc", "alg", "RFC 7516 §4.1.1"},
	{"jwe.alg.signature", "alg", "RFC 7518 §3.1"},
	{"jwe.alg.unknown", "alg", "RFC 7516 §5.2"},
	{"jwe.enc.carried", "enc", ofEnc},
	{"jwe.enc.missing", "enc", "RFC 7516 §4.1.2"},
	{"jwe.enc.type", "enc", "RFC 7516 §4.1.2"},
	{"jwe.enc.refused", "enc", "RFC 8725 §3.1"},
	{"jwe.enc.case", "enc", "RFC 7516 §4.1.2"},
	{"jwe.enc.unknown", "enc", "RFC 7516 §5.2"},
	{"jwe.crit.unprotected", "crit", "RFC 7516 §4.1.13"},
	{"jwe.crit.form", "crit", "RFC 7516 §4.1.13"},
	{"jwe.crit.absent", "crit", "RFC 7516 §4.1.13"},
	{"jwe.crit.unknown", "crit", "RFC 7516 §4.1.13"},

	{"jwe.encrypted-key.wrapped", "encrypted_key", ofAlg},
	{"jwe.encrypted-key.rsa", "encrypted_key", ofAlg},
	{"jwe.encrypted-key.direct", "encrypted_key", ofAlg},
	{"jwe.encrypted-key.agreed", "encrypted_key", ofAlg},
	{"jwe.encrypted-key.extra", "encrypted_key", "RFC 7516 §5.2"},
	{"jwe.encrypted-key.missing", "encrypted_key", "RFC 7516 §5.2"},
	{"jwe.encrypted-key.length", "encrypted_key", ofAlg},
	{"jwe.iv.fits", "iv", ofEnc},
	{"jwe.iv.length", "iv", ofEnc},
	{"jwe.ciphertext.fits", "ciphertext", ofEnc},
	{"jwe.ciphertext.blocks", "ciphertext", ofEnc},
	{"jwe.tag.fits", "tag", ofEnc},
	{"jwe.tag.length", "tag", ofEnc},

	{"jwe.parameter.missing", "parameter", ofAlg},
	{"jwe.parameter.type", "parameter", ofAlg},
	{"jwe.parameter.base64", "parameter", "RFC 7515 §2"},
	{"jwe.parameter.length", "parameter", ofAlg},
	{"jwe.p2s.short", "parameter", "RFC 7518 §4.8.1.1"},
	{"jwe.p2c.fits", "parameter", "RFC 7518 §4.8.1.2"},
	{"jwe.p2c.few", "parameter", "RFC 7518 §4.8.1.2"},
	{"jwe.p2c.form", "parameter", "RFC 7518 §4.8.1.2"},
	{"jwe.p2c.many", "parameter", "RFC 8725 §2.4"},
	{"jwe.epk.fits", "epk", "RFC 7518 §4.6.1.1"},
	{"jwe.epk.unusable", "epk", "RFC 7518 §4.6.1.1"},
	{"jwe.epk.private", "epk", "RFC 7518 §4.6.1.1"},

	{"jwe.key.none", "key", ""},
	{"jwe.key.unusable", "key", ""},
	{"jwe.key.fits", "key", ofAlg},
	{"jwe.key.chosen", "key", "RFC 7516 §4.1.6"},
	{"jwe.key.type", "key", "RFC 8725 §3.1"},
	{"jwe.key.curve", "key", ofAlg},
	{"jwe.key.size", "key", ofAlg},
	{"jwe.key.bits", "key", ofAlg},
	{"jwe.key.pss", "key", "RFC 4055 §1.2"},
	{"jwe.key.alg", "key", "RFC 7517 §4.4"},
	{"jwe.key.use", "key", "RFC 7517 §4.2"},
	{"jwe.key.ops", "key", "RFC 7517 §4.3"},
	{"jwe.key.public", "key", "RFC 7516 §5.2"},
	{"jwe.key.empty", "key", "RFC 8725 §3.5"},
	{"jwe.key.modulus", "key", ofAlg},
	{"jwe.key.epk", "key", ofAlg},
	{"jwe.key.none-fits", "key", "RFC 8725 §3.1"},
	{"jwe.key.many", "key", "RFC 7516 §4.1.6"},
	{"jwe.key.many-rounds", "key", "RFC 8725 §2.4"},
	{"jwe.kid.match", "kid", "RFC 7516 §4.1.6"},
	{"jwe.kid.other", "kid", "RFC 7516 §4.1.6"},
	{"jwe.kid.absent", "kid", "RFC 7516 §4.1.6"},
	{"jwe.secret.read-as", "encoding", ""},

	{"jwe.decryption.opened", "decryption", ofEnc},
	{"jwe.decryption.no-key", "decryption", ""},
	{"jwe.decryption.untried", "decryption", ""},
	{"jwe.decryption.failed", "decryption", "RFC 7516 §11.5"},
	{"jwe.decryption.failed-any", "decryption", "RFC 7516 §11.5"},
	{"jwe.decryption.password", "decryption", "RFC 7516 §11.5"},
	{"jwe.zip.unprotected", "zip", "RFC 7516 §4.1.3"},
	{"jwe.zip.unknown", "zip", "RFC 7516 §4.1.3"},
	{"jwe.zip.bomb", "zip", "RFC 8725 §2.4"},
	{"jwe.zip.broken", "zip", "RFC 7516 §4.1.3"},
	{"jwe.zip.inflated", "zip", "RFC 8725 §3.6"},
}

// cite puts the paragraphs of the token's algorithm and encryption where the rules leave them open.
func (o *opener) cite() {
	for i := range o.Checks {
		switch c := &o.Checks[i]; c.Ref {
		case ofAlg:
			c.Ref = o.method.Ref
		case ofEnc:
			c.Ref = o.suite.Ref
		}
	}
}

// Codes returns the codes of all reasons that the checks can give.
func Codes() []string {
	return check.Codes(rules)
}

// Names returns the names of all checks, in the order in which they are made.
func Names() []string {
	return check.Names(rules)
}

// clip keeps a text that comes from the token fit for a sentence.
func clip(s string) string { return check.Clip(s, 40) }

func itoa(n int) string { return strconv.Itoa(n) }
