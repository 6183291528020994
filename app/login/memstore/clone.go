package memstore

import (
	"maps"
	"slices"
)

// Clone returns an independent store of the same content.
func (s *Store) Clone() *Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := New(s.limit)
	c.now = s.now
	for _, f := range s.ids {
		c.add(&family{login: f.login, secrets: slices.Clone(f.secrets), replaced: f.replaced, sealed: f.sealed})
	}
	for id, d := range s.denied {
		c.deny(id, d.end)
	}
	c.roles = maps.Clone(s.roles)
	c.size = s.size
	return c
}
