package browser

import (
	"jwtlab/app/check"
)

// rules are the notes that the browser makes of what it sends, and of what it does with the responses.
var rules = []check.Rule{
	{"browser.address", "browser-address", "URL §4.4"},
	{"browser.mode-same-origin", "browser-mode", "Fetch §4.1"},
	{"browser.credentials-omit", "browser-credentials", "Fetch §4.5"},
	{"browser.credentials-origin", "browser-credentials", "Fetch §4.5"},
	{"browser.credentials-preflight", "browser-credentials", "Fetch §4.8"},
	{"browser.no-jar", "browser-credentials", "RFC 6265bis §5.8"},
	{"browser.cors-missing", "browser-cors", "Fetch §4.9"},
	{"browser.cors-any", "browser-cors", "Fetch §4.9"},
	{"browser.cors-wildcard", "browser-cors", "Fetch §4.9"},
	{"browser.cors-other", "browser-cors", "Fetch §4.9"},
	{"browser.cors-credentials", "browser-cors", "Fetch §4.9"},
	{"browser.cors-allowed", "browser-cors", "Fetch §4.9"},
	{"browser.resource-policy", "browser-embedding", "Fetch §3.7"},
	{"browser.preflight-remembered", "browser-preflight", "Fetch §4.10"},
	{"browser.preflight-method", "browser-preflight", "Fetch §4.8"},
	{"browser.preflight-header", "browser-preflight", "Fetch §4.8"},
	{"browser.preflight-status", "browser-preflight", "Fetch §4.8"},
	{"browser.preflight-no-method", "browser-preflight", "Fetch §4.8"},
	{"browser.preflight-no-header", "browser-preflight", "Fetch §4.8"},
	{"browser.preflight-star", "browser-preflight", "Chromium"},
	{"browser.preflight-granted", "browser-preflight", "Fetch §4.8"},
	{"browser.preflight-failed", "browser-preflight", "Fetch §4.8"},
	{"browser.redirect-address", "browser-redirect", "Fetch §4.4"},
	{"browser.redirect-error", "browser-redirect", "Fetch §4.4"},
	{"browser.redirect-limit", "browser-redirect", "Fetch §4.4"},
	{"browser.redirect-method", "browser-redirect", "Fetch §4.4"},
	{"browser.redirect-authorization", "browser-redirect", "Fetch §4.4"},
	{"browser.mixed-blocked", "browser-mixed", "Mixed Content §4.3"},
	{"browser.mixed-upgraded", "browser-mixed", "Mixed Content §4.1"},
	{"browser.mixed-form", "browser-mixed", "Chromium"},
	{"browser.hsts-upgraded", "browser-hsts", "RFC 6797 §8.3"},
	{"browser.hsts-learned", "browser-hsts", "RFC 6797 §8.1"},
	{"browser.hsts-forgotten", "browser-hsts", "RFC 6797 §8.1"},
	{"browser.frame-ancestors", "browser-framing", "CSP3 §6.4.2"},
	{"browser.frame-options", "browser-framing", "HTML §7.6"},
	{"browser.popup-refused", "browser-framing", "HTML §7.3.1"},
	{"browser.top-refused", "browser-framing", "HTML §7.4.2"},
}

// Codes returns the codes of all notes.
func Codes() []string { return check.Codes(rules) }

// Names returns the names of the questions that they answer.
func Names() []string { return check.Names(rules) }

// A judge collects notes.
type judge struct {
	checks []check.Check
}

func (j *judge) add(answer func(*check.List)) {
	l := check.List{Rules: rules, Checks: j.checks}
	answer(&l)
	j.checks = l.Checks
}

func (j *judge) Yes(code string, args ...string) { j.add(func(l *check.List) { l.Yes(code, args...) }) }
func (j *judge) No(code string, args ...string)  { j.add(func(l *check.List) { l.No(code, args...) }) }
func (j *judge) Remark(code string, args ...string) {
	j.add(func(l *check.List) { l.Remark(code, args...) })
}

// good reports whether nothing is answered with no.
func (j *judge) good() bool { return len(j.checks) == 0 || check.Sum(j.checks) != check.No }

// take returns the notes, and begins anew.
func (j *judge) take() []check.Check {
	all := j.checks
	j.checks = nil
	return all
}

// note attaches one to a message.
func (b *Browser) note(message int, code string, args ...string) {
	var v judge
	v.Yes(code, args...)
	b.net.Note(message, v.checks...)
}

// clip keeps a text fit for a sentence.
func clip(s string) string { return check.Clip(s, 80) }
