package sdjwt

import (
	"strconv"

	"jwtlab/app/check"
)

// rules are the reasons that the checks here can give, in the order in which they are made.
var rules = []check.Rule{
	{"sd.none", "sd-form", "RFC 9901 §4"},
	{"sd.serialized", "sd-form", "RFC 9901 §8"},
	{"sd.end", "sd-form", "RFC 9901 §4"},
	{"sd.payload", "sd-payload", "RFC 9901 §4.1"},
	{"sd.payload-twice", "sd-payload", "RFC 7519 §4"},
	{"sd.alg-default", "sd-alg", "RFC 9901 §4.1.1"},
	{"sd.alg-known", "sd-alg", "RFC 9901 §4.1.1"},
	{"sd.alg-type", "sd-alg", "RFC 9901 §4.1.1"},
	{"sd.alg-unknown", "sd-alg", "RFC 9901 §4.1.1"},

	{"sd.match", "disclosures", "RFC 9901 §7.1"},
	{"sd.match-none", "disclosures", "RFC 9901 §7.1"},
	{"sd.untried", "disclosures", "RFC 9901 §7.1"},
	{"sd.base64", "disclosures", "RFC 9901 §4.2.1"},
	{"sd.json", "disclosures", "RFC 9901 §4.2.1"},
	{"sd.array", "disclosures", "RFC 9901 §4.2"},
	{"sd.salt", "disclosures", "RFC 9901 §4.2.1"},
	{"sd.name", "disclosures", "RFC 9901 §4.2.1"},
	{"sd.reserved", "disclosures", "RFC 9901 §7.1"},
	{"sd.twice", "disclosures", "RFC 9901 §7.1"},
	{"sd.unreferenced", "disclosures", "RFC 9901 §7.1"},
	{"sd.in-object", "disclosures", "RFC 9901 §7.1"},
	{"sd.in-array", "disclosures", "RFC 9901 §7.1"},
	{"sd.name-exists", "disclosures", "RFC 9901 §7.1"},
	{"sd.more", "disclosures", "RFC 9901 §7.1"},

	{"sd.digests-none", "digests", "RFC 9901 §7.1"},
	{"sd.digests-all", "digests", "RFC 9901 §7.1"},
	{"sd.digests-hidden", "digests", "RFC 9901 §7.1"},
	{"sd.digest-twice", "digests", "RFC 9901 §7.1"},
	{"sd.not-array", "digests", "RFC 9901 §4.2.4.1"},
	{"sd.not-string", "digests", "RFC 9901 §4.2.4.1"},
	{"sd.dots", "digests", "RFC 9901 §4.2.4.2"},
	{"sd.depth", "digests", "RFC 8259 §9"},
	{"sd.digests-more", "digests", "RFC 9901 §7.1"},
	{"sd.validity", "validity", "RFC 9901 §9.7"},

	{"kb.absent", "binding", "RFC 9901 §7.3"},
	{"kb.missing", "binding", "RFC 9901 §7.3"},
	{"kb.there", "binding", "RFC 9901 §4.3"},
	{"kb.typ-right", "binding-typ", "RFC 9901 §4.3"},
	{"kb.typ", "binding-typ", "RFC 9901 §4.3"},
	{"kb.unbound", "binding-signature", "RFC 9901 §4.1.2"},
	{"kb.cnf-other", "binding-signature", "RFC 9901 §4.1.2"},
	{"kb.cnf-key", "binding-signature", "RFC 9901 §4.1.2"},
	{"kb.signature", "binding-signature", "RFC 9901 §7.3"},
	{"kb.payload", "binding-hash", "RFC 9901 §4.3"},
	{"kb.hash", "binding-hash", "RFC 9901 §4.3.1"},
	{"kb.hash-type", "binding-hash", "RFC 9901 §4.3.1"},
	{"kb.hash-other", "binding-hash", "RFC 9901 §4.3.1"},
	{"kb.hash-untried", "binding-hash", "RFC 9901 §4.3.1"},
	{"kb.aud", "binding-aud", "RFC 9901 §7.3"},
	{"kb.aud-unasked", "binding-aud", "RFC 9901 §7.3"},
	{"kb.aud-type", "binding-aud", "RFC 9901 §4.3"},
	{"kb.aud-other", "binding-aud", "RFC 9901 §7.3"},
	{"kb.nonce", "binding-nonce", "RFC 9901 §7.3"},
	{"kb.nonce-unasked", "binding-nonce", "RFC 9901 §7.3"},
	{"kb.nonce-type", "binding-nonce", "RFC 9901 §4.3"},
	{"kb.nonce-other", "binding-nonce", "RFC 9901 §7.3"},
	{"kb.iat", "binding-iat", "RFC 9901 §7.3"},
	{"kb.iat-unasked", "binding-iat", "RFC 9901 §7.3"},
	{"kb.iat-type", "binding-iat", "RFC 9901 §4.3"},
	{"kb.iat-old", "binding-iat", "RFC 9901 §7.3"},
	{"kb.iat-future", "binding-iat", "RFC 9901 §7.3"},
}

// Codes returns the codes of all reasons that the checks can give. The checks of the issuer's signature, and that of the
// key binding's, have those of package jws besides.
func Codes() []string {
	return check.Codes(rules)
}

// Names returns the names of all checks behind those of the issuer's signature, in the order in which they are made.
func Names() []string {
	return check.Names(rules)
}

// clip keeps a text that comes from the token fit for a sentence.
func clip(s string) string { return check.Clip(s, 40) }

func itoa(n int) string { return strconv.Itoa(n) }
