package lint

import (
	"strconv"
	"strings"

	"jwtlab/app/claims"
	"jwtlab/app/token"
)

// manyAudiences is more recipients than have to do with one request.
const manyAudiences = 5

// audiences returns the strings of an aud, which is one or an array of them (RFC 7519 §4.1.3).
func audiences(aud token.Value) []string {
	if aud.Kind() == token.String {
		return []string{aud.Text()}
	}
	var all []string
	if aud.Kind() == token.Array {
		for item := range aud.Items() {
			if item.Kind() == token.String {
				all = append(all, item.Text())
			}
		}
	}
	return all
}

// parties looks at who issued the token, for whom, and about whom.
func (l *linter) parties() {
	l.audience()
	l.issuer()
	if sub := l.claims["sub"]; sub.Kind() == token.String && isEmail(sub.Text()) {
		l.inPayload("sub.email", sub, sub.Text())
	}
	if l.profile.ID == claims.IDToken && l.Token.Found == "json" && !l.claims["at_hash"].Exists() {
		l.inPayload("at_hash.absent", token.Value{})
	}
}

func (l *linter) audience() {
	aud := l.claims["aud"]
	names := audiences(aud)
	empty := len(names) == 0
	for _, n := range names {
		switch strings.TrimSpace(n) {
		case "":
			empty = true
		case "*", "any", "all":
			l.inPayload("aud.any", aud, n)
		}
	}
	if aud.Exists() && empty {
		l.inPayload("aud.empty", aud)
	} else if len(names) > manyAudiences {
		l.inPayload("aud.many", aud, strconv.Itoa(len(names)))
	}
}

// issuer looks at an issuer that is a URL, or has to be one.
func (l *linter) issuer() {
	iss := l.claims["iss"]
	if iss.Kind() != token.String {
		return
	}
	a := parseURL(iss.Text())
	must := l.profile.ID == claims.IDToken || l.profile.ID == claims.AccessToken && l.profile.Sure == claims.Declared
	if a.scheme == "http" && !isLocal(a.host) {
		l.inPayload("iss.http", iss, iss.Text())
	} else if strings.ContainsAny(a.rest, "?#") || a.scheme == "" && must && iss.Text() != google {
		l.inPayload("iss.form", iss, iss.Text())
	}
}

// google is how Google's issuer was written of old, and still is at times.
const google = "accounts.google.com"

// isEmail reports whether a text is an e-mail address as people have them.
func isEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	dot := strings.LastIndexByte(domain, '.')
	return ok && local != "" && len(s) <= 254 && dot > 0 && dot < len(domain)-2 && !strings.ContainsAny(s, " \t/:,;<>()\"'\n") &&
		!strings.Contains(domain, "@")
}
