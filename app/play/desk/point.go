package desk

import "jwtlab/app/token"

// A Place is a member of the header or the payload that is pointed at, in one of its three appearances: characters of
// the token, text in the pane, a row of the list. The zero value is none.
type Place struct {
	Part token.Part `json:"part,omitempty"` // the header or the payload
	Row  int        `json:"row,omitempty"`
}

// PointedAt lights a member up in all its appearances, or with the zero place none.
type PointedAt struct{ Place Place }

func (PointedAt) desk() {}

// At is the member at a byte offset of one of the texts: box is "token", "header" or "payload".
func (v View) At(box string, at int) Place {
	for _, pane := range []struct {
		part token.Part
		rows []Row
	}{{token.PartHeader, v.Header.Rows}, {token.PartPayload, v.Payload.Rows}} {
		if box != "token" && box != string(pane.part) {
			continue
		}
		for i, r := range pane.rows {
			span := r.Source
			if box != "token" {
				span = token.Span{Start: r.Start, End: r.End}
			}
			if span.Start <= at && at < span.End {
				return Place{Part: pane.part, Row: i}
			}
		}
	}
	return Place{}
}

// Lights returns the marks of token, header and payload with the member that is pointed at lit.
func (s State) Lights() (text, header, payload []Mark) {
	v := s.View
	text, header, payload = v.Marks, v.Header.Marks, v.Payload.Marks
	pane, marks := &v.Header, &header
	if s.Lit.Part == token.PartPayload {
		pane, marks = &v.Payload, &payload
	}
	if s.Lit.Part == "" || s.Lit.Row >= len(pane.Rows) {
		return text, header, payload
	}
	r := pane.Rows[s.Lit.Row]
	lit := func(m *Mark) { m.Lit = true }
	*marks = within(*marks, token.Span{Start: r.Start, End: r.End}, lit)
	return within(text, r.Source, lit), header, payload
}
