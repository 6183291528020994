package login

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	accessType = "at+jwt" // RFC 9068 §2.1
	clientID   = "jwtlab" // the one client that there is: the page
	maxToken   = 8 << 10  // bytes
	leeway     = 5 * time.Second
)

// access are the claims of an access token (RFC 9068 §2.2): who, for whom, from which login, and nothing personal beside.
type access struct {
	jwt.RegisteredClaims
	ClientID string   `json:"client_id"`
	Login    string   `json:"sid,omitempty"`
	Roles    []string `json:"roles,omitempty"`
}

var errNoKey = errors.New("no key signs now")

// issue signs an access token. Its jti can be denied, and so can the login that it comes from.
func (s *Service) issue(user, role, login string, now time.Time) (string, *access, error) {
	keys, _ := s.signing()
	k, ok := keys.signer(now)
	if !ok {
		return "", nil, errNoKey
	}
	id, err := s.random(16)
	if err != nil {
		return "", nil, err
	}
	a := &access{ClientID: clientID, Login: login, RegisteredClaims: jwt.RegisteredClaims{
		Issuer: s.config.Issuer, Subject: user, Audience: jwt.ClaimStrings{s.config.Audience}, ID: id,
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(s.config.Policy.AccessLifetime)),
	}}
	if role != "" {
		a.Roles = []string{role}
	}
	t := jwt.NewWithClaims(k.method, a)
	t.Header["typ"], t.Header["kid"] = accessType, k.id
	signed, err := t.SignedString(k.sign)
	return signed, a, err
}

// verify returns the claims of an access token of ours that is alive, and not denied.
func (s *Service) verify(ctx context.Context, text string, now time.Time) (*access, *problem) {
	if len(text) > maxToken {
		return nil, badToken
	}
	hash := sha256.Sum256([]byte(text))
	keys, since := s.signing()
	a, ok := s.verified.find(hash, since, now)
	if !ok {
		var key signingKey
		if a, key, ok = s.parse(keys, text, now); !ok {
			return nil, badToken
		}
		s.verified.add(hash, verified{access: a, since: since, until: earliest(a.ExpiresAt.Time, key.until)})
	}
	if !s.config.Policy.DenyList {
		return a, nil
	}
	denied, err := s.config.Store.Denied(ctx, now, a.ids()...)
	switch {
	case err != nil:
		return nil, s.failed(ctx, err)
	case denied:
		return nil, badToken
	}
	return a, nil
}

// ids are those under which the token can be denied.
func (a *access) ids() []string {
	if a.Login == "" {
		return []string{a.ID}
	}
	return []string{a.ID, a.Login}
}

func (a *access) role() string {
	if len(a.Roles) == 0 {
		return ""
	}
	return a.Roles[0]
}

// parse checks everything that RFC 9068 §4 asks for. The key comes from our own set, by kid, and brings its algorithm: what
// the header says of keys is never followed.
func (s *Service) parse(keys Keys, text string, now time.Time) (*access, signingKey, bool) {
	var used signingKey
	find := func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		k, ok := keys.verifier(id, now)
		if !ok || t.Header["typ"] != accessType || t.Method.Alg() != k.method.Alg() || t.Header["crit"] != nil {
			return nil, jwt.ErrTokenUnverifiable
		}
		used = k
		return k.verify, nil
	}
	var a access
	_, err := jwt.ParseWithClaims(text, &a, find, jwt.WithValidMethods([]string{"EdDSA", "ES256", "RS256", "HS256"}),
		jwt.WithIssuer(s.config.Issuer), jwt.WithAudience(s.config.Audience), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithStrictDecoding(), jwt.WithLeeway(leeway), jwt.WithTimeFunc(func() time.Time { return now }))
	if err != nil || a.Subject == "" || a.ID == "" || a.IssuedAt == nil || a.ClientID != clientID {
		return nil, signingKey{}, false
	}
	if !now.Before(a.ExpiresAt.Time) {
		return nil, signingKey{}, false // our own clocks made it: the leeway is for those that run ahead
	}
	return &a, used, true
}

// earliest is the sooner of two times, of which the zero time is none.
func earliest(a, b time.Time) time.Time {
	if b.IsZero() || a.Before(b) {
		return a
	}
	return b
}
