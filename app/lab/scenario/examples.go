package scenario

import (
	"embed"
	"strings"
)

//go:embed examples/*.lab
var exampleFiles embed.FS

// An Example is a scenario of ours. Its title is in the catalogue, as "scenario.example." and the name.
type Example struct {
	Name   string `json:"name"`
	Script string `json:"script"`
}

// exampleNames are the examples in the order in which they are shown: the presets, then what there is to see.
var exampleNames = []string{
	"server-session", "spa-localstorage", "bff", "memory-refresh-cookie", "mobile-app", "sso",
	"xss-localstorage", "xss-cookie", "xss-readable", "xss-rides", "csrf-kinds", "lax-two-minutes", "firefox", "http-cookie",
	"subdomain", "subdomain-origin-check", "cookie-injection", "cookie-injection-prefix", "token-cors", "token-cors-trusted",
	"third-party", "logout-jwt", "logout-session", "logout-denylist", "refresh-theft", "refresh-rotation", "stale-role",
	"roles", "end-all", "tabs", "stay-logged-in", "session-restore", "csrf-token", "fixation", "fixation-renew-id",
	"fixation-hsts", "forgeries", "weak-secret", "store-leak", "lifetimes", "idle", "expired", "restart", "restart-jwt",
	"replicas", "replicas-shared", "replicas-eight", "retry", "retry-refresh", "caches", "network", "mobile-app-cookie",
	"mobile-app-jar",
}

// Examples returns the examples.
func Examples() []Example {
	all := make([]Example, len(exampleNames))
	for i, name := range exampleNames {
		text, err := exampleFiles.ReadFile("examples/" + name + ".lab")
		if err != nil {
			panic(err) // the list above is held to the files by a test
		}
		all[i] = Example{name, string(text)}
	}
	return all
}

// Presets returns the names of the examples that are whole ways to keep a login.
func Presets() []string { return exampleNames[:6] }

// ExampleNamed returns the example of a name.
func ExampleNamed(name string) (Example, bool) {
	for _, e := range Examples() {
		if e.Name == strings.TrimSuffix(name, ".lab") {
			return e, true
		}
	}
	return Example{}, false
}
