package lab

import (
	"strings"

	"jwtlab/app/lab/scenario"
)

// A Suggestion is what is worth trying next: its words are "lab.next." and the code.
type Suggestion struct {
	Code   string
	Intent Intent
}

// Suggest says what is worth trying next, from how the last step went.
func (s *State) Suggest() Suggestion {
	o := s.Outcome()
	switch {
	case s.Fault != nil && len(s.Undo) > 0:
		return Suggestion{"undo", Undid{}}
	case o != nil:
		return s.afterAttack(o)
	case s.At() < len(s.Moves()):
		return Suggestion{"forward", Stepped{1}}
	case !s.loggedIn():
		return Suggestion{"login", Did{"login"}}
	}
	return Suggestion{"xss-read", Did{"attack xss-read"}}
}

// loggedIn reports whether somebody has logged in and not out since.
func (s *State) loggedIn() bool {
	in := false
	for i := range s.Record.Steps {
		switch step := &s.Record.Steps[i]; {
		case step.Verb == "login" && step.Status < 400, step.Verb == "sso" && step.Status < 400:
			in = true
		case strings.HasPrefix(step.Verb, "logout"):
			in = false
		}
	}
	return in
}

// afterAttack offers the counterpart of what was just seen.
func (s *State) afterAttack(o *scenario.Outcome) Suggestion {
	setup := s.Setup()
	if before, _ := s.Pair(); before != nil && o.Attack == "xss-read" {
		return Suggestion{"xss-ride", Did{"attack xss-ride"}}
	}
	switch o.Attack {
	case "xss-read":
		if o.Obtained {
			return Suggestion{"http-only", ChoseSetup{httpOnly(setup)}}
		}
		return Suggestion{"xss-ride", Did{"attack xss-ride"}}
	case "xss-ride":
		return Suggestion{"csrf-form", Did{"attack csrf-form"}}
	case "csrf-form", "csrf-link", "csrf-image", "csrf-fetch", "csrf-sibling":
		return afterCSRF(o, setup)
	case "sniff-http":
		if o.Obtained && setup.Storage == scenario.CookieBare {
			return Suggestion{"secure", ChoseStorage{scenario.CookieLax}}
		}
	}
	for _, r := range remedies {
		if o.Attack == r.attack && o.Accepted && !setup.Has(r.defence) && strings.Contains(r.credentials, setup.Credential) {
			return Suggestion{r.defence, Toggled{r.defence}}
		}
	}
	if o.Applies {
		return Suggestion{"matrix", AskedMatrix{}}
	}
	return Suggestion{"xss-read", Did{"attack xss-read"}}
}

// remedies are the defences that are made for an attack, with the credentials that they help.
var remedies = []struct{ attack, defence, credentials string }{
	{"clickjack", scenario.NoFraming, "session jwt jwt-weak refresh"},
	{"replay-elsewhere", scenario.Bind, "session jwt jwt-weak refresh"},
	{"replay-after-logout", scenario.DenyList, "jwt jwt-weak refresh"},
	{"refresh-theft", scenario.Rotation, "refresh"},
}

func afterCSRF(o *scenario.Outcome, setup scenario.Setup) Suggestion {
	switch {
	case o.Accepted && setup.Storage == scenario.CookieNone:
		return Suggestion{"lax", ChoseStorage{scenario.CookieLax}}
	case o.Accepted && !setup.Has(scenario.CSRFToken):
		return Suggestion{"csrf-token", Toggled{scenario.CSRFToken}}
	case o.Attack == "csrf-form":
		return Suggestion{"csrf-link", Did{"attack csrf-link"}}
	}
	return Suggestion{"replay-after-logout", Did{"attack replay-after-logout"}}
}

// httpOnly is the setup with its credential in a cookie that no script can read.
func httpOnly(setup scenario.Setup) string {
	setup.Storage = scenario.CookieLax
	return setup.ID()
}
