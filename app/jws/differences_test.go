package jws_test

// A difference is a class of exams that the two judge differently, and why. Who says no is the one with the reason.
type difference struct {
	class  string // of the mutation; * stands for any text
	ours   bool   // our answer; jose's is the other
	reason string // of the no: here the code of the problem or check, from jose the code or name of the error
	ref    string // the rule behind it
	why    string
}

const (
	lenient   = "jose decodes with atob, which forgives; two spellings of one token get past what lists tokens"
	lastWins  = "jose takes the last of the two, other libraries the first; who checks and who uses see different headers"
	oneOfMany = "jose leaves it to its caller to try all keys of the set; here that is done"
	noSecrets = "jose keeps secrets out of its sets; RFC 7517 does not"
	oneKey    = "a JWK is refused for a fault in any member; jose looks at those that it needs"
)

// differences are all that there are.
var differences = []difference{
	{"* padded*", false, "base64.padding", "RFC 7515 §2", lenient},
	{"* with a blank inside", false, "base64.blank", "RFC 7515 §2", lenient},
	{"* with a blank inside", false, "base64.character", "RFC 7515 §2", "a form feed; " + lenient},
	{"any character inserted", false, "base64.blank", "RFC 7515 §2", lenient},
	{"* with unused bits", false, "base64.bits", "RFC 4648 §3.5", lenient},

	{"alg twice, *", false, "json.duplicate", "RFC 7515 §4", lastWins},
	{"kid twice", false, "json.duplicate", "RFC 7515 §4", lastWins},
	{"member twice, inside another", false, "json.duplicate", "RFC 7515 §4", lastWins},
	{"header with a byte order mark", false, "json.bom", "RFC 8259 §8.1", "TextDecoder takes the mark away unasked"},
	{"header nested very deeply", false, "json.too-deep", "RFC 8259 §9", "a reader may limit the depth, and ours does"},

	{"crit naming twice", false, "crit.twice", "RFC 7515 §4.1.11", "the names in crit must be unique"},
	{"b64 false, not critical", false, "b64.not-crit", "RFC 7797 §6", "jose reads it as if it were not there; a reader that knows b64 sees another payload"},
	{"payload unencoded, not critical", false, "b64.not-crit", "RFC 7797 §6", "as before"},
	{"b64 of another type, not critical", false, "b64.type", "RFC 7797 §3", "as before"},

	{"payload unencoded, with blanks", false, "token.unencoded-character", "RFC 7797 §5.2", "printable ASCII only; jose takes control characters"},

	{"secret is the text of the public key", false, "key.public-text", "RFC 8725 §2.1", "everybody knows that secret"},
	{"private JWK", true, "TypeError", "RFC 7517 §9.2", "its public half verifies; that it should not be here is remarked on"},
	{"JWK that may only sign", true, "TypeError", "RFC 7517 §4.3", "who may make a MAC can verify it by making it again"},
	{"JWK that may verify and sign", true, "SyntaxError", "RFC 7517 §4.3", "WebCrypto wants a public key to do nothing but verify"},
	{"JWK with another ext", true, "TypeError", "RFC 7517 §4", "ext belongs to WebCrypto; members not understood are to be ignored"},
	{"JWK with members of another type", false, "jwk.not-string", "RFC 7517 §4", oneKey},
	{"JWK with a member twice", false, "json.duplicate", "RFC 7517 §4", lastWins},
	{"JWK number padded", false, "jwk.b64-padding", "RFC 7515 §2", lenient},
	{"JWK number with unused bits", false, "jwk.b64-bits", "RFC 4648 §3.5", lenient},
	{"JWK number with a zero before it", false, "jwk.size", "RFC 7518 §6.2.1.2", "coordinates have the full size, no more"},

	{"set *", true, "ERR_JOSE_NOT_SUPPORTED", "RFC 7517 §5", noSecrets},
	{"set of two keys, no kid asked", true, "ERR_JWKS_MULTIPLE_MATCHING_KEYS", "RFC 7515 appendix D", oneOfMany},
	{"set with the kid twice", true, "ERR_JWKS_MULTIPLE_MATCHING_KEYS", "RFC 7515 appendix D", oneOfMany},
	{"set without *", true, "ERR_JWKS_NO_MATCHING_KEY", "RFC 7515 §4.1.4", "a kid is a hint; that no key has it is remarked on"},
}
