package desk

import (
	"slices"

	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// Held is one disclosure that the holder of an SD-JWT can show or keep back.
type Held struct {
	Path   string `json:"path,omitempty"` // JSON Pointer of the claim
	Name   string `json:"name,omitempty"`
	Value  string `json:"value"`  // its JSON, cut when long
	Parent int    `json:"parent"` // the one whose value holds its digest, -1 for none
	Shown  bool   `json:"shown,omitempty"`
	Fault  string `json:"fault,omitempty"` // a code of package sdjwt
}

// disclosuresMax bounds how many disclosures are listed.
const disclosuresMax = 100

// disclose lists the disclosures, those too that were kept back here: they are held, though the token no longer has them.
func (v *View) disclose(in Inputs, c verdict.Case) {
	if c.Token.Form != token.SDJWT {
		return
	}
	all := c.Disclosed
	v.Hidden = all.HiddenCount
	if in.Held != "" {
		all = sdjwt.Verify(token.ParseSDJWT(in.Held), key.Reading{}, sdjwt.Options{})
	}
	for i, d := range all.Disclosures[:min(len(all.Disclosures), disclosuresMax)] {
		v.Held = append(v.Held, Held{
			Path: d.Path, Name: d.Name, Value: clip(d.Value, valueBytes), Parent: d.Parent,
			Shown: in.Held == "" || in.Kept[i], Fault: d.Fault,
		})
	}
}

// toggled shows a disclosure or keeps it back, and writes the presentation anew. One that stands inside another cannot
// be shown without it.
func (s State) toggled(i ToggledDisclosure) (State, []Effect) {
	c := s.judgeCase()
	if c.Token.Form != token.SDJWT || i.Index < 0 || i.Index >= len(s.View.Held) {
		return s, nil
	}
	held, kept := s.Held, slices.Clone(s.Kept)
	if held == "" {
		held, kept = c.Token.Compact(), slices.Repeat([]bool{true}, len(c.Disclosed.Disclosures))
	}
	kept[i.Index] = i.Show
	for at := s.View.Held[i.Index].Parent; i.Show && at >= 0; at = s.View.Held[at].Parent {
		kept[at] = true
	}
	p := sdjwt.Present(token.ParseSDJWT(held), kept)
	s = s.remember("", 0)
	s.Token = s.Token[:c.Token.Start] + p.Text + s.Token[c.Token.End:]
	s.Held, s.Kept = held, p.Kept
	if p.Unbound {
		s = s.notice("unbound")
	}
	return s.look()
}
