package token

// A rule is a code, how bad it is to break it, and where it stands.
type rule struct {
	code     string
	severity Severity
	ref      string
}

// rules are all problems that this package can give. The text of a JWS need not be JSON, so what [JSON] says of a
// payload is lowered to a warning; a member that a header has twice is raised to an error (RFC 7515 §4).
var rules = []rule{
	{"text.empty", Note, ""},
	{"text.too-long", Error, ""},
	{"text.nothing", Error, ""},
	{"text.json", Error, ""},
	{"text.key", Error, ""},
	{"text.quote", Warning, ""},
	{"text.stray", Note, ""},
	{"text.more", Note, ""},
	{"text.more-tokens", Note, ""},

	{"token.one-part", Error, "RFC 7515 §3.1"},
	{"token.two-parts", Error, "RFC 7515 §3.1"},
	{"token.too-many-parts", Error, "RFC 7515 §3.1"},
	{"token.jwe-parts", Error, "RFC 7516 §3.1"},
	{"token.header-empty", Error, "RFC 7515 §3.1"},
	{"token.signature-empty", Warning, "RFC 7515 §3.1"},
	{"token.ellipsis", Error, "RFC 7515 §3.1"},
	{"token.dot", Warning, "RFC 7515 §3.1"},
	{"token.joined", Warning, "RFC 7515 §2"},
	{"token.blanks", Warning, "RFC 7515 §2"},
	{"token.chunks", Note, "RFC 6265 §6.1"},
	{"token.full-width", Warning, "RFC 7515 §2"},
	{"token.encoded", Note, "RFC 4648 §4"},
	{"token.escaped", Note, "RFC 3986 §2.1"},
	{"token.detached", Note, "RFC 7515 appendix F"},
	{"token.unencoded", Note, "RFC 7797 §5.2"},
	{"token.unencoded-dot", Error, "RFC 7797 §5.2"},
	{"token.unencoded-character", Error, "RFC 7797 §5.2"},
	{"token.unsecured", Warning, "RFC 7518 §3.6"},
	{"token.none-signed", Warning, "RFC 7518 §3.6"},
	{"token.none-case", Warning, "RFC 7515 §4.1.1"},
	{"token.not-json", Note, "RFC 7519 §7.2"},
	{"token.not-claims", Warning, "RFC 7519 §7.2"},
	{"token.not-text", Note, "RFC 7519 §7.2"},
	{"token.nested", Note, "RFC 7519 §5.2"},
	{"token.encrypted", Note, "RFC 7516 §3.1"},
	{"token.sd-jwt", Note, "RFC 9901 §4"},
	{"token.sd-jwt-end", Warning, "RFC 9901 §4"},
	{"token.disclosure", Warning, "RFC 9901 §4.2"},
	{"token.json-member", Error, "RFC 7515 §7.2"},
	{"token.json-mixed", Warning, "RFC 7515 §7.2.2"},
	{"token.unprotected", Note, "RFC 7515 §7.2.1"},

	{"base64.character", Error, "RFC 7515 §2"},
	{"base64.standard", Error, "RFC 4648 §5"},
	{"base64.padding", Error, "RFC 7515 §2"},
	{"base64.blank", Error, "RFC 7515 §2"},
	{"base64.length", Error, "RFC 4648 §5"},
	{"base64.bits", Error, "RFC 4648 §3.5"},

	{"json.empty", Error, "RFC 8259 §2"},
	{"json.cut", Error, "RFC 8259 §2"},
	{"json.syntax", Error, "RFC 8259 §2"},
	{"json.word", Error, "RFC 8259 §3"},
	{"json.number", Error, "RFC 8259 §6"},
	{"json.comma", Error, "RFC 8259 §4"},
	{"json.utf8", Error, "RFC 8259 §8.1"},
	{"json.control", Error, "RFC 8259 §7"},
	{"json.escape", Error, "RFC 8259 §7"},
	{"json.surrogate", Warning, "RFC 8259 §8.2"},
	{"json.duplicate", Warning, "RFC 8259 §4"},
	{"json.trailing", Error, "RFC 8259 §2"},
	{"json.bom", Error, "RFC 8259 §8.1"},
	{"json.too-deep", Error, "RFC 8259 §9"},
	{"json.too-many", Error, "RFC 8259 §9"},

	{"header.not-object", Error, "RFC 7515 §4"},
	{"header.alg-missing", Warning, "RFC 7515 §4.1.1"},
	{"header.enc-missing", Error, "RFC 7516 §4.1.2"},
	{"header.not-string", Warning, "RFC 7515 §4.1"},
	{"header.not-object-member", Warning, "RFC 7515 §4.1.3"},
	{"header.not-strings", Warning, "RFC 7515 §4.1.6"},
	{"header.crit-form", Warning, "RFC 7515 §4.1.11"},
	{"header.crit-absent", Warning, "RFC 7515 §4.1.11"},
	{"header.crit-registered", Warning, "RFC 7515 §4.1.11"},
	{"header.crit-twice", Warning, "RFC 7515 §4.1.11"},
	{"header.not-disjoint", Error, "RFC 7515 §7.2.1"},
	{"header.must-protect", Warning, "RFC 7515 §4.1.11"},
	{"header.b64-form", Warning, "RFC 7797 §3"},
	{"header.b64-not-crit", Warning, "RFC 7797 §6"},
}

// Codes lists the codes of all problems that this package can give.
func Codes() []string {
	codes := make([]string, len(rules))
	for i, r := range rules {
		codes[i] = r.code
	}
	return codes
}

// fault makes the problem of a code. The severity and the reference are those of its rule.
func fault(code string, start, end int, args ...string) Problem {
	p := Problem{Code: code, Severity: Error, Span: Span{start, end}, Args: args}
	for _, r := range rules {
		if r.code == code {
			p.Severity, p.Ref = r.severity, r.ref
			break
		}
	}
	return p
}
