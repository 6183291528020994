package lint

import (
	"strings"

	"jwtlab/app/token"
)

// grants are the claims that say what the bearer may do, the names that others than the specifications use among them.
var grants = strings.Fields("roles role groups permissions entitlements authorities admin is_admin isAdmin realm_access resource_access")

// rights looks at what the token allows. What it says stays true for as long as it lives, whatever the user has lost in
// the meantime.
func (l *linter) rights() {
	if l.life > day || l.plain && !l.claims["exp"].Exists() {
		for _, name := range grants {
			if v := l.claims[name]; v.Exists() && v.Raw() != "false" && v.Raw() != "null" {
				l.inPayload("rights.long", v, name)
				break
			}
		}
	}
	scope, scp := l.claims["scope"], l.claims["scp"]
	switch {
	case scope.Kind() == token.Array:
		l.inPayload("scope.form", scope, "scope")
	case scp.Exists() && !scope.Exists():
		l.inPayload("scope.form", scp, "scp")
	}
}
