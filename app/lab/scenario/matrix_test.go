package scenario_test

import (
	"encoding/json"
	"testing"

	"jwtlab/app/lab/scenario"
)

// TestCellsReproduce plays the script of every cell, which expects what the cell says.
func TestCellsReproduce(t *testing.T) {
	m := computed
	if len(m.Setups) < 20 || len(m.Attacks) < 20 || len(m.Cells) != len(m.Setups)*len(m.Attacks) || len(m.Costs) != len(m.Setups) {
		t.Fatalf("%d setups, %d attacks, %d cells, %d costs", len(m.Setups), len(m.Attacks), len(m.Cells), len(m.Costs))
	}
	for _, c := range m.Cells {
		r, err := scenario.Run(c.Script)
		if err != nil {
			t.Fatalf("%s %s: %v", c.Setup, c.Attack, err)
		}
		for _, s := range r.Steps {
			if s.Failed != nil {
				t.Errorf("%s %s: line %d wants %s, got %s", c.Setup, c.Attack, s.Line, s.Failed.Want, s.Failed.Got)
			}
		}
	}
}

// TestMatrixAgain: it is the same each time, and can be ended after any row.
func TestMatrixAgain(t *testing.T) {
	one, err := json.Marshal(computed)
	two, err2 := json.Marshal(scenario.RunMatrix(nil))
	if err != nil || err2 != nil || string(one) != string(two) {
		t.Errorf("two matrices differ, %v, %v", err, err2)
	}
	rows := 0
	m := scenario.RunMatrix(func(r scenario.RowResult) bool {
		rows++
		return r.Row.ID != computed.Setups[2].ID
	})
	if rows != 3 || len(m.Setups) != 3 || len(m.Cells) != 3*len(m.Attacks) || len(m.Costs) != 3 {
		t.Errorf("%d rows were told, %d setups and %d cells are there", rows, len(m.Setups), len(m.Cells))
	}
}

// TestAttacksAgain: an attack comes out as before, once the browser was closed and alice has logged in anew.
func TestAttacksAgain(t *testing.T) {
	for _, s := range computed.Setups {
		for _, a := range scenario.Attacks() {
			const in = "login\ncall\n"
			r, err := scenario.Run("setup " + s.ID + "\nvisit\n" + in + "attack " + a + "\nclose\n" + in + "attack " + a + "\n")
			if err != nil {
				t.Fatal(err)
			}
			before, now := r.Steps[3].Outcome, r.Steps[7].Outcome
			if before.Accepted != now.Accepted || before.Obtained != now.Obtained || before.Noticed != now.Noticed || before.Until != now.Until {
				t.Errorf("%s %s: %+v, then %+v", s.ID, a, before, now)
			}
		}
	}
}
