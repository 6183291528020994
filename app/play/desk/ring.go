package desk

import (
	"strings"

	"jwtlab/app/key"
)

// A ring is the keys of a text, read once for as long as the text stands. It is never changed, only replaced: earlier
// states keep theirs.
type ring struct {
	text       string
	encoding   key.Encoding
	closed     key.Reading // without a passphrase
	passphrase string
	open       *key.Reading // with it; nil until [Opened] brings it
}

// takeRing reads the key's text, unless that was done already.
func (s *State) takeRing() *ring {
	if r := s.ring; r == nil || r.text != s.Key || r.encoding != s.Encoding {
		s.ring = &ring{text: s.Key, encoding: s.Encoding, closed: key.Read(s.Key, s.Encoding)}
	}
	return s.ring
}

// keys are those that are at hand: what a passphrase locks is not, until it was unlocked off the page's thread.
func (s *State) keys() key.Reading {
	r := s.takeRing()
	if r.open != nil && r.passphrase == s.Passphrase {
		return *r.open
	}
	return r.closed
}

// locked reports whether a private key waits for its passphrase to be tried.
func (s *State) locked() bool {
	r := s.takeRing()
	return s.Passphrase != "" && waits(r.closed) && (r.open == nil || r.passphrase != s.Passphrase)
}

// waits reports whether one of the keys is locked with a passphrase.
func waits(r key.Reading) bool {
	for i := range r.Problems {
		if code := r.Problems[i].Code; strings.HasPrefix(code, "key.passphrase") || code == "key.rounds" {
			return true
		}
	}
	for i := range r.Keys {
		if r.Keys[i].Encrypted {
			return true
		}
	}
	return false
}

// typedPassphrase waits with unlocking until nobody types: its work is what its writer wanted it to be.
func (s State) typedPassphrase(text string) (State, []Effect) {
	if text == s.Passphrase {
		return s, nil
	}
	s.Passphrase = text
	return s.keyChanged()
}
