package login

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"time"
)

const (
	maxName     = 64
	maxPassword = 1024
)

// A wish is what a login asks for.
type wish struct {
	name, password string
	mode           Mode
	refresh        string // "body", "cookie", or "none"
}

// entered is the answer to a login and to a refresh. What is a secret is in it only where the mode hands it to scripts.
type entered struct {
	User         string `json:"user,omitempty"`
	Role         string `json:"role,omitempty"`
	Mode         Mode   `json:"mode,omitempty"`
	SessionID    string `json:"session_id,omitempty"`
	AccessToken  string `json:"access_token,omitempty"` // RFC 6749 §5.1, with the next three
	TokenType    string `json:"token_type,omitempty"`
	ExpiresIn    int    `json:"expires_in,omitempty"` // seconds
	RefreshToken string `json:"refresh_token,omitempty"`
}

// login answers POST /api/login.
func (s *Service) login(c *call) *problem {
	w, p := s.wish(c)
	if p != nil {
		return p
	}
	account, p := s.check(c, w)
	if p != nil {
		return p
	}
	own := account.Role // which the record keeps: another one that was given since can be taken back
	if account.Role, p = s.role(c, account.Name, own); p != nil {
		return p
	}
	if w.mode == Session {
		return s.beginSession(c, account, own)
	}
	return s.beginFamily(c, w, account, own)
}

// role is the role of a user now: that of the account, unless another was given since.
func (s *Service) role(c *call, user, own string) (string, *problem) {
	given, err := s.config.Store.Role(c.Context(), user)
	switch {
	case err != nil:
		return "", s.failed(c.Context(), err)
	case given != "":
		return given, nil
	}
	return own, nil
}

// wish reads and checks what a login asks for.
func (s *Service) wish(c *call) (wish, *problem) {
	f, p := c.fields(false, "username", "password", "mode", "refresh")
	if p != nil {
		return wish{}, p
	}
	w := wish{name: f["username"], password: f["password"], mode: Mode(f["mode"]), refresh: f["refresh"]}
	missing := func(name string) *problem {
		return &problem{status: http.StatusBadRequest, code: "member-missing", args: []string{name}}
	}
	switch {
	case w.name == "":
		return w, missing("username")
	case w.password == "":
		return w, missing("password")
	case len(w.name) > maxName || len(w.password) > maxPassword:
		return w, &problem{status: http.StatusBadRequest, code: "credentials-long"}
	case w.mode != Session && w.mode != Cookie && w.mode != Token:
		return w, &problem{status: http.StatusBadRequest, code: "mode"}
	case w.refresh != "" && (w.mode != Token || w.refresh != "body" && w.refresh != "cookie"):
		return w, &problem{status: http.StatusBadRequest, code: "refresh"}
	case s.config.Policy.Refresh == "none":
		w.refresh = "none"
	case w.mode == Cookie:
		w.refresh = "cookie"
	case w.refresh == "":
		w.refresh = s.config.Policy.Refresh
	}
	return w, nil
}

// check asks for the account, within the limits for its name and for the client's address. All refusals look alike.
func (s *Service) check(c *call, w wish) (Account, *problem) {
	wait := s.clients.take(c.address, c.now)
	if wait == 0 {
		if wait = s.accounts.take(w.name, c.now); wait > 0 {
			s.clients.give(c.address)
		}
	}
	if wait > 0 {
		s.tell(c.Context(), Event{Name: "throttled", Mode: w.mode, Address: c.address})
		return Account{}, &problem{status: http.StatusTooManyRequests, code: "throttled", retry: wait}
	}
	account, err := s.config.Accounts.Verify(c.Context(), w.name, w.password)
	if errors.Is(err, ErrCredentials) {
		s.tell(c.Context(), Event{Name: "login-refused", Reason: "credentials", Mode: w.mode, Address: c.address})
		return Account{}, &problem{status: http.StatusUnauthorized, code: "credentials", challenge: noLogin.challenge}
	}
	s.clients.give(c.address)
	s.accounts.give(w.name)
	switch {
	case errors.Is(err, ErrBusy):
		return Account{}, &problem{status: http.StatusServiceUnavailable, code: "busy", retry: time.Second}
	case err != nil:
		return Account{}, s.failed(c.Context(), err)
	}
	return account, nil
}

// failed answers for a store, or whatever else, that could not be asked.
func (s *Service) failed(ctx context.Context, err error) *problem {
	reason := "unavailable"
	if errors.Is(err, ErrFull) {
		reason = "full"
	}
	s.tell(ctx, Event{Name: "store-failed", Reason: reason})
	return away
}

// beginSession makes a session under a new id; the one that the browser had ends, so that nobody can hand it an id that
// they know (ASVS 7.2.4).
func (s *Service) beginSession(c *call, a Account, own string) *problem {
	p := s.config.Policy
	l, err := s.newLogin(c, a.Name, own, Session, p.SessionIdle, p.SessionLifetime)
	if err != nil {
		return s.failed(c.Context(), err)
	}
	secret, err := s.random(32)
	if err != nil {
		return s.failed(c.Context(), err)
	}
	if had := s.presented(c, sessionCookie); had != "" && !p.RenewID {
		secret = had
	}
	if err := s.config.Store.Create(c.Context(), l, hash(secret), hash(s.presented(c, sessionCookie))); err != nil {
		return s.failed(c.Context(), err)
	}
	s.leave(c, accessCookie)
	if p := s.give(c, sessionCookie, secret, p.SessionLifetime); p != nil {
		return p
	}
	s.tell(c.Context(), Event{Name: "login", Mode: Session, User: a.Name, Login: l.ID, Address: c.address})
	answer := entered{User: a.Name, Role: a.Role, Mode: Session}
	if p.SessionInBody {
		answer.SessionID = secret
	}
	reply(c.w, http.StatusOK, answer)
	return nil
}

// leave takes away the cookie of another mode, so that a browser has one login at a time, and returns the hash of what was
// in it.
func (s *Service) leave(c *call, name string) Hash {
	had := s.presented(c, name)
	if had == "" {
		return Hash{}
	}
	s.expire(c, name)
	if name == accessCookie {
		s.expire(c, refreshCookie)
	}
	return hash(had)
}

// newLogin is a login that begins now.
func (s *Service) newLogin(c *call, user, role string, m Mode, idle, life time.Duration) (Login, error) {
	id, err := s.random(16)
	now := c.now.UTC().Truncate(time.Millisecond)
	return Login{ID: id, User: user, Mode: m, Created: now, Seen: now, Idle: now.Add(idle), Expires: now.Add(life),
		Address: c.address, Attributes: map[string]string{"role": role}}, err
}

// hash is the hash of a secret; no secret has none.
func hash(secret string) Hash {
	if secret == "" {
		return Hash{}
	}
	return sha256.Sum256([]byte(secret))
}

// beginFamily issues an access token, and with it the first refresh token of a family, unless there are to be none.
func (s *Service) beginFamily(c *call, w wish, a Account, own string) *problem {
	p := s.config.Policy
	var l Login
	refresh := ""
	if w.refresh != "none" {
		var err error
		if l, err = s.newLogin(c, a.Name, own, w.mode, p.RefreshIdle, p.RefreshLifetime); err != nil {
			return s.failed(c.Context(), err)
		}
		l.Attributes["refresh"] = w.refresh
		if refresh, err = s.random(32); err != nil {
			return s.failed(c.Context(), err)
		}
		ends := Hash{}
		if w.mode == Cookie {
			ends = s.leave(c, sessionCookie)
		}
		if err := s.config.Store.Create(c.Context(), l, hash(refresh), ends); err != nil {
			return s.failed(c.Context(), err)
		}
	}
	s.tell(c.Context(), Event{Name: "login", Mode: w.mode, User: a.Name, Login: l.ID, Address: c.address})
	return s.hand(c, l.ID, w, a, refresh)
}

// hand hands out an access token and a refresh token in the way of the mode.
func (s *Service) hand(c *call, login string, w wish, a Account, refresh string) *problem {
	p := s.config.Policy
	token, _, err := s.issue(a.Name, a.Role, login, c.now)
	if err != nil {
		return s.failed(c.Context(), err)
	}
	answer := entered{Mode: w.mode, ExpiresIn: int(p.AccessLifetime.Seconds())}
	if w.mode == Cookie { // first, for it may be too long, and then nothing is handed out
		answer.User, answer.Role = a.Name, a.Role
		if p := s.give(c, accessCookie, token, p.AccessLifetime); p != nil {
			return p
		}
	} else {
		answer.AccessToken, answer.TokenType = token, "Bearer"
	}
	if w.refresh == "cookie" {
		if p := s.give(c, refreshCookie, refresh, p.RefreshLifetime); p != nil {
			return p
		}
	} else {
		answer.RefreshToken = refresh
	}
	reply(c.w, http.StatusOK, answer)
	return nil
}
