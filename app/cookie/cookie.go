// Package cookie keeps cookies as browsers keep them, and says of every cookie why it was stored or not, sent or not.
//
// The rules are those of RFC 6265bis (draft-ietf-httpbis-rfc6265bis-22), and what Chromium does where it differs; which
// of them hold is data, a [Profile]. A [Jar] is plain data too: it can be cloned and written as JSON, it knows no clock
// and asks no network, and each call is told when and by whom. So a simulated browser can go back in time, and a test can
// wait four hundred days.
//
// Whether cookies are asked for at all (the credentials mode of a fetch, a blocked request) is the caller's decision.
// Hosts are brought to A-labels by lower case and Punycode alone, without the normalization of UTS #46.
//
// Start with [New], [Jar.Set] and [Jar.Select]; documents read and write with [Jar.Read] and [Jar.Write].
package cookie

import (
	"time"

	"jwtlab/app/check"
)

// Octets is text as it came over the wire: any octets, of any encoding or none. As JSON each octet is one character from
// U+0000 to U+00FF.
type Octets string

// MarshalText writes each octet as a character.
func (o Octets) MarshalText() ([]byte, error) { return []byte(o.Latin1()), nil }

// UnmarshalText reads what MarshalText wrote.
func (o *Octets) UnmarshalText(text []byte) error {
	read, err := ReadOctets(string(text))
	*o = read
	return err
}

// SameSite is the attribute of that name; empty means that there was none, or none that is known.
type SameSite string

// The values of SameSite.
const (
	Default SameSite = ""
	Strict  SameSite = "strict"
	Lax     SameSite = "lax"
	None    SameSite = "none"
)

// Priority is an attribute of Chromium that decides who has to go when there are too many; empty is medium.
type Priority string

// The priorities beside the middle one.
const (
	Low  Priority = "low"
	High Priority = "high"
)

// A Cookie is one that is stored, and is never changed then: jars share them. Name, domain, whether it is host-only, path
// and partition tell it from all others.
type Cookie struct {
	Name      Octets    `json:"name"`
	Value     Octets    `json:"value"`
	Domain    string    `json:"domain"` // a host in A-labels, without a leading dot
	HostOnly  bool      `json:"host_only,omitempty"`
	Path      Octets    `json:"path"`
	Secure    bool      `json:"secure,omitempty"`
	HTTPOnly  bool      `json:"http_only,omitempty"`
	SameSite  SameSite  `json:"same_site,omitempty"`
	Priority  Priority  `json:"priority,omitempty"`
	Created   time.Time `json:"created"`
	Used      time.Time `json:"used"`             // when it was last sent, read or stored
	Expires   time.Time `json:"expires,omitzero"` // zero for a session cookie
	Partition Partition `json:"partition,omitzero"`
}

// A Partition keys the cookies of a site by where it is embedded; the zero value is the jar that all share (CHIPS).
type Partition struct {
	Top   Site `json:"top"`
	Cross bool `json:"cross,omitempty"` // whether a site other than Top stands between, or is the cookie's own
}

// Pair is the cookie as it stands in a Cookie field (RFC 6265bis §5.8.3).
func (c *Cookie) Pair() string {
	if c.Name == "" {
		return string(c.Value)
	}
	return string(c.Name + "=" + c.Value)
}

// same reports whether one of the two would replace the other (RFC 6265bis §5.7).
func (c *Cookie) same(d *Cookie) bool {
	return c.Name == d.Name && c.Domain == d.Domain && c.HostOnly == d.HostOnly && c.Path == d.Path && c.Partition == d.Partition
}

// expired reports whether the cookie's time is over.
func (c *Cookie) expired(now time.Time) bool { return !c.Expires.IsZero() && !now.Before(c.Expires) }

// size is what counts against the limits.
func (c *Cookie) size() int { return len(c.Name) + len(c.Value) }

// An Outcome is what became of a cookie.
type Outcome string

// The outcomes: the first five of [Jar.Set], the others of [Jar.Select].
const (
	Stored   Outcome = "stored"
	Replaced Outcome = "replaced"
	Deleted  Outcome = "deleted"  // it came expired, and one that it would replace is gone
	Expired  Outcome = "expired"  // it came expired, and there was nothing to delete
	Refused  Outcome = "refused"  // the jar is as it was
	Sent     Outcome = "sent"     // or shown to the script that asked
	Withheld Outcome = "withheld" // it stays in the jar, unless its time is over
)

// A Decision is what became of one cookie, and why. Of a cookie that was refused or withheld every reason is there, each
// a check that is answered with no; checks that are answered with yes but are remarks tell what was odd about it.
type Decision struct {
	Cookie  *Cookie       `json:"cookie"`
	Outcome Outcome       `json:"outcome"`
	Checks  []check.Check `json:"checks"`
	Evicted []*Cookie     `json:"evicted,omitempty"` // who had to go for it
}
