package lab

import "jwtlab/app/lab/scenario"

// A Preset is a way of keeping logins that many use; its words are "scenario.example." and the name.
type Preset struct{ Name, Script string }

// Presets returns the presets: the worlds of the engine's own, with a login in them and nothing that happens to it yet.
func Presets() []Preset {
	var all []Preset
	for _, name := range scenario.Presets() {
		e, _ := scenario.ExampleNamed(name)
		lines := Lines(e.Script)
		var script []string
		for _, line := range lines[:head(lines)] {
			if len(words(line)) > 0 {
				script = append(script, line)
			}
		}
		script = append(script, "visit", "login", "call")
		if name == "sso" {
			script = append(script[:len(script)-2], "sso shop", "sso news")
		}
		all = append(all, Preset{name, join(script)})
	}
	return all
}

// Deeds returns what can be done to a kind of thing, as lines of the script.
func Deeds(kind string) []string {
	switch kind {
	case "cookie":
		return []string{"attack xss-read", "attack csrf-form", "attack sniff-http", "attack cookie-inject", "wait expiry"}
	case "item":
		return []string{"attack xss-read", "reload", "new-tab", "close"}
	case "login":
		return []string{"force-out", "logout-everywhere", "attack store-leak", "restart"}
	case "loot":
		return []string{"attack replay-elsewhere", "attack replay-after-logout", "attack replay-after-expiry"}
	}
	return nil
}
