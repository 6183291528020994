// Package play is what the page knows: its language, theme and route, the debugger's desk, the lab, and the page of the
// server.
//
// [State] is plain data, [Update] is pure, and what must happen outside returns as effects; package ui shows the state
// and does the effects.
package play

import (
	"net/url"
	"strings"

	"jwtlab/app/locale"
	"jwtlab/app/play/client"
	"jwtlab/app/play/desk"
	"jwtlab/app/play/lab"
)

// The routes: what the page shows.
const (
	Debugger = ""
	Lab      = "lab"
	Server   = "server"
)

// Routes returns all of them, the first one first.
func Routes() []string { return []string{Debugger, Lab, Server} }

// State is the page. The zero value is an empty desk in no language.
type State struct {
	Lang  locale.Lang `json:"lang"`
	Theme string      `json:"theme"` // "light", "dark" or "system"
	Route string      `json:"route"` // one of [Routes]
	Desk  desk.State  `json:"desk"`

	Lab    lab.State    `json:"lab"`
	Client client.State `json:"client"`
}

// An Intent is something the user did on the page, or the answer to an effect.
type Intent interface{ play() }

// The intents.
type (
	// OnDesk is an intent of the debugger.
	OnDesk struct{ desk.Intent }
	// InLab is an intent of the lab.
	InLab struct{ lab.Intent }
	// AtClient is an intent of the page of the server.
	AtClient struct{ client.Intent }
	// Inspected opens a token in the debugger, with the keys that it should be verified with, at a time if that is not 0.
	Inspected struct {
		Token, Keys string
		Unix        int64
	}
	// Went tells that the address is one of another route.
	Went struct{ Route string }
	// Arrived tells the fragment of the address that the page was opened with.
	Arrived struct{ Fragment string }
	// ChoseLang switches the language.
	ChoseLang struct{ Lang locale.Lang }
	// ChoseTheme switches the theme.
	ChoseTheme struct{ Theme string }
)

func (OnDesk) play()     {}
func (InLab) play()      {}
func (AtClient) play()   {}
func (Inspected) play()  {}
func (Went) play()       {}
func (Arrived) play()    {}
func (ChoseLang) play()  {}
func (ChoseTheme) play() {}

// An Effect is something to be done outside [Update].
type Effect interface{ effect() }

// The effects.
type (
	// ForDesk is an effect of the debugger.
	ForDesk struct{ desk.Effect }
	// ForLab is an effect of the lab.
	ForLab struct{ lab.Effect }
	// ForClient is an effect of the page of the server.
	ForClient struct{ client.Effect }
	// Go changes the address to that of a route.
	Go struct{ Route string }
	// Store keeps a choice for the next visit. Nothing of a token or a key is ever stored.
	Store struct{ Name, Value string }
	// CleanAddress takes the fragment out of the address.
	CleanAddress struct{}
)

func (ForDesk) effect()      {}
func (ForLab) effect()       {}
func (ForClient) effect()    {}
func (Go) effect()           {}
func (Store) effect()        {}
func (CleanAddress) effect() {}

// Update applies an intent. The state given is not changed.
func Update(s State, i Intent) (State, []Effect) {
	switch i := i.(type) {
	case OnDesk:
		return s.onDesk(i.Intent)
	case InLab:
		return s.inLab(i.Intent)
	case AtClient:
		return s.atClient(i.Intent)
	case Inspected:
		return s.inspect(i)
	case Went:
		s.Route = i.Route
		return s, nil
	case Arrived:
		return s.arrived(i.Fragment)
	case ChoseLang:
		s.Lang = i.Lang
		return s, []Effect{Store{"jwtlab.lang", string(i.Lang)}}
	case ChoseTheme:
		s.Theme = i.Theme
		return s, []Effect{Store{"jwtlab.theme", i.Theme}}
	}
	panic("play: unknown intent")
}

func (s State) onDesk(i desk.Intent) (State, []Effect) {
	var out []Effect
	d, effects := desk.Update(s.Desk, i)
	for _, e := range effects {
		out = append(out, ForDesk{e})
	}
	s.Desk = d
	return s, out
}

// atClient applies an intent of the page of the server. A token that is to be shown goes to the desk.
func (s State) atClient(i client.Intent) (State, []Effect) {
	s.Client.Lang = string(s.Lang)
	c, effects := client.Update(s.Client, i)
	s.Client = c
	var out []Effect
	for _, e := range effects {
		show, ok := e.(client.Show)
		if !ok {
			out = append(out, ForClient{e})
			continue
		}
		var more []Effect
		s, more = s.inspect(Inspected{Token: show.Token, Keys: show.Keys})
		out = append(out, more...)
	}
	return s, out
}

// inspect lays a token on the desk, and goes there.
func (s State) inspect(i Inspected) (State, []Effect) {
	intents := []desk.Intent{desk.Received{Text: i.Token}, desk.TypedKey{Text: i.Keys}}
	if i.Unix != 0 {
		intents = append(intents, desk.MovedClock{Unix: i.Unix})
	}
	var out []Effect
	for _, one := range intents {
		var more []Effect
		s, more = s.onDesk(one)
		out = append(out, more...)
	}
	return s, append(out, Go{Debugger})
}

// inLab applies an intent of the lab. What the desk can do as well is done there.
func (s State) inLab(i lab.Intent) (State, []Effect) {
	l, effects := lab.Update(s.Lab, i)
	s.Lab = l
	var out []Effect
	for _, e := range effects {
		switch e := e.(type) {
		case lab.Tell:
			var more []Effect
			s, more = s.onDesk(desk.Noticed{ID: e.ID, Args: e.Args})
			out = append(out, more...)
		case lab.Copy:
			out = append(out, ForDesk{desk.Copy{Text: e.Text, Notice: e.Notice}})
		case lab.Cancel:
			out = append(out, ForDesk{desk.CancelWork{}})
		default:
			out = append(out, ForLab{e})
		}
	}
	return s, out
}

// The names under which a token may come in the fragment, the first that is there winning.
var fragmentNames = []string{"token", "jwt", "id_token", "access_token"}

func (s State) arrived(fragment string) (State, []Effect) {
	if script, ok := fragmentValue(fragment, lab.FragmentName); ok {
		return s.arrivedInLab(script)
	}
	text, ok := fragmentToken(fragment)
	if !ok {
		return s, nil
	}
	s, effects := s.onDesk(desk.Received{Text: text})
	return s, append(effects, CleanAddress{})
}

// arrivedInLab takes a lab from the address, on whatever page it came to.
func (s State) arrivedInLab(script string) (State, []Effect) {
	s, effects := s.inLab(lab.Received{Link: script})
	effects = append(effects, CleanAddress{})
	if s.Route != Lab {
		effects = append(effects, Go{Lab})
	}
	return s, effects
}

// fragmentToken reads "#name=token&…".
func fragmentToken(fragment string) (string, bool) {
	for _, name := range fragmentNames {
		if value, ok := fragmentValue(fragment, name); ok {
			return value, true
		}
	}
	return "", false
}

// fragmentValue reads the value of a name. A plus sign stays a plus sign: it belongs to the token.
func fragmentValue(fragment, name string) (string, bool) {
	for pair := range strings.SplitSeq(strings.TrimPrefix(fragment, "#"), "&") {
		value, ok := strings.CutPrefix(pair, name+"=")
		if !ok || value == "" {
			continue
		}
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		return value, true
	}
	return "", false
}
