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
		if l.Token.Form == token.SDJWT {
			return 0
		}
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

// lifetime looks at the times together: their order, and how long the token lives: from when it was issued or begins, or
// from now on if it does not say.
func (l *linter) lifetime() {
	exp, ends := l.seconds("exp")
	from := float64(l.Now)
	for _, name := range [...]string{"nbf", "iat"} {
		at, ok := l.seconds(name)
		if !ok {
			continue
		}
		if ahead := at - float64(l.Now); ahead > skew && l.Now > 0 && name == "iat" {
			l.inPayload("iat.future", l.claims[name], number(at), number(ahead))
		}
		from = at
		if ends && from >= exp {
			l.inPayload("exp.before-"+name, l.claims["exp"], number(exp), number(from))
			return
		}
	}
	if !ends || from <= 0 {
		return
	}
	l.life = exp - from
	if limit := l.limit(); limit > 0 && l.life > limit && l.jwt {
		l.inPayload("exp.long", l.claims["exp"], number(l.life), number(limit))
	} else if l.life > day && l.plain && !l.claims["jti"].Exists() && !l.claims["sid"].Exists() {
		l.inPayload("jti.missing", token.Value{}, number(l.life))
	}
}

// number writes seconds the way package locale reads them.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
