package lint

import (
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/token"
)

// classify says which advice the token is given.
func (l *linter) classify() {
	typ := strings.ToLower(l.text("typ"))
	l.jwt = typ == "jwt" || strings.HasSuffix(typ, "+jwt")
	for _, n := range [...]string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"} { // RFC 7519 §4.1
		l.jwt = l.jwt || l.claims[n].Exists()
	}
	l.kept = l.Token.Form == token.SDJWT
	switch l.profile.ID {
	case "sd-jwt-vc", "credential", "credential-1", "presentation":
		l.kept = true
	case "", claims.IDToken, claims.AccessToken, "client-assertion", "logout-token":
		l.plain = l.jwt && !l.kept
	}
}

// conform tells which rules of its own kind the token breaks, and then what is missing by the advice for all.
func (l *linter) conform() {
	told := " "
	for _, c := range claims.CheckProfile(l.profile, l.header.JSON, l.payload.JSON) {
		if c.Answer == check.No || c.Code == "profile.avoided" {
			l.broken(c)
			told += c.Args[0] + " "
		}
	}
	if !l.plain {
		return
	}
	for _, name := range [...]string{"exp", "aud", "iss", "iat"} {
		if !l.claims[name].Exists() && !strings.Contains(told, " "+name+" ") {
			l.inPayload(name+".missing", token.Value{})
		}
	}
	typ := l.param("typ")
	switch {
	case l.profile.ID == claims.AccessToken && l.profile.Sure != claims.Declared:
		l.inHeader("typ.plain", typ)
	case !typ.Exists() && l.profile.ID == "":
		l.inHeader("typ.missing", typ)
	}
}

// broken tells of a broken rule of the profile.
func (l *linter) broken(c check.Check) {
	code, name := "profile.value", c.Args[0]
	switch c.Code {
	case "profile.missing", "profile.either", "profile.typ-missing":
		code = "profile.missing"
	case "profile.forbidden":
		code = "profile.forbidden"
	}
	s := l.payload
	if name == "typ" || name == "alg" || name == "jwk" {
		s = l.header
	}
	l.at(code, s, s.JSON.Root().Get(name), name, c.Ref)
	l.found[len(l.found)-1].Ref = c.Ref
}
