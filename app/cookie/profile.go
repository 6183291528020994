package cookie

// A Profile is how one engine keeps cookies. The zero value is no engine; see [ProfileNamed]. Where nothing is known of an
// engine it is said to follow the draft.
type Profile struct {
	Name string `json:"name"`

	// Reading a line (RFC 6265bis §5.6).
	RefuseTab      bool `json:"refuse_tab,omitempty"`      // a line with a tab inside a name, value or attribute
	RefuseNameless bool `json:"refuse_nameless,omitempty"` // a cookie without a name whose value has a "="
	LastIsJudged   bool `json:"last_is_judged,omitempty"`  // of several Max-Age or Expires the last counts, though it be broken
	ReadsNumbers   bool `json:"reads_numbers,omitempty"`   // dates and Max-Age are numbers, not the grammar of §5.1.1 and §5.6.2

	// Storing (§5.7).
	DotIsDomain     bool       `json:"dot_is_domain,omitempty"`    // "Domain=." is a domain that fits no host
	StrictPrefix    bool       `json:"strict_prefix,omitempty"`    // __Secure- and __Host- want TLS, on loopback too
	HTTPPrefix      bool       `json:"http_prefix,omitempty"`      // __Http- and __Host-Http- mean something
	Chips           bool       `json:"chips,omitempty"`            // Partitioned means something
	NewValueIsNew   bool       `json:"new_value_is_new,omitempty"` // a new value makes the cookie a new one, behind its equals
	NoneInsecure    bool       `json:"none_insecure,omitempty"`    // SameSite=None needs no Secure
	LoopbackSecure  bool       `json:"loopback_secure,omitempty"`  // http to localhost is a secure connection
	ScriptLifetime  int64      `json:"script_lifetime,omitempty"`  // seconds that cookies of document.cookie live at most; zero for no limit of their own
	ThirdParty      ThirdParty `json:"third_party,omitempty"`      // whether cookies in a third party's frames and requests are kept
	DefaultIsNone   bool       `json:"default_is_none,omitempty"`  // a cookie without SameSite is sent everywhere
	FreshDefault    int64      `json:"fresh_default,omitempty"`    // seconds for which one goes with a form from another site too
	Schemeless      bool       `json:"schemeless,omitempty"`       // http and https of a domain are the same site
	CountsRedirects bool       `json:"counts_redirects,omitempty"` // a redirect by another site makes a request cross-site

	Limits Limits `json:"limits"`
}

// ThirdParty is what happens to cookies in a third-party context; empty is allowed.
type ThirdParty string

// What may happen to them. Partitioned cookies (CHIPS) are kept in any case.
const (
	Allowed ThirdParty = ""
	Blocked ThirdParty = "blocked"
	Divided ThirdParty = "divided" // each top-level site has its own, as if all were Partitioned
)

// Limits are how many cookies are kept (RFC 6265bis §6.1).
type Limits struct {
	PerDomain     int   `json:"per_domain"`
	PerDomainLeft int   `json:"per_domain_left"` // how many are left once there are more
	Total         int   `json:"total"`
	TotalLeft     int   `json:"total_left"`
	Spared        int64 `json:"spared,omitempty"`     // seconds; those used so lately stay when there are too many in total
	ByField       bool  `json:"by_field,omitempty"`   // a domain is the cookie's own, not the registrable one
	Priority      bool  `json:"priority,omitempty"`   // the attribute counts
	AnySecure     bool  `json:"any_secure,omitempty"` // Secure cookies go as early as others
	UsedGrain     int64 `json:"used_grain,omitempty"` // seconds for which a use is not noted again
}

const (
	day          = 24 * 60 * 60 // seconds
	maxSize      = 4096         // octets of name and value (§5.6)
	maxAttribute = 1024         // octets of an attribute's value (§5.6)
	maxLifetime  = 400 * day    // seconds (§5.5)
	maxChips     = 180          // of a site in a partition
	maxChipsSize = 10 << 10     // octets of those
)

// profiles are the engines; see ProfileNamed.
var profiles = []Profile{
	{
		Name: "chromium", RefuseTab: true, RefuseNameless: true, LastIsJudged: true, ReadsNumbers: true,
		DotIsDomain: true, StrictPrefix: true, HTTPPrefix: true, Chips: true, NewValueIsNew: true, LoopbackSecure: true,
		FreshDefault: 120,
		Limits: Limits{PerDomain: 180, PerDomainLeft: 150, Total: 3300, TotalLeft: 3000, Spared: 30 * day,
			Priority: true, UsedGrain: 60},
	},
	{
		// The limits are the least that §6.1 wants of everyone. __Http- is of draft-ietf-httpbis-layered-cookies.
		Name: "draft", HTTPPrefix: true, Chips: true, LoopbackSecure: true,
		Limits: Limits{PerDomain: 50, PerDomainLeft: 50, Total: 3000, TotalLeft: 3000, ByField: true},
	},
	{
		Name: "firefox", Chips: true, LoopbackSecure: true, DefaultIsNone: true, NoneInsecure: true, Schemeless: true,
		ThirdParty: Divided,
		Limits:     Limits{PerDomain: 180, PerDomainLeft: 150, Total: 3000, TotalLeft: 3000, AnySecure: true},
	},
	{
		Name: "safari", DefaultIsNone: true, NoneInsecure: true, Schemeless: true,
		ThirdParty: Blocked, ScriptLifetime: 7 * day,
		Limits: Limits{PerDomain: 600, PerDomainLeft: 600, Total: 3000, TotalLeft: 3000, AnySecure: true},
	},
}

// ProfileNamed returns the profile of an engine: "chromium", "draft" (RFC 6265bis to the letter), "firefox" or "safari".
func ProfileNamed(name string) (Profile, bool) {
	for _, p := range profiles {
		if p.Name == name {
			return p, true
		}
	}
	return Profile{}, false
}

// ProfileNames returns the names of all profiles, that of Chromium first.
func ProfileNames() []string {
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = p.Name
	}
	return names
}
