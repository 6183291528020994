package client

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Actions are what the page can ask for.
func Actions() []string {
	return []string{"login", "me", "admin", "transfer", "refresh", "logout", "forget", "sessions", "everywhere", "end", "jwks"}
}

const refreshPath = "/api/refresh"

// addresses has the method and the path of each action.
var addresses = map[string][2]string{
	"login":      {"POST", "/api/login"},
	"me":         {"GET", "/api/me"},
	"admin":      {"GET", "/api/admin"},
	"transfer":   {"POST", "/api/transfer"},
	"refresh":    {"POST", refreshPath},
	"logout":     {"POST", "/api/logout"},
	"forget":     {"DELETE", refreshPath},
	"sessions":   {"GET", "/api/sessions"},
	"everywhere": {"DELETE", "/api/sessions"},
	"end":        {"DELETE", "/api/sessions/"},
	"jwks":       {"GET", "/.well-known/jwks.json"},
}

// ask sends a request; own says that the page does it by itself, without being asked to.
func (s State) ask(action, id string, own bool) (State, []Effect) {
	at, ok := addresses[action]
	if !ok {
		return s, nil
	}
	s.sent++
	s.Pending++
	x := Exchange{Number: s.sent, Action: action, Own: own, Method: at[0], Path: at[1] + url.PathEscape(id)}
	x.Sent = []Line{{"Accept-Language", s.Lang}}
	body := s.body(action)
	if body != "" {
		x.Sent = append(x.Sent, Line{"Content-Type", "application/json"})
	}
	if s.Held.Access != "" && action != "login" && action != "jwks" && x.Path != refreshPath {
		x.Sent = append(x.Sent, Line{"Authorization", "Bearer " + s.Held.Access})
	} else if s.Who != nil && s.Who.CSRF != "" && x.Method != "GET" {
		x.Sent = append(x.Sent, Line{"X-CSRF-Token", s.Who.CSRF})
	}
	x.Added = s.added(x.Path)
	x.Body = body
	if action == "login" {
		x.Body = s.login("•••")
	}
	s.Exchanges = append(slices.Clone(s.Exchanges), x)
	if over := len(s.Exchanges) - kept; over > 0 {
		s.Exchanges = s.Exchanges[over:]
	}
	return s, []Effect{Send{x.Number, x.Method, x.Path, x.Sent, body}}
}

// body is the JSON of a request, empty for none.
func (s State) body(action string) string {
	switch action {
	case "login":
		return s.login(s.Password)
	case "transfer":
		return object("to", s.To, "amount", s.Amount)
	case "refresh", "forget":
		if s.Held.Refresh != "" {
			return object("refresh_token", s.Held.Refresh)
		}
	}
	return ""
}

func (s State) login(password string) string {
	if s.Mode == "token" {
		return object("username", s.Name, "password", password, "mode", s.Mode, "refresh", s.Refresh)
	}
	return object("username", s.Name, "password", password, "mode", s.Mode)
}

// object writes names and texts as JSON, in this order.
func object(pairs ...string) string {
	var members []string
	for i := 0; i < len(pairs); i += 2 {
		value, _ := json.Marshal(pairs[i+1]) // of a text: it cannot fail
		members = append(members, `"`+pairs[i]+`":`+string(value))
	}
	return "{" + strings.Join(members, ",") + "}"
}
