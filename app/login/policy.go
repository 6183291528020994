package login

import (
	"time"

	"jwtlab/app/locale"
)

// A Policy says how a service keeps logins. It is plain data that can express good services and bad ones: [Secure] is the
// good one, and [Policy.Weaknesses] names what another one lacks. Nothing in a request can change it.
type Policy struct {
	Cookie CookiePolicy `json:"cookie"`

	// Refresh is where refresh tokens go in mode token when the login does not say: "body" or "cookie". With "none" there
	// are no refresh tokens, and access tokens stand alone.
	Refresh       string        `json:"refresh"`
	SessionInBody bool          `json:"session_in_body"` // tell the session id to scripts, and take it in X-Session-Id
	Rotate        bool          `json:"rotate"`          // a refresh token serves once (RFC 9700 §4.14.2)
	Grace         time.Duration `json:"grace"`           // how long a replaced refresh token gets its successor again
	DenyList      bool          `json:"deny_list"`       // logout ends access tokens too, not only what renews them
	BindAddress   bool          `json:"bind_address"`    // a login serves only the address that it began at
	CheckOrigin   bool          `json:"check_origin"`    // refuse changes that other origins ask for
	CSRFToken     bool          `json:"csrf_token"`      // ask for a token that only the page can know, where a cookie tells who it is
	JSONOnly      bool          `json:"json_only"`       // transfers as JSON alone, which no form can send and no script of elsewhere without leave
	TransferByGET bool          `json:"transfer_by_get"` // GET /api/transfer changes state
	RenewID       bool          `json:"renew_id"`        // a login has a new session id, and ends the one it was sent with
	Framing       bool          `json:"framing"`         // other sites may frame the pages
	HSTS          time.Duration `json:"hsts"`            // RFC 6797; 0 for none

	AccessLifetime  time.Duration `json:"access_lifetime"`
	SessionIdle     time.Duration `json:"session_idle"`
	SessionLifetime time.Duration `json:"session_lifetime"`
	RefreshIdle     time.Duration `json:"refresh_idle"`
	RefreshLifetime time.Duration `json:"refresh_lifetime"`
}

// A CookiePolicy has the attributes of the cookies that tell who somebody is (RFC 6265bis §4.1.2).
type CookiePolicy struct {
	Prefix   bool   `json:"prefix"` // __Host- and __Secure- before the names
	Secure   bool   `json:"secure"`
	HTTPOnly bool   `json:"http_only"`
	SameSite string `json:"same_site"` // "Strict", "Lax", "None", or "" to leave it out
	Domain   string `json:"domain,omitempty"`
	Keep     bool   `json:"keep"` // Max-Age: the cookie survives the end of the browser
}

// Secure is the policy of a service that an expert finds no fault with.
func Secure() Policy {
	return Policy{
		Cookie:  CookiePolicy{Prefix: true, Secure: true, HTTPOnly: true, SameSite: "Lax", Keep: true},
		Refresh: "body", Rotate: true, DenyList: true, CheckOrigin: true, RenewID: true, HSTS: 2 * 365 * 24 * time.Hour,
		AccessLifetime: 5 * time.Minute,
		SessionIdle:    30 * time.Minute, SessionLifetime: 12 * time.Hour,
		RefreshIdle: 24 * time.Hour, RefreshLifetime: 30 * 24 * time.Hour,
	}
}

// Loopback is [Secure] for plain http on the machine itself: without TLS there are no Secure cookies to rely on, so no
// prefixes, and no HSTS.
func Loopback() Policy {
	p := Secure()
	p.Cookie.Prefix, p.Cookie.Secure, p.HSTS = false, false, 0
	return p
}

// A Weakness is what a policy lacks.
type Weakness struct {
	Code string `json:"code"`
	Ref  string `json:"ref"`
}

// Text says in words what the weakness lets happen.
func (w Weakness) Text(l locale.Lang) string { return locale.Text(l, "weak."+w.Code) }

// The longest that a good service lets live what it hands out.
const (
	longestAccess  = 10 * time.Minute
	longestGrace   = 10 * time.Second
	longestSession = 24 * time.Hour
	longestRefresh = 90 * 24 * time.Hour
	shortestHSTS   = 365 * 24 * time.Hour
)

// Weaknesses names what the policy lacks, in an order that does not change. Those of [Secure] are none, those of
// [Loopback] what plain http brings with it.
func (p Policy) Weaknesses() []Weakness {
	var found []Weakness
	for _, rule := range []struct {
		weak      bool
		code, ref string
	}{
		{!p.Cookie.Secure, "cookie-secure", "RFC 6265bis §4.1.2.5"},
		{!p.Cookie.Prefix, "cookie-prefix", "RFC 6265bis §4.1.3"},
		{!p.Cookie.HTTPOnly, "cookie-http-only", "RFC 6265bis §4.1.2.6"},
		{p.Cookie.SameSite != "Lax" && p.Cookie.SameSite != "Strict", "cookie-same-site", "RFC 6265bis §4.1.2.7"},
		{p.Cookie.Domain != "", "cookie-domain", "RFC 6265bis §4.1.2.3"},
		{p.SessionInBody, "session-in-body", "ASVS 3.3.4"},
		{!p.Rotate && p.Refresh != "none", "no-rotation", "RFC 9700 §4.14.2"},
		{p.Grace > longestGrace, "long-grace", "RFC 9700 §4.14.2"},
		{!p.DenyList, "no-deny-list", "ASVS 7.4.1"},
		{!p.CheckOrigin, "no-origin-check", "ASVS 3.5.1"},
		{p.TransferByGET, "change-by-get", "RFC 9110 §9.2.1"},
		{!p.RenewID, "id-kept", "ASVS 7.2.4"},
		{p.Framing, "framing", "ASVS 3.4.6"},
		{p.HSTS < shortestHSTS, "no-hsts", "RFC 6797 §7.1"},
		{p.AccessLifetime <= 0 || p.AccessLifetime > longestAccess, "long-access", "RFC 9700 §4.10"},
		{p.SessionIdle <= 0 || p.SessionLifetime <= 0 || p.SessionLifetime > longestSession, "long-session", "ASVS 7.3.1"},
		{p.RefreshIdle <= 0 || p.RefreshLifetime <= 0 || p.RefreshLifetime > longestRefresh, "long-refresh", "ASVS 10.4.8"},
	} {
		if rule.weak {
			found = append(found, Weakness{rule.code, rule.ref})
		}
	}
	return found
}
