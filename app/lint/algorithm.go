package lint

import "strings"

// algorithm looks at what the token says it is secured with.
func (l *linter) algorithm() {
	alg, name := l.param("alg"), l.text("alg")
	code := ""
	switch {
	case isNone(name):
		code = "alg.none"
	case name == "RS1":
		code = "alg.sha1"
	case name == "RSA1_5":
		code = "alg.rsa1_5"
	case name == "EdDSA":
		code = "alg.eddsa"
	case !isMAC(name):
		return
	case l.confused():
		code = "alg.confusion"
	case l.shared():
		code = "alg.shared"
	}
	if code != "" {
		l.inHeader(code, alg, name)
	}
}

// isNone reports whether a name is "none", or one of the spellings that were used to get it past a filter.
func isNone(name string) bool { return strings.EqualFold(strings.TrimSpace(name), "none") }

// isMAC reports whether an algorithm is symmetric.
func isMAC(name string) bool { return strings.HasPrefix(name, "HS") }

// confused reports whether a public key stands beside an HMAC: a verifier that lets the token choose takes the one for
// the secret of the other. Nothing is confused when a secret verified the token.
func (l *linter) confused() bool {
	public := l.param("x5c").Exists() || l.param("x5u").Exists() || l.param("jwk").Get("x").Exists() || l.param("jwk").Get("n").Exists()
	for _, k := range l.Keys.Keys {
		public = public || k.Public != nil
	}
	return public && l.Used < 0
}

// shared reports whether a secret is shared with parties that had better not be able to sign: every audience can.
func (l *linter) shared() bool {
	names := audiences(l.claims["aud"])
	if len(names) != 1 {
		return len(names) > 1
	}
	iss, other := parseURL(l.claims["iss"].Text()), parseURL(names[0])
	return iss.host != "" && other.host != "" && site(iss.host) != site(other.host)
}
