package dpop

import (
	"slices"

	"jwtlab/app/check"
)

// rules are the reasons that the checks here can give, in the order in which they are made.
var rules = []check.Rule{
	{"dpop.typ-right", "dpop-typ", "RFC 9449 §4.2"},
	{"dpop.typ", "dpop-typ", "RFC 9449 §4.2"},
	{"dpop.key", "dpop-key", "RFC 9449 §4.2"},
	{"dpop.key-missing", "dpop-key", "RFC 9449 §4.2"},
	{"dpop.key-private", "dpop-key", "RFC 9449 §4.3"},
	{"dpop.key-unusable", "dpop-key", "RFC 9449 §4.2"},
	{"dpop.signature", "signature", "RFC 9449 §4.3"},
	{"dpop.claims", "dpop-claims", "RFC 7519 §7.2"},
	{"dpop.jti", "dpop-jti", "RFC 9449 §11.1"},
	{"dpop.jti-missing", "dpop-jti", "RFC 9449 §4.2"},
	{"dpop.htm", "dpop-method", "RFC 9449 §4.3"},
	{"dpop.htm-missing", "dpop-method", "RFC 9449 §4.2"},
	{"dpop.htm-unasked", "dpop-method", "RFC 9449 §4.3"},
	{"dpop.htm-other", "dpop-method", "RFC 9449 §4.3"},
	{"dpop.htu", "dpop-uri", "RFC 9449 §4.3"},
	{"dpop.htu-missing", "dpop-uri", "RFC 9449 §4.2"},
	{"dpop.htu-broken", "dpop-uri", "RFC 3986 §3"},
	{"dpop.htu-unasked", "dpop-uri", "RFC 9449 §4.3"},
	{"dpop.uri-broken", "dpop-uri", "RFC 3986 §3"},
	{"dpop.htu-other", "dpop-uri", "RFC 9449 §4.3"},
	{"dpop.htu-query", "dpop-uri", "RFC 9449 §4.2"},
	{"dpop.iat", "dpop-iat", "RFC 9449 §4.3"},
	{"dpop.iat-missing", "dpop-iat", "RFC 9449 §4.2"},
	{"dpop.iat-type", "dpop-iat", "RFC 7519 §2"},
	{"dpop.iat-old", "dpop-iat", "RFC 9449 §4.3"},
	{"dpop.iat-future", "dpop-iat", "RFC 9449 §4.3"},
	{"dpop.nonce", "dpop-nonce", "RFC 9449 §8"},
	{"dpop.nonce-unasked", "dpop-nonce", "RFC 9449 §8"},
	{"dpop.nonce-missing", "dpop-nonce", "RFC 9449 §8"},
	{"dpop.nonce-other", "dpop-nonce", "RFC 9449 §8"},
	{"dpop.ath", "dpop-ath", "RFC 9449 §4.3"},
	{"dpop.ath-unasked", "dpop-ath", "RFC 9449 §4.3"},
	{"dpop.ath-missing", "dpop-ath", "RFC 9449 §4.2"},
	{"dpop.ath-other", "dpop-ath", "RFC 9449 §4.3"},
	{"dpop.jkt", "dpop-jkt", "RFC 9449 §6.1"},
	{"dpop.jkt-other", "dpop-jkt", "RFC 9449 §6.1"},
}

// Codes returns the codes of all reasons that the checks can give. Why a signature does not fit is told by the codes of
// package jws.
func Codes() []string {
	return check.Codes(rules)
}

// Names returns the names of all checks but "signature" and others of package jws, in the order in which they are made.
func Names() []string {
	return slices.DeleteFunc(check.Names(rules), func(name string) bool { return name == "signature" })
}

// clip keeps a text that comes from the token fit for a sentence.
func clip(s string) string { return check.Clip(s, 60) }
