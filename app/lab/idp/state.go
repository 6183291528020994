package idp

import (
	"crypto/sha256"
	"slices"
	"time"
)

// What a provider remembers at most, so that nobody can fill its memory. Beyond it the oldest is forgotten.
const (
	maxSessions = 1000
	maxGrants   = 1000
)

// A hash is the SHA-256 of a secret: what is kept opens nothing.
type hash [sha256.Size]byte

func hashOf(secret string) hash { return sha256.Sum256([]byte(secret)) }

// A session is a browser in which somebody is logged in.
type session struct {
	secret   hash
	user     string
	at, ends time.Time // when the password was given, and until when it counts
}

// A grant is what somebody allowed a client: first a code, then what the code was exchanged for (RFC 6749 §4.1).
type grant struct {
	code      hash
	client    string
	redirect  string
	challenge string // of PKCE; empty where the client may leave it out and did
	nonce     string
	scope     string
	user      string
	at        time.Time // when the password was given
	codeEnds  time.Time

	used   bool
	access hash // the zero hash before the code is used, and after it was used twice
	ends   time.Time
}

// state is all that outlives a request: plain data, in the order in which it came.
type state struct {
	sessions []session
	grants   []grant
}

func (s *state) clone() state {
	return state{slices.Clone(s.sessions), slices.Clone(s.grants)}
}

// addSession makes room first. One secret has one session.
func (s *state) addSession(n session, now time.Time) {
	s.sessions = slices.DeleteFunc(s.sessions, func(o session) bool { return !now.Before(o.ends) || o.secret == n.secret })
	if over := len(s.sessions) + 1 - maxSessions; over > 0 {
		s.sessions = slices.Delete(s.sessions, 0, over)
	}
	s.sessions = append(s.sessions, n)
}

func (s *state) findSession(secret hash, now time.Time) (session, bool) {
	for _, o := range s.sessions {
		if o.secret == secret {
			return o, now.Before(o.ends)
		}
	}
	return session{}, false
}

func (s *state) endSession(secret hash) {
	s.sessions = slices.DeleteFunc(s.sessions, func(o session) bool { return o.secret == secret })
}

// addGrant makes room first. A used code is remembered as long as what came of it lives.
func (s *state) addGrant(g grant, now time.Time) {
	s.grants = slices.DeleteFunc(s.grants, func(o grant) bool { return !now.Before(o.ends) })
	if over := len(s.grants) + 1 - maxGrants; over > 0 {
		s.grants = slices.Delete(s.grants, 0, over)
	}
	s.grants = append(s.grants, g)
}

// byCode returns the grant of a code, or nil.
func (s *state) byCode(code hash) *grant {
	at := slices.IndexFunc(s.grants, func(g grant) bool { return g.code == code })
	if at < 0 {
		return nil
	}
	return &s.grants[at]
}

// byAccess returns the grant of an access token that is alive.
func (s *state) byAccess(token hash, now time.Time) (grant, bool) {
	for _, g := range s.grants {
		if g.access == token && g.access != (hash{}) {
			return g, now.Before(g.ends)
		}
	}
	return grant{}, false
}
