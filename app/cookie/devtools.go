package cookie

// A Counterpart is a reason of the DevTools protocol (Network.CookieBlockedReason, Network.SetCookieBlockedReason) in our
// terms: one of the codes is given where Chromium gives it, and "cookie.schemeful" too if it is about schemes. Without
// codes it is not simulated, for the reason in Why.
type Counterpart struct {
	Codes     []string
	Schemeful bool
	Why       string
}

const phaseout = "Chromium gives it only where its own plan to end third-party cookies is switched on"

// SendBlocked are the reasons for which Chromium does not send a cookie, by their names in the DevTools protocol.
var SendBlocked = map[string]Counterpart{
	"SecureOnly":                               {Codes: []string{"cookie.secure"}},
	"NotOnPath":                                {Codes: []string{"cookie.path"}},
	"DomainMismatch":                           {Codes: []string{"cookie.host-only", "cookie.domain"}},
	"SameSiteStrict":                           {Codes: []string{"cookie.strict"}},
	"SameSiteLax":                              {Codes: []string{"cookie.lax", "cookie.lax-method"}},
	"SameSiteUnspecifiedTreatedAsLax":          {Codes: []string{"cookie.default", "cookie.default-method", "cookie.default-aged"}},
	"SameSiteNoneInsecure":                     {Codes: []string{"cookie.none-insecure"}},
	"UserPreferences":                          {Codes: []string{"cookie.third-party"}},
	"ThirdPartyPhaseout":                       {Why: phaseout},
	"UnknownError":                             {Why: "it stands for no rule"},
	"SchemefulSameSiteStrict":                  {Codes: []string{"cookie.strict"}, Schemeful: true},
	"SchemefulSameSiteLax":                     {Codes: []string{"cookie.lax", "cookie.lax-method"}, Schemeful: true},
	"SchemefulSameSiteUnspecifiedTreatedAsLax": {Codes: []string{"cookie.default", "cookie.default-method", "cookie.default-aged"}, Schemeful: true},
	"NameValuePairExceedsMaxSize":              {Why: "such a cookie is never stored, so it cannot be in the jar"},
	"PortMismatch":                             {Why: "cookies that are bound to a port are off in Chromium"},
	"SchemeMismatch":                           {Why: "cookies that are bound to a scheme are off in Chromium"},
	"AnonymousContext":                         {Why: "frames with the attribute credentialless have a jar of their own"},
}

// SetBlocked are the reasons for which Chromium does not store a cookie.
var SetBlocked = map[string]Counterpart{
	"SecureOnly":                               {Codes: []string{"cookie.secure-set"}},
	"SameSiteStrict":                           {Codes: []string{"cookie.strict-set"}},
	"SameSiteLax":                              {Codes: []string{"cookie.lax-set"}},
	"SameSiteUnspecifiedTreatedAsLax":          {Codes: []string{"cookie.default-set"}},
	"SameSiteNoneInsecure":                     {Codes: []string{"cookie.none-insecure"}},
	"UserPreferences":                          {Codes: []string{"cookie.third-party-set"}},
	"ThirdPartyPhaseout":                       {Why: phaseout},
	"SyntaxError":                              {Codes: []string{"cookie.nameless-equals"}},
	"SchemeNotSupported":                       {Codes: []string{"cookie.averse"}},
	"OverwriteSecure":                          {Codes: []string{"cookie.overwrite-secure"}},
	"InvalidDomain":                            {Codes: []string{"cookie.domain-other", "cookie.domain-suffix", "cookie.domain-ascii"}},
	"InvalidPrefix":                            {Codes: []string{"cookie.prefix-host", "cookie.prefix-secure", "cookie.prefix-http", "cookie.prefix-value"}},
	"UnknownError":                             {Why: "it stands for no rule"},
	"SchemefulSameSiteStrict":                  {Codes: []string{"cookie.strict-set"}, Schemeful: true},
	"SchemefulSameSiteLax":                     {Codes: []string{"cookie.lax-set"}, Schemeful: true},
	"SchemefulSameSiteUnspecifiedTreatedAsLax": {Codes: []string{"cookie.default-set"}, Schemeful: true},
	"NameValuePairExceedsMaxSize":              {Codes: []string{"cookie.too-large"}},
	"DisallowedCharacter":                      {Codes: []string{"cookie.control", "cookie.tab"}},
	"NoCookieContent":                          {Codes: []string{"cookie.empty"}},
}
