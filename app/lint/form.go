package lint

import (
	"strconv"
	"strings"

	"jwtlab/app/token"
)

// The sizes in bytes beyond which tokens get lost on their way.
const (
	cookieLimit = 4096 // of a cookie's name and value (RFC 6265bis §5.6)
	headerLimit = 8190 // of a header field, the least that common servers are set to
	fieldName   = len("Authorization: Bearer ")
)

// repeats tells which finding says what a problem of reading says, by the beginning of the problem's code.
var repeats = []struct{ problem, code string }{
	{"base64.", "base64.loose"},
	{"json.duplicate", "member.twice"},
	{"header.crit-", "crit.odd"},
	{"header.b64-", "crit.odd"},
	{"token.unsecured", "alg.none"},
	{"token.none-", "alg.none"},
}

// Repeats reports whether a finding says what the problem of that code says, so that what shows both can leave one out.
func Repeats(problem string) bool { return repeating(problem) != "" }

func repeating(problem string) string {
	for _, r := range repeats {
		if strings.HasPrefix(problem, r.problem) {
			return r.code
		}
	}
	return ""
}

// form looks at how the token is written, not at what it says.
func (l *linter) form() {
	for _, p := range l.Token.Problems {
		switch code := repeating(p.Code); code {
		case "base64.loose":
			l.add(code, p.Part, p.Span)
		case "member.twice", "crit.odd":
			l.add(code, p.Part, p.Span, p.Args...)
		}
	}
	if l.Token.Found == "url" {
		l.whole("url.leak")
	}
	l.size()
}

// size warns of what does not fit. Credentials that a wallet keeps travel neither in cookies nor in headers.
func (l *linter) size() {
	if l.Token.Form == token.SDJWT || l.kept {
		return
	}
	n := len(l.Token.Compact())
	switch {
	case n+fieldName > headerLimit:
		l.whole("size.header", strconv.Itoa(n), strconv.Itoa(headerLimit))
	case n >= cookieLimit: // a name has one character at least
		l.whole("size.cookie", strconv.Itoa(n), strconv.Itoa(cookieLimit))
	}
}
