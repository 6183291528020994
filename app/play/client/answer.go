package client

import (
	"encoding/json"
	"slices"
	"strings"
)

// answered takes an answer, and asks for what may have changed with it.
func (s State) answered(i Answered) (State, []Effect) {
	x, at := s.exchange(i.Number)
	s.Pending = max(0, s.Pending-1)
	s.Readable = i.Readable
	if at < 0 {
		return s, nil // forgotten meanwhile
	}
	x.Status, x.Failed, x.Got = i.Status, i.Failed, i.Header
	x.Answer = i.Body[:min(len(i.Body), maxBody)]
	x.Set = readCookies(header(i.Header, ToldHeader))
	if i.Status >= 400 {
		_ = json.Unmarshal([]byte(i.Body), &x.Problem) // what is no problem document says nothing more
		x.Problem.After = header(i.Header, "Retry-After")
	}
	s = s.store(x.Set)
	var entry entered
	if ok := i.Status == 200; ok && (x.Action == "login" || x.Action == "refresh") && json.Unmarshal([]byte(i.Body), &entry) == nil {
		x.Token = entry.Access
	}
	s.Exchanges = slices.Clone(s.Exchanges)
	s.Exchanges[at] = x
	if !x.Own || x.Failed {
		s.Said = Said{x.Action, x.Status, x.Failed, x.Problem}
	}
	return s.learn(x, entry, i)
}

// entered is the answer to a login and to a refresh.
type entered struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Expires int64  `json:"expires_in"`
}

// learn draws the consequences of an answer.
func (s State) learn(x Exchange, e entered, i Answered) (State, []Effect) {
	good := x.Status >= 200 && x.Status < 300
	switch {
	case x.Action == "jwks":
		return s.keys(x, i, good)
	case good && (x.Action == "login" || x.Action == "refresh"):
		if x.Action == "login" {
			s.Password, s.Held = "", Held{} // it is of no use any more
		}
		if e.Access != "" {
			s.Held = Held{e.Access, e.Refresh, i.Now + e.Expires}
		}
		return s.look()
	case good && (x.Action == "logout" || x.Action == "everywhere" || x.Action == "forget"):
		s.Held, s.Who, s.Logins, s.More = Held{}, nil, nil, false
		return s, nil
	case good && x.Action == "end":
		return s.look()
	case good && x.Action == "me":
		return s.met(i.Body)
	case good && x.Action == "sessions":
		var list struct {
			Sessions []Login `json:"sessions"`
			Next     string  `json:"next"`
		}
		if json.Unmarshal([]byte(i.Body), &list) == nil {
			s.Logins, s.More = list.Sessions, list.Next != ""
		}
	case x.Status == 401 && x.Action != "login":
		s.Who, s.Logins, s.More = nil, nil, false
	case x.Status == 400 && x.Action == "refresh":
		s.Held.Refresh = ""
		return s.ask("me", "", true)
	}
	return s, nil
}

// look asks who is logged in now, and then (see met) for the list of logins.
func (s State) look() (State, []Effect) { return s.ask("me", "", true) }

// met takes the answer to GET /api/me.
func (s State) met(body string) (State, []Effect) {
	var who Who
	if json.Unmarshal([]byte(body), &who) != nil || who.User == "" {
		return s, nil
	}
	s.Who = &who
	return s.ask("sessions", "", true)
}

// keys opens the token that was waiting for the server's keys.
func (s State) keys(x Exchange, i Answered, good bool) (State, []Effect) {
	token := s.tokens[x.Number]
	if token == "" {
		return s, nil
	}
	if !good {
		s.Said = Said{x.Action, x.Status, x.Failed, x.Problem} // the user has asked for the token, if not for the keys
		return s, nil
	}
	return s, []Effect{Show{token, i.Body}}
}

// header is the value of a header by its name.
func header(all []Line, name string) string {
	for _, l := range all {
		if strings.EqualFold(l.Name, name) {
			return l.Value
		}
	}
	return ""
}
