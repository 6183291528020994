package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
)

// TestEveryCellSaysWhy: each cell has a reason with its words and its section, none twice, and none that contradicts the outcome.
func TestEveryCellSaysWhy(t *testing.T) {
	for _, c := range computed.Cells {
		at := c.Setup + " " + c.Attack
		if len(c.Why) == 0 {
			t.Errorf("%s says nothing", at)
		}
		said := map[string]bool{}
		for _, w := range c.Why {
			id := w.Code + strings.Join(w.Args, " ")
			if said[id] || w.Name == "" || w.Ref == "" {
				t.Errorf("%s says %v", at, w)
			}
			said[id] = true
			for _, l := range locale.Langs() {
				if text := locale.Text(l, "why."+w.Code, w.Args...); text == "" || strings.ContainsAny(text, "{}⟨⟩") || !locale.Has(l, "check."+w.Name) {
					t.Errorf("%s: %s says %q", at, l, text)
				}
			}
		}
		if sense := c.Why[0].Name == "scenario-sense"; sense == c.Applies {
			t.Errorf("%s applies %t because %v", at, c.Applies, c.Why)
		}
		if c.Applies && !c.Accepted && check.Sum(c.Why) != check.No {
			t.Errorf("%s was stopped by %v", at, c.Why)
		}
	}
}

// whys are reasons that cells give, and that they must not give.
var whys = []struct{ setups, attack, says, not string }{
	{"*/cookie-lax */cookie-strict */cookie-none", "xss-read", "cookie.httponly", "scenario.bearer cookie.path"},
	{"*/cookie-readable session/cookie-bare", "xss-read", "cookie.read scenario.bearer", "scenario.storage"},
	{"*/localstorage */sessionstorage", "xss-read", "scenario.storage scenario.bearer", "scenario.hooked"},
	{"*/memory", "xss-read", "scenario.hooked scenario.bearer", "scenario.storage"},
	{"refresh/memory-refresh-cookie*", "xss-read", "scenario.hooked scenario.renewed scenario.bearer cookie.httponly", ""},
	{"*/*", "xss-ride", "scenario.same-page scenario.did", ""},
	{"*/cookie-lax", "csrf-form", "cookie.lax-method scenario.refused", "cookie.path scenario.not-by-itself"},
	{"session/cookie-bare", "csrf-form", "cookie.sent-fresh scenario.did", ""},
	{"*/cookie-strict", "csrf-link", "cookie.strict scenario.refused", ""},
	{"*/localstorage */memory", "csrf-form", "scenario.not-by-itself scenario.refused", ""},
	{"session/cookie-none+post-only", "csrf-link", "cookie.sent-none scenario.no-method", "scenario.did"},
	{"session/cookie-none+json-only", "csrf-fetch", "scenario.as-json cookie.sent-none scenario.refused", "scenario.did"},
	{"*/cookie-strict", "csrf-sibling", "cookie.sent-same-site scenario.did", ""},
	{"*/memory", "clickjack", "scenario.variables", "scenario.partitioned"},
	{"*/localstorage */sessionstorage", "clickjack", "scenario.partitioned", "scenario.variables"},
	{"session/cookie-none+no-framing", "clickjack", "browser.frame-ancestors", "scenario.did"},
	{"session/cookie-bare", "sniff-http", "scenario.heard scenario.bearer scenario.redirected", "scenario.did"},
	{"*/cookie-lax */cookie-strict", "sniff-http", "scenario.unheard cookie.secure", "scenario.did"},
	{"*/localstorage", "sniff-http", "scenario.unheard", "scenario.did"},
	{"*/cookie-bare+hsts", "sniff-http", "scenario.https-only browser.hsts-upgraded", "scenario.unheard"},
	{"*/cookie-bare+hsts", "fixate", "scenario.not-planted browser.hsts-upgraded", "scenario.kept-id"},
	{"session/cookie-lax session/cookie-strict", "fixate", "scenario.kept-id cookie.stored scenario.did", "wire.intercepted"},
	{"session/cookie-bare+renew-id", "fixate", "scenario.new-id cookie.stored scenario.refused", "scenario.kept-id"},
	{"session/cookie-bare+prefix", "fixate", "scenario.not-planted cookie.prefix-host scenario.refused", ""},
	{"session/cookie-bare+prefix", "cookie-inject", "scenario.not-planted cookie.prefix-host", ""},
	{"session/cookie-lax+bind", "cookie-inject", "scenario.shut-out scenario.bound", "scenario.not-planted"},
	{"session/cookie-lax jwt/cookie-lax", "cookie-inject", "scenario.own-login", ""},
	{"session/cookie-lax+bind", "replay-elsewhere", "scenario.refused scenario.bound", "scenario.bearer"},
	{"jwt/*", "replay-elsewhere", "scenario.bearer", ""},
	{"jwt/localstorage jwt/cookie-lax", "replay-after-logout", "scenario.bearer scenario.outlives", ""},
	{"session/*", "replay-after-logout", "scenario.refused", "scenario.outlives scenario.bearer"},
	{"refresh/*+rotation*", "refresh-theft", "scenario.reused", "scenario.bound"},
	{"refresh/*+bind", "refresh-theft", "scenario.bound", "scenario.reused"},
	{"jwt/*", "stale-role", "scenario.outlives scenario.did", ""},
	{"session/*", "stale-role", "scenario.refused", "scenario.outlives"},
}

// TestWhy looks them up.
func TestWhy(t *testing.T) {
	for _, w := range whys {
		for _, pattern := range strings.Fields(w.setups) {
			cells := cellsOf(pattern, w.attack)
			if len(cells) == 0 {
				t.Errorf("no cell is of %s and %s", pattern, w.attack)
			}
			for _, c := range cells {
				for _, code := range strings.Fields(w.says) {
					if !says(c.Why, code) {
						t.Errorf("%s %s does not say %s: %v", c.Setup, c.Attack, code, c.Why)
					}
				}
				for _, code := range strings.Fields(w.not) {
					if says(c.Why, code) {
						t.Errorf("%s %s says %s: %v", c.Setup, c.Attack, code, c.Why)
					}
				}
			}
		}
	}
}

func says(why []check.Check, code string) bool {
	return slices.ContainsFunc(why, func(c check.Check) bool { return c.Code == code })
}

// TestAppsSayWhy: against an app, the reason is that it has no page.
func TestAppsSayWhy(t *testing.T) {
	for _, attack := range []string{"xss-read", "xss-ride", "csrf-form", "csrf-link", "csrf-image", "csrf-fetch", "csrf-sibling", "clickjack", "cookie-inject"} {
		for _, client := range []string{"session/cookie-none\nclient app-jar", "refresh/memory\nclient app"} {
			r := play(t, "setup "+client+"\nlogin\nattack "+attack+"\nexpect not accepted\nexpect not obtained\n")
			if o := r.Steps[1].Outcome; !says(o.Why, "scenario.no-page") {
				t.Errorf("%s against %q: %v", attack, client, scenario.Outcome{Why: o.Why})
			}
		}
	}
}
