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

// alias returns the registered claim that a name stands for.
func alias(small string) string {
	for _, a := range aliases {
		if strings.Contains(" "+a+" ", " "+small+" ") {
			return a[:3]
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
	if l.credential() {
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
	if meant := alias(small); meant != "" {
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

// Header parameters that misspellings are looked for, and what people write for kid.
var (
	paramNames = strings.Fields("alg typ kid cty jku jwk x5u x5c x5t crit enc zip epk")
	keyIDNames = " keyid key "
	lookalikes = strings.NewReplacer("l", "i", "1", "i", "0", "o")
)

// paramMeant returns the header parameter that an unknown name is meant to be. Names of three letters are close to each
// other by nature, so that only what nobody writes on purpose counts: another case, letters swapped, one too many at
// the end, or one that looks alike.
func paramMeant(n string) (string, bool) {
	if _, known := claims.LookupHeader(n); known || n == "" || len(n) > 12 {
		return "", false
	}
	small := plainName(n)
	for _, p := range paramNames {
		if small == p || lookalikes.Replace(small) == lookalikes.Replace(p) || swapped(small, p) || len(small) == 4 && strings.HasPrefix(small, p) {
			return p, true
		}
	}
	if strings.Contains(keyIDNames, " "+small+" ") {
		return "kid", true
	}
	if small == "algorithm" {
		return "alg", true
	}
	return "", false
}

// near reports whether two words differ by one letter changed, added or left out, or by two that changed places. A
// plural is another word.
func near(a, b string) bool {
	switch len(a) - len(b) {
	case 0:
		return swapped(a, b) || changed(a, b)
	case 1:
		return longer(a, b) && a != b+"s"
	case -1:
		return longer(b, a) && b != a+"s"
	}
	return false
}

// changed reports whether exactly one letter differs.
func changed(a, b string) bool {
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n == 1
}

// swapped reports whether two neighbours changed places.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// longer reports whether a is b with one letter more.
func longer(a, b string) bool {
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	return len(a) == len(b)+1 && a[i+1:] == b[i:]
}
