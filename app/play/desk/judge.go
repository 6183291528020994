package desk

import (
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/verdict"
)

// judge computes the view, and verifies again only what changed since it was computed last.
func (s *State) judge() View {
	return view(s.Inputs, s.judgeCase())
}

func (s *State) judgeCase() verdict.Case {
	j := s.judged
	switch {
	case j == nil || j.token != s.Token || j.selected != s.Selected:
		j = &judged{result: verdict.Judge(s.Token, s.Key, s.options())}
	case j.key != s.Key || j.encoding != s.Encoding:
		j = &judged{result: j.result.With(s.Key, s.options())}
	default:
		j = &judged{result: j.result.At(s.options())}
	}
	j.token, j.key, j.encoding, j.selected = s.Token, s.Key, s.Encoding, s.Selected
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
