package cookie

import "jwtlab/app/check"

// rules are the reasons that can be given: of a line, of storing, of sending.
var rules = []check.Rule{
	{"cookie.control", "cookie-line", "RFC 6265bis §5.6"},
	{"cookie.tab", "cookie-line", "Chromium"},
	{"cookie.empty", "cookie-line", "RFC 6265bis §5.7"},
	{"cookie.nameless-equals", "cookie-line", "Chromium"},
	{"cookie.too-large", "cookie-line", "RFC 6265bis §5.6"},
	{"cookie.ignored-unknown", "cookie-attribute", "RFC 6265bis §5.6"},
	{"cookie.ignored-long", "cookie-attribute", "RFC 6265bis §5.6"},
	{"cookie.ignored-expires", "cookie-attribute", "RFC 6265bis §5.6.1"},
	{"cookie.ignored-max-age", "cookie-attribute", "RFC 6265bis §5.6.2"},
	{"cookie.ignored-path", "cookie-attribute", "RFC 6265bis §5.6.4"},
	{"cookie.ignored-samesite", "cookie-attribute", "RFC 6265bis §5.6.7"},
	{"cookie.averse", "cookie-store", "HTML, cookie-averse Document"},
	{"cookie.stored", "cookie-store", "RFC 6265bis §5.7"},
	{"cookie.stored-partition", "cookie-store", "CHIPS"},
	{"cookie.replaced", "cookie-store", "RFC 6265bis §5.7"},
	{"cookie.replaced-moved", "cookie-store", "Chromium"},
	{"cookie.deleted", "cookie-store", "RFC 6265bis §5.7"},
	{"cookie.nothing-deleted", "cookie-store", "RFC 6265bis §5.7"},
	{"cookie.evicts", "cookie-limit", "RFC 6265bis §6.1"},
	{"cookie.domain-ascii", "cookie-domain", "RFC 6265bis §5.7"},
	{"cookie.domain-other", "cookie-domain", "RFC 6265bis §5.7"},
	{"cookie.domain-suffix", "cookie-domain", "RFC 6265bis §5.7"},
	{"cookie.domain", "cookie-domain", "RFC 6265bis §5.8.3"},
	{"cookie.host-only", "cookie-domain", "RFC 6265bis §5.8.3"},
	{"cookie.path", "cookie-path", "RFC 6265bis §5.8.3"},
	{"cookie.expired", "cookie-expiry", "RFC 6265bis §5.8.3"},
	{"cookie.secure-set", "cookie-secure", "RFC 6265bis §5.7"},
	{"cookie.overwrite-secure", "cookie-secure", "RFC 6265bis §5.7"},
	{"cookie.secure", "cookie-secure", "RFC 6265bis §5.8.3"},
	{"cookie.httponly-set", "cookie-httponly", "RFC 6265bis §5.7"},
	{"cookie.overwrite-httponly", "cookie-httponly", "RFC 6265bis §5.7"},
	{"cookie.httponly", "cookie-httponly", "RFC 6265bis §5.8.3"},
	{"cookie.prefix-secure", "cookie-prefix", "RFC 6265bis §4.1.3.1"},
	{"cookie.prefix-host", "cookie-prefix", "RFC 6265bis §4.1.3.2"},
	{"cookie.prefix-http", "cookie-prefix", "draft-ietf-httpbis-layered-cookies §4.1.3"},
	{"cookie.prefix-value", "cookie-prefix", "RFC 6265bis §5.7"},
	{"cookie.none-insecure", "cookie-samesite", "RFC 6265bis §5.7"},
	{"cookie.strict-set", "cookie-samesite", "RFC 6265bis §5.7"},
	{"cookie.lax-set", "cookie-samesite", "RFC 6265bis §5.7"},
	{"cookie.default-set", "cookie-samesite", "RFC 6265bis §5.7"},
	{"cookie.strict", "cookie-samesite", "RFC 6265bis §5.6.7.1"},
	{"cookie.lax", "cookie-samesite", "RFC 6265bis §5.6.7.1"},
	{"cookie.lax-method", "cookie-samesite", "RFC 6265bis §5.6.7.1"},
	{"cookie.default", "cookie-samesite", "RFC 6265bis §5.6.7.1"},
	{"cookie.default-method", "cookie-samesite", "RFC 6265bis §5.6.7.1"},
	{"cookie.default-aged", "cookie-samesite", "RFC 6265bis §5.6.7.2"},
	{"cookie.schemeful", "cookie-samesite", "RFC 6265bis §5.2"},
	{"cookie.third-party-set", "cookie-third-party", "RFC 6265bis §7.1"},
	{"cookie.third-party", "cookie-third-party", "RFC 6265bis §7.1"},
	{"cookie.partition-insecure", "cookie-partition", "CHIPS"},
	{"cookie.partition", "cookie-partition", "CHIPS"},
	{"cookie.sent-same-site", "cookie-sent", "RFC 6265bis §5.8.3"},
	{"cookie.sent-top-level", "cookie-sent", "RFC 6265bis §5.6.7.1"},
	{"cookie.sent-fresh", "cookie-sent", "RFC 6265bis §5.6.7.2"},
	{"cookie.sent-none", "cookie-sent", "RFC 6265bis §5.6.7.1"},
	{"cookie.sent-default", "cookie-sent", "RFC 6265bis §5.6.7"},
	{"cookie.sent-partition", "cookie-sent", "CHIPS"},
	{"cookie.read", "cookie-sent", "RFC 6265bis §5.8.2"},
}

// Codes returns the codes of all reasons.
func Codes() []string { return check.Codes(rules) }

// Names returns the names of the questions that they answer.
func Names() []string {
	var names []string
	seen := map[string]bool{}
	for _, name := range check.Names(rules) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// clip keeps a text that comes from a cookie fit for a sentence.
func clip(s string) string { return check.Clip(Octets(s).Text(), 60) }
