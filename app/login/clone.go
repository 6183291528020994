package login

import (
	"maps"
	"slices"
)

// Clone returns an independent service that knows what this one knows outside its store: which tokens it has verified, who
// is to wait, the transfers, and its keys. The configuration is handed in, since another world has a clock, a random source
// and a store of its own; its keys are not looked at.
func (s *Service) Clone(c Config) (*Service, error) {
	keys, since := s.signing()
	c.Keys = keys
	other, err := New(c)
	if err != nil {
		return nil, err
	}
	s.verified.mu.Lock()
	other.verified.young, other.verified.older = maps.Clone(s.verified.young), maps.Clone(s.verified.older)
	s.verified.mu.Unlock()
	for _, t := range []struct{ from, to *throttle }{{&s.accounts, &other.accounts}, {&s.clients, &other.clients}} {
		t.from.mu.Lock()
		t.to.full = maps.Clone(t.from.full)
		t.from.mu.Unlock()
	}
	s.ledger.mu.Lock()
	other.ledger.all = slices.Clone(s.ledger.all)
	s.ledger.mu.Unlock()
	other.since = since
	return other, nil
}

// SigningKeys returns the keys as they are now.
func (s *Service) SigningKeys() Keys {
	k, _ := s.signing()
	return k
}
