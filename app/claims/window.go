package claims

import "jwtlab/app/check"

// times checks exp, nbf and iat, in that order: what ended is said before what has not begun.
func (v *validation) times() {
	exp, nbf, iat := ReadTime(v.claims["exp"].Value), ReadTime(v.claims["nbf"].Value), ReadTime(v.claims["iat"].Value)
	v.window = Window{From: nbf.edge(), Until: exp.edge(), Issued: iat.edge()}
	if v.usable("exp", exp) {
		v.expiry(exp)
		v.odd("exp", exp)
		if nbf.OK && !nbf.At.Before(exp.At) {
			v.remark("exp", "exp.before-start", numeric(exp.Value), numeric(nbf.Value))
		}
	}
	if v.usable("nbf", nbf) {
		v.start(nbf)
		v.odd("nbf", nbf)
	}
	if v.usable("iat", iat) {
		v.issue(iat)
		v.odd("iat", iat)
	}
}

func (t Time) edge() *float64 {
	if !t.OK {
		return nil
	}
	return &t.Value
}

// usable reports whether the claim is a time to go by, and says what it is if not. All three are optional, and each,
// when there, must be a NumericDate.
func (v *validation) usable(name string, t Time) bool {
	switch {
	case t.Code == "missing" && name == "exp":
		v.remark(name, "exp.missing")
	case t.Code == "missing":
		v.add(name, check.Yes, name+".missing")
	case v.twice(name):
	case !t.OK:
		v.add(name, check.No, "time."+t.Code, name, t.Raw)
	default:
		return true
	}
	return false
}

// odd says what is strange about a time that has been judged.
func (v *validation) odd(name string, t Time) {
	if t.Code != "" {
		v.remark(name, "time."+t.Code, name, t.Raw)
	}
}

// expiry refuses on or after the time, not only after it (RFC 7519 §4.1.4).
func (v *validation) expiry(exp Time) {
	at, left := numeric(exp.Value), distance(exp.At, v.Now)
	switch end := exp.At.Add(v.Leeway); {
	case v.Now.Before(exp.At):
		v.add("exp", check.Yes, "exp.valid", at, left)
	case v.Now.Before(end):
		v.remark("exp", "exp.leeway", at, distance(end, v.Now), left)
	default:
		v.add("exp", check.No, "exp.expired", at, left)
	}
}

// start refuses before the time; at the very second the token is good (RFC 7519 §4.1.5).
func (v *validation) start(nbf Time) {
	at, away := numeric(nbf.Value), distance(nbf.At, v.Now)
	switch {
	case !v.Now.Before(nbf.At):
		v.add("nbf", check.Yes, "nbf.valid", at, away)
	case !v.Now.Before(nbf.At.Add(-v.Leeway)):
		v.remark("nbf", "nbf.leeway", at, away)
	default:
		v.add("nbf", check.No, "nbf.early", at, away)
	}
}

// issue never refuses: iat tells a token's age, and no rule says that it must lie in the past (RFC 7519 §4.1.6).
func (v *validation) issue(iat Time) {
	at, away := numeric(iat.Value), distance(iat.At, v.Now)
	switch {
	case !v.Now.Before(iat.At):
		v.add("iat", check.Yes, "iat.past", at, away)
	case !v.Now.Add(v.Leeway).Before(iat.At):
		v.add("iat", check.Yes, "iat.leeway", at, away)
	default:
		v.remark("iat", "iat.future", at, away)
	}
}
