package login

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// logout answers POST /api/logout. It ends what the request is logged in with, takes all cookies away, and says the same
// to those who were not logged in.
func (s *Service) logout(c *call) *problem {
	f, p := c.fields(true, "csrf_token")
	if p != nil {
		return p
	}
	who, p := s.changer(c, f["csrf_token"])
	switch {
	case p == nil:
		if err := s.leaveAs(c, who); err != nil {
			return s.failed(c.Context(), err)
		}
	case p.status != http.StatusUnauthorized:
		return p
	}
	s.expireAll(c)
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Service) leaveAs(c *call, who *caller) error {
	if s.config.Policy.DenyList && who.token != "" {
		if err := s.config.Store.Deny(c.Context(), who.until, who.token); err != nil {
			return err
		}
	}
	if who.login != "" {
		if _, err := s.end(c.Context(), Ending{User: who.user, ID: who.login, Now: c.now}); err != nil {
			return err
		}
	}
	s.tell(c.Context(), Event{Name: "logout", Mode: who.mode, User: who.user, Login: who.login, Address: c.address})
	return nil
}

func (s *Service) expireAll(c *call) {
	for _, name := range []string{sessionCookie, accessCookie, refreshCookie} {
		s.expire(c, name)
	}
}

// end ends logins. With a deny list their access tokens end too, at once.
func (s *Service) end(ctx context.Context, e Ending) (int, error) {
	if s.config.Policy.DenyList {
		e.Deny = s.outlived(e.Now)
	}
	return s.config.Store.End(ctx, e)
}

// outlived is when no access token lives any more that was issued until now, or that another replica with another clock is
// about to issue.
func (s *Service) outlived(now time.Time) time.Time {
	return now.Add(s.config.Policy.AccessLifetime + time.Minute)
}

const (
	pageSize = 50
	maxPage  = 200
)

// listed is one login in the list of one's own.
type listed struct {
	ID      string    `json:"id"`
	Mode    Mode      `json:"mode"`
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"`
	Expires time.Time `json:"expires"`
	Address string    `json:"address"`
	Current bool      `json:"current"`
}

// sessions answers GET /api/sessions: one's own logins, a page at a time. "next" is the "after" of the next page.
func (s *Service) sessions(c *call) *problem {
	who, p := s.caller(c)
	if p != nil {
		return p
	}
	q, p := once(c.URL.Query(), []string{"after", "limit"})
	if p != nil {
		return p
	}
	limit := pageSize
	if text, ok := q["limit"]; ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxPage {
			return &problem{status: http.StatusBadRequest, code: "limit", args: []string{strconv.Itoa(maxPage)}}
		}
		limit = n
	}
	all, err := s.config.Store.Logins(c.Context(), who.user, q["after"], limit, c.now)
	if err != nil {
		return s.failed(c.Context(), err)
	}
	answer := struct {
		Sessions []listed `json:"sessions"`
		Next     string   `json:"next,omitempty"`
	}{Sessions: []listed{}}
	for _, l := range all {
		answer.Sessions = append(answer.Sessions, listed{l.ID, l.Mode, l.Created, l.Seen, l.Expires, l.Address, l.ID == who.login})
	}
	if len(all) == limit {
		answer.Next = all[limit-1].ID
	}
	reply(c.w, http.StatusOK, answer)
	return nil
}

// endOne answers DELETE /api/sessions/{id}: one of one's own logins is forced out.
func (s *Service) endOne(c *call) *problem {
	who, p := s.changer(c, "")
	if p != nil {
		return p
	}
	id := strings.TrimPrefix(c.URL.Path, "/api/sessions/")
	n, err := s.end(c.Context(), Ending{User: who.user, ID: id, Now: c.now})
	switch {
	case err != nil:
		return s.failed(c.Context(), err)
	case n == 0:
		return &problem{status: http.StatusNotFound, code: "session-unknown"}
	}
	s.tell(c.Context(), Event{Name: "force-out", User: who.user, Login: id, Address: c.address})
	if id == who.login {
		s.expireAll(c)
	}
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

// endAll answers DELETE /api/sessions: logout everywhere, here too.
func (s *Service) endAll(c *call) *problem {
	who, p := s.changer(c, "")
	if p != nil {
		return p
	}
	if err := s.leaveAs(c, who); err != nil {
		return s.failed(c.Context(), err)
	}
	if _, err := s.end(c.Context(), Ending{User: who.user, Now: c.now}); err != nil {
		return s.failed(c.Context(), err)
	}
	s.tell(c.Context(), Event{Name: "force-out", User: who.user, Address: c.address})
	s.expireAll(c)
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
