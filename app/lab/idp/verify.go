package idp

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const leeway = 5 * time.Second

// A reason is the code of why a token is refused.
type reason string

func (r reason) Error() string { return string(r) }

// verify checks everything that OIDC Core §3.1.3.7 asks for, and returns whom the token is about.
func (p *Party) verify(text, nonce string, now time.Time) (string, *problem) {
	claims, why := p.parse(text, now)
	if why == "" {
		why = p.validate(claims, nonce)
	}
	if why != "" {
		return "", &problem{status: http.StatusForbidden, code: string(why)}
	}
	return claims.Subject, nil
}

// parse verifies the signature, and the times.
func (p *Party) parse(text string, now time.Time) (*idToken, reason) {
	if len(text) > maxToken {
		return nil, "party-malformed"
	}
	var claims idToken
	_, err := jwt.ParseWithClaims(text, &claims, p.find, jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithStrictDecoding(),
		jwt.WithLeeway(leeway), jwt.WithTimeFunc(func() time.Time { return now }))
	why, found := errors.AsType[reason](err)
	switch {
	case err == nil:
		return &claims, ""
	case found:
		return nil, why
	case errors.Is(err, jwt.ErrTokenUnverifiable):
		return nil, "party-algorithm" // one that golang-jwt does not have
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return nil, "party-signature"
	case errors.Is(err, jwt.ErrTokenExpired), errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return nil, "party-expired"
	case errors.Is(err, jwt.ErrTokenUsedBeforeIssued), errors.Is(err, jwt.ErrTokenNotValidYet):
		return nil, "party-early"
	}
	return nil, "party-malformed"
}

// find returns the key for a token: one of the provider's, by kid. What the header says of keys is never followed, and what
// it says of algorithms only where the policy is so weak; then a public key serves as a secret, as it did in libraries that
// took the algorithm from the token (RFC 8725 §2.1).
func (p *Party) find(t *jwt.Token) (any, error) {
	alg := t.Method.Alg()
	if p.config.Policy.Algorithm && alg != "EdDSA" {
		return nil, reason("party-algorithm")
	}
	typ, _ := t.Header["typ"].(string)
	if t.Header["crit"] != nil || t.Header["typ"] != nil && !strings.EqualFold(typ, "JWT") { // RFC 7515 §4.1.11, RFC 8725 §3.11
		return nil, reason("party-header")
	}
	id, _ := t.Header["kid"].(string)
	k, ok := p.keys[id]
	switch {
	case !ok:
		return nil, reason("party-key")
	case alg == "none":
		return jwt.UnsafeAllowNoneSignatureType, nil
	case strings.HasPrefix(alg, "HS"):
		return []byte(k), nil
	}
	return k, nil
}

// validate checks what the token says, in the order of OIDC Core §3.1.3.7.
func (p *Party) validate(t *idToken, nonce string) reason {
	c := p.config
	ours := append([]string{c.ClientID}, c.Trusted...)
	for _, rule := range []struct {
		holds bool
		why   reason
	}{
		{t.Issuer == c.Provider.Issuer, "party-issuer"},                                                                    // step 2
		{!c.Policy.Audience || among([]string{c.ClientID}, t.Audience) && among(t.Audience, ours), "party-audience"},       // step 3
		{!c.Policy.Audience || len(t.Audience) < 2 || t.Party != "", "party-authorized"},                                   // step 4
		{!c.Policy.Audience || t.Party == "" || among([]string{t.Party}, ours), "party-authorized"},                        // step 5
		{t.IssuedAt != nil, "party-early"},                                                                                 // §2
		{!c.Policy.Nonce || nonce != "" && subtle.ConstantTimeCompare([]byte(nonce), []byte(t.Nonce)) == 1, "party-nonce"}, // step 11
		{t.Subject != "", "party-subject"},                                                                                 // §2
	} {
		if !rule.holds {
			return rule.why
		}
	}
	return ""
}
