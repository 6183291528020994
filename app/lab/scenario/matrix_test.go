package scenario_test

import (
	"testing"

	"jwtlab/app/lab/scenario"
)

// TestCellsReproduce plays the script of every cell, which expects what the cell says.
func TestCellsReproduce(t *testing.T) {
	m := scenario.RunMatrix(nil)
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
