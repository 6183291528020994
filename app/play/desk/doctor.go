package desk

import (
	"jwtlab/app/check"
	"jwtlab/app/jws"
)

// Ailing reports whether it is worth to look for the cause: there is a key, and the signature does not fit it.
func (s State) ailing() bool {
	return s.Pending == "" && s.Unsigned == "" && s.View.Verdict.Signature == check.No && len(s.View.Keys) > 0
}

func (s State) diagnosed(i Diagnosed) (State, []Effect) {
	if i.Revision != s.Revision || s.Pending != "doctor" {
		return s, nil
	}
	s.Pending, s.Causes = "", i.Causes
	return s, nil
}

// mended takes the mend of a cause: what it puts in place of token, key or encoding makes the token genuine.
func (s State) mended(index int) (State, []Effect) {
	if index < 0 || index >= len(s.Causes) || s.Causes[index].Mend == nil {
		return s, nil
	}
	m := *s.Causes[index].Mend
	s = s.remember("", 0)
	if m.Token != "" {
		t := s.judgeCase().Token
		s.Token = s.Token[:t.Start] + m.Token + s.Token[t.End:]
		s.Header, s.Payload = nil, nil
	}
	if m.Key != "" {
		s.Key = m.Key
	}
	if m.Key != "" || m.Encoding != "" {
		s.Encoding = m.Encoding
	}
	return s.notice("mended").look()
}

// Diagnose asks for the causes why a signature does not fit, off the page's thread; answered by [Diagnosed].
type Diagnose struct {
	Revision int
	Inputs   Inputs
}

// Diagnosed answers [Diagnose].
type Diagnosed struct {
	Revision int
	Causes   []jws.Diagnosis
}

// Rested tells that a moment passed in which nobody changed anything; it answers [Rest].
type Rested struct{ Revision int }

// Rest asks to be told when a moment has passed.
type Rest struct{ Revision int }

// Mended takes the mend of the cause with that index.
type Mended struct{ Index int }

func (Diagnosed) desk()  {}
func (Rested) desk()     {}
func (Mended) desk()     {}
func (Diagnose) effect() {}
func (Rest) effect()     {}
