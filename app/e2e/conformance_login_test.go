package e2e_test

import (
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// The ways in which a script of elsewhere may ask.
var (
	include = browser.Init{Credentials: "include"}
	blindly = browser.Init{Credentials: "include", Mode: "no-cors"}
)

// enter is the shop's own page, and a login there.
func enter() []step { return []step{visit(theShop + "/app"), logIn()} }

// then goes on after a login.
func then(steps ...step) []step { return append(enter(), steps...) }

// steal is a transfer that nobody wanted.
var steal = []string{"to=mallory", "amount=9"}

const stealing = theShop + "/api/transfer?to=mallory&amount=9"

// forgeries are the ways in which a page of elsewhere makes the browser ask (RFC 6265bis §8.8.1).
func forgeries() []step {
	return []step{
		visit(theEvil + "/"), form(theShop+"/api/transfer", steal...),
		visit(theEvil + "/"), click(stealing),
		visit(theEvil + "/"), formGet(theShop+"/api/transfer", steal...),
		visit(theEvil + "/"), image(stealing), fetches(stealing, blindly), fetches(stealing, include),
		embed("f", theShop+"/account"), embed("g", theEvil+"/"), into("g", form(theShop+"/api/transfer", steal...)),
	}
}

// loginConformance is about where a login lives: setups of the lab, with the service's own policy for them.
var loginConformance = []conformance{
	{name: "session in a Lax cookie", setup: "session/cookie-lax", steps: then(
		call("GET", "/api/me", ""), again(), visit(theShop+"/account"), visit(theShop+"/app"),
		call("POST", "/api/logout", ""), call("GET", "/api/me", ""), visit(theShop+"/account"),
	)},
	{name: "forgeries of a bare cookie", setup: "session/cookie-bare", steps: then(forgeries()...)},
	{name: "forgeries of a Lax cookie", setup: "session/cookie-lax", steps: then(forgeries()...)},
	{name: "forgeries of a Strict cookie", setup: "session/cookie-strict", steps: then(forgeries()...)},
	{name: "forgeries of a None cookie", setup: "session/cookie-none", steps: then(forgeries()...)},
	{name: "forgeries of a token in localStorage", setup: "jwt/localstorage", steps: then(forgeries()...)},
	{name: "forgeries, origin checked", setup: "session/cookie-none+origin-check", steps: then(append(forgeries(),
		visit(theApp+"/"), form(theShop+"/api/transfer", steal...), visit(theShop+"/app"), form(theShop+"/api/transfer", steal...))...)},
	{name: "forgeries, token asked for", setup: "session/cookie-none+csrf-token", steps: then(append(forgeries(),
		visit(theShop+"/app"), call("POST", "/api/transfer", `{"to":"bob","amount":1}`), call("GET", "/api/me", ""), call("POST", "/api/transfer", `{"to":"bob","amount":1}`))...)},
	{name: "forgeries, JSON alone", setup: "session/cookie-none+json-only", steps: then(
		visit(theEvil+"/"), form(theShop+"/api/transfer", steal...), visit(theEvil+"/"), click(stealing), visit(theEvil+"/"),
		fetches(theShop+"/api/transfer", browser.Init{Method: "POST", Mode: "no-cors", Credentials: "include", Body: `{"to":"mallory","amount":9}`}),
		fetches(theShop+"/api/transfer", browser.Init{Method: "POST", Credentials: "include", Body: `{"to":"mallory","amount":9}`, Header: header("Content-Type", "application/json")}),
	)},
	{name: "forgeries, POST alone", setup: "session/cookie-lax+post-only", steps: then(
		visit(theEvil+"/"), image(stealing), click(stealing), visit(theEvil+"/"), form(theShop+"/api/transfer", steal...),
	)},
	{name: "logout by another site", setup: "session/cookie-none", steps: then(
		visit(theEvil+"/"), form(theShop+"/api/logout"), visit(theShop+"/account"),
	)},
	{name: "a session planted by a sibling", setup: "session/cookie-bare", steps: append([]step{visit(at(theApp, "/", sets("session=known; Domain=shop.example; Path=/")))},
		then(call("GET", "/api/me", ""), visit(theApp+"/"), reads("cookie", ""))...)},
	{name: "a session planted by a sibling, id renewed", setup: "session/cookie-bare+renew-id", steps: append([]step{visit(at(theApp, "/", sets("session=known; Domain=shop.example; Path=/api")))},
		then(call("GET", "/api/me", ""), visit(theApp+"/"), reads("cookie", ""))...)},
	{name: "forgery of JSON by a form", setup: "session/cookie-none+json-only", steps: then(
		visit(theEvil+"/"), plainly(form(theShop+"/api/transfer", `{"to":"mallory","amount":9,"x":"=y"}`)), visit(theEvil+"/"), plainly(form(theShop+"/api/login", `{"username":"mallory","x":"=y"}`)),
	)},
	{name: "no framing", setup: "session/cookie-none+no-framing", steps: then(
		visit(theEvil+"/"), embed("f", theShop+"/account"), visit(theShop+"/app"), embed("f", theShop+"/account"),
	)},
	{name: "Strict cookie and links", setup: "session/cookie-strict", steps: then(
		visit(theEvil+"/"), click(theShop+"/account"), again(), visit(theShop+"/account"),
		visit(theApp+"/"), click(theShop+"/account"), visit(theEvil+"/"), goes(theShop+"/app"), click(theShop+"/account"),
	)},
	{name: "readable cookie", setup: "session/cookie-readable", steps: then(
		reads("cookie", ""), visit(theShop+"/other"), reads("cookie", ""), visit(theApp+"/"), reads("cookie", ""),
	)},
	{name: "JWT in a cookie", setup: "jwt/cookie-strict", steps: then(
		call("GET", "/api/me", ""), reads("cookie", ""), passes(6*time.Minute), call("GET", "/api/me", ""), visit(theShop+"/account"),
	)},
	{name: "session id in localStorage", setup: "session/localstorage", steps: then(
		call("GET", "/api/me", ""), again(), call("GET", "/api/me", ""), anotherTab(), visit(theShop+"/app"), call("GET", "/api/me", ""),
		visit(theShop+"/account"), visit(theApp+"/"), reads("localStorage", "session_id"), visit(theShop+"/app"), call("POST", "/api/logout", ""), call("GET", "/api/me", ""),
	)},
	{name: "token in sessionStorage", setup: "jwt/sessionstorage", steps: then(
		call("GET", "/api/me", ""), again(), call("GET", "/api/me", ""), anotherTab(), visit(theShop+"/app"), call("GET", "/api/me", ""),
		toTab(1), visit(theEvil+"/"), reads("sessionStorage", "access_token"), visit(theShop+"/app"), call("GET", "/api/me", ""),
	)},
	{name: "token in memory", setup: "jwt/memory", steps: then(
		call("GET", "/api/me", ""), again(), call("GET", "/api/me", ""), logIn(), click(theShop+"/app"), call("GET", "/api/me", ""),
	)},
	{name: "refresh token in localStorage", setup: "refresh/localstorage+rotation", steps: then(
		passes(6*time.Minute), call("GET", "/api/me", ""), renew(), call("GET", "/api/me", ""), again(), renew(), call("POST", "/api/logout", ""), renew(),
	)},
	{name: "refresh token in a cookie of its path", setup: "refresh/memory-refresh-cookie+rotation", steps: then(
		call("GET", "/api/me", ""), again(), call("GET", "/api/me", ""), renew(), call("GET", "/api/me", ""), passes(6*time.Minute),
		call("GET", "/api/me", ""), renew(), call("GET", "/api/me", ""), visit(theEvil+"/"),
		fetches(theShop+"/api/refresh", browser.Init{Method: "POST", Mode: "no-cors", Credentials: "include"}), form(theShop+"/api/refresh"),
	)},
	{name: "access and refresh cookies", setup: "refresh/cookie-lax", steps: then(
		call("GET", "/api/me", ""), passes(6*time.Minute), call("GET", "/api/me", ""), renew(), visit(theShop+"/account"),
		visit(theShop+"/app"), call("POST", "/api/logout", ""), renew(),
	)},
	{name: "__Host- cookie", setup: "session/cookie-lax+prefix", steps: then(
		call("GET", "/api/me", ""), visit(at(theApp, "/set", sets("__Host-session=1; Secure; Path=/; Domain=shop.example"), sets("__Secure-x=1; Secure; Domain=shop.example"), sets("__Secure-y=1"))),
		visit(plain+"/app"), logIn(), call("GET", "/api/me", ""), visit(theShop+"/account"),
	)},
	{name: "HSTS", setup: "session/cookie-bare+hsts", steps: []step{
		visit(plain + "/app"), logIn(), call("GET", "/api/me", ""), visit(theShop + "/app"), logIn(), visit(plain + "/account"),
		visit("http://evil.example/"), click(plain + "/account"), visit("http://evil.example/"), form(plain+"/api/transfer", steal...),
		visit("http://app.shop.example/"), image(plain + "/img"),
	}},
	{name: "bare cookie in clear text", setup: "session/cookie-bare", steps: []step{
		visit(plain + "/app"), logIn(), call("GET", "/api/me", ""), visit(theShop + "/account"), visit(plain + "/account"),
	}},
	{name: "Secure cookie in clear text", setup: "session/cookie-lax", steps: []step{
		visit(plain + "/app"), logIn(), call("GET", "/api/me", ""), visit(theShop + "/app"), logIn(), visit(plain + "/account"), visit(plain + "/app"), call("GET", "/api/me", ""), visit(theShop + "/account"),
	}},
	{name: "a trusted origin", setup: "session/cookie-lax", trusted: theApp, steps: then(
		visit(theApp+"/"), fetches(theShop+"/api/me", browser.Init{}), fetches(theShop+"/api/me", include),
		fetches(theShop+"/api/transfer", browser.Init{Method: "POST", Credentials: "include", Body: `{"to":"bob","amount":1}`, Header: header("Content-Type", "application/json")}),
		fetches(theShop+"/api/transfer", browser.Init{Method: "POST", Credentials: "include", Body: `{"to":"bob","amount":2}`, Header: header("Content-Type", "application/json")}),
		fetches(theShop+"/api/sessions", browser.Init{Method: "DELETE", Credentials: "include"}),
		visit(theEvil+"/"), fetches(theShop+"/api/me", include), fetches(theShop+"/api/me", browser.Init{Header: header("Authorization", "Bearer x")}),
	)},
	{name: "a trusted origin with a token", setup: "jwt/memory", trusted: theApp, steps: []step{
		visit(theApp + "/"), fetches(theShop+"/api/me", browser.Init{Header: header("Authorization", "Bearer x")}),
		fetches(theShop+"/api/me", browser.Init{Header: header("Authorization", "Bearer x"), Credentials: "omit"}),
		fetches(theShop+"/api/me", browser.Init{Header: header("X-Other", "x")}),
	}},
	{name: "login in another site's frame", setup: "session/cookie-none", steps: []step{
		visit(theEvil + "/"), embed("f", theShop+"/app"), in("f", logIn()), in("f", call("GET", "/api/me", "")), visit(theShop + "/account"),
	}},
	{name: "login in another site's frame, third parties blocked", setup: "session/cookie-none", engine: "blocked", steps: []step{
		visit(theEvil + "/"), embed("f", theShop+"/app"), in("f", logIn()), in("f", call("GET", "/api/me", "")), visit(theShop + "/account"),
	}},
	{name: "forgeries, third parties blocked", setup: "session/cookie-none", engine: "blocked", steps: then(forgeries()...)},
	{name: "a bare cookie that is two minutes old", setup: "session/cookie-bare", engine: "hasty", steps: then(append([]step{ages()}, forgeries()...)...)},
}

// header is one field.
func header(name, value string) []wire.Field { return []wire.Field{{Name: name, Value: value}} }
