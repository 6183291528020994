package lab

import (
	"slices"

	"jwtlab/app/lab/scenario"
)

// Matrix is what came of every attack on every setup, as far as it has been run.
type Matrix struct {
	Revision int                  `json:"revision"`
	Setups   []string             `json:"setups,omitempty"` // that are run, in the order of the rows; none until it is asked for
	Rows     []scenario.RowResult `json:"rows,omitempty"`   // as they came; the first may come before it is asked for
	Running  bool                 `json:"running,omitempty"`
	Failed   bool                 `json:"failed,omitempty"` // a row could not be run

	Credential string `json:"credential,omitempty"` // only setups of this one are shown; empty for all
	Kind       string `json:"kind,omitempty"`       // only attacks of this kind
	Left       string `json:"left,omitempty"`       // the setups that are compared
	Right      string `json:"right,omitempty"`
}

// onMatrix is what concerns the matrix.
func (s State) onMatrix(i Intent) (State, []Effect) {
	m := &s.Matrix
	switch i := i.(type) {
	case Idled:
		if m.Running || len(m.Rows) > 0 {
			return s, nil
		}
		return s, []Effect{Row{m.Revision, scenario.Setups()[0].ID()}}
	case AskedMatrix:
		return s.askMatrix()
	case CanceledMatrix:
		if !m.Running {
			return s, nil
		}
		m.Running = false
		m.Revision++
		return s, []Effect{Cancel{}}
	case Filtered:
		for field, at := range map[string]*string{"credential": &m.Credential, "kind": &m.Kind, "left": &m.Left, "right": &m.Right} {
			if field == i.Field {
				*at = i.Value
			}
		}
		return s, nil
	case OpenedCell:
		if c := m.Cell(i.Setup, i.Attack); c != nil && c.Script != "" {
			lines, _ := plain(Lines(c.Script), 0)
			s, effects := s.load(join(lines))
			return s, append(effects, Look{"outcome"})
		}
		return s, nil
	case GotRow:
		return s.gotRow(i), nil
	}
	panic("lab: unknown intent")
}

// askMatrix runs all rows that are not there yet, and leads to the matrix.
func (s State) askMatrix() (State, []Effect) {
	m := &s.Matrix
	effects := []Effect{Look{"matrix"}}
	if m.Running {
		return s, effects
	}
	m.Setups = nil
	for _, setup := range scenario.Setups() {
		m.Setups = append(m.Setups, setup.ID())
	}
	if m.Left == "" {
		m.Left, m.Right = "session/cookie-lax", "jwt/localstorage"
	}
	m.Failed = false
	m.Revision++
	for _, id := range m.Setups {
		if m.Row(id) == nil {
			m.Running = true
			effects = append(effects, Row{m.Revision, id})
		}
	}
	return s, effects
}

func (s State) gotRow(i GotRow) State {
	m := &s.Matrix
	if i.Revision != m.Revision {
		return s
	}
	if i.Failed {
		m.Failed, m.Running = m.Running, false // what nobody has asked for fails in silence
		return s
	}
	if m.Row(i.Row.Row.ID) == nil {
		m.Rows = append(slices.Clip(m.Rows), i.Row)
	}
	m.Running = m.Running && len(m.Rows) < len(m.Setups)
	return s
}

// Row returns the row of a setup, nil if it has not been run.
func (m *Matrix) Row(setup string) *scenario.RowResult {
	for i := range m.Rows {
		if m.Rows[i].Row.ID == setup {
			return &m.Rows[i]
		}
	}
	return nil
}

// Cell returns what came of an attack on a setup, nil if it has not been run.
func (m *Matrix) Cell(setup, attack string) *scenario.Cell {
	if r := m.Row(setup); r != nil {
		for i := range r.Cells {
			if r.Cells[i].Attack == attack {
				return &r.Cells[i]
			}
		}
	}
	return nil
}

// Shown returns the rows that are to be shown, in their order.
func (m *Matrix) Shown() (rows []*scenario.RowResult) {
	for _, id := range m.Setups {
		setup, err := scenario.ReadSetup(id)
		if r := m.Row(id); err == nil && r != nil && (m.Credential == "" || setup.Credential == m.Credential) {
			rows = append(rows, r)
		}
	}
	return rows
}

// Columns returns the attacks that are to be shown.
func (m *Matrix) Columns() (attacks []string) {
	for _, id := range scenario.Attacks() {
		if m.Kind == "" || KindOf(id) == m.Kind {
			attacks = append(attacks, id)
		}
	}
	return attacks
}

// Grade says in a word how bad an outcome is: "none" if the attack makes no sense, "good" if nothing came of it, "warn" if
// the attacker holds something that is of no use, else "bad".
func Grade(c *scenario.Cell) string {
	switch {
	case !c.Applies:
		return "none"
	case c.Accepted, c.Obtained && c.Until != 0:
		return "bad"
	case c.Obtained:
		return "warn"
	}
	return "good"
}
