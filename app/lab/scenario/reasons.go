package scenario

import (
	"slices"

	"jwtlab/app/check"
)

// rules are the reasons that an attack gives beside those of the wire, the browser, of cookies and of the verifier.
var rules = []check.Rule{
	{"scenario.sense-id", "scenario-sense", "ASVS 7.2.4"},
	{"scenario.sense-refresh", "scenario-sense", "RFC 6749 §1.5"},
	{"scenario.sense-store", "scenario-sense", "RFC 7519 §1"},
	{"scenario.sense-token", "scenario-sense", "RFC 7519 §1"},
	{"scenario.sense-public", "scenario-sense", "RFC 8725 §2.1"},
	{"scenario.sense-secret", "scenario-sense", "RFC 8725 §2.2"},
	{"scenario.did", "scenario-service", "RFC 9110 §15.3"},
	{"scenario.redirected", "scenario-service", "RFC 9110 §15.4"},
	{"scenario.refused", "scenario-service", "RFC 9110 §15.5"},
	{"scenario.no-method", "scenario-service", "RFC 9110 §9.2.1"},
	{"scenario.bearer", "scenario-service", "RFC 6750 §1.2"},
	{"scenario.outlives", "scenario-service", "RFC 7519 §4.1.4"},
	{"scenario.same-page", "scenario-service", "RFC 10017 §5.1.4"},
	{"scenario.bound", "scenario-service", "OWASP Session Management"},
	{"scenario.reused", "scenario-service", "RFC 9700 §4.14.2"},
	{"scenario.kept-id", "scenario-service", "ASVS 7.2.4"},
	{"scenario.new-id", "scenario-service", "ASVS 7.2.4"},
	{"scenario.own-login", "scenario-service", "RFC 6265bis §8.6"},
	{"scenario.shut-out", "scenario-service", "RFC 6265bis §8.6"},
	{"scenario.not-planted", "scenario-service", "RFC 6265bis §8.6"},
	{"scenario.not-by-itself", "scenario-loot", "RFC 6750 §2.1"},
	{"scenario.as-json", "scenario-loot", "Fetch §4.8"},
	{"scenario.no-page", "scenario-loot", "RFC 6265bis §8.2"},
	{"scenario.nothing", "scenario-loot", "RFC 10017 §8"},
	{"scenario.storage", "scenario-loot", "RFC 10017 §8.5"},
	{"scenario.hooked", "scenario-loot", "RFC 10017 §8.4"},
	{"scenario.renewed", "scenario-loot", "RFC 10017 §5.1.2"},
	{"scenario.variables", "scenario-loot", "RFC 10017 §8.4"},
	{"scenario.partitioned", "scenario-loot", "Chromium"},
	{"scenario.heard", "scenario-loot", "RFC 6265bis §8.3"},
	{"scenario.unheard", "scenario-loot", "RFC 6265bis §8.3"},
	{"scenario.https-only", "scenario-loot", "RFC 6797 §8.3"},
	{"scenario.hashes", "scenario-loot", "RFC 6819 §5.1.4.1.3"},
	{"scenario.guessed", "scenario-loot", "RFC 8725 §2.2"},
}

// Codes returns the codes of all reasons.
func Codes() []string { return check.Codes(rules) }

// Names returns the names of the questions that they answer.
func Names() []string {
	names := check.Names(rules)
	slices.Sort(names)
	return slices.Compact(names)
}
