package lint

import (
	"strings"

	"jwtlab/app/claims"
	"jwtlab/app/token"
)

// aliases are what people write for a registered claim that they mean, in small letters and without separators; another
// case is one as well. A library looks for the registered name alone: "expires" is no expiry.
var aliases = []string{
	"exp expires expiry expire expiration experation expiresat expat expirationtime expirydate validuntil notafter",
	"iat issuedat issuetime", "nbf notbefore validfrom", "iss issuer issuedby", "aud audience", "sub subject", "jti jwtid tokenid",
}

// slip returns the first name of the row that a name is in.
func slip(rows []string, small string) string {
	for _, row := range rows {
		if small != "" && strings.Contains(" "+row+" ", " "+small+" ") {
			name, _, _ := strings.Cut(row, " ")
			return name
		}
	}
	return ""
}

// spelledOut are the registered claims whose misspellings are worth finding: those that people write by hand.
var spelledOut = strings.Fields("given_name family_name middle_name nickname preferred_username profile picture website email_verified " +
	"birthdate zoneinfo phone_number phone_number_verified address updated_at nonce auth_time at_hash scope client_id " +
	"entitlements authorization_details")

const (
	mostNames = 1000 // of a payload that are compared
	longName  = 40   // bytes; a longer one is no slip
)

// names looks for claims that mean a registered one and are not spelled like it, as long as that one is not there too.
func (l *linter) names() {
	if l.kept {
		return // their data model has issuer and validUntil
	}
	left := mostNames
	for name := range l.payload.JSON.Root().Members() {
		if left--; left < 0 {
			return
		}
		if n := name.Text(); len(n) <= longName {
			l.name(name, n)
		}
	}
}

func (l *linter) name(at token.Value, n string) {
	if _, known := claims.Lookup(n); known || n == "" {
		return
	}
	small := plainName(n)
	if meant := slip(aliases, small); meant != "" {
		if !l.claims[meant].Exists() {
			l.inPayload("claim.alias", at, n, meant)
		}
		return
	}
	for _, meant := range spelledOut {
		plain := strings.ReplaceAll(meant, "_", "")
		if (small == plain || len(plain) > 5 && near(small, plain)) && !l.payload.JSON.Root().Get(meant).Exists() {
			l.inPayload("claim.typo", at, n, meant)
			return
		}
	}
}

// plainName is a name in small letters and without what separates its words.
func plainName(n string) string { return separators.Replace(strings.ToLower(n)) }

var separators = strings.NewReplacer("_", "", "-", "", " ", "")

// paramSlips are what people write for a header parameter that they mean. Names of three letters are close to each other
// by nature, so that only what nobody writes on purpose is here.
var paramSlips = []string{
	"alg algo algorithm agl aig lag", "typ type tpy ytp tokentype", "kid kld k1d kdi ikd keyid", "cty ctype contenttype", "jku juk",
	"jwk jkw", "x5c xc5", "crit cirt critical", "enc ecn encr encryption", "zip zlp",
}

// near reports whether two words differ by one letter changed, added or left out, or by two that changed places. A
// plural is another word.
func near(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[1] && a[1] == b[0]
	}
	return len(a) <= 1 && len(b) <= 1 && a+b != "s"
}
