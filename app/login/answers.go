package login

import (
	"io"
	"net/http"
	"time"
)

// adminRole is what GET /api/admin asks for.
const adminRole = "admin"

// whoami is the answer to GET /api/me.
type whoami struct {
	User  string    `json:"user"`
	Role  string    `json:"role"`
	Mode  Mode      `json:"mode"`
	Login string    `json:"login,omitempty"` // the id of the login in /api/sessions
	Until time.Time `json:"until"`           // when what the request was sent with ends at the latest
	CSRF  string    `json:"csrf_token,omitempty"`
}

func (s *Service) me(c *call) *problem {
	who, p := s.caller(c)
	if p != nil {
		return p
	}
	reply(c.w, http.StatusOK, whoami{who.user, who.role, who.mode, who.login, who.until.UTC(), who.csrf})
	return nil
}

// admin is for those who have the role now, as a session knows it, or had it when their access token was issued.
func (s *Service) admin(c *call) *problem {
	who, p := s.caller(c)
	if p != nil {
		return p
	}
	if who.role != adminRole {
		p := &problem{status: http.StatusForbidden, code: "role", args: []string{adminRole}}
		if who.token != "" {
			p.oauth, p.challenge = "insufficient_scope", `Bearer realm="jwtlab", error="insufficient_scope"`
		}
		return p
	}
	reply(c.w, http.StatusOK, whoami{who.user, who.role, who.mode, who.login, who.until.UTC(), ""})
	return nil
}

// jwks publishes the keys that verify. It may be kept for a minute: a new key is announced long before it signs.
func (s *Service) jwks(c *call) *problem {
	keys, _ := s.signing()
	h := c.w.Header()
	h.Set("Content-Type", "application/jwk-set+json")
	h.Set("Cache-Control", "public, max-age=60")
	h.Set("Access-Control-Allow-Origin", "*") // public, and asked for without credentials
	h.Del("Access-Control-Allow-Credentials")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	io.WriteString(c.w, keys.JWKS(c.now))
	return nil
}

// health says that the process is alive.
func (s *Service) health(c *call) *problem {
	c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(c.w, "ok\n")
	return nil
}

// ready says whether requests should be sent here.
func (s *Service) ready(c *call) *problem {
	_, err := s.config.Store.Denied(c.Context(), c.now, "ready")
	if err != nil {
		return s.failed(c.Context(), err)
	}
	if keys, _ := s.signing(); keys.Active(c.now) == "" {
		return &problem{status: http.StatusServiceUnavailable, code: "no-key"}
	}
	if s.config.Ready != nil {
		if err := s.config.Ready(c.Context()); err != nil {
			return &problem{status: http.StatusServiceUnavailable, code: "not-ready", args: []string{err.Error()}}
		}
	}
	return s.health(c)
}
