package login

import (
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// armour returns the headers that every answer has (ASVS 3.4). Nothing here is to be kept by anybody (RFC 6749 §5.1).
func armour(p Policy) http.Header {
	h := http.Header{}
	policy := "default-src 'none'; base-uri 'none'; form-action 'self'"
	if !p.Framing {
		policy += "; frame-ancestors 'none'" // which makes X-Frame-Options obsolete (ASVS 3.4.6)
	}
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	return h
}

// shield sets the headers that every answer has. The values are shared by all answers: who changes one sets another.
func (s *Service) shield(c *call) {
	h := c.w.Header()
	for name, value := range s.armour {
		h[name] = value
	}
	StrictTransport(h, c.Host, s.config.Policy.HSTS)
}

// StrictTransport tells browsers to come back to a host by https alone (RFC 6797), where the host is one that can be told so
// and the life is not 0. A server that answers with more than the service says it there too.
func StrictTransport(h http.Header, host string, life time.Duration) {
	if life > 0 && named(host) {
		h.Set("Strict-Transport-Security", "max-age="+seconds(life))
	}
}

// named reports whether a host is one that HSTS is for: a name, and not this machine's own (RFC 6797 §8.1.1).
func named(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	return host != "" && host != "localhost" && !strings.HasSuffix(host, ".localhost") && net.ParseIP(host) == nil
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

// cors lets the trusted origins, and no other, call with credentials and read the answers. It reports whether the request
// was but the browser's question for that, which it has answered (Fetch §3.3).
func (s *Service) cors(c *call, methods map[string]route) bool {
	h := c.w.Header()
	if len(s.config.TrustedOrigins) > 0 {
		h.Add("Vary", "Origin")
	}
	origin := c.Header.Get("Origin")
	trusted := slices.Contains(s.config.TrustedOrigins, origin)
	if trusted {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate")
		h.Del("Cross-Origin-Resource-Policy")
	}
	if c.Method != http.MethodOptions || c.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	if trusted {
		h.Set("Access-Control-Allow-Methods", allowed(methods))
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, X-CSRF-Token, X-Session-Id")
		h.Set("Access-Control-Max-Age", "600")
	}
	c.w.WriteHeader(http.StatusNoContent)
	return true
}

// allowed are the methods of an address, as in the Allow header.
func allowed(methods map[string]route) string {
	var names []string
	for name := range methods {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
