package scenario_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/lab/scenario"
)

func seeds(f *testing.F) {
	for _, e := range scenario.Examples() {
		f.Add(e.Script)
	}
	for _, t := range told {
		f.Add(t.script)
	}
	for _, scripts := range wrong {
		for _, s := range scripts {
			f.Add(s[:min(len(s), 1000)])
		}
	}
	f.Add("transfer \x00 1\nvisit https://[::1]/\nvisit javascript:1\nrole é \xff\ntransfer \u202e 9223372036854775808\nform \" <a>\n")
	f.Add("setup jwt/memory\nreplicas 8 own\nlogin\nreplicas 1\npin 8\ncall\nreplicas 8 shared\nrestart\ncall\nrole alice role\nforce-out nobody\n")
}

// FuzzRead: a script that is read is one command a line, and reading what was read gives the same; else the error says in which of
// its lines it is, and the lines before it are there.
func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, script string) {
		lines, err := scenario.Read(script)
		if err != nil {
			e, ok := err.(*scenario.LineError)
			if !ok || e.Line < 1 || e.Line > strings.Count(script, "\n")+1 {
				t.Fatalf("%#v", err)
			}
			spoken(t, e)
		}
		var again strings.Builder
		before := 0
		for _, l := range lines {
			if l.Number <= before || err != nil && l.Number >= err.(*scenario.LineError).Line {
				t.Fatalf("line %d comes after %d, %v", l.Number, before, err)
			}
			again.WriteString(strings.Repeat("\n", l.Number-before-1) + l.Text + "\n")
			before = l.Number
		}
		same, err := scenario.Read(again.String())
		if err != nil || len(same) != len(lines) {
			t.Fatalf("%q: %d lines, then %d: %v", again.String(), len(lines), len(same), err)
		}
		for i, l := range lines {
			if l.Number != same[i].Number || l.Text != same[i].Text || l.Verb != same[i].Verb || !slices.Equal(l.Args, same[i].Args) {
				t.Fatalf("%+v, then %+v", l, same[i])
			}
		}
	})
}

// FuzzRun: whatever is played, the record is plain data with its messages in order, and playing it again gives the same.
func FuzzRun(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, script string) {
		lines := strings.SplitAfter(script, "\n")
		script = strings.Join(lines[:min(len(lines), 30)], "")
		if len(script) > 4_000 {
			return
		}
		r, err := scenario.Run(script)
		if err != nil {
			e, ok := err.(*scenario.LineError)
			if !ok || e.Line < 1 {
				t.Fatalf("%#v", err)
			}
			spoken(t, e)
		}
		last := r.Forgotten
		for _, s := range r.Steps {
			if s.First != last+1 || s.Last < last {
				t.Fatalf("line %d has the messages %d to %d, after %d", s.Line, s.First, s.Last, last)
			}
			last = s.Last
		}
		one, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		r, _ = scenario.Run(script)
		if two, err := json.Marshal(r); err != nil || string(one) != string(two) {
			t.Fatalf("two runs differ, %v", err)
		}
	})
}
