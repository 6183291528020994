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

// A kind is the rules of a profile.
type kind struct {
	id, ref string
	types   string // what typ is, the one to write first; none if the kind has no typ of its own
	// rules are names: of claims that must be there, with | between those of which one is enough, behind - what must
	// not, and behind ~ what should not; @ stands before a header parameter, ! for a typ that is demanded, not only
	// advised, and * for a signature with a private key.
	rules string
}

// kinds are the profiles.
var kinds = [...]kind{
	{IDToken, "OIDC Core 1.0 §2", "", "iss sub aud exp iat"},
	{AccessToken, "RFC 9068 §2.2", "at+jwt", "iss exp aud sub client_id iat jti"},
	{"logout-token", "OIDC Back-Channel Logout 1.0 §2.4", "logout+jwt", "iss aud iat exp jti events sub|sid -nonce"},
	{"security-event", "RFC 8417 §2.2", "secevent+jwt", "iss iat jti events"},
	{"dpop-proof", "RFC 9449 §4.2", "dpop+jwt", "! * @jwk jti htm htu iat"},
	{"key-binding", "RFC 9901 §4.3", "kb+jwt", "! * iat aud nonce sd_hash"},
	{"sd-jwt-vc", "draft-ietf-oauth-sd-jwt-vc §3.2", "dc+sd-jwt vc+sd-jwt", "! vct"},
	{"introspection", "RFC 9701 §5", "token-introspection+jwt", "! iss aud iat token_introspection ~sub ~exp"},
	{"client-assertion", "RFC 7523 §3", "client-authentication+jwt", "iss sub aud exp"},
	{"request-object", "RFC 9101 §4", "oauth-authz-req+jwt", "client_id response_type -request -request_uri"},
	{"credential-1", "W3C VC Data Model 1.1 §6.3.1", "", "iss nbf vc"},
	{"credential", "W3C VC-JOSE-COSE §3.1.1", "vc+jwt vc-ld+jwt", "type credentialSubject -vc -vp"},
	{"presentation", "W3C VC-JOSE-COSE §3.1.2", "vp+jwt vp-ld+jwt", "vp|verifiableCredential"},
}

// Profiles returns every profile that is known.
func Profiles() []Profile {
	all := make([]Profile, len(kinds))
	for i, k := range kinds {
		all[i] = Profile{ID: k.id, Ref: k.ref}
	}
	return all
}

func kindOf(id string) *kind {
	for i := range kinds {
		if kinds[i].id == id {
			return &kinds[i]
		}
	}
	return nil
}

// logoutEvent is the member of events that makes a logout token (OIDC Back-Channel Logout 1.0 §2.4).
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// Recognise says what kind of token header and payload are. Either may be nil.
func Recognise(header, payload *token.JSON) Profile {
	if typ := mediaType(header.Root().Get("typ")); typ != "" {
		for i := range kinds {
			if strings.Contains(" "+kinds[i].types+" ", " "+typ+" ") {
				return Profile{kinds[i].id, kinds[i].ref, Declared}
			}
		}
	}
	id, sure := byClaims(gather(payload.Root()))
	if k := kindOf(id); k != nil {
		return Profile{id, k.ref, sure}
	}
	return Profile{}
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

// spoken are the claims that the profiles speak of: those of their rules, and of [hints].
const spoken = " iss sub aud exp nbf iat jti client_id events sid nonce htm htu sd_hash vct token_introspection response_type request " +
	"request_uri vc vp verifiableCredential @context type credentialSubject at_hash c_hash s_hash azp auth_time scope scp typ " +
	"token_use redirect_uri "

// gather takes the claims that are spoken of in one pass, however many others there are.
func gather(root token.Value) set {
	s := set{}
	for name, value := range root.Members() {
		n := name.Text()
		if len(n) < 24 && strings.Contains(spoken, " "+n+" ") && !s[n].Exists() {
			s[n] = value
		}
	}
	return s
}

// hints are claims that tell a kind when all of them are there, the most telling first.
var hints = [...]struct {
	claims, id string
	sure       Certainty
}{
	{"token_introspection", "introspection", Likely},
	{"sd_hash", "key-binding", Likely},
	{"htm htu", "dpop-proof", Likely},
	{"vct", "sd-jwt-vc", Likely},
	{"vc", "credential-1", Likely},
	{"vp", "presentation", Likely},
	{"@context credentialSubject", "credential", Likely},
	{"response_type client_id", "request-object", Likely},
	{"response_type redirect_uri", "request-object", Likely},
	{"at_hash", IDToken, Likely},
	{"c_hash", IDToken, Likely},
	{"s_hash", IDToken, Likely},
	{"scope", AccessToken, Likely},
	{"scp", AccessToken, Likely},
	{"nonce sub aud", IDToken, Likely},
	{"auth_time sub aud", IDToken, Likely},
	{"client_id sub", AccessToken, Guess},
	{"azp sub", AccessToken, Guess},
}

// byClaims recognises a kind by what only it has. Keycloak names it in a claim typ, Cognito in token_use.
func byClaims(s set) (id string, sure Certainty) {
	switch s["typ"].Text() + s["token_use"].Text() {
	case "ID", "id":
		return IDToken, Likely
	case "Bearer", "access":
		return AccessToken, Likely
	}
	if events := s["events"]; events.Get(logoutEvent).Exists() {
		return "logout-token", Likely
	} else if events.Kind() == token.Object {
		return "security-event", Likely
	}
	for _, h := range hints {
		all := true
		for _, name := range strings.Fields(h.claims) {
			all = all && s[name].Exists()
		}
		if all {
			return h.id, h.sure
		}
	}
	if iss := s["iss"].Text(); iss != "" && iss == s["sub"].Text() && s["aud"].Exists() {
		return "client-assertion", Guess
	}
	return "", ""
}
