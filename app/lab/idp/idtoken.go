package idp

import (
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const maxToken = 8 << 10 // bytes

// idToken are the claims of an ID token (OIDC Core §2).
type idToken struct {
	jwt.RegisteredClaims
	Nonce    string           `json:"nonce,omitempty"`
	AuthTime *jwt.NumericDate `json:"auth_time,omitempty"`
	Party    string           `json:"azp,omitempty"` // the client that asked, where it is not the whole audience
}

// issue signs the ID token of a grant.
func (p *Provider) issue(client *Client, g grant, now time.Time) (string, error) {
	claims := &idToken{Nonce: g.nonce, AuthTime: jwt.NewNumericDate(g.at), RegisteredClaims: jwt.RegisteredClaims{
		Issuer: p.config.Issuer, Subject: g.user, Audience: append(jwt.ClaimStrings{client.ID}, client.Audience...),
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(tokenLife)),
	}}
	if len(client.Audience) > 0 {
		claims.Party = client.ID
	}
	k := p.config.Keys[0]
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims)
	t.Header["kid"] = k.KeyID
	return t.SignedString(k.Signer)
}

// recall reads an ID token that somebody brings back as a hint. It tells who they were: it may have expired since, but it
// must be one of ours (RP-Initiated Logout §2).
func (p *Provider) recall(text string) (*idToken, bool) {
	if len(text) > maxToken {
		return nil, false
	}
	find := func(t *jwt.Token) (any, error) {
		for _, k := range p.config.Keys {
			if t.Header["kid"] == k.KeyID {
				return k.Public, nil
			}
		}
		return nil, jwt.ErrTokenUnverifiable
	}
	var claims idToken
	_, err := jwt.ParseWithClaims(text, &claims, find, jwt.WithValidMethods([]string{"EdDSA"}), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
	return &claims, err == nil && claims.Issuer == p.config.Issuer && len(claims.Audience) > 0
}

// client is the client that an ID token was given to.
func (t *idToken) client() string {
	if t.Party != "" {
		return t.Party
	}
	return t.Audience[0]
}

// among reports whether all of a list are among others.
func among(list, others []string) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return !slices.Contains(others, s) })
}
