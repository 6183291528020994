package scenario

import (
	"jwtlab/app/check"
)

// A Matrix is every setup against every attack, and what each setup costs, all of it run.
type Matrix struct {
	Setups  []Row    `json:"setups"`
	Attacks []Column `json:"attacks"`
	Cells   []Cell   `json:"cells"` // row by row
	Costs   []Cost   `json:"costs"`
	// Requests is how many the service has answered for all of it.
	Requests int `json:"requests"`
}

// A Row is a setup.
type Row struct {
	ID         string   `json:"id"`
	Credential string   `json:"credential"`
	Storage    string   `json:"storage"`
	Flags      []string `json:"flags"` // the defences
}

// A Column is an attack.
type Column struct {
	ID string `json:"id"`
}

// A Cell is what came of one attack against one setup.
type Cell struct {
	Setup    string        `json:"setup"`
	Attack   string        `json:"attack"`
	Applies  bool          `json:"applies"`
	Obtained bool          `json:"obtained"`
	Accepted bool          `json:"accepted"`
	Until    int64         `json:"until_s"` // see [Outcome]; -1 is forever
	Noticed  bool          `json:"noticed"`
	Why      []check.Check `json:"why"`
	Script   string        `json:"script"` // reproduces it
}

// A RowResult is a setup with its cells and its cost.
type RowResult struct {
	Row      Row    `json:"row"`
	Cells    []Cell `json:"cells"`
	Cost     Cost   `json:"cost"`
	Requests int    `json:"requests"` // that the service has answered for it
}

// RunMatrix runs all of it, row by row. The function is given each row as it is done, and ends the work by returning false;
// nil is given nothing.
func RunMatrix(progress func(RowResult) bool) Matrix { return RunSetups(Setups(), progress) }

// RunSetups is [RunMatrix] for the setups given.
func RunSetups(setups []Setup, progress func(RowResult) bool) Matrix {
	m := Matrix{}
	for _, id := range Attacks() {
		m.Attacks = append(m.Attacks, Column{id})
	}
	for _, s := range setups {
		r := RunRow(s)
		m.Setups, m.Cells, m.Costs = append(m.Setups, r.Row), append(m.Cells, r.Cells...), append(m.Costs, r.Cost)
		m.Requests += r.Requests
		if progress != nil && !progress(r) {
			break
		}
	}
	return m
}

// RunRow runs all attacks against one setup, each in a world of its own.
func RunRow(s Setup) RowResult {
	r := RowResult{Row: Row{s.ID(), s.Credential, s.Storage, append([]string{}, s.Defences...)}}
	fresh, in := s.worlds()
	for _, a := range attacks {
		w := in
		if a.alone {
			w = fresh
		}
		o := w.clone().attack(a.id)
		r.Cells = append(r.Cells, Cell{s.ID(), a.id, o.Applies, o.Obtained, o.Accepted, o.Until, o.Noticed, o.Why, o.script(s, a)})
	}
	r.Cost, r.Requests = measure(s.ID(), fresh, in), *fresh.served
	return r
}

// worlds are the two that attacks begin in: one where the shop has been visited, and one where alice has logged in there.
func (s Setup) worlds() (visited, in *world) {
	usual, _ := begin(nil)
	usual.setup = s
	w, err := build(usual)
	if err != nil {
		panic(err) // a setup of ours, and no chance that fails
	}
	_ = w.doVisit(nil)
	in = w.clone()
	_ = in.doLogin(nil)
	_ = in.doCall(nil)
	return w, in
}

// script is the script that reproduces an outcome.
func (o Outcome) script(s Setup, a attack) string {
	text := "setup " + s.ID() + "\nvisit\n"
	if !a.alone {
		text += "login\ncall\n"
	}
	text += "attack " + a.id + "\n"
	for _, f := range []struct {
		name string
		yes  bool
	}{{"applies", o.Applies}, {"obtained", o.Obtained}, {"accepted", o.Accepted}, {"noticed", o.Noticed}} {
		text += "expect " + map[bool]string{true: "", false: "not "}[f.yes] + f.name + "\n"
	}
	return text + "expect until " + o.untilText() + "\n"
}
