package lint

import (
	"slices"
	"strings"

	"jwtlab/app/claims"
	"jwtlab/app/token"
)

// params looks at the header parameters that a verifier acts upon before it knows who wrote them.
func (l *linter) params() {
	if l.header.JSON.Root().Kind() != token.Object {
		return
	}
	if kid := l.param("kid"); kid.Kind() == token.String {
		l.keyID(kid)
	}
	for item := range l.param("crit").Items() {
		if n := item.Text(); item.Kind() == token.String && n != "b64" && l.param(n).Exists() {
			if _, known := claims.LookupHeader(n); !known {
				l.inHeader("crit.unknown", item, n)
			}
		}
	}
	if l.param("x5t").Exists() && !l.param("x5t#S256").Exists() {
		l.inHeader("x5t.sha1", l.param("x5t"))
	}
	l.about()
	for name := range l.header.JSON.Root().Members() {
		if meant, ok := paramMeant(name.Text()); ok && !l.param(meant).Exists() {
			l.inHeader("param.typo", name, name.Text(), meant)
		}
	}
}

// about looks at what the header says about the payload: b64, cty and typ (RFC 7519 §5).
func (l *linter) about() {
	isClaims := l.payload.JSON.Root().Kind() == token.Object && l.isJWT()
	if b64 := l.param("b64"); b64.Raw() == "false" && isClaims {
		l.inHeader("b64.jwt", b64)
	}
	nested := slices.ContainsFunc(l.Token.Problems, func(p token.Problem) bool { return p.Code == "token.nested" })
	switch cty := l.param("cty"); {
	case nested && !cty.Exists():
		l.inHeader("cty.missing", l.header.JSON.Root())
	case !nested && strings.EqualFold(cty.Text(), "JWT") && l.payload.Part != "":
		l.inHeader("cty.odd", cty)
	}
}

// isJWT reports whether the token means to be a JWT: it says so, or has a claim of RFC 7519.
func (l *linter) isJWT() bool {
	typ := strings.ToLower(l.text("typ"))
	if typ == "jwt" || strings.HasSuffix(typ, "+jwt") {
		return true
	}
	for _, n := range registered {
		if l.claims[n].Exists() {
			return true
		}
	}
	return false
}

// registered are the claims of RFC 7519 §4.1.
var registered = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"}

const longKeyID = 256 // bytes

// keyID looks for what a kid has when somebody tries it on: whoever looks keys up by it in files, in a database or with
// a command runs what stands in it. The first shape counts.
func (l *linter) keyID(kid token.Value) {
	s := kid.Text()
	low := strings.ToLower(s)
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || 0x7f <= r && r <= 0x9f || r == 0x2028 || r == 0x2029 }):
		l.inHeader("kid.control", kid)
	case strings.HasPrefix(s, "/"), containsAny(low, "../", `..\`, "%2e%2e", "/etc/", "/dev/", "/proc/", "file:"):
		l.inHeader("kid.path", kid, s)
	case strings.ContainsAny(s, `'"`) && containsAny(low, " or ", "union", "--", ";", "=", "/*"), containsAny(low, "union select", " or 1=1"):
		l.inHeader("kid.query", kid, s)
	case containsAny(s, "$(", "`", "|", "&&", ";"):
		l.inHeader("kid.shell", kid, s)
	case strings.Contains(s, "://"):
		l.inHeader("kid.url", kid, s)
	}
	if len(s) > longKeyID {
		l.inHeader("kid.long", kid)
	}
}

func containsAny(s string, all ...string) bool {
	for _, one := range all {
		if strings.Contains(s, one) {
			return true
		}
	}
	return false
}
