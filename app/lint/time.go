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
		code := t.Code
		switch code {
		case "", "missing", "zero", "negative":
			continue
		case "exponent":
			code = "fraction"
		case "null", "number", "range":
			code = "type"
		}
		l.inPayload("time."+code, v, name, v.Raw())
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
	if iat, ok := l.seconds("iat"); ok && l.Now > 0 && iat > float64(l.Now+skew) {
		l.inPayload("iat.future", l.claims["iat"], number(iat), number(iat-float64(l.Now)))
	}
	for _, name := range [...]string{"nbf", "iat"} {
		if from, ok := l.seconds(name); ok && ends && from >= exp {
			l.inPayload("exp.before-"+name, l.claims["exp"], number(exp), number(from))
			return
		}
	}
	life, limit := l.life(), l.limit()
	switch {
	case limit > 0 && life > limit && l.isJWT() && !l.credential():
		l.inPayload("exp.long", l.claims["exp"], number(life), number(limit))
	case life > day && !l.claims["jti"].Exists() && !l.claims["sid"].Exists() && l.general():
		l.inPayload("jti.missing", token.Value{}, number(life))
	}
}

// life returns how many seconds the token lives, 0 if that cannot be told: from when it was issued or begins, or from now
// on if it does not say.
func (l *linter) life() float64 {
	exp, ends := l.seconds("exp")
	from, ok := l.seconds("iat")
	if !ok {
		from, ok = l.seconds("nbf")
	}
	if !ok {
		from = float64(l.Now)
	}
	if !ends || from <= 0 {
		return 0
	}
	return exp - from
}

// number writes seconds the way package locale reads them.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
