package desk

import (
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/verdict"
)

// judge computes the view, and verifies again only what changed since it was computed last.
func (s *State) judge() View {
	v := view(s.Inputs, s.judgeCase())
	v.Chain = s.chain()
	return v
}

func (s *State) judgeCase() verdict.Case {
	keys, o := s.keys(), s.options()
	o.Rounds, o.Opened = roundsAtOnce, s.decrypted()
	j := s.judged
	switch {
	case j == nil || j.token != s.Token || j.selected != s.Selected:
		j = &judged{result: verdict.JudgeBy(s.Token, keys, o)}
	case j.ring != s.ring || j.passphrase != s.Passphrase || j.opened != o.Opened:
		j = &judged{result: j.result.With(keys, o)}
	default:
		j = &judged{result: j.result.At(o)}
	}
	j.token, j.selected, j.ring, j.passphrase, j.opened = s.Token, s.Selected, s.ring, s.Passphrase, o.Opened
	s.judged = j
	return j.result
}

// signer returns the key that a token with the algorithm can be signed with: the one that verified it, if it can, else
// the first that fits.
func signer(keys key.Reading, alg string, used int) (key.Key, bool) {
	a, ok := jws.Lookup(alg)
	if !ok {
		return key.Key{}, false
	}
	fits := func(k key.Key) bool { return jws.Fits(a, k) && (k.Signer != nil || len(k.Secret) > 0) }
	if used >= 0 && used < len(keys.Keys) && fits(keys.Keys[used]) {
		return keys.Keys[used], true
	}
	for _, k := range keys.Keys {
		if fits(k) {
			return k, true
		}
	}
	return key.Key{}, false
}
