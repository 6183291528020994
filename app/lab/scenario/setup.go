package scenario

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jwtlab/app/login"
)

// A Setup is one choice of how a login is kept. Its id is "CREDENTIAL/STORAGE+DEFENCE+DEFENCE".
type Setup struct {
	Credential string   // one of [Credentials]
	Storage    string   // one of [Storages]
	Defences   []string // of [Defences], in the order of that list
	Lifetimes  Lifetimes
}

// Lifetimes say how long things serve; zero is what the lab has for it. They are not in the id, and not in the matrix.
type Lifetimes struct {
	Access  time.Duration // an access token
	Idle    time.Duration // a session that is not used
	Session time.Duration // one that is
	Refresh time.Duration // a family of refresh tokens
}

// of is where a lifetime is kept, by its name in a script; nil for another name.
func (l *Lifetimes) of(name string) *time.Duration {
	return map[string]*time.Duration{"access": &l.Access, "idle": &l.Idle, "session": &l.Session, "refresh": &l.Refresh}[name]
}

// What a client shows to be known by.
const (
	Session = "session"  // an opaque id; what it means is at the server
	JWT     = "jwt"      // a signed token that stands alone until its exp
	WeakJWT = "jwt-weak" // the same, signed by HS256 with a secret that is in every list
	Refresh = "refresh"  // a JWT, and a refresh token that gets the next one
)

// Where the client keeps it.
const (
	CookieBare          = "cookie-bare"     // no attributes
	CookieLax           = "cookie-lax"      // with HttpOnly and Secure, as the next two
	CookieStrict        = "cookie-strict"   //
	CookieNone          = "cookie-none"     //
	CookieReadable      = "cookie-readable" // Lax and Secure, and scripts can read it
	LocalStorage        = "localstorage"
	SessionStorage      = "sessionstorage"
	Memory              = "memory"                // a variable of the page
	MemoryRefreshCookie = "memory-refresh-cookie" // the access token is in a variable, the refresh token in a cookie of its route
)

// What stands against attacks. All are off unless named.
const (
	CSRFToken   = "csrf-token"
	OriginCheck = "origin-check"
	JSONOnly    = "json-only"
	PostOnly    = "post-only"
	Rotation    = "rotation"
	DenyList    = "denylist"
	Bind        = "bind"
	HSTS        = "hsts"
	RenewID     = "renew-id"
	Prefix      = "prefix"
	NoFraming   = "no-framing"
	Keep        = "keep" // cookies outlive the browser: no defence, but a choice
)

var (
	credentials = []string{Session, JWT, WeakJWT, Refresh}
	storages    = []string{CookieBare, CookieLax, CookieStrict, CookieNone, CookieReadable, LocalStorage, SessionStorage, Memory, MemoryRefreshCookie}
	defences    = []string{CSRFToken, OriginCheck, JSONOnly, PostOnly, Rotation, DenyList, Bind, HSTS, RenewID, Prefix, NoFraming, Keep}
)

// Credentials returns the ids of all credentials.
func Credentials() []string { return slices.Clone(credentials) }

// Storages returns the ids of all storages.
func Storages() []string { return slices.Clone(storages) }

// Defences returns the ids of all defences.
func Defences() []string { return slices.Clone(defences) }

// together says which credential goes with which storage: all of them, but for what has a reason here.
func together(credential, storage string) error {
	if storage == MemoryRefreshCookie && credential != Refresh {
		return &LineError{Code: "setup-together", Args: []string{credential}}
	}
	return nil
}

// ReadSetup reads the id of a setup. The error is a [*LineError] without a line.
func ReadSetup(id string) (Setup, error) {
	parts := strings.Split(id, "+")
	credential, storage, _ := strings.Cut(parts[0], "/")
	s := Setup{Credential: credential, Storage: storage}
	switch {
	case !slices.Contains(credentials, credential):
		return Setup{}, unknown("credential", credential, credentials)
	case !slices.Contains(storages, storage):
		return Setup{}, unknown("storage", storage, storages)
	}
	for _, d := range parts[1:] {
		if !slices.Contains(defences, d) {
			return Setup{}, unknown("defence", d, defences)
		}
	}
	for _, d := range defences {
		if slices.Contains(parts[1:], d) {
			s.Defences = append(s.Defences, d)
		}
	}
	return s, together(credential, storage)
}

func unknown(what, got string, known []string) error {
	return &LineError{Code: "setup-unknown", Args: []string{clip(got), what, strings.Join(known, ", ")}}
}

// ID returns the setup's id.
func (s Setup) ID() string {
	id := s.Credential + "/" + s.Storage
	for _, d := range s.Defences {
		id += "+" + d
	}
	return id
}

// Has reports whether the setup has a defence.
func (s Setup) Has(defence string) bool { return slices.Contains(s.Defences, defence) }

// Cookies reports whether the browser sends the credential by itself.
func (s Setup) Cookies() bool { return strings.HasPrefix(s.Storage, "cookie-") }

// persists reports whether the page keeps the credential where its origin does, and not in a variable.
func (s Setup) persists() bool { return s.Storage == LocalStorage || s.Storage == SessionStorage }

// usesCookies reports whether the browser keeps anything of the setup in a cookie.
func (s Setup) usesCookies() bool { return s.Cookies() || s.Storage == MemoryRefreshCookie }

// Policy is what the service of a setup does: the only place where one becomes the other.
func Policy(s Setup) login.Policy {
	return login.Policy{
		Cookie:          cookiePolicy(s),
		Refresh:         refreshPlace(s),
		SessionInBody:   s.Credential == Session && !s.Cookies(),
		Rotate:          s.Has(Rotation),
		DenyList:        s.Has(DenyList),
		BindAddress:     s.Has(Bind),
		CheckOrigin:     s.Has(OriginCheck),
		CSRFToken:       s.Has(CSRFToken),
		JSONOnly:        s.Has(JSONOnly),
		TransferByGET:   !s.Has(PostOnly),
		RenewID:         s.Has(RenewID),
		Framing:         !s.Has(NoFraming),
		HSTS:            map[bool]time.Duration{true: 365 * 24 * time.Hour}[s.Has(HSTS)],
		AccessLifetime:  cmp.Or(s.Lifetimes.Access, 5*time.Minute),
		SessionIdle:     cmp.Or(s.Lifetimes.Idle, 30*time.Minute),
		SessionLifetime: cmp.Or(s.Lifetimes.Session, 12*time.Hour),
		RefreshIdle:     7 * 24 * time.Hour,
		RefreshLifetime: cmp.Or(s.Lifetimes.Refresh, 30*24*time.Hour),
	}
}

func refreshPlace(s Setup) string {
	switch {
	case s.Credential != Refresh:
		return "none"
	case s.Cookies() || s.Storage == MemoryRefreshCookie:
		return "cookie"
	}
	return "body"
}

func cookiePolicy(s Setup) login.CookiePolicy {
	c := login.CookiePolicy{Secure: true, HTTPOnly: true, SameSite: "Lax", Prefix: s.Has(Prefix), Keep: s.Has(Keep)}
	switch s.Storage {
	case CookieBare:
		c.Secure, c.HTTPOnly, c.SameSite = false, false, ""
	case CookieStrict:
		c.SameSite = "Strict"
	case CookieNone:
		c.SameSite = "None"
	case CookieReadable:
		c.HTTPOnly = false
	}
	return c
}

// mode is how a client of the setup logs in.
func (s Setup) mode() login.Mode {
	switch {
	case s.Credential == Session:
		return login.Session
	case s.Cookies():
		return login.Cookie
	}
	return login.Token
}

// matrix are the setups of the matrix, in the order of its rows: each storage bare, then what each defence changes.
var matrix = []string{
	"session/cookie-bare", "session/cookie-readable", "session/cookie-lax", "session/cookie-strict", "session/cookie-none",
	"session/localstorage", "session/sessionstorage", "session/memory",
	"session/cookie-none+csrf-token", "session/cookie-none+origin-check", "session/cookie-none+json-only",
	"session/cookie-none+post-only", "session/cookie-none+no-framing", "session/cookie-bare+hsts", "session/cookie-bare+renew-id",
	"session/cookie-bare+prefix", "session/cookie-lax+bind",
	"session/cookie-lax+csrf-token+origin-check+post-only+hsts+renew-id+prefix+no-framing",
	"jwt/cookie-bare", "jwt/cookie-lax", "jwt/cookie-strict", "jwt/cookie-none", "jwt/cookie-readable", "jwt/localstorage", "jwt/sessionstorage", "jwt/memory",
	"jwt/localstorage+denylist", "jwt-weak/cookie-lax", "jwt-weak/localstorage",
	"refresh/cookie-lax", "refresh/localstorage", "refresh/memory", "refresh/memory-refresh-cookie",
	"refresh/cookie-lax+rotation", "refresh/localstorage+rotation", "refresh/localstorage+rotation+denylist", "refresh/localstorage+bind",
	"refresh/memory-refresh-cookie+rotation+denylist",
}

// Setups returns the setups of the matrix.
func Setups() []Setup {
	all := make([]Setup, len(matrix))
	for i, id := range matrix {
		s, err := ReadSetup(id)
		if err != nil {
			panic(err) // the table above is ours
		}
		all[i] = s
	}
	return all
}
