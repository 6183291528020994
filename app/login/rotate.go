package login

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
)

// refresh answers POST /api/refresh: the refresh token is in its cookie or in the body, where the login was told to keep it.
func (s *Service) refresh(c *call) *problem {
	token, where, p := s.refreshToken(c)
	if p != nil {
		return p
	}
	if token == "" {
		return s.refuse(c, where, "missing")
	}
	l, next, p := s.renew(c, token, where)
	if p != nil {
		return p
	}
	role, p := s.role(c, l.User, l.Attributes["role"])
	if p != nil {
		return p
	}
	s.tell(c.Context(), Event{Name: "refresh", Mode: l.Mode, User: l.User, Login: l.ID, Address: c.address})
	return s.hand(c, l.ID, wish{mode: l.Mode, refresh: l.Attributes["refresh"]}, Account{l.User, role}, next)
}

// refreshToken returns the token that was presented, and where: "body" or "cookie".
func (s *Service) refreshToken(c *call) (token, where string, p *problem) {
	f, p := c.fields(false, "refresh_token")
	if p != nil {
		return "", "", p
	}
	if token = f["refresh_token"]; token != "" {
		return token, "body", nil
	}
	return s.presented(c, refreshCookie), "cookie", nil
}

// refuse says no, and no more; a cookie that is of no use is taken away.
func (s *Service) refuse(c *call, where, reason string) *problem {
	s.tell(c.Context(), Event{Name: "refresh-refused", Reason: reason, Address: c.address})
	p := *grant
	if where == "cookie" && s.presented(c, refreshCookie) != "" {
		p.clear = []string{refreshCookie}
	}
	return &p
}

// renew replaces the token by the next, and returns the login and the next token.
func (s *Service) renew(c *call, token, where string) (Login, string, *problem) {
	l, err := s.config.Store.Find(c.Context(), hash(token), c.now)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return l, "", s.failed(c.Context(), err)
	}
	if err == nil {
		reason := ""
		switch {
		case l.Attributes["refresh"] == "": // it is no refresh token, but the id of a session
			reason = "unknown"
		case l.Attributes["refresh"] != where:
			reason = "place"
		case s.config.Policy.BindAddress && l.Address != c.address:
			reason = "address"
		}
		if reason != "" {
			return l, "", s.refuse(c, where, reason)
		}
	}
	if s.config.Policy.Rotate {
		return s.rotate(c, token, where)
	}
	if err != nil {
		return l, "", s.refuse(c, where, "unknown")
	}
	if err := s.config.Store.Touch(c.Context(), l.ID, c.now, c.now.Add(s.config.Policy.RefreshIdle)); err != nil {
		return l, "", s.failed(c.Context(), err)
	}
	return l, token, nil
}

// rotate is renew for tokens that serve once. It goes to the store with every token, known or not: one that was used tells
// of a theft.
func (s *Service) rotate(c *call, token, where string) (Login, string, *problem) {
	p := s.config.Policy
	next, err := s.random(32)
	if err != nil {
		return Login{}, "", s.failed(c.Context(), err)
	}
	r := Rotation{Old: hash(token), New: hash(next), Now: c.now, Idle: c.now.Add(p.RefreshIdle), Grace: p.Grace}
	if p.Grace > 0 {
		r.Sealed = seal(token, next)
	}
	if p.DenyList {
		r.Deny = s.outlived(c.now)
	}
	done, err := s.config.Store.Rotate(c.Context(), r)
	switch {
	case errors.Is(err, ErrUnknown):
		return Login{}, "", s.refuse(c, where, "unknown")
	case err != nil:
		return Login{}, "", s.failed(c.Context(), err)
	case done.Outcome == Reused:
		s.tell(c.Context(), Event{Name: "refresh-reused", Mode: done.Login.Mode, User: done.Login.User, Login: done.Login.ID, Address: c.address})
		return Login{}, "", s.refuse(c, where, "reused")
	case done.Outcome == Repeated:
		return done.Login, unseal(token, done.Sealed), nil
	}
	return done.Login, next, nil
}

// seal hides the next token from all who do not have the one before: what the store keeps for the grace time is of no use
// to whoever steals it. Each token is a key of 256 random bits that hides one other, once.
func seal(token, next string) []byte {
	m := hmac.New(sha256.New, []byte(token))
	m.Write([]byte("successor"))
	pad := m.Sum(nil)
	secret, err := base64.RawURLEncoding.DecodeString(next)
	if err != nil || len(secret) != len(pad) {
		return nil
	}
	for i := range pad {
		pad[i] ^= secret[i]
	}
	return pad
}

func unseal(token string, sealed []byte) string {
	return base64.RawURLEncoding.EncodeToString(seal(token, base64.RawURLEncoding.EncodeToString(sealed)))
}

// endFamily answers DELETE /api/refresh: logout for those whose access token is gone. It says the same whether there was
// anything to end (RFC 7009 §2.2).
func (s *Service) endFamily(c *call) *problem {
	token, _, p := s.refreshToken(c)
	if p != nil {
		return p
	}
	if token != "" {
		l, err := s.config.Store.Find(c.Context(), hash(token), c.now)
		switch {
		case err != nil && !errors.Is(err, ErrUnknown):
			return s.failed(c.Context(), err)
		case err == nil && l.Attributes["refresh"] != "":
			if _, err := s.end(c.Context(), Ending{User: l.User, ID: l.ID, Now: c.now}); err != nil {
				return s.failed(c.Context(), err)
			}
			s.tell(c.Context(), Event{Name: "logout", Mode: l.Mode, User: l.User, Login: l.ID, Address: c.address})
		}
	}
	for _, name := range []string{refreshCookie, accessCookie} {
		s.expire(c, name)
	}
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
