package lint

import (
	"strings"

	"jwtlab/app/token"
)

// algorithm looks at what the token says it is secured with.
func (l *linter) algorithm() {
	alg, name := l.param("alg"), l.text("alg")
	switch {
	case isNone(name):
		l.inHeader("alg.none", alg, name)
	case name == "RS1":
		l.inHeader("alg.sha1", alg)
	case name == "RSA1_5":
		l.inHeader("alg.rsa1_5", alg)
	case name == "EdDSA":
		l.inHeader("alg.eddsa", alg)
	case isMAC(name):
		l.confusion(alg)
		l.shared(alg)
	}
}

// isNone reports whether a name is "none", or one of the spellings that were used to get it past a filter.
func isNone(name string) bool { return strings.EqualFold(strings.TrimSpace(name), "none") }

// isMAC reports whether an algorithm is symmetric.
func isMAC(name string) bool { return strings.HasPrefix(name, "HS") }

// confusion looks for a public key beside an HMAC: a verifier that lets the token choose takes the one for the secret
// of the other. Nothing is confused when a secret verified the token.
func (l *linter) confusion(alg token.Value) {
	public := l.param("x5c").Exists() || l.param("x5u").Exists()
	if kty := l.param("jwk").Get("kty").Text(); kty != "" && kty != "oct" {
		public = true
	}
	for _, k := range l.Keys.Keys {
		public = public || k.Public != nil
	}
	if public && l.Used < 0 {
		l.inHeader("alg.confusion", alg, l.text("alg"))
	}
}

// shared asks whether a secret is shared with parties that had better not be able to sign: every audience can.
func (l *linter) shared(alg token.Value) {
	names := audiences(l.claims["aud"])
	iss, ok := parseURL(l.claims["iss"].Text())
	for _, n := range names {
		other, isURL := parseURL(n)
		if len(names) > 1 || ok && isURL && site(other.host) != site(iss.host) {
			l.inHeader("alg.shared", alg, l.text("alg"))
			return
		}
	}
}
