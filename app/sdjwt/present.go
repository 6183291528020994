package sdjwt

import (
	"strings"

	"jwtlab/app/token"
)

// A Presentation is an SD-JWT with some of its disclosures.
type Presentation struct {
	Text string `json:"text"`
	Kept []bool `json:"kept"` // of the disclosures as they were, those that are still there
	// Unbound says that a key binding was taken off: its sd_hash is that of another set of disclosures. The holder has to
	// bind anew (RFC 9901 §7.2).
	Unbound bool `json:"unbound"`
}

// Present keeps the disclosures that keep says, in the order of [Report.Disclosures]; what is missing in it is not kept.
// Without the disclosure that holds its digest a disclosure means nothing, and goes with it. When nothing is left out,
// the key binding stays. For anything but an SD-JWT it returns the zero Presentation.
func Present(t token.Token, keep []bool) Presentation {
	if t.Form != token.SDJWT {
		return Presentation{}
	}
	o := opening{token: t}
	o.open()
	disclosures := o.disclosures
	p := Presentation{Kept: make([]bool, len(disclosures))}
	all := true
	for i := range disclosures {
		p.Kept[i] = kept(disclosures, keep, i)
		all = all && p.Kept[i]
	}
	if all {
		p.Text = t.Compact()
		return p
	}
	p.Text = p.join(t)
	p.Unbound = t.Part(token.PartBinding).Part != ""
	return p
}

// kept reports whether a disclosure and all that it stands in are wanted. The depth of that is bounded by maxDepth.
func kept(all []Disclosure, keep []bool, i int) bool {
	for ; i >= 0; i = all[i].Parent {
		if i >= len(keep) || !keep[i] {
			return false
		}
	}
	return true
}

// join writes the issuer's JWT and the disclosures that are kept.
func (p *Presentation) join(t token.Token) string {
	var b strings.Builder
	i := 0
	dot := ""
	for _, s := range t.Segments {
		switch s.Part {
		case token.PartBinding:
		case token.PartDisclosed:
			if p.Kept[i] {
				b.WriteString("~" + s.Text)
			}
			i++
		default:
			b.WriteString(dot + s.Text)
			dot = "."
		}
	}
	return b.String() + "~"
}
