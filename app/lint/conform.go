package lint

import (
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/token"
)

// general reports whether the token is of a kind that the advice for JWTs in general is meant for; the other kinds have
// their own idea of what must be there.
func (l *linter) general() bool {
	switch l.profile.ID {
	case "", claims.IDToken, claims.AccessToken, "client-assertion", "logout-token":
		return l.isJWT() && l.Token.Form != token.SDJWT
	}
	return false
}

// credential reports whether the token is one that its holder keeps for years and shows around.
func (l *linter) credential() bool {
	switch l.profile.ID {
	case "sd-jwt-vc", "credential", "credential-1", "presentation":
		return true
	}
	return l.Token.Form == token.SDJWT
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
	if !l.general() {
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
