package memstore

import (
	"maps"
	"slices"
	"strings"
	"time"

	"jwtlab/app/login"
)

// A Content is all that a store knows: what somebody has who steals it.
type Content struct {
	Logins []Kept   // in the order of their ids
	Denied []Denied // too
	Roles  map[string]string
}

// A Kept is a login, with the hashes of all the secrets that it has had, the newest last.
type Kept struct {
	login.Login
	Secrets []login.Hash
}

// A Denied is an entry of the deny list.
type Denied struct {
	ID    string
	Until time.Time
}

// Content returns a copy of what the store knows and has not ended at a time.
func (s *Store) Content(now time.Time) Content {
	s.mu.Lock()
	defer s.mu.Unlock()
	var c Content
	for _, f := range s.ids {
		if !f.login.Ended(now) {
			c.Logins = append(c.Logins, Kept{f.copied(), slices.Clone(f.secrets)})
		}
	}
	slices.SortFunc(c.Logins, func(a, b Kept) int { return strings.Compare(a.ID, b.ID) })
	for id, d := range s.denied {
		if now.Before(d.end) {
			c.Denied = append(c.Denied, Denied{id, d.end})
		}
	}
	slices.SortFunc(c.Denied, func(a, b Denied) int { return strings.Compare(a.ID, b.ID) })
	c.Roles = maps.Clone(s.roles)
	return c
}
