package lint

import (
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
	told := map[string]bool{}
	for _, c := range claims.CheckProfile(l.profile, l.header.JSON, l.payload.JSON) {
		if c.Answer == check.No || c.Code == "profile.avoided" {
			name := l.broken(c)
			told[name] = true
		}
	}
	if !l.general() {
		return
	}
	for _, name := range []string{"exp", "aud", "iss", "iat"} {
		if !l.claims[name].Exists() && !told[name] {
			l.inPayload(name+".missing", token.Value{})
		}
	}
	typ := l.param("typ")
	switch {
	case l.profile.ID == claims.AccessToken && l.profile.Sure != claims.Declared:
		l.inHeader("typ.plain", typ)
	case !typ.Exists() && !told["typ"] && l.profile.ID != claims.IDToken:
		l.inHeader("typ.missing", l.header.JSON.Root())
	}
}

// broken tells of a broken rule of the profile and returns the member that it is about.
func (l *linter) broken(c check.Check) (name string) {
	code := "profile.value"
	switch c.Code {
	case "profile.missing", "profile.either":
		code, name = "profile.missing", c.Args[0]
	case "profile.typ-missing":
		code, name = "profile.missing", "typ"
	case "profile.forbidden":
		code, name = "profile.forbidden", c.Args[0]
	case "profile.event":
		name = "events"
	case "profile.differs":
		name = "sub"
	case "profile.mac":
		name = "alg"
	default:
		name = c.Args[0]
	}
	before := len(l.found)
	switch value := l.payload.JSON.Root().Get(name); {
	case name == "typ" || name == "alg" || name == "jwk":
		l.inHeader(code, l.param(name), name, c.Ref)
	default:
		l.inPayload(code, value, name, c.Ref)
	}
	for i := range l.found[before:] {
		l.found[before+i].Ref = c.Ref
	}
	return name
}
