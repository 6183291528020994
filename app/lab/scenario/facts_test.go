package scenario_test

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jwtlab/app/lab/scenario"
)

// A fact is something that a standard, or the way browsers are, says of cells of the matrix.
type fact struct {
	says, ref string
	setups    string // patterns with "*"
	attacks   string // names, or "*"
	want      string // facts as a script expects them, with a comma between
}

// facts are read from the computed matrix. Each must hold for every cell that it is of.
var facts = []fact{
	// Scripts.
	{"a script does not read an HttpOnly cookie", "RFC 6265bis §5.8.3", "*/cookie-lax* */cookie-strict* */cookie-none*", "xss-read", "not obtained, not accepted"},
	{"a script uses a cookie that it cannot read", "RFC 10017 §5.1.4", "*/cookie-*", "xss-ride", "accepted"},
	{"a script uses a token as the page does", "RFC 10017 §5.1.4", "*/localstorage* */sessionstorage* */memory*", "xss-ride", "accepted"},
	{"no defence of the service tells an injected script from the page", "RFC 10017 §5.1.4", "session/cookie-none+* session/cookie-lax+*", "xss-ride", "accepted, not noticed"},
	{"a script reads a cookie without HttpOnly", "RFC 6265bis §4.1.2.6", "*/cookie-bare* */cookie-readable*", "xss-read", "obtained"},
	{"a script reads localStorage", "HTML §12.2.3", "*/localstorage*", "xss-read", "obtained, accepted"},
	{"a session id in localStorage is readable too", "HTML §12.2.3", "session/localstorage", "xss-read", "obtained, accepted, until 12h"},
	{"a script reads sessionStorage", "HTML §12.2.2", "*/sessionstorage", "xss-read", "obtained, accepted"},
	{"a script reaches the variables of its page", "RFC 10017 §8.4", "*/memory", "xss-read", "obtained, accepted"},
	{"the refresh token in an HttpOnly cookie stays there, so that a theft lasts as long as the access token", "RFC 6265bis §5.8.3", "refresh/memory-refresh-cookie*", "xss-read", "obtained, accepted, until 5m"},
	{"a stolen refresh token lasts as long as its family", "RFC 6749 §10.4", "refresh/localstorage refresh/memory", "xss-read", "accepted, until 30d"},

	// Requests of other sites.
	{"what is in localStorage is never sent by the browser", "HTML §12.2.3", "*/localstorage*", "csrf-form csrf-link csrf-image csrf-fetch csrf-sibling", "not accepted, not obtained"},
	{"what is in sessionStorage is never sent by the browser", "HTML §12.2.2", "*/sessionstorage*", "csrf-form csrf-link csrf-image csrf-fetch csrf-sibling", "not accepted"},
	{"a variable is never sent by the browser", "RFC 6750 §2.1", "*/memory*", "csrf-form csrf-link csrf-image csrf-fetch csrf-sibling", "not accepted"},
	{"Strict stops a link of another site", "RFC 6265bis §5.6.7.1", "*/cookie-strict", "csrf-link", "not accepted"},
	{"Strict stops a form, an image and a fetch of another site", "RFC 6265bis §5.6.7.1", "*/cookie-strict", "csrf-form csrf-image csrf-fetch", "not accepted"},
	{"Lax lets a link of another site", "RFC 6265bis §5.6.7.1", "*/cookie-lax session/cookie-readable jwt/cookie-readable", "csrf-link", "accepted, not noticed"},
	{"Lax stops a form of another site", "RFC 6265bis §5.6.7.1", "*/cookie-lax */cookie-readable", "csrf-form", "not accepted"},
	{"Lax stops an image and a fetch of another site", "RFC 6265bis §5.6.7.1", "*/cookie-lax */cookie-readable", "csrf-image csrf-fetch", "not accepted"},
	{"None lets them all", "RFC 6265bis §5.6.7.1", "session/cookie-none jwt/cookie-none", "csrf-form csrf-link csrf-image csrf-fetch", "accepted, not noticed"},
	{"a cookie without SameSite counts as Lax for an image and a fetch", "RFC 6265bis §5.6.7.1", "*/cookie-bare", "csrf-image csrf-fetch", "not accepted"},
	{"a fresh cookie without SameSite goes with a form of another site", "RFC 6265bis §5.6.7.2", "*/cookie-bare", "csrf-form", "accepted"},
	{"SameSite is no wall between origins of a site", "RFC 6265bis §8.8.1", "*/cookie-strict */cookie-lax */cookie-none */cookie-bare", "csrf-sibling", "accepted"},
	{"a change by GET is refused where GET is safe", "RFC 9110 §9.2.1", "*/*+post-only*", "csrf-link csrf-image", "not accepted"},
	{"a GET is no change to the origin check", "RFC 9110 §9.2.1", "session/cookie-none+origin-check", "csrf-link csrf-image", "accepted"},
	{"the origin check tells a sibling from the site itself", "Fetch Metadata §2.3", "*/*+origin-check*", "csrf-form csrf-fetch csrf-sibling", "not accepted, noticed"},
	{"the CSRF token stops what does not come from the page", "ASVS 3.5.1", "session/cookie-none+csrf-token", "csrf-form csrf-link csrf-image csrf-fetch csrf-sibling", "not accepted, noticed"},
	{"a form cannot send JSON, and a fetch only with leave", "ASVS 3.5.2", "*/*+json-only", "csrf-form csrf-fetch csrf-sibling", "not accepted"},
	{"a cookie of SameSite=None is in a frame, too", "RFC 6265bis §5.2.1", "session/cookie-none jwt/cookie-none", "clickjack", "accepted"},
	{"a frame in another site is cross-site, and so has no Lax or Strict cookie", "RFC 6265bis §5.2.1", "*/cookie-lax */cookie-strict */cookie-readable */cookie-bare", "clickjack", "not accepted"},
	{"a CSRF token is in the page that is framed, and does not stop clickjacking", "ASVS 3.4.6", "session/cookie-none+csrf-token session/cookie-none+origin-check", "clickjack", "accepted"},
	{"frame-ancestors stops clickjacking", "CSP3 §6.4.2", "*/*+no-framing", "clickjack", "not accepted"},

	// The network.
	{"a cookie without Secure is heard on plain http", "RFC 6265bis §8.3", "*/cookie-bare", "sniff-http", "obtained, accepted"},
	{"a Secure cookie is not", "RFC 6265bis §4.1.2.5", "*/cookie-lax* */cookie-strict* */cookie-none* */cookie-readable*", "sniff-http", "not obtained, not accepted"},
	{"with HSTS the browser says nothing in the clear", "RFC 6797 §8.3", "*/*+hsts*", "sniff-http", "not obtained, not accepted"},
	{"what is no cookie is not sent by the browser, in the clear or else", "RFC 6750 §2.1", "*/localstorage* */sessionstorage* */memory", "sniff-http", "not obtained"},
	{"a prefix makes the cookie Secure", "RFC 6265bis §4.1.3.2", "session/cookie-bare+prefix", "sniff-http", "not obtained"},

	// What is planted.
	{"another host of the site can set a cookie for this one", "RFC 6265bis §8.6", "session/cookie-lax session/cookie-strict session/cookie-none session/cookie-bare jwt/cookie-lax jwt/cookie-strict", "cookie-inject", "accepted, not obtained"},
	{"a __Host- name cannot be set by another host", "RFC 6265bis §4.1.3.2", "*/*+prefix*", "cookie-inject", "not accepted"},
	{"no cookie can be put in the place of localStorage", "HTML §12.2.3", "*/localstorage*", "cookie-inject", "not accepted"},
	{"an id that survives the login can be known beforehand", "ASVS 7.2.4", "session/cookie-bare session/cookie-lax session/cookie-strict session/cookie-none", "fixate", "obtained, accepted"},
	{"Secure does not keep others from setting a cookie of the name", "RFC 6265bis §8.6", "session/cookie-lax session/cookie-strict", "fixate", "accepted"},
	{"a new id at login ends fixation", "ASVS 7.2.4", "*/*+renew-id*", "fixate", "not obtained, not accepted"},
	{"a __Host- name cannot be set by plain http", "RFC 6265bis §4.1.3.2", "session/cookie-bare+prefix", "fixate", "not accepted"},
	{"with HSTS nobody can answer in the clear", "RFC 6797 §8.3", "session/cookie-bare+hsts", "fixate", "not accepted"},
	{"fixation is about ids that the service did not give", "ASVS 7.2.4", "jwt*/* refresh/* session/localstorage session/memory", "fixate", "not applies"},

	// Copies.
	{"who has a bearer token can use it", "RFC 6750 §1.2", "jwt/*", "replay-elsewhere", "obtained, accepted, not noticed"},
	{"a stolen access token lives until its exp", "RFC 7519 §4.1.4", "jwt/localstorage jwt/sessionstorage jwt/memory jwt/cookie-* jwt-weak/*", "replay-elsewhere", "until 5m"},
	{"a session that is used lives until its absolute end", "ASVS 7.3.2", "session/cookie-lax session/cookie-none session/localstorage", "replay-elsewhere", "accepted, until 12h"},
	{"a session that is bound to an address does not serve elsewhere, and says so", "OWASP Session Management, binding", "session/cookie-lax+bind", "replay-elsewhere", "obtained, not accepted, noticed"},
	{"a bound refresh token does not serve elsewhere, the access token does until its exp", "RFC 9700 §4.14.2", "refresh/localstorage+bind", "replay-elsewhere", "accepted, until 5m, noticed"},
	{"a JWT does not know of a logout", "RFC 7519 §4.1.4", "jwt/cookie-lax jwt/cookie-strict jwt/localstorage jwt/sessionstorage jwt/memory", "replay-after-logout", "accepted, until 5m"},
	{"a session ends with its logout", "ASVS 7.4.1", "session/*", "replay-after-logout", "not accepted"},
	{"with a deny list a JWT ends with its logout", "ASVS 7.4.1", "*/*+denylist", "replay-after-logout", "not accepted"},
	{"an access token ends with its exp", "RFC 7519 §4.1.4", "jwt*/*", "replay-after-expiry", "obtained, not accepted"},
	{"an idle session ends", "ASVS 7.3.1", "session/*", "replay-after-expiry", "obtained, not accepted"},
	{"a refresh token outlives the access token", "RFC 6749 §1.5", "refresh/localstorage refresh/memory refresh/cookie-lax refresh/memory-refresh-cookie", "replay-after-expiry", "accepted"},
	{"a refresh token that is stolen serves two, and nobody notices", "RFC 9700 §4.14", "refresh/localstorage refresh/memory refresh/cookie-lax refresh/memory-refresh-cookie", "refresh-theft", "obtained, accepted, not noticed, until 30d"},
	{"with rotation the second use is noticed, and ends it", "RFC 9700 §4.14.2", "*/*+rotation*", "refresh-theft", "accepted, noticed, until 5m"},
	{"a store of hashes has nothing to log in with", "RFC 6819 §5.1.4.1.3", "session/* refresh/*", "store-leak", "applies, not accepted"},
	{"a service that keeps no logins has none to steal", "RFC 7519 §1", "jwt*/*", "store-leak", "not applies"},

	// Forgeries.
	{"a signature is of what was signed", "RFC 7515 §5.2", "jwt*/* refresh/*", "tamper", "applies, not obtained, not accepted"},
	{"a JWT without a signature is not taken", "RFC 8725 §3.2", "jwt*/* refresh/*", "alg-none", "applies, not obtained, not accepted"},
	{"a key serves one algorithm", "RFC 8725 §3.1", "jwt/* refresh/*", "key-confusion", "applies, not obtained, not accepted"},
	{"a secret that can be guessed signs for everybody", "RFC 8725 §2.2", "jwt-weak/*", "weak-secret", "obtained, accepted, until forever, not noticed"},
	{"a secret that was made by chance is in no list", "RFC 8725 §3.5", "jwt/* refresh/*", "weak-secret", "not applies"},
	{"a session id has nothing to forge", "RFC 6265bis §8.4", "session/*", "tamper alg-none key-confusion weak-secret", "not applies"},

	// Roles.
	{"what a token says is true until its exp", "RFC 7519 §4.1.4", "jwt*/* refresh/*", "stale-role", "accepted, until 5m"},
	{"a session has the role of today", "ASVS 8.3.2", "session/*", "stale-role", "not accepted"},
}

// computed is the matrix, run once for all tests.
var computed = scenario.RunMatrix(nil)

// TestFacts looks each fact up in the matrix.
func TestFacts(t *testing.T) {
	for _, f := range facts {
		t.Run(f.says, func(t *testing.T) {
			if strings.TrimSpace(f.ref) == "" {
				t.Error("who says so?")
			}
			for _, pattern := range strings.Fields(f.setups) {
				for _, attack := range strings.Fields(f.attacks) {
					cells := cellsOf(pattern, attack)
					if len(cells) == 0 {
						t.Errorf("no cell is of %s and %s", pattern, attack)
					}
					for _, c := range cells {
						f.look(t, c)
					}
				}
			}
		})
	}
}

// cellsOf are those of the setups that fit a pattern.
func cellsOf(pattern, attack string) (cells []scenario.Cell) {
	for _, c := range computed.Cells {
		if fits, err := path.Match(pattern, c.Setup); err == nil && fits && c.Attack == attack {
			cells = append(cells, c)
		}
	}
	return cells
}

// look holds a cell to what is wanted of it.
func (f fact) look(t *testing.T, c scenario.Cell) {
	t.Helper()
	is := map[string]bool{"applies": c.Applies, "obtained": c.Obtained, "accepted": c.Accepted, "noticed": c.Noticed}
	for _, want := range strings.Split(f.want, ", ") {
		name, no := strings.CutPrefix(want, "not ")
		if span, ok := strings.CutPrefix(want, "until "); ok {
			if spans[span] != c.Until {
				t.Errorf("%s %s serves %d s, want %s (%s)", c.Setup, c.Attack, c.Until, span, f.ref)
			}
		} else if got, known := is[name]; !known || got == no {
			t.Errorf("%s %s is not: %s (%s)", c.Setup, c.Attack, want, f.ref)
		}
	}
}

// spans are the times that facts speak of, in seconds.
var spans = map[string]int64{"5m": 300, "12h": 12 * 3600, "30d": 30 * 24 * 3600, "forever": scenario.Forever, "never": 0}

// stops says against which attacks a defence is: those that a session in a None cookie falls to without it, and not with it.
// All others come out as before.
var stops = map[string][]string{
	scenario.CSRFToken:   {"csrf-form", "csrf-link", "csrf-image", "csrf-fetch", "csrf-sibling"},
	scenario.OriginCheck: {"csrf-form", "csrf-fetch", "csrf-sibling"},
	scenario.JSONOnly:    {"csrf-form", "csrf-link", "csrf-image", "csrf-fetch", "csrf-sibling", "clickjack"}, // the form in the frame, too
	scenario.PostOnly:    {"csrf-link", "csrf-image"},
	scenario.Rotation:    nil, // of refresh tokens, which a session has not
	scenario.DenyList:    nil, // of access tokens
	scenario.Bind:        {"cookie-inject", "fixate", "replay-elsewhere"},
	scenario.HSTS:        {"fixate"}, // nobody listens to a Secure cookie
	scenario.RenewID:     {"fixate"},
	scenario.Prefix:      {"cookie-inject", "fixate"},
	scenario.NoFraming:   {"clickjack"},
	scenario.Keep:        nil,
}

// TestDefences holds each defence to what it is for, on a cookie that goes with everything (ASVS 3.5.1).
func TestDefences(t *testing.T) {
	const bare = "session/cookie-none"
	before := row(t, bare)
	for _, d := range scenario.Defences() {
		t.Run(d, func(t *testing.T) {
			want, known := stops[d]
			if !known {
				t.Fatal("what is it for?")
			}
			for i, c := range row(t, bare+"+"+d) {
				stopped := before[i].Accepted && !c.Accepted
				if stopped != slices.Contains(want, c.Attack) {
					t.Errorf("%s: stopped %t", c.Attack, stopped)
				}
				if c.Accepted && !before[i].Accepted || c.Obtained && !before[i].Obtained {
					t.Errorf("%s comes by the defence", c.Attack)
				}
			}
		})
	}
}

// TestTokenDefences does the same for those of tokens, where they change how long something serves, or who notices.
func TestTokenDefences(t *testing.T) {
	const bare = "refresh/localstorage"
	for _, c := range []struct {
		defence string
		changed []string
	}{
		{scenario.Rotation, []string{"refresh-theft"}},
		{scenario.DenyList, []string{"replay-after-logout"}},
		{scenario.Bind, []string{"xss-read", "replay-elsewhere", "replay-after-expiry", "refresh-theft"}},
		{scenario.CSRFToken, nil}, {scenario.Prefix, nil}, {scenario.RenewID, nil},
	} {
		before := row(t, bare)
		for i, now := range row(t, bare+"+"+c.defence) {
			changed := now.Accepted != before[i].Accepted || now.Until != before[i].Until || now.Noticed != before[i].Noticed
			if changed != slices.Contains(c.changed, now.Attack) {
				t.Errorf("+%s on %s: changed %t, from %s to %s", c.defence, now.Attack, changed, brief(before[i]), brief(now))
			}
		}
	}
}

func brief(c scenario.Cell) string {
	return "accepted " + strconv.FormatBool(c.Accepted) + " until " + strconv.FormatInt(c.Until, 10) + " noticed " + strconv.FormatBool(c.Noticed)
}

// row are the cells of a setup, whether it is of the matrix or not.
func row(t *testing.T, id string) []scenario.Cell {
	t.Helper()
	s, err := scenario.ReadSetup(id)
	if err != nil {
		t.Fatal(err)
	}
	return scenario.RunRow(s).Cells
}
