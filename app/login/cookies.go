package login

import (
	"net/http"
	"time"
)

const refreshPath = "/api/refresh"

// The cookies, by the names that they have without prefix.
const (
	sessionCookie = "session"
	accessCookie  = "access"
	refreshCookie = "refresh"
)

const maxCookie = 4096 // bytes of name and value (RFC 6265bis §5.6)

// cookieName is the name with the prefix that holds the browser to the cookie's attributes (RFC 6265bis §4.1.3). The
// refresh cookie has a path of its own, which __Host- does not allow.
func (s *Service) cookieName(name string) string {
	switch p := s.config.Policy.Cookie; {
	case !p.Prefix:
		return name
	case name == refreshCookie || p.Domain != "":
		return "__Secure-" + name
	}
	return "__Host-" + name
}

// cookie is a cookie as the policy wants it. Without a lifetime it ends with the browser.
func (s *Service) cookie(name, value string, life time.Duration) *http.Cookie {
	p := s.config.Policy.Cookie
	k := &http.Cookie{Name: s.cookieName(name), Value: value, Path: "/", Domain: p.Domain, Secure: p.Secure || p.Prefix, HttpOnly: p.HTTPOnly}
	if name == refreshCookie {
		k.Path = refreshPath
	}
	if p.Keep {
		k.MaxAge = int(life.Seconds())
	}
	switch p.SameSite {
	case "Strict":
		k.SameSite = http.SameSiteStrictMode
	case "Lax":
		k.SameSite = http.SameSiteLaxMode
		if name == refreshCookie {
			k.SameSite = http.SameSiteStrictMode // nobody comes to it by a link
		}
	case "None":
		k.SameSite = http.SameSiteNoneMode
	}
	return k
}

// give sets a cookie. One that no browser would keep is not sent: the user would seem to be logged in and would not be.
func (s *Service) give(c *call, name, value string, life time.Duration) *problem {
	k := s.cookie(name, value, life)
	if len(k.Name)+len(value) > maxCookie {
		return &problem{status: http.StatusInternalServerError, code: "cookie-long"}
	}
	set(c, k)
	return nil
}

// expire takes a cookie away.
func (s *Service) expire(c *call, name string) {
	k := s.cookie(name, "", 0)
	k.MaxAge = -1
	set(c, k)
}

// toldHeader says which cookies an answer sets, and how, to scripts of the same origin: without the values, as the line
// that sets them is hidden from scripts (Fetch, forbidden response-header names).
const toldHeader = "X-Set-Cookie"

func set(c *call, k *http.Cookie) {
	http.SetCookie(c.w, k)
	told := *k
	if k.MaxAge >= 0 {
		told.Value = "***"
	}
	c.w.Header().Add(toldHeader, told.String())
}

// presented is the value of a cookie that the request has, or "".
func (s *Service) presented(c *call, name string) string {
	k, err := c.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return k.Value
}
