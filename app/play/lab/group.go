package lab

import (
	"slices"
	"strings"

	"jwtlab/app/lab/scenario"
)

// A Group is moves or attacks that belong together; its words are "lab.group." and the name.
type Group struct {
	Name  string
	Lines []string // of the script
}

// Moves are what the user of the simulated browser can do, and what can happen to the service.
func Moves() []Group {
	return []Group{
		{"user", []string{"login", "call", "transfer bob 10", "reload", "logout"}},
		{"more", []string{"visit", "account", "admin", "link", "refresh", "new-tab", "close", "restore", "logout-everywhere"}},
		{"world", []string{"change-network cafe", "change-network home", "force-out", "role alice none", "role alice admin", "restart", "retry", "replicas 2 own", "replicas 2 shared", "sso", "sso-logout"}},
	}
}

// Times are what can be waited for.
var Times = []string{"wait 1m", "wait 15m", "wait expiry"}

// kinds say which attacks belong together. What has no kind is shown with the last.
var kinds = []struct {
	name string
	of   []string
}{
	{"script", []string{"xss-read", "xss-ride"}},
	{"site", []string{"csrf-form", "csrf-link", "csrf-image", "csrf-fetch", "csrf-sibling", "clickjack"}},
	{"network", []string{"sniff-http", "cookie-inject", "fixate"}},
	{"stolen", []string{"replay-elsewhere", "replay-after-logout", "replay-after-expiry", "refresh-theft", "stale-role", "store-leak"}},
	{"forged", []string{"tamper", "alg-none", "key-confusion", "weak-secret"}},
}

// Kinds returns the names of the kinds of attacks.
func Kinds() []string {
	var all []string
	for _, k := range kinds {
		all = append(all, k.name)
	}
	return all
}

// KindOf returns the kind of an attack.
func KindOf(attack string) string {
	for _, k := range kinds {
		if slices.Contains(k.of, attack) {
			return k.name
		}
	}
	return kinds[len(kinds)-1].name
}

// Attacks returns all attacks, as lines of the script, by their kind.
func Attacks() []Group {
	all := make([]Group, len(kinds))
	for i, k := range kinds {
		all[i].Name = k.name
	}
	for _, id := range scenario.Attacks() {
		for i := range all {
			if all[i].Name == KindOf(id) {
				all[i].Lines = append(all[i].Lines, "attack "+id)
			}
		}
	}
	return all
}

// A Key is a key that does one thing. Line is a line of the script; without one the Name says what it does.
type Key struct{ Key, Line, Name string }

// Keys returns what each key does on the page of the lab.
func Keys() []Key {
	return []Key{
		{" ", "", "play"}, {".", "", "forward"}, {",", "", "back"}, {"u", "", "undo"}, {"y", "", "redo"}, {"?", "", "keys"},
		{"l", "login", ""}, {"c", "call", ""}, {"t", "transfer bob 10", ""}, {"v", "visit", ""}, {"a", "account", ""}, {"r", "reload", ""},
		{"n", "new-tab", ""}, {"b", "close", ""}, {"o", "logout", ""}, {"w", "wait 1m", ""}, {"q", "wait 15m", ""}, {"e", "wait expiry", ""},
		{"x", "attack xss-read", ""}, {"s", "attack xss-ride", ""}, {"f", "attack csrf-form", ""}, {"k", "attack csrf-link", ""},
		{"h", "attack sniff-http", ""}, {"p", "attack replay-elsewhere", ""}, {"g", "attack replay-after-logout", ""}, {"j", "attack clickjack", ""},
	}
}

// Pressed returns what a key does; nil for nothing.
func (s *State) Pressed(key string) Intent {
	if s.KeysOff && key != "?" {
		return nil
	}
	key = strings.ToLower(key)
	for _, k := range Keys() {
		switch {
		case k.Key != key:
		case k.Line != "":
			return Did{k.Line}
		default:
			return map[string]Intent{"play": Played{}, "forward": Stepped{1}, "back": Stepped{-1}, "undo": Undid{}, "redo": Redid{}, "keys": ShowedKeys{}}[k.Name]
		}
	}
	return nil
}
