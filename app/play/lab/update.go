package lab

import (
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/lab/scenario"
)

// Update applies an intent. The state given is not changed.
func Update(s State, i Intent) (State, []Effect) {
	switch i := i.(type) {
	case Began:
		if s.Begun {
			return s, nil
		}
		return s.begin(First)
	case Did, Set, ChoseCredential, ChoseStorage, Toggled, ChoseSetup, Loaded, Received, Typed, Undid, Redid:
		s.Begun = true
		return s.changed(i)
	case Seeked, Stepped, Played, ChoseSpeed, Turned:
		return s.timed(i)
	case Idled, AskedMatrix, CanceledMatrix, Filtered, OpenedCell, GotRow:
		return s.onMatrix(i)
	case Ran:
		return s.ran(i)
	case Followed:
		s, effects := Update(s, s.Suggest().Intent)
		s.Led = s.Pending
		return s, effects
	case Rested:
		if i.Revision != s.Revision {
			return s, nil
		}
		return s, []Effect{Run{s.Revision, s.played()}}
	}
	return s.looked(i)
}

// begin takes a script as if there had been none before.
func (s State) begin(script string) (State, []Effect) {
	s.Begun, s.Script = true, script
	return s.run(len(Lines(script)))
}

// changed is what changes the script.
func (s State) changed(i Intent) (State, []Effect) {
	switch i := i.(type) {
	case Did:
		return s.did(i.Line)
	case Set:
		return s.set(i.Verb, i.Value)
	case ChoseCredential:
		setup := s.Setup()
		setup.Credential = i.ID
		return s.chose(setup)
	case ChoseStorage:
		setup := s.Setup()
		setup.Storage = i.ID
		return s.chose(setup)
	case Toggled:
		setup := s.Setup()
		if setup.Has(i.Defence) {
			setup.Defences = slices.DeleteFunc(slices.Clone(setup.Defences), func(d string) bool { return d == i.Defence })
		} else {
			setup.Defences = append(slices.Clone(setup.Defences), i.Defence)
		}
		return s.chose(setup)
	case ChoseSetup:
		return s.set("setup", i.ID)
	case Loaded:
		return s.load(i.Script)
	case Received:
		return s.received(i.Link)
	case Typed:
		return s.typed(i.Text)
	case Undid:
		return s.undo()
	case Redid:
		return s.redo()
	}
	panic("lab: unknown intent")
}

// run asks for a run up to a line.
func (s State) run(cursor int) (State, []Effect) {
	s.Cursor = cursor
	s.Revision++
	s.Pending = true
	return s, []Effect{Run{s.Revision, s.played()}}
}

// ran takes a record, unless something else has been asked for since.
func (s State) ran(i Ran) (State, []Effect) {
	if i.Revision != s.Revision {
		return s, nil
	}
	s.Pending = false
	s.Record, s.Fault = i.Record, i.Fault
	if s.Record.Message(s.Open) == nil {
		s.Open = 0
	}
	if i.Fault != nil {
		s.Playing = false
	}
	led := s.Led
	s.Led = false
	if before, _ := s.Pair(); led && before != nil {
		return s, []Effect{Look{"pair"}}
	}
	return s, nil
}

// did adds a line after the cursor.
func (s State) did(line string) (State, []Effect) {
	lines := Lines(s.Script)
	at := min(max(s.Cursor, head(lines)), len(lines))
	if at >= maxLines || len(s.Script)+len(line) > maxScript {
		return s, []Effect{Tell{"lab-full", nil}}
	}
	var effects []Effect
	if dropped := len(s.Moves()) - s.At(); dropped > 0 {
		effects = append(effects, Tell{"lab-forked", []string{strconv.Itoa(dropped)}})
	}
	s = s.remember()
	s.Before, s.Playing, s.Selected = nil, false, Item{}
	s.Script = join(append(slices.Clone(lines[:at]), line))
	s, run := s.run(at + 1)
	return s, append(run, effects...)
}

// set changes the head of the script, and plays as much of it as before.
func (s State) set(verb, value string) (State, []Effect) {
	lines, cursor := Lines(s.Script), s.Cursor
	changed := set(lines, verb, value)
	if slices.Equal(lines, changed) {
		return s, nil
	}
	cursor = max(cursor+len(changed)-len(lines), head(changed))
	changed, cursor = plain(changed, cursor)
	before := s.told()
	s = s.remember()
	s.Selected, s.Open = Item{}, 0
	s.Before = nil
	if verb == "setup" {
		s.Before = before
	}
	s.Script = join(changed)
	return s.run(cursor)
}

// told is how the last attack went; nil if the last step was none.
func (s *State) told() *Told {
	if o := s.Outcome(); o != nil {
		return &Told{s.Record.Setup, *o}
	}
	return nil
}

// chose changes the setup, which is made to fit: what was chosen last counts more.
func (s State) chose(to scenario.Setup) (State, []Effect) {
	was := s.Setup()
	if to.Credential == "" {
		to.Credential = scenario.Session
	}
	if to.Storage == "" {
		to.Storage = scenario.CookieLax
	}
	if !Fits(to.Credential, to.Storage) {
		if to.Credential != was.Credential {
			to.Storage = scenario.Memory
		} else {
			to.Credential = scenario.Refresh
		}
	}
	setup, err := scenario.ReadSetup(to.ID())
	if err != nil {
		return s, nil
	}
	return s.set("setup", setup.ID())
}

// load replaces the script.
func (s State) load(script string) (State, []Effect) {
	if s.Script != "" && s.Script != script {
		s = s.remember()
	}
	s.Script = script
	s.Before, s.Playing, s.Selected, s.Open, s.Whole = nil, false, Item{}, 0, false
	return s.run(len(Lines(script)))
}

// typed takes the script as it stands in its box. It is played once nobody types.
func (s State) typed(text string) (State, []Effect) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if text == s.Script {
		return s, nil
	}
	if len(text) > maxScript || len(Lines(text)) > maxLines {
		return s, []Effect{Tell{"lab-full", nil}}
	}
	if !s.Typing {
		s = s.remember()
	}
	s.Typing, s.Playing, s.Before, s.Selected = true, false, nil, Item{}
	s.Script = text
	s.Cursor = len(Lines(text))
	s.Revision++
	s.Pending = true
	return s, []Effect{Rest{s.Revision}}
}
