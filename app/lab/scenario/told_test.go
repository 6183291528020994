package scenario_test

import (
	"testing"

	"jwtlab/app/lab/scenario"
)

// told are facts that the matrix has no cell for: of time, of what is moved, of browsers that differ. Each is a script.
var told = []struct{ says, ref, script string }{
	{"Lax stops a form however young the cookie is", "RFC 6265bis §5.6.7.1", `
		setup session/cookie-lax
		login
		attack csrf-form
		expect not accepted
		wait 3m
		attack csrf-form
		expect not accepted`},
	{"the two minutes of a cookie without SameSite end", "RFC 6265bis §5.6.7.2", `
		setup session/cookie-bare
		login
		wait 1m59s
		attack csrf-form
		expect accepted
		wait 2s
		attack csrf-form
		expect not accepted`},
	{"Firefox has no default of Lax: a form sends the cookie at any age, but what is embedded is partitioned", "Firefox", `
		setup session/cookie-bare
		profile firefox
		login
		wait 3m
		attack csrf-form
		expect accepted
		attack csrf-image
		expect not accepted`},
	{"blocking third-party cookies stops what is embedded, not what is followed", "RFC 6265bis §7.1", `
		setup session/cookie-none
		third-party block
		login
		attack csrf-image
		expect not accepted
		attack csrf-fetch
		expect not accepted
		attack clickjack
		expect not accepted
		attack csrf-link
		expect accepted
		attack csrf-form
		expect accepted`},
	{"a token frees nobody from CORS: Authorization needs leave", "Fetch §4.8", `
		setup jwt/localstorage
		page https://app.shop.example
		login
		expect status 0`},
	{"with leave of the service the other origin may ask", "Fetch §4.9", `
		setup jwt/localstorage
		page https://app.shop.example
		trust https://app.shop.example
		login
		call
		expect user alice
		expect sent Authorization`},
	{"a cookie of the site goes along with a fetch of another origin that asks for it", "Fetch §4.5", `
		setup session/cookie-strict
		page https://app.shop.example
		trust https://app.shop.example
		login
		call
		expect user alice
		expect sent Cookie`},
	{"+bind logs its owner out on another network", "OWASP Session Management, binding", `
		setup session/cookie-lax+bind
		login
		call
		expect user alice
		change-network cafe
		call
		expect status 401
		expect user nobody
		change-network home
		call
		expect user alice`},
	{"without +bind a login moves with its owner", "RFC 6265bis §8.4", `
		setup session/cookie-lax
		login
		change-network cafe
		call
		expect user alice`},
	{"a bound refresh token ends with the network, the access token does not", "RFC 9700 §4.14.2", `
		setup refresh/localstorage+bind
		login
		change-network office
		call
		expect user alice
		wait expiry
		call
		expect status 401`},
	{"a session idles out, and ends all the same", "ASVS 7.3.1", `
		setup session/cookie-lax
		login
		wait 29m
		call
		expect user alice
		wait 31m
		call
		expect status 401`},
	{"an access token ends with its exp, not before", "RFC 7519 §4.1.4", `
		setup jwt/cookie-lax
		login
		wait 4m59s
		call
		expect user alice
		wait 1s
		call
		expect status 401`},
	{"a refresh token gets the next one, unseen by the user", "RFC 6749 §6", `
		setup refresh/memory
		login
		wait 6m
		call
		expect user alice
		wait 6d
		call
		expect user alice
		wait 8d
		call
		expect status 401`},
	{"page memory is gone after a reload", "HTML §7.4", `
		setup jwt/memory
		login
		expect stored memory
		reload
		expect not stored memory
		call
		expect status 401`},
	{"localStorage is there in another tab, sessionStorage is not", "HTML §12.2.2", `
		setup jwt/sessionstorage
		visit
		login
		expect stored sessionstorage
		reload
		call
		expect user alice
		new-tab
		call
		expect status 401`},
	{"localStorage outlives the browser", "HTML §12.2.3", `
		setup jwt/localstorage
		login
		close
		call
		expect user alice`},
	{"a cookie without Max-Age ends with the browser", "RFC 6265bis §4.1.2.1", `
		setup session/cookie-lax
		login
		close
		expect not stored cookie
		call
		expect status 401`},
	{"unless the session is restored", "RFC 6265bis §8.4", `
		setup session/cookie-lax
		login
		restore
		call
		expect user alice`},
	{"a cookie with Max-Age does not", "RFC 6265bis §4.1.2.2", `
		setup session/cookie-lax+keep
		login
		close
		call
		expect user alice`},
	{"a navigation carries a cookie, and so the server draws the page", "RFC 6265bis §5.8.3", `
		setup jwt/cookie-strict
		login
		account
		expect status 200
		expect sent Cookie`},
	{"a navigation carries no Authorization", "RFC 6750 §2.1", `
		setup jwt/localstorage
		login
		account
		expect status 401
		expect not sent Authorization`},
	{"a Strict cookie does not come along when a link is followed", "RFC 6265bis §5.6.7.1", `
		setup session/cookie-strict
		login
		link
		expect status 401`},
	{"a Lax cookie does", "RFC 6265bis §5.6.7.1", `
		setup session/cookie-lax
		login
		link
		expect status 200`},
	{"the form of the page itself has the CSRF token", "ASVS 3.5.1", `
		setup session/cookie-none+csrf-token+origin-check
		login
		form bob 10
		expect status 200
		expect event transfer
		expect not event csrf-refused`},
	{"a logout everywhere ends the sessions of all devices", "ASVS 7.4.2", `
		setup session/cookie-lax
		login
		attack replay-elsewhere
		expect accepted
		logout-everywhere
		attack replay-elsewhere
		expect not accepted`},
	{"a session that is ended from outside ends at once", "ASVS 7.4.5", `
		setup session/localstorage
		login
		force-out alice
		call
		expect status 401`},
	{"a JWT does not, and its owner cannot end it", "RFC 7519 §4.1.4", `
		setup jwt/localstorage
		login
		force-out alice
		call
		expect user alice`},
	{"a role that was given counts at once in a session, and with the next token", "ASVS 8.3.2", `
		setup refresh/memory
		login
		admin
		expect status 403
		role alice admin
		admin
		expect status 403
		refresh
		admin
		expect status 200`},
	{"an app without a cookie jar keeps no cookie", "RFC 6265bis §5.8", `
		setup session/cookie-lax
		client app
		login
		expect status 200
		expect not stored cookie
		call
		expect status 401`},
	{"an app with one does, and SameSite means nothing to it", "RFC 6265bis §5.8", `
		setup session/cookie-strict
		client app-jar
		login
		expect stored cookie
		call
		expect user alice
		expect sent Cookie`},
	{"a page in a browser has no part in what an app keeps", "RFC 6265bis §8.2", `
		setup session/cookie-none
		client app-jar
		login
		attack csrf-form
		expect not accepted
		attack xss-read
		expect not obtained`},
	{"a planted refresh cookie comes first once the service has replaced the victim's, which rotation does", "Chromium", `
		setup refresh/memory-refresh-cookie+rotation
		login
		attack cookie-inject
		expect accepted
		expect user mallory`},
	{"who has not logged in yet acts in the attacker's account from the beginning", "RFC 6265bis §8.6", `
		setup session/cookie-strict
		visit
		attack cookie-inject
		expect accepted
		expect user mallory`},
	{"and not before", "RFC 6265bis §5.8.3", `
		setup refresh/memory-refresh-cookie
		login
		attack cookie-inject
		expect not accepted
		expect user alice`},
	{"__Secure- does not keep a sibling from setting the name", "RFC 6265bis §4.1.3.1", `
		setup refresh/memory-refresh-cookie+rotation+prefix
		login
		attack cookie-inject
		expect accepted`},
	{"the draft's order keeps the place of a cookie that is replaced", "RFC 6265bis §5.7", `
		setup refresh/memory-refresh-cookie+rotation
		profile firefox
		login
		attack cookie-inject
		expect not accepted`},
	{"a script has the next access token by a refresh cookie that it cannot read", "RFC 10017 §5.1.2", `
		setup refresh/memory-refresh-cookie+rotation
		login
		reload
		expect not stored memory
		attack xss-read
		expect obtained
		expect until 5m
		call
		expect user alice`},
	{"a form that the server has drawn cannot send JSON", "HTML §4.10.19.6", `
		setup session/cookie-none+json-only
		login
		form bob 10
		expect status 415
		transfer bob 10
		expect status 200`},
	{"two replicas without a common store: the second knows nobody", "RFC 9110 §3.3", `
		setup session/cookie-lax
		replicas 2 own
		pin 1
		login
		call
		expect user alice
		pin 2
		call
		expect status 401`},
	{"eight replicas know a signed token, for it says all by itself", "RFC 7519 §1", `
		setup jwt/cookie-lax
		replicas 8 own
		login
		pin 8
		call
		expect user alice
		replicas 3 own
		pin 3
		call
		expect user alice`},
	{"a deny list serves where it is known", "ASVS 7.4.1", `
		setup jwt/localstorage+denylist
		replicas 2 shared
		visit
		login
		attack replay-after-logout
		expect not accepted`},
	{"and a stolen token where it is not", "ASVS 7.4.1", `
		setup jwt/localstorage+denylist
		replicas 2 own
		visit
		login
		attack replay-after-logout
		expect accepted
		expect until 5m`},
}

// TestTold plays each.
func TestTold(t *testing.T) {
	for _, f := range told {
		t.Run(f.says, func(t *testing.T) { play(t, f.script) })
	}
}

// play plays a script, of which all that it expects must hold.
func play(t *testing.T, script string) scenario.Record {
	t.Helper()
	r, err := scenario.Run(script)
	if err != nil {
		t.Fatal(err)
	}
	expects := 0
	for _, s := range r.Steps {
		if s.Verb == "expect" {
			expects++
		}
		if s.Failed != nil {
			t.Errorf("line %d wants %s, got %s", s.Line, s.Failed.Want, s.Failed.Got)
		}
	}
	if expects == 0 {
		t.Error("nothing is expected")
	}
	return r
}
