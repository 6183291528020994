package desk

import (
	"strconv"
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/verdict"
)

// certify tells what certificates say, and whether a key waits for a passphrase.
func (v *View) certify(c verdict.Case) {
	v.Locked = waits(c.Keys)
	for _, k := range c.Keys.Keys {
		if k.Certificate != nil && len(v.Certificates) < tokensMax {
			v.Certificates = append(v.Certificates, *k.Certificate)
		}
	}
}

// shownKey is the key that verified or opened the token, else the first.
func shownKey(c verdict.Case) (key.Key, bool) {
	all := c.Keys.Keys
	if used := c.Signature.Key; used >= 0 && used < len(all) {
		return all[used], true
	}
	if len(all) == 0 {
		return key.Key{}, false
	}
	return all[0], true
}

// chainOf holds the certificates among the keys to the roots that the user trusts. A chain that nobody can follow is not
// verified, and that is said: each of its links costs a signature.
func chainOf(in Inputs, keys key.Reading) []check.Check {
	n := 0
	for _, k := range keys.Keys {
		if k.Certificate != nil {
			n++
		}
	}
	switch {
	case n == 0:
		return nil
	case n > tokensMax:
		return []check.Check{{Name: "chain", Answer: check.Unchecked, Code: "chain.long", Args: []string{strconv.Itoa(n), strconv.Itoa(tokensMax)}}}
	}
	roots := key.Read(in.Roots, key.Auto).Keys
	checks := key.VerifyChain(keys.Keys, roots[:min(len(roots), rootsMax)], time.Unix(in.Now(), 0))
	if last := &checks[len(checks)-1]; last.Code == "chain.no-roots" && strings.TrimSpace(in.Roots) != "" {
		last.Code, last.Args = "chain.roots-unread", nil // there is something, and no certificate in it
	}
	return checks
}

// rootsMax bounds the roots that a chain is held to.
const rootsMax = 200

// linked remembers what a chain proved: each of its links costs a signature, and it changes only with the key, the roots
// and the time.
type linked struct {
	ring              *ring
	passphrase, roots string
	now               int64
	checks            []check.Check
}

func (s *State) chain() []check.Check {
	l := s.linked
	if l == nil || l.ring != s.takeRing() || l.passphrase != s.Passphrase || l.roots != s.Roots || l.now != s.Now() {
		l = &linked{ring: s.takeRing(), passphrase: s.Passphrase, roots: s.Roots, now: s.Now(), checks: chainOf(s.Inputs, s.keys())}
		s.linked = l
	}
	return l.checks
}
