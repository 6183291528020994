package claims

import (
	"strings"

	"jwtlab/app/token"
)

// Certainty says how a [Profile] was recognised. The zero value: not at all.
type Certainty string

// The certainties.
const (
	Declared Certainty = "declared" // by typ in the header, which is what typ is for (RFC 8725 §3.11)
	Likely   Certainty = "likely"   // by claims that no other kind has
	Guess    Certainty = "guess"    // by claims that others may have as well
)

// A Profile is a kind of token that a specification gives rules to. The zero value is a JWT of no kind in particular.
type Profile struct {
	// ID names the kind; its words are "profile." and the ID in package locale, an explanation under that and ".help".
	ID   string    `json:"id"`
	Ref  string    `json:"ref"` // where its rules stand
	Sure Certainty `json:"sure,omitempty"`
}

// The profiles that other packages have rules for.
const (
	IDToken     = "id-token"
	AccessToken = "access-token"
)

// A kind is the rules of a profile. The lists are names with blanks between them.
type kind struct {
	id, ref string
	types   string // what typ is, the one to write first; none if the kind has no typ of its own
	// strict says that the typ is demanded, not only advised.
	strict   bool
	requires string // claims
	either   string // claims of which one is enough
	header   string // header parameters that are required
	forbids  string // claims
	avoids   string // claims that it should not have
	unsigned string // what alg may not be: "mac" for symmetric algorithms
}

// kinds are the profiles. Those that are recognised by their claims alone come in the order in which they are tried
// in [byClaims].
var kinds = [...]kind{
	{id: IDToken, ref: "OIDC Core 1.0 §2", requires: "iss sub aud exp iat"},
	{id: AccessToken, ref: "RFC 9068 §2.2", types: "at+jwt", requires: "iss exp aud sub client_id iat jti"},
	{id: "logout-token", ref: "OIDC Back-Channel Logout 1.0 §2.4", types: "logout+jwt",
		requires: "iss aud iat exp jti events", either: "sub sid", forbids: "nonce"},
	{id: "security-event", ref: "RFC 8417 §2.2", types: "secevent+jwt", requires: "iss iat jti events"},
	{id: "dpop-proof", ref: "RFC 9449 §4.2", types: "dpop+jwt", strict: true, header: "jwk", requires: "jti htm htu iat",
		unsigned: "mac"},
	{id: "key-binding", ref: "RFC 9901 §4.3", types: "kb+jwt", strict: true, requires: "iat aud nonce sd_hash", unsigned: "mac"},
	{id: "sd-jwt-vc", ref: "draft-ietf-oauth-sd-jwt-vc §3.2", types: "dc+sd-jwt vc+sd-jwt", strict: true, requires: "vct"},
	{id: "introspection", ref: "RFC 9701 §5", types: "token-introspection+jwt", strict: true,
		requires: "iss aud iat token_introspection", avoids: "sub exp"},
	{id: "client-assertion", ref: "RFC 7523 §3", types: "client-authentication+jwt", requires: "iss sub aud exp"},
	{id: "request-object", ref: "RFC 9101 §4", types: "oauth-authz-req+jwt", requires: "client_id response_type",
		forbids: "request request_uri"},
	{id: "credential-1", ref: "W3C VC Data Model 1.1 §6.3.1", requires: "iss nbf vc"},
	{id: "credential", ref: "W3C VC-JOSE-COSE §3.1.1", types: "vc+jwt vc-ld+jwt", requires: "@context type credentialSubject",
		forbids: "vc vp"},
	{id: "presentation", ref: "W3C VC-JOSE-COSE §3.1.2", types: "vp+jwt vp-ld+jwt"},
}

// Profiles returns every profile that is known.
func Profiles() []Profile {
	all := make([]Profile, len(kinds))
	for i, k := range kinds {
		all[i] = Profile{ID: k.id, Ref: k.ref}
	}
	return all
}

func kindOf(id string) (kind, bool) {
	for _, k := range kinds {
		if k.id == id {
			return k, true
		}
	}
	return kind{}, false
}

// logoutEvent is the member of events that makes a logout token (OIDC Back-Channel Logout 1.0 §2.4).
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// Recognise says what kind of token header and payload are. Either may be nil.
func Recognise(header, payload *token.JSON) Profile {
	typ := mediaType(header.Root().Get("typ"))
	for _, k := range kinds {
		for t := range strings.FieldsSeq(k.types) {
			if typ == t {
				return Profile{k.id, k.ref, Declared}
			}
		}
	}
	if payload.Root().Kind() != token.Object {
		return Profile{}
	}
	id, sure := byClaims(gather(payload.Root()))
	k, ok := kindOf(id)
	if !ok {
		return Profile{}
	}
	return Profile{id, k.ref, sure}
}

// mediaType is a typ in small letters and without the "application/" that may be left out (RFC 7515 §4.1.9).
func mediaType(typ token.Value) string {
	if typ.Kind() != token.String {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(short(typ.Text())), "application/")
}

// A set is the first claim of each name that the profiles speak of.
type set map[string]token.Value

func (s set) has(names ...string) bool {
	for _, n := range names {
		if !s[n].Exists() {
			return false
		}
	}
	return true
}

func (s set) any(names ...string) bool {
	for _, n := range names {
		if s[n].Exists() {
			return true
		}
	}
	return false
}

// spoken are the claims that the profiles speak of.
var spoken = func() map[string]bool {
	all := map[string]bool{}
	add := func(names string) {
		for n := range strings.FieldsSeq(names) {
			all[n] = true
		}
	}
	for _, k := range kinds {
		add(k.requires + " " + k.either + " " + k.forbids + " " + k.avoids)
	}
	add("nonce at_hash c_hash s_hash azp auth_time scope scp typ token_use redirect_uri")
	return all
}()

// gather takes the claims of [spoken] in one pass, however many others there are.
func gather(root token.Value) set {
	s := make(set, len(spoken))
	for name, value := range root.Members() {
		if n := name.Text(); spoken[n] && !s[n].Exists() {
			s[n] = value
		}
	}
	return s
}

// byClaims recognises a kind by what only it has. Keycloak names it in a claim typ, Cognito in token_use. One flat
// switch, most telling first.
func byClaims(s set) (id string, sure Certainty) {
	use := s["typ"].Text() + s["token_use"].Text()
	switch {
	case s["events"].Kind() == token.Object && s["events"].Get(logoutEvent).Exists():
		return "logout-token", Likely
	case s["events"].Kind() == token.Object:
		return "security-event", Likely
	case s.has("token_introspection"):
		return "introspection", Likely
	case s.has("sd_hash"):
		return "key-binding", Likely
	case s.has("htm", "htu"):
		return "dpop-proof", Likely
	case s.has("vct"):
		return "sd-jwt-vc", Likely
	case s.has("vc"):
		return "credential-1", Likely
	case s.has("vp"):
		return "presentation", Likely
	case s.has("@context", "credentialSubject"):
		return "credential", Likely
	case s.has("response_type") && s.any("client_id", "redirect_uri"):
		return "request-object", Likely
	case use == "ID", use == "id", s.any("at_hash", "c_hash", "s_hash"):
		return IDToken, Likely
	case use == "Bearer", use == "access", s.any("scope", "scp"):
		return AccessToken, Likely
	case s.has("nonce", "sub", "aud"), s.has("auth_time", "sub", "aud"):
		return IDToken, Likely
	case s.has("client_id", "sub"), s.has("azp", "sub"):
		return AccessToken, Guess
	case s.has("iss", "sub", "aud", "exp") && s["iss"].Text() == s["sub"].Text():
		return "client-assertion", Guess
	}
	return "", ""
}
