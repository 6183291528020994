// Package lab is what the page of the lab knows: a script, how far it has been played, and the record of that.
//
// The simulated world itself is no part of it. A button appends a line to the script and asks for [Run]; what comes back
// is a [scenario.Record], plain data, and one that answers an older question is dropped. So undo, the timeline, a fork and
// a link are nothing but texts, and [Update] is pure.
//
// Start with [Update] and [Began].
package lab

import "jwtlab/app/lab/scenario"

// State is everything that the page of the lab knows. The zero value has not begun.
type State struct {
	Begun  bool            `json:"begun"`
	Script string          `json:"script"`
	Cursor int             `json:"cursor"` // the number of the last line that has been played, from 1; 0 for none
	Record scenario.Record `json:"record"` // of the lines up to there
	Fault  *Fault          `json:"fault,omitempty"`
	Before *Told           `json:"before,omitempty"` // how the last attack went with the setup before this one

	Pending  bool `json:"pending"`  // the record is not yet that of the script
	Revision int  `json:"revision"` // counts what was asked of the world

	Led bool `json:"-"` // it is a suggestion that is played

	Undo []Version `json:"undo,omitempty"`
	Redo []Version `json:"redo,omitempty"`
	// Typing tells that the last change was typed, so that the next letter is no step of its own.
	Typing bool `json:"typing,omitempty"`

	Playing bool `json:"playing,omitempty"`
	Speed   int  `json:"speed"` // lines a second, as a power of two
	Turn    int  `json:"turn"`  // of playing: a later one overtakes

	Open     int  `json:"open,omitempty"` // the id of the message that is shown whole
	Selected Item `json:"selected,omitzero"`
	Whole    bool `json:"whole,omitempty"` // long lists are shown to their end

	Keys    bool `json:"keys,omitempty"`     // the list of keys is open
	KeysOff bool `json:"keys_off,omitempty"` // single keys do nothing

	Matrix Matrix `json:"matrix"`
}

// A Fault is a line that cannot be played, and why: its words are "scenario.error." and the code.
type Fault struct {
	Line int      `json:"line"`
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
}

// A Told is how an attack went with a setup.
type Told struct {
	Setup   string           `json:"setup"`
	Outcome scenario.Outcome `json:"outcome"`
}

// A Version is a script as it was, for undo.
type Version struct {
	Script string `json:"script"`
	Cursor int    `json:"cursor"`
}

// An Item is something that was clicked on, to see what it is and what can be done to it.
type Item struct {
	Kind string `json:"kind"` // "cookie", "item", "login" or "loot"
	Key  string `json:"key"`
}

// First is the script that the page begins with: a login that is worth an attack.
const First = "setup jwt/localstorage\nvisit\nlogin\ncall\n"

// Step returns the last step that was played, nil for none. An expectation that holds says nothing new: the step before it
// counts then.
func (s *State) Step() *scenario.Step {
	for i := len(s.Record.Steps) - 1; i >= 0; i-- {
		if step := &s.Record.Steps[i]; step.Verb != "expect" || step.Failed != nil {
			return step
		}
	}
	return nil
}

// Outcome returns how the last step went if it was an attack, else nil.
func (s *State) Outcome() *scenario.Outcome {
	if step := s.Step(); step != nil {
		return step.Outcome
	}
	return nil
}

// MovesBefore returns how many moves come before the one that a message belongs to; false if it belongs to none.
func (s *State) MovesBefore(message int) (int, bool) {
	for i := range s.Record.Steps {
		if step := &s.Record.Steps[i]; step.First <= message && message <= step.Last {
			return i, true
		}
	}
	return 0, false
}

// Pair returns how one attack went before the setup was changed, and how it goes now; nil if there are no two to compare.
func (s *State) Pair() (before, now *Told) {
	o := s.Outcome()
	if s.Before == nil || o == nil || o.Attack != s.Before.Outcome.Attack || s.Record.Setup == s.Before.Setup {
		return nil, nil
	}
	return s.Before, &Told{s.Record.Setup, *o}
}
