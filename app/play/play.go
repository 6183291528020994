// Package play is what the page knows: its language and theme, and the debugger's desk.
//
// [State] is plain data, [Update] is pure, and what must happen outside returns as effects; package ui shows the state
// and does the effects.
package play

import (
	"net/url"
	"strings"

	"jwtlab/app/locale"
	"jwtlab/app/play/desk"
)

// State is the page. The zero value is an empty desk in no language.
type State struct {
	Lang  locale.Lang `json:"lang"`
	Theme string      `json:"theme"` // "light", "dark" or "system"
	Desk  desk.State  `json:"desk"`
}

// An Intent is something the user did on the page, or the answer to an effect.
type Intent interface{ play() }

// The intents.
type (
	// OnDesk is an intent of the debugger.
	OnDesk struct{ desk.Intent }
	// Arrived tells the fragment of the address that the page was opened with.
	Arrived struct{ Fragment string }
	// ChoseLang switches the language.
	ChoseLang struct{ Lang locale.Lang }
	// ChoseTheme switches the theme.
	ChoseTheme struct{ Theme string }
)

func (OnDesk) play()     {}
func (Arrived) play()    {}
func (ChoseLang) play()  {}
func (ChoseTheme) play() {}

// An Effect is something to be done outside [Update].
type Effect interface{ effect() }

// The effects.
type (
	// ForDesk is an effect of the debugger.
	ForDesk struct{ desk.Effect }
	// Store keeps a choice for the next visit. Nothing of a token or a key is ever stored.
	Store struct{ Name, Value string }
	// CleanAddress takes the fragment out of the address.
	CleanAddress struct{}
)

func (ForDesk) effect()      {}
func (Store) effect()        {}
func (CleanAddress) effect() {}

// Update applies an intent. The state given is not changed.
func Update(s State, i Intent) (State, []Effect) {
	switch i := i.(type) {
	case OnDesk:
		return s.onDesk(i.Intent)
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

// The names under which a token may come in the fragment, the first that is there winning.
var fragmentNames = []string{"token", "jwt", "id_token", "access_token"}

func (s State) arrived(fragment string) (State, []Effect) {
	text, ok := fragmentToken(fragment)
	if !ok {
		return s, nil
	}
	s, effects := s.onDesk(desk.Received{Text: text})
	return s, append(effects, CleanAddress{})
}

// fragmentToken reads "#name=token&…". A plus sign stays a plus sign: it belongs to the token.
func fragmentToken(fragment string) (string, bool) {
	for _, name := range fragmentNames {
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
	}
	return "", false
}
