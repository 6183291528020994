package desk

import (
	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/lint"
	"jwtlab/app/verdict"
)

// advise adds what is worth knowing beyond the three answers: what kind of token it is, what is unwise about it, and
// what is inside.
func (v *View) advise(in Inputs, c verdict.Case) {
	if c.Token.Form == "" {
		return
	}
	header, payload := c.Token.Header().JSON, c.Payload().JSON
	v.Profile = claims.Recognise(header, payload)
	if checks := claims.CheckProfile(v.Profile, header, payload); len(checks) > 0 {
		v.Groups = append(v.Groups, Group{Name: "profile", Answer: check.Sum(checks), Checks: checks})
	}
	v.Findings = lint.Check(lint.Input{
		Token: c.Token, Keys: c.Keys, Used: c.Signature.Key, Signature: c.Signature.Answer, Now: in.Now(),
	})
	v.Findings = v.Findings[:min(len(v.Findings), rowsShown)]
	for _, inner := range c.Inside() {
		if len(v.Inside) < tokensMax {
			v.Inside = append(v.Inside, Inside{Path: inner.Path, Form: inner.Form, Depth: inner.Depth, Text: clip(inner.Compact(), 24)})
		}
	}
}

// openedInside puts a token that stands inside the token in its place. Undo leads back out.
func (s State) openedInside(path string) (State, []Effect) {
	for _, inner := range s.judgeCase().Inside() {
		if inner.Path == path {
			s = s.remember("", 0)
			s.Inputs = s.withToken(inner.Compact())
			return s.notice("opened-inside").look()
		}
	}
	return s, nil
}
