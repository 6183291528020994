package client

import (
	"maps"
	"slices"
)

// Update applies an intent. The state given is not changed.
func Update(s State, i Intent) (State, []Effect) {
	switch i := i.(type) {
	case Began:
		return s.began(i)
	case Typed:
		return s.typed(i), nil
	case Filled:
		s.Name, s.Password = i.Name, i.Password
		return s, nil
	case ChoseMode:
		s.Mode = i.Mode
		return s, nil
	case ChoseRefresh:
		s.Refresh = i.Refresh
		return s, nil
	case Did:
		return s.ask(i.Action, i.ID, false)
	case Answered:
		return s.answered(i)
	case Opened:
		if s.Open == i.Number {
			i.Number = 0
		}
		s.Open = i.Number
		return s, nil
	case Inspected:
		return s.inspect(i.Token)
	case Cleared:
		s.Exchanges, s.Open = nil, 0
		return s, nil
	}
	panic("client: unknown intent")
}

func (s State) began(i Began) (State, []Effect) {
	if s.Place != "" {
		return s, nil // the user came back from another page
	}
	s.Place, s.Demo = i.Place, i.Demo
	if s.Place == "page" {
		return s, nil // nobody can be logged in at a service that has just begun
	}
	return s.ask("me", "", true)
}

func (s State) typed(i Typed) State {
	switch i.Field {
	case "name":
		s.Name = i.Text
	case "password":
		s.Password = i.Text
	case "to":
		s.To = i.Text
	case "amount":
		s.Amount = i.Text
	}
	return s
}

// inspect asks for the server's keys first.
func (s State) inspect(token string) (State, []Effect) {
	s, effects := s.ask("jwks", "", true)
	s.tokens = maps.Clone(s.tokens)
	if s.tokens == nil {
		s.tokens = map[int]string{}
	}
	s.tokens[s.sent] = token
	return s, effects
}

// exchange returns a copy of the exchange of a number, and its place; -1 if it is forgotten.
func (s State) exchange(number int) (Exchange, int) {
	at := slices.IndexFunc(s.Exchanges, func(x Exchange) bool { return x.Number == number })
	if at < 0 {
		return Exchange{}, -1
	}
	return s.Exchanges[at], at
}
