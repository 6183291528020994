package lint

import (
	"slices"
	"strings"

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
	l.about()
	for name := range l.header.JSON.Root().Members() {
		n := name.Text()
		if meant := slip(paramSlips, plainName(n)); meant != "" && meant != n && !l.param(meant).Exists() {
			l.inHeader("param.typo", name, n, meant)
		}
	}
}

// about looks at what the header says about the payload: b64, cty and typ (RFC 7519 §5).
func (l *linter) about() {
	if b64 := l.param("b64"); b64.Raw() == "false" && l.jwt && l.payload.JSON.Root().Kind() == token.Object {
		l.inHeader("b64.jwt", b64)
	}
	nested := slices.ContainsFunc(l.Token.Problems, func(p token.Problem) bool { return p.Code == "token.nested" })
	if cty := l.param("cty"); !nested && strings.EqualFold(cty.Text(), "JWT") && l.payload.Part != "" {
		l.inHeader("cty.odd", cty)
	}
}

const longKeyID = 256 // bytes

// shapes are what a kid has when somebody tries it on, the first that fits counting: pieces in small letters of which
// one is enough, and a character that must be there as well.
var shapes = []struct {
	code, with string
	pieces     []string
}{
	{"kid.path", "", []string{"../", `..\`, "%2e%2e", "/etc/", "/dev/", "/proc/", "file:"}},
	{"kid.query", "'", []string{" or ", "union", "--", ";", "=", "/*"}},
	{"kid.query", `"`, []string{" or ", "union", "--", ";", "=", "/*"}},
	{"kid.query", "", []string{"union select", " or 1=1"}},
	{"kid.shell", "", []string{"$(", "`", "|", "&&", ";", "\x00", "\n", "\r", "\x1b"}},
	{"kid.url", "", []string{"://"}},
}

// keyID looks at the kid: whoever looks keys up by it in files, in a database or with a command runs what stands there.
func (l *linter) keyID(kid token.Value) {
	s := strings.ToLower(kid.Text())
	for _, shape := range shapes {
		if strings.Contains(s, shape.with) && containsAny(s, shape.pieces) || shape.code == "kid.path" && strings.HasPrefix(s, "/") {
			l.inHeader(shape.code, kid, kid.Text())
			break
		}
	}
	if len(s) > longKeyID {
		l.inHeader("kid.long", kid)
	}
}

func containsAny(s string, all []string) bool {
	for _, one := range all {
		if strings.Contains(s, one) {
			return true
		}
	}
	return false
}
