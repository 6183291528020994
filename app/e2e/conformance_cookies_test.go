package e2e_test

import (
	"jwtlab/app/lab/browser"
)

// kinds are cookies of all four kinds of SameSite, and one that is partitioned.
var kinds = []string{
	sets("strict=1; Secure; SameSite=Strict"), sets("lax=1; Secure; SameSite=Lax"), sets("default=1; Secure"), sets("none=1; Secure; SameSite=None"),
	sets("chips=1; Secure; SameSite=None; Partitioned"),
}

// given lets the shop set all kinds, and goes on.
func given(steps ...step) []step {
	return append([]step{visit(at(theShop, "/set", kinds...))}, steps...)
}

// asks are all ways in which a page asks another, which sends back kinds again.
func asks(from, whom string) []step {
	whom = at(whom, "/seen", sets("late=1; Secure; SameSite=None"), sets("later=1; Secure"))
	return []step{
		visit(from), click(whom), visit(from), goes(whom), visit(from), formGet(whom), visit(from), form(whom, "a=1"), visit(from),
		image(whom), fetches(whom, browser.Init{}), fetches(whom, include), fetches(whom, blindly), fetches(whom, browser.Init{Mode: "no-cors", Credentials: "omit"}),
		fetches(whom, browser.Init{Method: "POST", Mode: "no-cors", Credentials: "include", Body: "x"}),
		embed("f", whom), into("f", form(whom, "a=1")),
	}
}

// via is an address that redirects over others.
func via(status int, urls ...string) string {
	next := urls[len(urls)-1]
	for i := len(urls) - 2; i >= 0; i-- {
		next = at(urls[i], "/to", to(status, next)...)
	}
	return next
}

// cookieConformance is about which cookies are sent and kept, by servers that do as they are told.
var cookieConformance = []conformance{
	{name: "all kinds from another site", steps: given(asks(theEvil+"/", theShop)...)},
	{name: "all kinds from the same site", steps: given(asks(theApp+"/", theShop)...)},
	{name: "all kinds from the same origin", steps: given(asks(theShop+"/", theShop)...)},
	{name: "all kinds from the same host by http", steps: given(asks(plain+"/", theShop)...)},
	{name: "all kinds from another site, third parties blocked", engine: "blocked", steps: given(asks(theEvil+"/", theShop)...)},
	{name: "redirects over another site", steps: given(
		visit(theShop+"/"), click(via(302, theShop, theEvil, theShop+"/end")), visit(theShop+"/"), form(via(307, theShop, theEvil, theShop+"/end"), "a=1"),
		visit(via(302, theEvil, theShop+"/end")), visit(theShop+"/"), fetches(via(302, theShop, theEvil, theShop+"/end"), blindly), image(via(302, theShop, theEvil, theShop+"/img")),
	)},
	{name: "redirects from another site", steps: given(
		visit(theEvil+"/"), click(via(302, theShop, theShop+"/end")), visit(theEvil+"/"), click(via(302, theEvil, theApp, theShop+"/end")),
		visit(theEvil+"/"), form(via(302, theShop, theShop+"/end"), "a=1"), visit(theEvil+"/"), form(via(303, theShop, theShop+"/end"), "a=1"),
		visit(theEvil+"/"), form(via(307, theShop, theShop+"/end"), "a=1"), visit(theEvil+"/"), form(via(308, theEvil, theShop+"/end"), "a=1"),
		visit(theEvil+"/"), image(via(301, theEvil, theShop+"/img")), embed("f", via(302, theShop, theShop+"/end")),
	)},
	{name: "cookies of a redirect", steps: []step{
		visit(at(theShop, "/a", append(to(302, theShop+"/b"), sets("hop=1"))...)), visit(theEvil + "/"),
		click(at(theShop, "/a", append(to(302, theShop+"/b"), sets("strict=1; SameSite=Strict"))...)), again(),
	}},
	{name: "reloading", steps: given(
		visit(theEvil+"/"), form(theShop+"/end", "a=1"), again(), visit(theEvil+"/"), click(via(302, theApp, theShop+"/end")), again(), again(),
		visit(theEvil+"/"), form(via(302, theShop, theShop+"/end"), "a=1"), again(), visit(theShop+"/end"), again(), goes(theShop+"/end"), again(),
	)},
	{name: "answers that are none", steps: []step{
		visit(at(theShop, "/broken", "status=500", sets("a=1"))), visit(at(theShop, "/moved", "status=302", sets("b=1"))), visit(at(theShop, "/data", append(to(302, "data:text/html,x"), sets("c=1"))...)),
		visit(theShop + "/loop"), visit(theShop + "/"), fetches("/loop", browser.Init{}), fetches(at(theShop, "/data", to(302, "data:text/plain,x")...), browser.Init{}),
		fetches(at(theShop, "/broken", "status=500"), browser.Init{}),
		image(theShop + "/loop"), embed("f", theShop+"/loop"), visit(theEvil + "/"), fetches(at(theShop, "/broken", "status=500"), blindly),
	}},
	{name: "domains and hosts", steps: []step{
		visit(at(theShop, "/", sets("host=1"), sets("wide=1; Domain=shop.example"), sets("child=1; Domain=app.shop.example"), sets("suffix=1; Domain=example"))),
		visit(theApp + "/"), visit(at(theApp, "/", sets("wide=2; Domain=shop.example"), sets("host=2; Domain=.shop.example"), sets("own=1"))),
		visit(theShop + "/"), visit(theApp + "/"), reads("cookie", ""), visit(at(theShop, "/", sets("wide=; Max-Age=0; Domain=shop.example"))), visit(theApp + "/"),
	}},
	{name: "paths and order", steps: []step{
		visit(at(theShop, "/a/b", sets("root=1; Path=/"), sets("dir=1"), sets("deep=1; Path=/a/b"), sets("other=1; Path=/c"))),
		visit(theShop + "/a/b/c"), visit(theShop + "/a/bc"), visit(theShop + "/a"), visit(theShop + "/c/"),
		visit(at(theShop, "/a/b", sets("second=1; Path=/"), sets("root=1; Path=/"))), visit(theShop + "/a/b"), visit(at(theShop, "/a/b", sets("root=2; Path=/"))), visit(theShop + "/a/b"),
	}},
	{name: "Secure is left alone", steps: []step{
		visit(at(theShop, "/", sets("a=1; Secure; Path=/"), sets("b=1; Path=/"), sets("c=1; Secure; Path=/x"))),
		visit(at(plain, "/", sets("a=2"), sets("b=2; Path=/"), sets("c=2; Path=/"), sets("d=2; Secure"), sets("a=; Max-Age=0"))), visit(plain + "/"), visit(theShop + "/x"),
		visit(at("http://app.shop.example", "/", sets("a=3; Domain=shop.example"), sets("b=3; Domain=shop.example"))), visit(theShop + "/x"),
	}},
	{name: "HSTS of a whole domain", steps: []step{
		visit(at(plain, "/", "h=Strict-Transport-Security:max-age=100; includeSubDomains")), visit("http://app.shop.example/"),
		visit(at(theShop, "/", "h=Strict-Transport-Security:max-age=100; includeSubDomains", sets("a=1; SameSite=Strict"))), visit("http://app.shop.example/x"), visit("http://evil.example/"),
		click(plain + "/"), visit("http://evil.example/"), embed("f", plain+"/in"), image(plain + "/img"), fetches(plain+"/api", blindly),
		fetches(at(plain, "/api", cors("http://evil.example")...), browser.Init{}),
		visit(plain + "/"), fetches(plain+"/api", browser.Init{}), visit(at(theShop, "/", "h=Strict-Transport-Security:max-age=0")), visit(plain + "/"), visit("http://app.shop.example/"),
	}},
	{name: "prefixes", steps: []step{
		visit(at(theShop, "/", sets("__Host-a=1; Secure; Path=/"), sets("__Host-b=1; Secure"), sets("__Host-c=1; Path=/"), sets("__Host-d=1; Secure; Path=/; Domain=shop.example"),
			sets("__Secure-e=1; Secure"), sets("__Secure-f=1"), sets("__host-g=1"))),
		writes("cookie", "", "__Host-h=1; Secure; Path=/"), writes("cookie", "", "__Secure-i=1"), visit(at(plain, "/", sets("__Host-j=1; Secure; Path=/"))), visit(theShop + "/"),
	}},
	{name: "scripts and cookies", steps: []step{
		visit(at(theShop, "/a", sets("hidden=1; HttpOnly; Path=/"), sets("open=1; Path=/"), sets("strict=1; SameSite=Strict"))), reads("cookie", ""),
		writes("cookie", "", "hidden=2; Path=/"), writes("cookie", "", "mine=1"), writes("cookie", "", "secret=1; HttpOnly"), writes("cookie", "", "open=2; Path=/"), reads("cookie", ""),
		visit(theShop + "/a"), visit(theShop + "/b/c"), reads("cookie", ""), writes("cookie", "", "open=; Max-Age=0; Path=/"), reads("cookie", ""), visit(plain + "/"), reads("cookie", ""),
	}},
	{name: "scripts and cookies in frames", steps: given(
		visit(theEvil+"/"), embed("f", theShop+"/in"), in("f", reads("cookie", "")), in("f", writes("cookie", "", "w1=1; Secure; SameSite=None")),
		in("f", writes("cookie", "", "w2=1; Secure")), in("f", reads("cookie", "")), visit(theApp+"/"), embed("f", theShop+"/in"), in("f", reads("cookie", "")),
	)},
	{name: "scripts and cookies in frames, third parties blocked", engine: "blocked", steps: given(
		visit(theEvil+"/"), embed("f", theShop+"/in"), in("f", reads("cookie", "")), in("f", writes("cookie", "", "w1=1; Secure; SameSite=None")),
		in("f", writes("cookie", "", "w2=1; Secure; SameSite=None; Partitioned")), in("f", reads("cookie", "")), visit(theApp+"/"), embed("f", theShop+"/in"), in("f", reads("cookie", "")),
	)},
	{name: "partitioned cookies", steps: given(
		visit(theEvil+"/"), embed("f", at(theShop, "/in", sets("chips=2; Secure; SameSite=None; Partitioned"), sets("both=1; Secure; SameSite=None"), sets("both=2; Secure; SameSite=None; Partitioned"), sets("bad=1; SameSite=None; Partitioned"))),
		in("f", fetches("/api", browser.Init{})), fetches(theShop+"/api", blindly), visit(theOther+"/"), embed("f", theShop+"/in"), fetches(theShop+"/api", blindly), visit(theShop+"/"),
	)},
	{name: "partitioned cookies, third parties blocked", engine: "blocked", steps: given(
		visit(theEvil+"/"), embed("f", at(theShop, "/in", sets("chips=2; Secure; SameSite=None; Partitioned"), sets("both=1; Secure; SameSite=None"))),
		in("f", fetches("/api", browser.Init{})), visit(theOther+"/"), embed("f", theShop+"/in"), visit(theShop+"/"),
	)},
	{name: "from a frame to the top", steps: given(
		visit(theEvil+"/"), embed("f", theShop+"/in"), in("f", into("_top", form(theShop+"/end", "a=1"))),
		visit(theEvil+"/"), embed("f", theApp+"/in"), in("f", into("_top", formGet(theShop+"/end"))),
		visit(theShop+"/"), embed("f", theEvil+"/in"), in("f", into("_top", form(theShop+"/end", "a=1"))), again(),
	)},
	{name: "frames in frames", steps: given(
		visit(theEvil+"/"), embed("f", theShop+"/in"), in("f", embed("g", theShop+"/deep")), in("g", fetches("/api", browser.Init{})), in("f", image("/img")), in("f", click("/next")),
		visit(theShop+"/"), embed("f", theEvil+"/in"), in("f", fetches(theShop+"/api", blindly)), in("f", embed("g", theShop+"/deep")), in("g", fetches("/api", browser.Init{})),
		in("f", goes(theShop+"/next")),
		in("f", fetches("/api", browser.Init{})),
	)},
	{name: "a default cookie, two minutes old", engine: "hasty", steps: given(ages(),
		visit(theEvil+"/"), form(theShop+"/end", "a=1"), visit(theEvil+"/"), form(via(307, theShop, theShop+"/end"), "a=1"), visit(theEvil+"/"), click(theShop+"/end"),
		visit(at(theShop, "/set", sets("default=2; Secure"))), visit(theEvil+"/"), form(theShop+"/end", "a=1"),
	)},
}
