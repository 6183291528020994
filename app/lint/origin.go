package lint

import (
	"strings"

	"jwtlab/app/token"
)

// origins looks at the keys that the token brings along or points to.
func (l *linter) origins() {
	for _, name := range []string{"jku", "x5u"} {
		if v := l.param(name); v.Kind() == token.String {
			l.fetched(name, v)
		}
	}
	if jwk := l.param("jwk"); jwk.Kind() == token.Object {
		l.brought(jwk)
	}
}

// fetched looks at an address where the key is said to be. Whoever fetches it sends a request where the token says.
func (l *linter) fetched(name string, v token.Value) {
	a, iss := parseURL(v.Text()), parseURL(l.claims["iss"].Text())
	code := ""
	switch {
	case a.scheme != "https":
		code = "fetch.scheme"
	case a.user != "":
		code = "fetch.credentials"
	case isLocal(a.host):
		code = "fetch.local"
	case iss.host != "" && site(a.host) != site(iss.host):
		code = "fetch.foreign"
	default:
		return
	}
	l.inHeader(code, v, name, a.host, iss.host)
}

// privateMembers are those of a JWK that nobody else may see (RFC 7518 §6.2.2, §6.3.2, §6.4.1).
const privateMembers = " d p q dp dq qi oth k priv "

// privateMember returns the first private member of a JWK.
func privateMember(jwk token.Value) (token.Value, bool) {
	for name, value := range jwk.Members() {
		if value.Kind() == token.String && strings.Contains(privateMembers, " "+name.Text()+" ") {
			return name, true
		}
	}
	return token.Value{}, false
}

// brought looks at a key in the header. In proofs that someone holds a key, it belongs there (RFC 9449 §4.2, OpenID4VCI,
// RFC 8555 §6.2, OIDC Core 1.0 §7.4).
func (l *linter) brought(jwk token.Value) {
	if name, private := privateMember(jwk); private {
		l.inHeader("embedded.private", name, name.Text())
		return
	}
	proof := strings.Contains(strings.ToLower(l.text("typ")), "proof") || l.param("url").Exists() && l.param("nonce").Exists()
	if !proof && l.profile.ID != "dpop-proof" {
		l.inHeader("embedded.key", jwk)
	}
}

// manyIterations is twice what is recommended for passwords; more only keeps a server busy.
const manyIterations = 1_200_000

// encryption looks at the parameters of encryption: compression, and the work that a password's key takes.
func (l *linter) encryption() {
	encrypted := l.Token.Form == token.JWE || l.Token.Form == token.JSONJWE
	if zip := l.param("zip"); zip.Exists() && encrypted {
		l.inHeader("zip.encrypted", zip)
	} else if zip.Exists() {
		l.inHeader("zip.signed", zip)
	}
	p2c := l.param("p2c")
	if n, ok := p2c.Float(); ok && n > manyIterations {
		l.inHeader("p2c.high", p2c, p2c.Raw())
	}
}
