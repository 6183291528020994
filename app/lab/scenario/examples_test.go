package scenario_test

import (
	"os"
	"slices"
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

// TestExamplesAreTheManual: there is no word of the language that no example has.
func TestExamplesAreTheManual(t *testing.T) {
	used := map[string]bool{}
	for _, e := range scenario.Examples() {
		lines, err := scenario.Read(e.Script)
		if err != nil {
			t.Fatal(e.Name, err)
		}
		for _, l := range lines {
			used["verb "+l.Verb] = true
			for _, a := range l.Args {
				for _, word := range strings.FieldsFunc(a, func(r rune) bool { return r == '/' || r == '+' }) {
					used[l.Verb+" "+word] = true
				}
			}
		}
	}
	want := []string{"client app", "client app-jar", "replicas own", "replicas shared", "wait 3m", "third-party block"}
	for _, v := range scenario.Verbs() {
		want = append(want, "verb "+v.Name)
	}
	for _, a := range scenario.Attacks() {
		want = append(want, "attack "+a)
	}
	for _, part := range slices.Concat(scenario.Credentials(), scenario.Storages(), scenario.Defences()) {
		want = append(want, "setup "+part)
	}
	for _, f := range []string{"status", "user", "applies", "obtained", "accepted", "noticed", "until", "sent", "stored", "event", "private", "not"} {
		want = append(want, "expect "+f)
	}
	for _, w := range want {
		if !used[w] {
			t.Errorf("no example has: %s", w)
		}
	}
}
