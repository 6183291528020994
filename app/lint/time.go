package lint

import (
	"strconv"

	"jwtlab/app/claims"
	"jwtlab/app/token"
)

const (
	hour = 3600
	day  = 24 * hour
	// skew is how far two good clocks may be apart.
	skew = 60
)

// limit is how long a token of its kind should live at most, in seconds, 0 for as long as it likes: bearer tokens an hour
// (RFC 6750 §5.3) with some patience, what is used at once no longer. Any other JWT is held to a month.
func (l *linter) limit() float64 {
	switch l.profile.ID {
	case "":
		return 30 * day
	case claims.IDToken:
		return day
	case claims.AccessToken, "client-assertion", "request-object", "logout-token":
		return 2 * hour
	}
	return 0
}

// times looks at each time by itself.
func (l *linter) times() {
	for _, name := range []string{"exp", "nbf", "iat", "auth_time", "toe"} {
		v := l.claims[name]
		t := claims.ReadTime(v)
		switch t.Code {
		case "", "missing", "zero", "negative":
		case "string":
			l.inPayload("time.string", v, name, v.Raw())
		case "millis":
			l.inPayload("time.millis", v, name, v.Raw())
		case "fraction", "exponent":
			l.inPayload("time.fraction", v, name, v.Raw())
		default:
			l.inPayload("time.type", v, name, v.Raw())
		}
	}
}

// seconds returns a time that can be reckoned with.
func (l *linter) seconds(name string) (float64, bool) {
	t := claims.ReadTime(l.claims[name])
	return t.Value, t.OK && t.Code != "millis" && t.Code != "zero" && t.Code != "negative"
}

// lifetime looks at the times together: their order, and how long the token lives.
func (l *linter) lifetime() {
	exp, ends := l.seconds("exp")
	nbf, starts := l.seconds("nbf")
	iat, issued := l.seconds("iat")
	if issued && l.Now > 0 && iat > float64(l.Now+skew) {
		l.inPayload("iat.future", l.claims["iat"], number(iat), number(iat-float64(l.Now)))
	}
	switch {
	case ends && starts && nbf >= exp:
		l.inPayload("exp.before-start", l.claims["exp"], number(exp), number(nbf))
		return
	case ends && issued && iat >= exp:
		l.inPayload("exp.before-issue", l.claims["exp"], number(exp), number(iat))
		return
	}
	life, ok := l.life()
	if !ok {
		return
	}
	limit := l.limit()
	named := l.claims["jti"].Exists() || l.claims["sid"].Exists()
	switch {
	case limit > 0 && life > limit && l.isJWT() && !l.credential():
		l.inPayload("exp.long", l.claims["exp"], number(life), number(limit))
	case life > day && !named && l.general():
		l.inPayload("jti.missing", token.Value{}, number(life))
	}
}

// life returns how many seconds the token lives: from when it was issued or begins, or from now on if it does not say.
func (l *linter) life() (float64, bool) {
	exp, ends := l.seconds("exp")
	from, ok := l.seconds("iat")
	if !ok {
		from, ok = l.seconds("nbf")
	}
	if !ok {
		from, ok = float64(l.Now), l.Now > 0
	}
	return exp - from, ends && ok
}

// number writes seconds the way package locale reads them.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
