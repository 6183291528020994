package login

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"
)

// A caller is who a request comes from.
type caller struct {
	user, role string
	mode       Mode
	login      string // the id of the login; empty for an access token that stands alone
	token      string // the jti of an access token
	until      time.Time
	// csrf is what only a page of ours can know; empty where no cookie tells who it is, and so nobody else's page can use it,
	// and where the policy asks for none.
	csrf string
}

// caller finds out who a request comes from: by the Authorization header if there is one, else by the cookies.
func (s *Service) caller(c *call) (*caller, *problem) {
	if header := c.Header.Get("Authorization"); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") || token == "" {
			return nil, noLogin
		}
		return s.byToken(c, token, Token)
	}
	if s.config.Policy.SessionInBody {
		if id := c.Header.Get("X-Session-Id"); id != "" {
			who, p := s.bySession(c, id)
			if p == nil {
				who.csrf = ""
			}
			return who, p
		}
	}
	refused := noLogin
	if id := s.presented(c, sessionCookie); id != "" {
		who, p := s.bySession(c, id)
		if p == nil || p == away {
			return who, p
		}
		refused = p
	}
	if token := s.presented(c, accessCookie); token != "" {
		who, p := s.byToken(c, token, Cookie)
		if p == nil {
			who.csrf = s.csrf(token)
		}
		return who, p
	}
	return nil, refused
}

func (s *Service) byToken(c *call, token string, m Mode) (*caller, *problem) {
	a, p := s.verify(c.Context(), token, c.now)
	if p != nil {
		return nil, p
	}
	return &caller{user: a.Subject, role: a.role(), mode: m, login: a.Login, token: a.ID, until: a.ExpiresAt.Time}, nil
}

// bySession looks a session up, and keeps it awake.
func (s *Service) bySession(c *call, id string) (*caller, *problem) {
	l, err := s.config.Store.Find(c.Context(), hash(id), c.now)
	switch {
	case errors.Is(err, ErrUnknown) || err == nil && l.Mode != Session:
		return nil, noLogin
	case err != nil:
		return nil, s.failed(c.Context(), err)
	case s.config.Policy.BindAddress && l.Address != c.address:
		s.tell(c.Context(), Event{Name: "address-refused", Mode: Session, User: l.User, Login: l.ID, Address: c.address})
		return nil, noLogin
	}
	role, p := s.role(c, l.User, l.Attributes["role"])
	if p != nil {
		return nil, p
	}
	s.touch(c.Context(), l, c.now)
	return &caller{user: l.User, role: role, mode: Session, login: l.ID, until: l.Expires, csrf: s.csrf(id)}, nil
}

// touch notes that a session was used, but no more than once a minute, for it is a write. A session is so ended up to a
// minute early at the most. It is no harm to the request if it fails.
func (s *Service) touch(ctx context.Context, l Login, now time.Time) {
	if now.Sub(l.Seen) >= min(time.Minute, s.config.Policy.SessionIdle/10) {
		if err := s.config.Store.Touch(ctx, l.ID, now, now.Add(s.config.Policy.SessionIdle)); err != nil {
			s.failed(ctx, err)
		}
	}
}

// csrf is derived from the secret in the cookie, which no script can read: so it needs no record, and is the same at every
// replica. It is empty where the policy asks for none.
func (s *Service) csrf(secret string) string {
	if !s.config.Policy.CSRFToken {
		return ""
	}
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte("csrf"))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// changer is caller for what changes something: where a cookie tells who it is, it can be asked for the CSRF token.
func (s *Service) changer(c *call, given string) (*caller, *problem) {
	who, p := s.caller(c)
	if p != nil || who.csrf == "" {
		return who, p
	}
	if given == "" {
		given = c.Header.Get("X-CSRF-Token")
	}
	if !hmac.Equal([]byte(given), []byte(who.csrf)) {
		s.tell(c.Context(), Event{Name: "csrf-refused", Mode: who.mode, User: who.user, Login: who.login, Address: c.address})
		return nil, &problem{status: http.StatusForbidden, code: "csrf"}
	}
	return who, nil
}
