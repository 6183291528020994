package lab_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/play/lab"
)

// A visit is the page of the lab without a page: its effects are done at once, by the real engine, unless they are held.
type visit struct {
	*testing.T
	lab.State
	runner *scenario.Runner
	held   bool
	runs   []lab.Run // that are held
	others []lab.Effect
}

func begin(t *testing.T) *visit {
	t.Helper()
	v := &visit{T: t, runner: scenario.NewRunner()}
	v.send(lab.Began{})
	return v
}

// send applies an intent and all that follows from it, and holds that the state before it has not changed.
func (v *visit) send(i lab.Intent) {
	v.Helper()
	before, old := v.State, text(v.T, v.State)
	s, effects := lab.Update(v.State, i)
	if now := text(v.T, before); now != old {
		v.Fatalf("%T changed the state that it was given:\n%s\n%s", i, old, now)
	}
	v.State = s
	for _, e := range effects {
		switch e := e.(type) {
		case lab.Run:
			if v.held {
				v.runs = append(v.runs, e)
				continue
			}
			v.send(v.ran(e))
		case lab.Rest:
			v.send(lab.Rested(e))
		case lab.Row:
			setup, err := scenario.ReadSetup(e.Setup)
			if err != nil {
				v.Fatal(err)
			}
			v.send(lab.GotRow{Revision: e.Revision, Row: scenario.RowResult{Row: scenario.Row{ID: setup.ID()}, Cells: []scenario.Cell{
				{Setup: e.Setup, Attack: "xss-read", Applies: true, Obtained: true, Until: 300, Script: "setup " + e.Setup + "\nlogin\nattack xss-read\nexpect obtained\n"},
			}}})
		default:
			v.others = append(v.others, e)
		}
	}
}

func (v *visit) ran(e lab.Run) lab.Ran {
	r, err := v.runner.Run(e.Script, 0)
	a := lab.Ran{Revision: e.Revision, Record: r}
	if wrong, ok := err.(*scenario.LineError); ok {
		a.Fault = &lab.Fault{Line: wrong.Line, Code: wrong.Code, Args: wrong.Args}
	} else if err != nil {
		v.Fatal(err)
	}
	return a
}

// told takes the last effect that was none of a run.
func (v *visit) told() lab.Effect {
	v.Helper()
	if len(v.others) == 0 {
		v.Fatal("nothing was asked for")
	}
	last := v.others[len(v.others)-1]
	v.others = nil
	return last
}

func text(t *testing.T, s lab.State) string {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func (v *visit) script(want string) {
	v.Helper()
	if v.Script != want {
		v.Errorf("script %q, want %q", v.Script, want)
	}
}

func (v *visit) place(at, of int) {
	v.Helper()
	if v.At() != at || len(v.Moves()) != of {
		v.Errorf("%d of %d moves are played, want %d of %d", v.At(), len(v.Moves()), at, of)
	}
	if len(v.Record.Steps) != at && v.Fault == nil {
		v.Errorf("the record has %d steps, want %d", len(v.Record.Steps), at)
	}
}

func TestFirst(t *testing.T) {
	v := begin(t)
	v.script(lab.First)
	v.place(3, 3)
	if step := v.Step(); step == nil || step.User != "alice" || v.Suggest().Code != "xss-read" {
		t.Errorf("the last step is %+v, and then comes %q", step, v.Suggest().Code)
	}
	v.send(lab.Did{Line: "reload"})
	v.send(lab.Began{})
	if !strings.HasSuffix(v.Script, "reload\n") {
		t.Error("coming back begins anew")
	}
}

// TestTwoClicks is what a newcomer is led to: the same attack, on two ways to keep a login.
func TestTwoClicks(t *testing.T) {
	v := begin(t)
	v.send(v.Suggest().Intent)
	if o := v.Outcome(); o == nil || !o.Obtained || !o.Accepted || o.Until != 300 {
		t.Fatalf("XSS against localStorage: %+v", o)
	}
	if before, _ := v.Pair(); before != nil {
		t.Error("there is nothing yet to compare with")
	}
	if got := v.Suggest().Code; got != "http-only" {
		t.Fatalf("then comes %q", got)
	}
	v.send(lab.Followed{})
	if look, ok := v.told().(lab.Look); !ok || look.Region != "pair" {
		t.Errorf("what is to be compared is not shown: %+v", look)
	}
	v.script("setup jwt/cookie-lax\nvisit\nlogin\ncall\nattack xss-read\n")
	before, now := v.Pair()
	if before == nil || before.Setup != "jwt/localstorage" || !before.Outcome.Obtained || now.Setup != "jwt/cookie-lax" || now.Outcome.Obtained {
		t.Errorf("the pair is %+v, %+v", before, now)
	}
	v.send(v.Suggest().Intent)
	if before, _ := v.Pair(); before != nil || v.Outcome() == nil || !v.Outcome().Accepted {
		t.Errorf("after another attack the pair is %+v, and the outcome %+v", before, v.Outcome())
	}
}

// TestSuggestionsGoOn follows every suggestion from each preset: none leads to a fault, and each does something.
func TestSuggestionsGoOn(t *testing.T) {
	codes := map[string]bool{}
	for _, p := range lab.Presets() {
		v := begin(t)
		v.send(lab.Loaded{Script: p.Script})
		for range 12 {
			next := v.Suggest()
			codes[next.Code] = true
			if _, matrix := next.Intent.(lab.AskedMatrix); matrix {
				break
			}
			before := v.Script
			v.send(next.Intent)
			if v.Fault != nil || v.Script == before {
				t.Errorf("%s: %s led to %+v from\n%s", p.Name, next.Code, v.Fault, before)
				break
			}
		}
	}
	for _, code := range []string{"xss-read", "http-only", "xss-ride", "csrf-form", "csrf-link"} {
		if !codes[code] {
			t.Errorf("%s is never suggested", code)
		}
	}
}

func TestSuggestAfter(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{"setup session/cookie-none\nlogin\nattack csrf-form\n", "lax"},
		{"setup session/cookie-lax\nlogin\nattack csrf-link\n", "csrf-token"},
		{"setup session/cookie-bare\nlogin\nattack sniff-http\n", "secure"},
		{"setup session/cookie-none\nlogin\nattack clickjack\n", "no-framing"},
		{"setup jwt/localstorage\nlogin\nattack replay-elsewhere\n", "bind"},
		{"setup jwt/localstorage\nlogin\nattack replay-after-logout\n", "denylist"},
		{"setup refresh/localstorage\nlogin\nattack refresh-theft\n", "rotation"},
		{"setup session/cookie-lax\nlogin\nattack tamper\n", "xss-read"},
		{"setup session/cookie-lax\nvisit\n", "login"},
		{"setup session/cookie-lax\nlogin\nlogout\n", "login"},
	} {
		v := begin(t)
		v.send(lab.Loaded{Script: c.script})
		if got := v.Suggest().Code; got != c.want {
			t.Errorf("%q: %s is suggested, want %s (%+v)", c.script, got, c.want, v.Outcome())
		}
	}
}

func TestSeekAndFork(t *testing.T) {
	v := begin(t)
	v.send(lab.Did{Line: "transfer bob 10"})
	v.send(lab.Did{Line: "logout"})
	v.place(5, 5)
	v.send(lab.Seeked{Moves: 2})
	v.place(2, 5)
	v.send(lab.Stepped{By: 1})
	v.place(3, 5)
	v.send(lab.Stepped{By: -9})
	v.place(0, 5)
	v.send(lab.Seeked{Moves: 99})
	v.place(5, 5)
	v.send(lab.Seeked{Moves: 3})
	v.others = nil
	v.send(lab.Did{Line: "reload"})
	v.place(4, 4)
	v.script(lab.First + "reload\n")
	if tell, ok := v.told().(lab.Tell); !ok || tell.ID != "lab-forked" || tell.Args[0] != "2" {
		t.Errorf("a fork says %+v", tell)
	}
	v.send(lab.Undid{})
	v.script(lab.First + "transfer bob 10\nlogout\n")
	v.place(3, 5)
	v.send(lab.Redid{})
	v.place(4, 4)
}

// TestUndoRedo: undo then redo is identity, from every state on a long way.
func TestUndoRedo(t *testing.T) {
	v := begin(t)
	for _, i := range []lab.Intent{
		lab.Did{Line: "attack xss-read"}, lab.ChoseStorage{ID: "cookie-lax"}, lab.Toggled{Defence: "csrf-token"}, lab.Toggled{Defence: "csrf-token"},
		lab.Set{Verb: "replicas", Value: "2 own"}, lab.Seeked{Moves: 1}, lab.Did{Line: "wait 1m"}, lab.Typed{Text: "login\n"}, lab.ChoseCredential{ID: "refresh"},
		lab.Loaded{Script: lab.Presets()[5].Script},
	} {
		v.send(i)
		want := text(t, lab.State{Script: v.Script, Cursor: v.Cursor, Record: v.Record, Fault: v.Fault})
		v.send(lab.Undid{})
		v.send(lab.Redid{})
		if got := text(t, lab.State{Script: v.Script, Cursor: v.Cursor, Record: v.Record, Fault: v.Fault}); got != want {
			t.Errorf("after %#v undo and redo lead to another state", i)
		}
	}
	for len(v.Undo) > 0 {
		v.send(lab.Undid{})
	}
	v.script(lab.First)
	v.send(lab.Undid{})
	if tell, ok := v.told().(lab.Tell); !ok || tell.ID != "nothing-to-undo" {
		t.Errorf("with nothing to undo it says %+v", tell)
	}
}

func TestUndoIsBounded(t *testing.T) {
	v := begin(t)
	v.held = true
	for range 500 {
		v.send(lab.Did{Line: "call"})
	}
	if len(v.Undo) != 200 {
		t.Errorf("%d versions are kept", len(v.Undo))
	}
}

func TestSetup(t *testing.T) {
	for _, c := range []struct {
		from string
		do   lab.Intent
		want string
	}{
		{"setup jwt/localstorage\nlogin\n", lab.ChoseCredential{ID: "session"}, "setup session/localstorage\nlogin\n"},
		{"setup jwt/localstorage\nlogin\n", lab.ChoseStorage{ID: "memory-refresh-cookie"}, "setup refresh/memory-refresh-cookie\nlogin\n"},
		{"setup refresh/memory-refresh-cookie\nlogin\n", lab.ChoseCredential{ID: "session"}, "setup session/memory\nlogin\n"},
		{"setup jwt/memory\nlogin\n", lab.Toggled{Defence: "hsts"}, "setup jwt/memory+hsts\nlogin\n"},
		{"setup jwt/memory+csrf-token+hsts\nlogin\n", lab.Toggled{Defence: "csrf-token"}, "setup jwt/memory+hsts\nlogin\n"},
		{"login\n", lab.ChoseStorage{ID: "memory"}, "setup session/memory\nlogin\n"},
		{"# why\nsetup jwt/memory # here\n\nlogin\n", lab.ChoseStorage{ID: "localstorage"}, "# why\nsetup jwt/localstorage\n\nlogin\n"},
		{"setup jwt/memory\nlogin\nexpect status 200\ncall\nexpect user alice\n", lab.ChoseStorage{ID: "localstorage"}, "setup jwt/localstorage\nlogin\ncall\n"},
		{"setup jwt/memory\nlogin\n", lab.Set{Verb: "client", Value: "app"}, "setup jwt/memory\nclient app\nlogin\n"},
		{"setup jwt/memory\nclient app\nlogin\n", lab.Set{Verb: "client"}, "setup jwt/memory\nlogin\n"},
		{"setup jwt/memory\nclient app\nlogin\n", lab.Set{Verb: "client", Value: "app-jar"}, "setup jwt/memory\nclient app-jar\nlogin\n"},
		{"setup jwt/memory\nlogin\n", lab.Set{Verb: "client"}, "setup jwt/memory\nlogin\n"},
		{"", lab.ChoseSetup{ID: "jwt/memory"}, "setup jwt/memory\n"},
		{"setup jwt/memory\nlogin\nreplicas 2 own\n", lab.Set{Verb: "replicas", Value: "2 shared"}, "setup jwt/memory\nreplicas 2 shared\nlogin\nreplicas 2 own\n"},
	} {
		v := begin(t)
		v.send(lab.Loaded{Script: c.from})
		all := len(v.Moves())
		v.send(c.do)
		v.script(c.want)
		if v.Fault != nil {
			t.Errorf("%q, %#v: %+v", c.from, c.do, v.Fault)
		}
		if at := v.At(); at != len(v.Moves()) {
			t.Errorf("%q, %#v: %d of %d moves are played, %d were", c.from, c.do, at, len(v.Moves()), all)
		}
	}
}

// TestSetupKeepsThePlace: what was played before the setup was changed is played after it.
func TestSetupKeepsThePlace(t *testing.T) {
	v := begin(t)
	v.send(lab.Seeked{Moves: 2})
	v.send(lab.Set{Verb: "third-party", Value: "block"})
	v.place(2, 3)
	v.send(lab.ChoseStorage{ID: "cookie-lax"})
	v.place(2, 3)
	v.send(lab.Set{Verb: "third-party"})
	v.place(2, 3)
}

func TestTyped(t *testing.T) {
	v := begin(t)
	v.send(lab.Typed{Text: "setup jwt/memory\r\nlogin\ncal"})
	if v.Fault == nil || v.Fault.Line != 3 || v.Fault.Code != "verb" || v.Suggest().Code != "undo" {
		t.Errorf("a bad line is told as %+v, and then comes %s", v.Fault, v.Suggest().Code)
	}
	if len(v.Record.Steps) != 1 {
		t.Errorf("before the bad line %d steps were played", len(v.Record.Steps))
	}
	v.send(lab.Typed{Text: "setup jwt/memory\nlogin\ncall"})
	if v.Fault != nil || len(v.Record.Steps) != 2 {
		t.Errorf("once it is mended: %+v", v.Fault)
	}
	if len(v.Undo) != 1 {
		t.Errorf("typing is %d steps of undo", len(v.Undo))
	}
	v.send(lab.Typed{Text: strings.Repeat("call\n", 50_000)})
	if tell, ok := v.told().(lab.Tell); !ok || tell.ID != "lab-full" || len(v.Script) > 100 {
		t.Errorf("a script that is too long says %+v", tell)
	}
}

// TestStale drops the answer to an older question, whatever the order.
func TestStale(t *testing.T) {
	v := begin(t)
	v.held = true
	v.send(lab.Did{Line: "attack xss-read"})
	v.send(lab.Did{Line: "logout"})
	if !v.Pending || len(v.runs) != 2 {
		t.Fatalf("pending %v, %d runs", v.Pending, len(v.runs))
	}
	late, right := v.ran(v.runs[0]), v.ran(v.runs[1])
	v.send(right)
	want := text(t, v.State)
	v.send(late)
	if text(t, v.State) != want || v.Pending || v.Step().Verb != "logout" {
		t.Errorf("the late answer counts: %+v", v.Step())
	}
}

func TestPlay(t *testing.T) {
	v := begin(t)
	v.send(lab.Played{})
	wait, ok := v.told().(lab.Wait)
	if !ok || !v.Playing || wait.Delay.Seconds() != 1 {
		t.Fatalf("play asks for %+v", wait)
	}
	v.place(0, 3)
	v.send(lab.ChoseSpeed{Speed: 2})
	v.send(lab.Turned{Turn: wait.Turn})
	v.place(1, 3)
	next := v.told().(lab.Wait)
	if next.Delay.Milliseconds() != 250 {
		t.Errorf("four a second wait for %v", next.Delay)
	}
	v.send(lab.Turned{Turn: wait.Turn})
	v.place(1, 3) // a turn that is over
	v.send(lab.Played{})
	v.send(lab.Turned{Turn: next.Turn})
	v.place(1, 3)
	if v.Playing {
		t.Error("it plays after a pause")
	}
	v.send(lab.Played{})
	for v.Playing {
		v.send(lab.Turned{Turn: v.Turn})
	}
	v.place(3, 3)
	v.send(lab.ChoseSpeed{Speed: 99})
	if v.Speed != lab.MaxSpeed {
		t.Errorf("speed %d", v.Speed)
	}
}

func TestKeys(t *testing.T) {
	v := begin(t)
	for _, k := range lab.Keys() {
		i := v.Pressed(k.Key)
		if i == nil {
			t.Errorf("%q does nothing", k.Key)
			continue
		}
		v.send(i)
		if v.Fault != nil {
			t.Errorf("%q: %+v", k.Key, v.Fault)
		}
	}
	if v.Pressed("|") != nil || v.Pressed("") != nil {
		t.Error("a key without a meaning does something")
	}
	v.send(lab.SwitchedKeys{})
	if v.Pressed("l") != nil || v.Pressed("?") == nil {
		t.Error("single keys cannot be switched off, or not on again")
	}
}

// TestEveryButtonPlays plays what each button adds, after a login.
func TestEveryButtonPlays(t *testing.T) {
	var lines []string
	for _, g := range append(lab.Moves(), lab.Attacks()...) {
		lines = append(lines, g.Lines...)
	}
	lines = append(lines, lab.Times...)
	for _, kind := range []string{"cookie", "item", "login", "loot"} {
		lines = append(lines, lab.Deeds(kind)...)
	}
	if len(lines) < 40 {
		t.Fatalf("only %d lines", len(lines))
	}
	for _, line := range lines {
		v := begin(t)
		v.send(lab.Did{Line: line})
		if v.Fault != nil {
			t.Errorf("%s: %+v", line, v.Fault)
		}
	}
	for _, id := range scenario.Attacks() {
		if lab.KindOf(id) == lab.Kinds()[len(lab.Kinds())-1] && !strings.Contains("tamper alg-none key-confusion weak-secret", id) {
			t.Errorf("%s has no kind", id)
		}
	}
}

func TestLink(t *testing.T) {
	script := "setup jwt/memory\nlogin # 로그인\n"
	link, ok := lab.Link(script)
	if !ok || !strings.HasPrefix(link, "#lab=") || strings.ContainsAny(link[5:], "=+/ ") {
		t.Fatalf("link %q", link)
	}
	v := begin(t)
	v.send(lab.Received{Link: link[5:]})
	v.script(script)
	v.place(1, 1)
	if tell := v.told().(lab.Tell); tell.ID != "lab-arrived" {
		t.Errorf("it says %s", tell.ID)
	}
	for _, bad := range []string{"", "%", "Zm9v!", "_w", strings.Repeat("YWFh", 10_000)} {
		v.send(lab.Received{Link: bad})
		v.script(script)
		if tell := v.told().(lab.Tell); tell.ID != "lab-bad-link" {
			t.Errorf("%.20q: it says %s", bad, tell.ID)
		}
	}
	fresh := &visit{T: t, runner: scenario.NewRunner()}
	fresh.send(lab.Received{Link: "%"})
	fresh.script(lab.First)
	fresh.place(3, 3)
	if _, ok := lab.Link(strings.Repeat("call\n", 10_000)); ok {
		t.Error("a link may be as long as one likes")
	}
}

func FuzzLink(f *testing.F) {
	f.Add("c2V0dXAgand0L21lbW9yeQ")
	f.Fuzz(func(t *testing.T, text string) {
		s, _ := lab.Update(lab.State{}, lab.Received{Link: text})
		if link, ok := lab.Link(s.Script); !ok || s.Script == "" {
			t.Errorf("%q became %q, %q", text, s.Script, link)
		}
	})
}

func TestTokens(t *testing.T) {
	const one = "eyJhbGciOiJub25lIn0.e30.c2ln"
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil}, {"eyJ", nil}, {"eyJ.eyJ", nil}, {one, []string{one}}, {"Bearer " + one + "; " + one, []string{one}},
		{`{"a":"` + one + `","b":"` + one + `x"}`, []string{one, one + "x"}}, {one + ".x", nil}, {one + ".", nil},
	} {
		if got := lab.Tokens(c.text); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestMatrix(t *testing.T) {
	v := begin(t)
	v.send(lab.AskedMatrix{})
	m := &v.Matrix
	if m.Running || len(m.Rows) != len(scenario.Setups()) || len(m.Shown()) != len(m.Rows) {
		t.Fatalf("%d rows, %d shown", len(m.Rows), len(m.Shown()))
	}
	v.send(lab.Filtered{Field: "credential", Value: "refresh"})
	v.send(lab.Filtered{Field: "kind", Value: "script"})
	if n := len(v.Matrix.Shown()); n == 0 || n >= len(m.Rows) || len(v.Matrix.Columns()) != 2 {
		t.Errorf("filtered: %d rows, columns %q", n, v.Matrix.Columns())
	}
	v.send(lab.OpenedCell{Setup: "jwt/memory", Attack: "xss-read"})
	v.script("setup jwt/memory\nlogin\nattack xss-read\n")
	if v.Outcome() == nil {
		t.Error("the run of a cell ends with no outcome")
	}
	before := text(t, v.State)
	v.send(lab.OpenedCell{Setup: "jwt/memory", Attack: "no-such"})
	if text(t, v.State) != before {
		t.Error("a cell that is not there changes something")
	}
}

// TestFirstRow: the first row is run before it is asked for, is not shown until then, and is not run again.
func TestFirstRow(t *testing.T) {
	s, effects := lab.Update(lab.State{}, lab.Idled{})
	if len(effects) != 1 {
		t.Fatalf("idle: %+v", effects)
	}
	first := effects[0].(lab.Row)
	s, _ = lab.Update(s, lab.GotRow{Revision: first.Revision, Row: scenario.RowResult{Row: scenario.Row{ID: first.Setup}}})
	if len(s.Matrix.Rows) != 1 || len(s.Matrix.Shown()) != 0 || s.Matrix.Running {
		t.Errorf("before it is asked for: %d rows, %d shown", len(s.Matrix.Rows), len(s.Matrix.Shown()))
	}
	if _, again := lab.Update(s, lab.Idled{}); again != nil {
		t.Errorf("idle again: %+v", again)
	}
	s, effects = lab.Update(s, lab.AskedMatrix{})
	if len(s.Matrix.Shown()) != 1 || len(effects) != len(scenario.Setups()) { // to look at it, and all rows but that one
		t.Errorf("asked for: %d shown, %d effects", len(s.Matrix.Shown()), len(effects))
	}
	failed, _ := lab.Update(lab.State{}, lab.GotRow{Failed: true})
	if failed.Matrix.Failed {
		t.Error("what nobody has asked for fails aloud")
	}
}

func TestMatrixCancel(t *testing.T) {
	s, effects := lab.Update(lab.State{}, lab.AskedMatrix{})
	var rows []lab.Row
	for _, e := range effects {
		if row, ok := e.(lab.Row); ok {
			rows = append(rows, row)
		}
	}
	if !s.Matrix.Running || len(rows) != len(scenario.Setups()) {
		t.Fatalf("%d rows are asked for", len(rows))
	}
	answer := func(r lab.Row) lab.GotRow {
		return lab.GotRow{Revision: r.Revision, Row: scenario.RowResult{Row: scenario.Row{ID: r.Setup}}}
	}
	s, _ = lab.Update(s, answer(rows[0]))
	s, effects = lab.Update(s, lab.CanceledMatrix{})
	if _, ok := effects[0].(lab.Cancel); !ok || s.Matrix.Running {
		t.Errorf("cancelled: %+v", effects)
	}
	s, _ = lab.Update(s, answer(rows[1]))
	if len(s.Matrix.Rows) != 1 {
		t.Errorf("%d rows came after the end", len(s.Matrix.Rows))
	}
	s, effects = lab.Update(s, lab.AskedMatrix{})
	if len(effects) != len(rows) || !s.Matrix.Running { // to look at it, and all but the one that is there
		t.Errorf("again: %d effects", len(effects))
	}
	s, _ = lab.Update(s, lab.GotRow{Revision: s.Matrix.Revision, Failed: true})
	if s.Matrix.Running || !s.Matrix.Failed {
		t.Error("a row that fails is not told")
	}
}

func TestGrade(t *testing.T) {
	for _, c := range []struct {
		cell scenario.Cell
		want string
	}{
		{scenario.Cell{}, "none"}, {scenario.Cell{Applies: true}, "good"}, {scenario.Cell{Applies: true, Obtained: true}, "warn"},
		{scenario.Cell{Applies: true, Obtained: true, Until: 5}, "bad"}, {scenario.Cell{Applies: true, Obtained: true, Until: scenario.Forever}, "bad"},
		{scenario.Cell{Applies: true, Accepted: true}, "bad"},
	} {
		if got := lab.Grade(&c.cell); got != c.want {
			t.Errorf("%+v is %s, want %s", c.cell, got, c.want)
		}
	}
}

func TestLanesAndShown(t *testing.T) {
	v := begin(t)
	if got := lab.Lanes(v.Record.Messages); !reflect.DeepEqual(got, []string{"browser", "shop.example"}) {
		t.Errorf("lanes %q", got)
	}
	v.send(lab.Loaded{Script: "setup session/cookie-lax\nsso\nattack replay-elsewhere\nattack csrf-form\n"})
	if got := lab.Lanes(v.Record.Messages); !reflect.DeepEqual(got, []string{"browser", "shop.example", "accounts.example", "evil.example", "attacker"}) {
		t.Errorf("lanes %q", got)
	}
	v.send(lab.Loaded{Script: "setup jwt/memory\nclient app\nlogin\n"})
	if got := lab.Lanes(v.Record.Messages); !reflect.DeepEqual(got, []string{"phone", "shop.example"}) {
		t.Errorf("lanes %q", got)
	}
	v.send(lab.Loaded{Script: "setup jwt/memory\nlogin\n" + strings.Repeat("call\n", 300)})
	moves, hidden := v.Shown()
	count := 0
	for _, m := range moves {
		count += len(m.Messages)
	}
	if count == 0 || count > 40 || hidden != len(v.Record.Messages)-count || moves[len(moves)-1].Step.Line != 302 {
		t.Errorf("%d messages are shown, %d are hidden, of %d", count, hidden, len(v.Record.Messages))
	}
	v.send(lab.ShowedWhole{})
	if whole, _ := v.Shown(); len(whole) <= len(moves) {
		t.Errorf("the whole shows %d moves", len(whole))
	}
}

func TestLooking(t *testing.T) {
	v := begin(t)
	item := lab.Item{Kind: "cookie", Key: "session"}
	v.send(lab.Selected{Item: item})
	v.send(lab.Opened{Message: 2})
	if v.Selected != item || v.Open != 2 {
		t.Errorf("selected %+v, open %d", v.Selected, v.Open)
	}
	if n, ok := v.MovesBefore(v.Record.Steps[1].First); n != 1 || !ok {
		t.Errorf("%d moves come before the first message of the second, %v", n, ok)
	}
	if _, ok := v.MovesBefore(999); ok {
		t.Error("a message that is not there belongs to a move")
	}
	v.send(lab.Seeked{Moves: 0})
	if v.Open != 0 || v.Selected != (lab.Item{}) {
		t.Error("what is not there any more stays open")
	}
	v.send(lab.Selected{Item: item})
	v.send(lab.Selected{Item: item})
	if v.Selected != (lab.Item{}) {
		t.Error("a second click does not close it")
	}
	v.send(lab.Seeked{Moves: 3})
	v.send(lab.Inspected{Token: "a.b.c"})
	if show := v.told().(lab.Show); show.Token != "a.b.c" || show.Unix != v.Record.State.Now.Unix() {
		t.Errorf("shown is %+v", show)
	}
	v.send(lab.Shared{})
	if c := v.told().(lab.Copy); !strings.HasPrefix(c.Text, "#lab=") || c.Notice != "copied-link" {
		t.Errorf("shared is %+v", c)
	}
	v.send(lab.Copied{})
	if c := v.told().(lab.Copy); c.Text != v.Script {
		t.Errorf("copied is %+v", c)
	}
	v.send(lab.Saved{})
	if s := v.told().(lab.Save); s.Text != v.Script || s.Name == "" {
		t.Errorf("saved is %+v", s)
	}
}
