package scenario_test

import (
	"os"
	"strings"
	"testing"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
)

// TestExamples plays each example: all that it expects holds, and it has a title.
func TestExamples(t *testing.T) {
	files, err := os.ReadDir("examples")
	if err != nil {
		t.Fatal(err)
	}
	all := scenario.Examples()
	if len(files) != len(all) {
		t.Errorf("%d files, %d examples", len(files), len(all))
	}
	for _, e := range all {
		r, err := scenario.Run(e.Script)
		if err != nil {
			t.Errorf("%s: %v", e.Name, err)
			continue
		}
		for _, s := range r.Steps {
			if s.Failed != nil {
				t.Errorf("%s: line %d wants %s, got %s", e.Name, s.Line, s.Failed.Want, s.Failed.Got)
			}
		}
		for _, l := range locale.Langs() {
			if !locale.Has(l, "scenario.example."+e.Name) {
				t.Errorf("%s: no title for %s", l, e.Name)
			}
		}
		if !strings.HasPrefix(e.Script, "# ") {
			t.Errorf("%s does not say what it is", e.Name)
		}
	}
	if _, ok := scenario.ExampleNamed("sso.lab"); !ok {
		t.Error("an example is not found by its name")
	}
}
