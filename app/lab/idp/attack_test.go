package idp_test

import (
	"net/url"
	"strings"
	"testing"

	"jwtlab/app/lab/idp"
)

// without is the strict policy with a hole in it.
func without(change func(*idp.Policy)) idp.Policy {
	p := idp.Strict()
	change(&p)
	return p
}

// forging replaces what a parameter of an address says.
func forging(address, name, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	v := u.Query()
	v.Set(name, value)
	u.RawQuery = v.Encode()
	return u.String()
}

func parameter(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return u.Query().Get(name)
}

// TestAttacks lets attackers at parties, each with one more hole than the last, until they get in. Each row says which check
// said no, at the party and, where that is the one, at the provider.
func TestAttacks(t *testing.T) {
	noState := func(p *idp.Policy) { p.State = false }
	noProof := func(p *idp.Policy) { p.Proof = false }
	noNonce := func(p *idp.Policy) { p.Nonce = false }
	none := func(p *idp.Policy) { *p = idp.Policy{Audience: true, Algorithm: true} }
	for _, c := range []struct {
		name     string
		attack   func(w *world, origin string) (victim *browser, subject string)
		policy   idp.Policy
		party    string // the reason; empty where the attack succeeds
		provider string
		ref      string
	}{
		// A stolen code, brought to the site by the attacker's browser as if the provider had sent it there (code injection).
		{"injected code", inject, idp.Strict(), "party-exchange", "grant-verifier", "RFC 9700 §4.5.3.1"},
		{"injected code, no state", inject, without(noState), "party-exchange", "grant-verifier", "RFC 9700 §4.5.3.1"},
		{"injected code, no PKCE", inject, without(noProof), "party-nonce", "", "RFC 9700 §4.5.3.2"},
		{"injected code, no nonce", inject, without(noNonce), "party-exchange", "grant-verifier", "RFC 9700 §4.5.3.1"},
		{"injected code, neither", inject, without(func(p *idp.Policy) { p.Proof, p.Nonce = false, false }), "", "", "RFC 9700 §4.5"},

		// The attacker's own code, which the victim's browser is made to bring (login CSRF).
		{"login CSRF", csrf, idp.Strict(), "party-state", "", "RFC 6749 §10.12"},
		{"login CSRF, no state", csrf, without(noState), "party-exchange", "grant-verifier", "RFC 9700 §4.7.1"},
		{"login CSRF, neither state nor PKCE", csrf, without(func(p *idp.Policy) { p.State, p.Proof = false, false }), "party-nonce", "", "OIDC Core §15.5.2"},
		{"login CSRF, none of the three", csrf, without(none), "", "", "RFC 6749 §10.12"},

		// The same while the victim is about to log in, so that the browser has a cookie.
		{"login CSRF in between", csrfBetween, idp.Strict(), "party-state", "", "RFC 6749 §10.12"},
		{"login CSRF in between, no state", csrfBetween, without(noState), "party-exchange", "grant-verifier", "RFC 9700 §4.7.1"},
		{"login CSRF in between, none of the three", csrfBetween, without(none), "", "", "RFC 6749 §10.12"},
	} {
		for _, origin := range []string{shop, blog} {
			w := open(t, c.policy)
			victim, want := c.attack(w, origin)
			got, refused := victim.me(origin), idp.Event{}
			for _, e := range w.events {
				if e.Name == "code-refused" {
					refused = e
				}
			}
			last := w.event()
			if c.party == "" {
				if got != want || last.Name != "login" {
					t.Errorf("%s at %s: logged in as %q, want %q; %v", c.name, origin, got, want, w.events)
				}
				continue
			}
			if got != "" || last.Name != "login-refused" || last.Reason != c.party || refused.Reason != c.provider {
				t.Errorf("%s at %s (%s): logged in as %q, refused by %v and %v; want %s, %s", c.name, origin, c.ref, got, last, refused, c.party, c.provider)
			}
		}
	}
}

// inject steals alice's code on its way, and puts it into the attacker's own login.
func inject(w *world, origin string) (*browser, string) {
	stolen := parameter(w.browser().until(origin, "alice", "wonderland"), "code")
	attacker := w.browser()
	own := attacker.until(origin, "mallory", "malice")
	attacker.get(forging(own, "code", stolen))
	return attacker, "alice"
}

// csrf makes the victim's browser follow the address that the attacker's login was to end at.
func csrf(w *world, origin string) (*browser, string) {
	own := w.browser().until(origin, "mallory", "malice")
	victim := w.browser()
	victim.get(own)
	return victim, "mallory"
}

func csrfBetween(w *world, origin string) (*browser, string) {
	own := w.browser().until(origin, "mallory", "malice")
	victim := w.browser()
	victim.get(origin + "/login/start")
	victim.get(own)
	return victim, "mallory"
}

// TestStolenCode brings a stolen code to the provider itself: it wants the client's secret, and the verifier.
func TestStolenCode(t *testing.T) {
	for _, c := range []struct {
		name, origin string
		policy       idp.Policy
		status       int
		reason       string
	}{
		{"of a site with a secret", shop, idp.Strict(), 401, "client-authentication"},
		{"of a public client", blog, idp.Strict(), 400, "grant-verifier"},
		{"of a public client without PKCE", blog, without(func(p *idp.Policy) { p.Proof = false }), 200, ""},
	} {
		w := open(t, c.policy)
		id := strings.TrimSuffix(c.origin[len("https://"):], ".example")
		stolen := parameter(w.browser().until(c.origin, "alice", "wonderland"), "code")
		form := redeeming(stolen, "client_id", id, "redirect_uri", c.origin+"/login/callback", "code_verifier", "-")
		a := w.browser().send("POST", accounts+"/token", form).is(c.status)
		if c.reason != "" && w.event().Reason != c.reason {
			t.Errorf("%s: %v, want %s", c.name, w.event(), c.reason)
		}
		if c.reason == "" && decoded(t, a.json("id_token"), 1)["sub"] != "alice" {
			t.Errorf("%s: %s", c.name, a.text)
		}
	}
	// Nor may the proof be left out on one side only: a verifier without a challenge is refused (RFC 9700 §4.8.2).
	w := open(t, without(func(p *idp.Policy) { p.Proof = false }))
	code := w.browser().code("code_challenge", "-", "code_challenge_method", "-")
	w.browser().send("POST", accounts+"/token", redeeming(code)).is(400)
	if w.event().Reason != "grant-verifier" {
		t.Errorf("PKCE downgrade: %v", w.event())
	}
}

// TestSubstitution: alice logs in at the attacker's site, which hands her ID token on to another. The attacker can have the
// nonce of its own login at the shop put into that token, so that only the audience tells.
func TestSubstitution(t *testing.T) {
	for _, c := range []struct {
		name   string
		policy idp.Policy
		fresh  bool // the attacker's site asks with the nonce that the shop gave
		status int
		code   string
	}{
		{"strict", idp.Strict(), true, 404, "not-found"},
		{"takes tokens", without(func(p *idp.Policy) { p.Hearsay = true }), true, 403, "party-audience"},
		{"takes tokens for all", without(func(p *idp.Policy) { p.Hearsay, p.Audience = true, false }), false, 403, "party-nonce"},
		{"takes tokens for all, nonce passed on", without(func(p *idp.Policy) { p.Hearsay, p.Audience = true, false }), true, 200, ""},
		{"takes tokens for all, no nonce", without(func(p *idp.Policy) { p.Hearsay, p.Audience, p.Nonce = true, false, false }), false, 200, ""},
	} {
		w := openWith(t, func(origin string) idp.Policy {
			if origin == shop {
				return c.policy
			}
			return idp.Strict()
		})
		attacker, alice := w.browser(), w.browser()
		asked := attacker.get(shop + "/login/start").is(302).header.Get("Location")
		trap := alice.get(evil + "/login/start").is(302).header.Get("Location")
		if nonce := parameter(asked, "nonce"); c.fresh && nonce != "" {
			trap = forging(trap, "nonce", nonce)
		}
		alice.follow(alice.fill(alice.get(trap), "alice", "wonderland"), "") // where evil refuses the nonce, it has the token all the same
		loot := w.ids[len(w.ids)-1]
		if p := w.sites[shop].party; p.Handles("/login/token") != c.policy.Hearsay || !p.Handles("/login/callback") || p.Handles("/login") {
			t.Errorf("%s: the party handles the wrong addresses", c.name)
		}
		a := attacker.send("POST", shop+"/login/token", url.Values{"id_token": {loot}, "state": {parameter(asked, "state")}})
		if c.code != "" {
			if a.says(c.status, c.code); attacker.me(shop) != "" {
				t.Errorf("%s: logged in as %q", c.name, attacker.me(shop))
			}
		} else if a.is(200); attacker.me(shop) != "alice" {
			t.Errorf("%s: logged in as %q", c.name, attacker.me(shop))
		}
	}
}

// TestHearsay: the site's own app may bring its ID token, and a page of another site may not make a browser bring one.
func TestHearsay(t *testing.T) {
	w := open(t, without(func(p *idp.Policy) { p.Hearsay, p.State, p.Nonce = true, false, false }))
	app := w.browser()
	const to = "com.example.shop:/back"
	code := app.fill(app.get(authorizing("client_id", "app", "redirect_uri", to)), "alice", "wonderland").back(to).Get("code")
	token := app.send("POST", accounts+"/token", redeeming(code, "client_id", "app", "redirect_uri", to)).is(200).json("id_token")
	app.send("POST", shop+"/login/token", url.Values{"id_token": {token}}).is(200)
	if app.me(shop) != "alice" {
		t.Errorf("the app is logged in as %q", app.me(shop))
	}
	app.send("POST", blog+"/login/token", url.Values{"id_token": {token}}).says(403, "party-audience")

	w = open(t, without(func(p *idp.Policy) { p.Hearsay = true }))
	w.browser().send("POST", shop+"/login/token", url.Values{"id_token": {token}, "state": {""}}).says(403, "party-state")
}

// TestWeaknesses holds the list to the policy: each hole has its name, and the strict policy none.
func TestWeaknesses(t *testing.T) {
	if found := idp.Strict().Weaknesses(); len(found) != 0 {
		t.Errorf("the strict policy has %v", found)
	}
	for code, change := range map[string]func(*idp.Policy){
		"no-state": func(p *idp.Policy) { p.State = false }, "no-nonce": func(p *idp.Policy) { p.Nonce = false },
		"no-pkce": func(p *idp.Policy) { p.Proof = false }, "no-audience": func(p *idp.Policy) { p.Audience = false },
		"alg-from-header": func(p *idp.Policy) { p.Algorithm = false }, "hearsay": func(p *idp.Policy) { p.Hearsay = true },
	} {
		if found := without(change).Weaknesses(); len(found) != 1 || found[0].Code != code || found[0].Ref == "" {
			t.Errorf("%s: %v", code, found)
		}
	}
	if found := (idp.Policy{Hearsay: true}).Weaknesses(); len(found) != 6 {
		t.Errorf("the weakest policy has %v", found)
	}
}
