package cookie

import (
	"slices"
	"time"
)

// A Jar is the cookies of a browser and the rules by which it keeps them. It is plain data. Its cookies stand in the order
// in which they were made.
type Jar struct {
	Rules   Profile   `json:"rules"`
	Cookies []*Cookie `json:"cookies"`
}

// New returns an empty jar.
func New(p Profile) *Jar { return &Jar{Rules: p} }

// Clone returns an independent jar of the same content.
func (j *Jar) Clone() *Jar { return &Jar{j.Rules, slices.Clone(j.Cookies)} }

// EndSession is the end of the browser's session: cookies without an end go with it (RFC 6265bis §5.7).
func (j *Jar) EndSession() {
	j.keep(func(c *Cookie) bool { return !c.Expires.IsZero() })
}

// keep takes out the cookies that are not to be kept, and returns them.
func (j *Jar) keep(kept func(*Cookie) bool) (gone []*Cookie) {
	left := make([]*Cookie, 0, len(j.Cookies))
	for _, c := range j.Cookies {
		if kept(c) {
			left = append(left, c)
		} else {
			gone = append(gone, c)
		}
	}
	j.Cookies = left
	return gone
}

// Set reads a Set-Cookie line of the response to a request, and stores what it says. Who navigates the top-level document
// may set any cookie of its site (RFC 6265bis §5.7).
func (j *Jar) Set(r Request, line string) Decision {
	s := j.Rules.scene(&r)
	if r.Target == TopLevel {
		s.level, s.schemeless = sameSite, sameSite
	}
	return j.store(s, line)
}

// Write is an assignment to document.cookie.
func (j *Jar) Write(d Document, now time.Time, text string) Decision {
	return j.store(j.Rules.scriptScene(&d, now), text)
}

// Select chooses the cookies for a request.
func (j *Jar) Select(r Request) Selection { return j.choose(j.Rules.scene(&r)) }

// Read is reading document.cookie; [Octets.Text] of the field is what the script gets.
func (j *Jar) Read(d Document, now time.Time) Selection {
	return j.choose(j.Rules.scriptScene(&d, now))
}
