package lint

import "jwtlab/app/token"

// A rule is a code, how bad the finding is and where it comes from. An error is what an attacker uses or what breaks a reader, a
// warning what will hurt one day, a note what is worth knowing.
type rule struct {
	code     string
	severity token.Severity
	ref      string
}

// rules are all findings that this package can give. One flat table.
var rules = [...]rule{
	{"alg.none", token.Error, "RFC 8725 §3.2"},
	{"alg.sha1", token.Error, "RFC 8812 §2"},
	{"alg.rsa1_5", token.Warning, "RFC 8725 §3.2"},
	{"alg.eddsa", token.Note, "RFC 9864 §2.2"},
	{"alg.confusion", token.Warning, "RFC 8725 §2.1"},
	{"alg.shared", token.Warning, "RFC 7515 §10.5"},
	{"alg.key-differs", token.Warning, "RFC 7517 §4.4"},

	{"secret.known", token.Error, "RFC 8725 §3.5"},
	{"secret.repeated", token.Error, "RFC 8725 §3.5"},
	{"secret.guessable", token.Error, "RFC 8725 §3.5"},
	{"secret.short", token.Warning, "RFC 7518 §3.2"},

	{"key.both", token.Warning, "RFC 7517 §4.3"},

	{"kid.path", token.Error, "RFC 8725 §3.10"},
	{"kid.query", token.Error, "RFC 8725 §3.10"},
	{"kid.shell", token.Error, "RFC 8725 §3.10"},
	{"kid.url", token.Warning, "RFC 8725 §3.10"},
	{"kid.long", token.Warning, "RFC 7515 §4.1.4"},

	{"fetch.scheme", token.Error, "RFC 7515 §4.1.2"},
	{"fetch.local", token.Error, "RFC 8725 §3.10"},
	{"fetch.credentials", token.Error, "RFC 8725 §3.10"},
	{"fetch.foreign", token.Warning, "RFC 8725 §3.10"},
	{"embedded.private", token.Error, "RFC 7515 §4.1.3"},
	{"embedded.key", token.Warning, "RFC 8725 §3.10"},

	{"crit.odd", token.Warning, "RFC 7515 §4.1.11"},
	{"b64.jwt", token.Warning, "RFC 7797 §7"},
	{"cty.odd", token.Note, "RFC 7519 §5.2"},
	{"zip.signed", token.Warning, "RFC 7516 §4.1.3"},
	{"zip.encrypted", token.Warning, "RFC 8725 §3.6"},
	{"p2c.high", token.Error, "RFC 7518 §4.8.1.2"},
	{"param.typo", token.Warning, "RFC 7515 §4"},
	{"typ.missing", token.Note, "RFC 8725 §3.11"},
	{"typ.plain", token.Note, "RFC 8725 §3.11"},
	{"base64.loose", token.Error, "RFC 7515 §2"},
	{"member.twice", token.Error, "RFC 7519 §4"},
	{"number.big", token.Warning, "RFC 8259 §6"},
	{"json.deep", token.Warning, "RFC 8259 §9"},
	{"size.cookie", token.Warning, "RFC 6265bis §5.6"},
	{"size.header", token.Warning, "RFC 9110 §5.4"},
	{"url.leak", token.Warning, "RFC 9700 §4.3.2"},
	{"claim.alias", token.Warning, "RFC 7519 §4.1"},
	{"claim.typo", token.Note, "RFC 7519 §4.2"},
	{"scope.form", token.Note, "RFC 8693 §4.2"},
	{"at_hash.absent", token.Note, "OIDC Core 1.0 §3.1.3.6"},

	{"exp.missing", token.Warning, "RFC 7519 §4.1.4"},
	{"exp.long", token.Warning, "RFC 6750 §5.3"},
	{"exp.before-nbf", token.Error, "RFC 7519 §4.1.5"},
	{"exp.before-iat", token.Error, "RFC 7519 §4.1.6"},
	{"iat.missing", token.Note, "RFC 7519 §4.1.6"},
	{"iat.future", token.Warning, "RFC 7519 §4.1.6"},
	{"jti.missing", token.Note, "RFC 7519 §4.1.7"},
	{"time.string", token.Error, "RFC 7519 §2"},
	{"time.type", token.Error, "RFC 7519 §2"},
	{"time.millis", token.Error, "RFC 7519 §2"},
	{"time.fraction", token.Note, "RFC 7519 §2"},

	{"aud.missing", token.Note, "RFC 8725 §3.9"},
	{"aud.empty", token.Error, "RFC 7519 §4.1.3"},
	{"aud.any", token.Warning, "RFC 8725 §3.9"},
	{"aud.many", token.Note, "RFC 8725 §3.9"},
	{"iss.missing", token.Note, "RFC 8725 §3.8"},
	{"iss.http", token.Warning, "OIDC Core 1.0 §2"},
	{"iss.form", token.Warning, "OIDC Core 1.0 §2"},
	{"sub.email", token.Warning, "OIDC Core 1.0 §5.7"},

	{"profile.missing", token.Warning, ""},
	{"profile.forbidden", token.Error, ""},
	{"profile.value", token.Warning, ""},
	{"rights.long", token.Warning, "RFC 9700 §2.3"},

	{"personal.contact", token.Note, "RFC 7519 §12"},
	{"personal.person", token.Note, "RFC 7519 §12"},
	{"personal.national", token.Error, "RFC 7519 §12"},
	{"personal.card", token.Error, "RFC 7519 §12"},
	{"leak.member", token.Error, "RFC 7519 §12"},
	{"leak.value", token.Error, "RFC 7519 §12"},

	{"sd.hash", token.Error, "RFC 9901 §9.4"},
	{"sd.hidden", token.Error, "RFC 9901 §9.7"},
	{"sd.salt", token.Warning, "RFC 9901 §9.3"},
}

// Codes returns the code of every finding.
func Codes() []string {
	codes := make([]string, len(rules))
	for i, r := range rules {
		codes[i] = r.code
	}
	return codes
}
