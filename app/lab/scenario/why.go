package scenario

import (
	"net/http"
	"slices"

	"jwtlab/app/check"
	"jwtlab/app/lab/wire"
)

// rules are the reasons that an attack gives beside those of the browser, of cookies and of the verifier.
var rules = []check.Rule{
	{"scenario.sense-id", "scenario-sense", "ASVS 7.2.4"},
	{"scenario.sense-refresh", "scenario-sense", "RFC 6749 §1.5"},
	{"scenario.sense-store", "scenario-sense", "RFC 7519 §1"},
	{"scenario.sense-token", "scenario-sense", "RFC 7519 §1"},
	{"scenario.sense-public", "scenario-sense", "RFC 8725 §2.1"},
	{"scenario.sense-secret", "scenario-sense", "RFC 8725 §2.2"},
	{"scenario.did", "scenario-service", "RFC 9110 §15.3"},
	{"scenario.refused", "scenario-service", "RFC 9110 §15.5"},
	{"scenario.no-method", "scenario-service", "RFC 9110 §9.2.1"},
	{"scenario.no-answer", "scenario-service", "Fetch §4.4"},
	{"scenario.not-by-itself", "scenario-loot", "RFC 6750 §2.1"},
	{"scenario.nothing", "scenario-loot", "HTML §12.2"},
	{"scenario.partitioned", "scenario-loot", "Chromium"},
	{"scenario.hashes", "scenario-loot", "RFC 9700 §4.14"},
	{"scenario.hooked", "scenario-loot", "RFC 9700 §4.16"},
	{"scenario.guessed", "scenario-loot", "RFC 8725 §2.2"},
	{"scenario.not-planted", "scenario-loot", "RFC 6265bis §5.7"},
	{"scenario.https-only", "scenario-loot", "RFC 6797 §8.3"},
	{"scenario.not-loaded", "scenario-loot", "CSP3 §6.4.2"},
	{"scenario.own-login", "scenario-service", "RFC 6749 §10.12"},
}

// Codes returns the codes of all reasons.
func Codes() []string { return check.Codes(rules) }

// Names returns the names of the questions that they answer.
func Names() []string {
	names := check.Names(rules)
	slices.Sort(names)
	return slices.Compact(names)
}

// explain finds the message that decided, and its reasons: which credential was sent or not and why, what the browser did
// not allow, and what the service answered.
func (r *raid) explain() {
	why := r.list.Checks
	m := r.net.Message(r.pivot)
	if m == nil {
		m = r.decisive()
	}
	if m != nil {
		r.outcome.Decided = m.ID
		why = append(why, r.reasons(m)...)
		why = append(why, r.answer(m)...)
	}
	r.outcome.Why = why
}

// decisive is the last message of the attack that asks the shop, or reads a cookie; else its last one.
func (r *raid) decisive() (found *wire.Message) {
	for _, m := range r.since(r.messages) {
		if m.Kind == wire.Answer || m.Method == http.MethodOptions {
			continue
		}
		asks := m.Kind == wire.Ask && (m.To == shop || m.To == plain)
		if found == nil || asks || len(m.Cookies) > 0 || len(m.Notes) > 0 {
			found = m
		}
	}
	return found
}

// reasons are the checks of a message that decided: of the cookies that are credentials, and what was not allowed.
func (r *raid) reasons(m *wire.Message) (why []check.Check) {
	for _, d := range m.Cookies {
		if d.Cookie == nil || kindOf(d.Cookie.Name.Text()) == "" {
			continue
		}
		for _, c := range d.Checks {
			if c.Answer != check.Yes || c.Remark || m.Kind == wire.Ask {
				why = append(why, c)
			}
		}
	}
	for _, c := range m.Notes {
		if c.Answer == check.No && !r.outcome.Accepted && r.setup.usesCookies() {
			why = append(why, c)
		}
	}
	return why
}

// answer is what the service said to a request.
func (r *raid) answer(m *wire.Message) []check.Check {
	if m.Kind != wire.Ask {
		return nil
	}
	l := check.List{Rules: rules}
	for _, a := range r.since(m.ID) {
		if a.Kind != wire.Answer || a.Cause != m.ID {
			continue
		}
		status := itoa(a.Status)
		switch code := members(a.Body)["code"]; {
		case a.Status == http.StatusMethodNotAllowed:
			l.No("scenario.no-method", m.Method)
		case a.Status >= 400:
			l.No("scenario.refused", status, code)
		default:
			l.Yes("scenario.did", status)
		}
		return l.Checks
	}
	l.No("scenario.no-answer")
	return l.Checks
}
