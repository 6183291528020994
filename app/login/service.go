// Package login is a login service: one [http.Handler] that keeps logins as session ids in cookies, as JWTs in cookies, or
// as access tokens with refresh tokens, and so shows what each of them costs and allows.
//
// A [Service] is what `jwtlab serve` runs, and the same one runs inside the page. So it starts no goroutine, reads no
// clock of its own, logs nothing ([Event] tells what happens) and opens no file: all of that comes in its [Config]. What
// outlives a request is in a [Store]; how good or bad the service is, is its [Policy].
//
// Secrets are random, of 256 bits; stores know only their hashes. Every answer to a failed login, and to a failed
// refresh, is the same whatever the reason.
//
// Start with [New].
package login

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"jwtlab/app/locale"
)

// Config is what a service needs. All of it must be given but for what says otherwise.
type Config struct {
	Now      func() time.Time
	Rand     io.Reader // safe for concurrent use
	Store    Store
	Keys     Keys
	Accounts Accounts
	Policy   Policy
	Issuer   string // the "iss" of access tokens: the address of the service
	Audience string // their "aud"

	// TrustedOrigins may call with credentials from elsewhere (CORS), and are no forgers (CSRF). None by default.
	TrustedOrigins []string
	PerAccount     Limit // failed logins for one name; the zero Limit allows all
	PerAddress     Limit // failed logins from one address

	Event   func(Event)                 // hears what happens; nil for nobody
	Address func(*http.Request) string  // of the client; nil takes the connection's
	Ready   func(context.Context) error // a further condition of /readyz; nil for none
}

// A Service is an [http.Handler]. It is safe for concurrent use.
type Service struct {
	config   Config
	routes   map[string]map[string]route // by path, then by method
	armour   http.Header                 // of every answer
	origins  protection
	verified verifiedCache
	accounts throttle
	clients  throttle
	ledger   ledger

	mu    sync.RWMutex
	keys  Keys
	since int // how often the keys have changed
}

// New makes a service.
func New(c Config) (*Service, error) {
	switch {
	case c.Now == nil || c.Rand == nil || c.Store == nil || c.Accounts == nil || c.Issuer == "" || c.Audience == "":
		return nil, errors.New("a login service needs a clock, a random source, a store, accounts, an issuer and an audience")
	case c.Keys.Active(c.Now()) == "":
		return nil, errNoKey
	case c.Policy.Refresh != "none" && c.Policy.Refresh != "body" && c.Policy.Refresh != "cookie":
		return nil, fmt.Errorf("refresh is %q; use none, body or cookie", c.Policy.Refresh)
	}
	s := &Service{config: c, keys: c.Keys, armour: armour(c.Policy),
		accounts: throttle{limit: c.PerAccount}, clients: throttle{limit: c.PerAddress}}
	for _, o := range c.TrustedOrigins {
		if err := s.origins.AddTrustedOrigin(o); err != nil {
			return nil, fmt.Errorf("trusted origin %q: %w", o, err)
		}
	}
	s.routes = s.table()
	return s, nil
}

// A route answers one method at one address. It returns a problem instead of writing an answer.
type route func(c *call) *problem

// table is all that the service answers to.
func (s *Service) table() map[string]map[string]route {
	t := map[string]map[string]route{}
	for _, r := range []struct {
		method, path string
		answer       route
	}{
		{"POST", "/api/login", s.login},
		{"POST", refreshPath, s.refresh},
		{"DELETE", refreshPath, s.endFamily},
		{"POST", "/api/logout", s.logout},
		{"GET", "/api/me", s.me},
		{"GET", "/api/admin", s.admin},
		{"GET", "/api/sessions", s.sessions},
		{"DELETE", "/api/sessions", s.endAll},
		{"DELETE", "/api/sessions/{id}", s.endOne},
		{"POST", transferPath, s.transfer},
		{"GET", "/account", s.account},
		{"GET", "/.well-known/jwks.json", s.jwks},
		{"GET", "/healthz", s.health},
		{"GET", "/readyz", s.ready},
	} {
		if t[r.path] == nil {
			t[r.path] = map[string]route{}
		}
		t[r.path][r.method] = r.answer
	}
	if s.config.Policy.TransferByGET {
		t[transferPath]["GET"] = s.transfer
	}
	return t
}

// A call is one request under way.
type call struct {
	*http.Request
	w       http.ResponseWriter
	now     time.Time
	address string
	lang    locale.Lang
}

// Handles reports whether the service has an answer of its own to a path, so that a server can give the rest to others.
func (s *Service) Handles(path string) bool {
	_, ok := s.routes[pattern(path)]
	return ok || strings.HasPrefix(path, "/api/")
}

// Route returns the address of the table above that answers to a path, or "": a name for logs and counters that holds
// nothing of what was asked.
func (s *Service) Route(path string) string {
	if p := pattern(path); s.routes[p] != nil {
		return p
	}
	return ""
}

// pattern is the key of a path in the table: that of a session has no id.
func pattern(path string) string {
	if id, ok := strings.CutPrefix(path, "/api/sessions/"); ok && id != "" {
		return "/api/sessions/{id}"
	}
	return path
}

// ServeHTTP answers a request.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &call{Request: r, w: w, now: s.config.Now(), address: s.addressOf(r), lang: locale.Accepted(r.Header.Get("Accept-Language"))}
	s.shield(c)
	if p := s.answer(c); p != nil {
		for _, name := range p.clear {
			s.expire(c, name)
		}
		p.write(w, c.lang)
	}
}

func (s *Service) answer(c *call) *problem {
	methods, ok := s.routes[pattern(c.URL.Path)]
	if !ok {
		return &problem{status: http.StatusNotFound, code: "not-found"}
	}
	if s.cors(c, methods) {
		return nil
	}
	method := c.Method
	if method == http.MethodHead {
		method = http.MethodGet // the server leaves out the body
	}
	answer, ok := methods[method]
	if !ok {
		return &problem{status: http.StatusMethodNotAllowed, code: "method", allow: allowed(methods)}
	}
	if s.config.Policy.CheckOrigin && s.origins.Check(c.Request) != nil {
		s.tell(c.Context(), Event{Name: "origin-refused", Address: c.address})
		return &problem{status: http.StatusForbidden, code: "origin"}
	}
	return answer(c)
}

func (s *Service) addressOf(r *http.Request) string {
	if s.config.Address != nil {
		return s.config.Address(r)
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// random is a new secret, or a new name, of n random bytes.
func (s *Service) random(n int) (string, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.config.Rand, b); err != nil {
		return "", fmt.Errorf("reading the random source: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// signing returns the keys and how often they have changed.
func (s *Service) signing() (Keys, int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.keys, s.since
}

// SetKeys replaces the signing keys. Tokens of a key that is not among the new ones are refused from now on.
func (s *Service) SetKeys(k Keys) error {
	if k.Active(s.config.Now()) == "" {
		return errNoKey
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = k
	s.since++
	return nil
}

// SetRole gives a user another role. A session has it at the next request; an access token has the role that it was
// issued with until it expires, unless the login is ended.
func (s *Service) SetRole(ctx context.Context, user, role string) error {
	if err := s.config.Store.SetRole(ctx, user, role); err != nil {
		return err
	}
	s.tell(ctx, Event{Name: "role", User: user})
	return nil
}

// ForceOut ends all logins of a user, as is due when the account is gone or its password changed (ASVS 7.4.2, 7.4.3).
func (s *Service) ForceOut(ctx context.Context, user string) error {
	n, err := s.end(ctx, Ending{User: user, Now: s.config.Now()})
	if n > 0 {
		s.tell(ctx, Event{Name: "force-out", User: user})
	}
	return err
}

// Sweep removes at most limit records that have ended, and returns how many it removed.
func (s *Service) Sweep(ctx context.Context, limit int) (int, error) {
	return s.config.Store.Sweep(ctx, s.config.Now(), limit)
}
