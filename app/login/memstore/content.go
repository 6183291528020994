package memstore

import (
	"maps"
	"slices"
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
	for _, id := range slices.Sorted(maps.Keys(s.ids)) {
		if f := s.ids[id]; !f.login.Ended(now) {
			c.Logins = append(c.Logins, Kept{f.copied(), slices.Clone(f.secrets)})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.denied)) {
		if d := s.denied[id]; now.Before(d.end) {
			c.Denied = append(c.Denied, Denied{id, d.end})
		}
	}
	c.Roles = maps.Clone(s.roles)
	return c
}
