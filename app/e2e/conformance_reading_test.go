package e2e_test

import (
	"jwtlab/app/lab/browser"
)

// cors is an answer that lets an origin read, with more besides.
func cors(origin string, more ...string) []string {
	return append([]string{"h=Access-Control-Allow-Origin:" + origin, "p=Access-Control-Allow-Origin:" + origin}, more...)
}

// both is a field of an answer, and of that to its preflight.
func both(field string) []string { return []string{"h=" + field, "p=" + field} }

// withCredentials lets an origin read what was asked with credentials.
func withCredentials(origin string, more ...string) []string {
	return cors(origin, append(both("Access-Control-Allow-Credentials:true"), more...)...)
}

// readingConformance is about what scripts may ask and read, and what they keep.
var readingConformance = []conformance{
	{name: "reading without credentials", steps: given(visit(theEvil+"/"),
		fetches(at(theShop, "/a"), browser.Init{}), fetches(at(theShop, "/b", cors("*")...), browser.Init{}), fetches(at(theShop, "/c", cors(theEvil)...), browser.Init{}),
		fetches(at(theShop, "/d", cors(theApp)...), browser.Init{}), fetches(at(theShop, "/e", cors("*", "h=X-Secret:1", "h=X-Told:2", "h=Access-Control-Expose-Headers:x-told")...), browser.Init{}),
		fetches(at(theShop, "/f", cors("*", "h=X-Secret:1", "h=Access-Control-Expose-Headers:*")...), browser.Init{}), fetches(at(theShop, "/g", cors("*")...), browser.Init{Credentials: "omit"}),
		fetches(at(theShop, "/h"), browser.Init{Mode: "same-origin"}), fetches(at(theEvil, "/i"), browser.Init{Mode: "same-origin"}),
	)},
	{name: "reading with credentials", steps: given(visit(theEvil+"/"),
		fetches(at(theShop, "/a", cors("*")...), include), fetches(at(theShop, "/b", cors(theEvil)...), include), fetches(at(theShop, "/c", withCredentials(theEvil)...), include),
		fetches(at(theShop, "/d", withCredentials("*")...), include), fetches(at(theShop, "/e", withCredentials(theEvil, "h=X-Secret:1", "h=Access-Control-Expose-Headers:*")...), include),
		fetches(at(theShop, "/f", withCredentials(theEvil, sets("kept=1; Secure; SameSite=None"), sets("lost=1; Secure"))...), include),
		fetches(at(theShop, "/g", cors(theEvil, sets("omitted=1; Secure; SameSite=None"))...), browser.Init{}), visit(theShop+"/"),
	)},
	{name: "reading within the site", steps: given(visit(theApp+"/"),
		fetches(at(theShop, "/a", cors(theApp)...), browser.Init{}), fetches(at(theShop, "/b", withCredentials(theApp)...), include), fetches(at(theShop, "/c"), include),
		fetches(at(theShop, "/d"), blindly), fetches(at(theShop, "/e", "h=Cross-Origin-Resource-Policy:same-site"), blindly), fetches(at(theShop, "/f", "h=Cross-Origin-Resource-Policy:same-origin"), blindly),
		image(at(theShop, "/img", "h=Cross-Origin-Resource-Policy:same-site")), image(at(theShop, "/img", "h=Cross-Origin-Resource-Policy:same-origin")),
	)},
	{name: "preflights", steps: given(visit(theEvil+"/"),
		fetches(at(theShop, "/a", cors(theEvil)...), browser.Init{Method: "PUT", Body: "x"}),
		fetches(at(theShop, "/b", cors(theEvil, "p=Access-Control-Allow-Methods:PUT")...), browser.Init{Method: "PUT", Body: "x"}),
		fetches(at(theShop, "/c", cors(theEvil, "p=Access-Control-Allow-Methods:*")...), browser.Init{Method: "DELETE"}),
		fetches(at(theShop, "/d", cors(theEvil)...), browser.Init{Header: header("X-Own", "1")}),
		fetches(at(theShop, "/e", cors(theEvil, "p=Access-Control-Allow-Headers:x-own")...), browser.Init{Header: header("X-Own", "1")}),
		fetches(at(theShop, "/f", cors("*", "p=Access-Control-Allow-Headers:*")...), browser.Init{Header: header("X-Own", "1")}),
		fetches(at(theShop, "/g", cors(theEvil, "p=Access-Control-Allow-Headers:authorization")...), browser.Init{Header: header("Authorization", "Bearer x")}),
		fetches(at(theShop, "/h", withCredentials(theEvil, "p=Access-Control-Allow-Headers:*")...), browser.Init{Credentials: "include", Header: header("X-Own", "1")}),
		fetches(at(theShop, "/i", withCredentials(theEvil, "p=Access-Control-Allow-Headers:content-type", "p=Access-Control-Allow-Methods:PUT")...), browser.Init{Method: "PUT", Credentials: "include", Body: "{}", Header: header("Content-Type", "application/json")}),
		fetches(at(theShop, "/j", cors(theEvil)...), browser.Init{Method: "POST", Body: "{}", Header: header("Content-Type", "text/plain")}),
		fetches(at(theShop, "/k", cors(theEvil)...), browser.Init{Method: "PATCH"}), fetches(at(theShop, "/l"), browser.Init{Method: "PUT", Mode: "no-cors"}),
	)},
	{name: "preflights remembered", steps: []step{visit(theEvil + "/"),
		fetches(at(theShop, "/a", cors(theEvil, "p=Access-Control-Allow-Methods:PUT", "p=Access-Control-Max-Age:600")...), browser.Init{Method: "PUT"}),
		fetches(at(theShop, "/a", cors(theEvil, "p=Access-Control-Allow-Methods:PUT", "p=Access-Control-Max-Age:600")...), browser.Init{Method: "PUT"}),
		fetches(at(theShop, "/a", cors(theEvil, "p=Access-Control-Allow-Methods:PUT", "p=Access-Control-Max-Age:600")...), browser.Init{Method: "PUT", Header: header("X-Own", "1")}),
		fetches(at(theShop, "/a", cors(theEvil, "p=Access-Control-Allow-Methods:PUT", "p=Access-Control-Max-Age:0")...), browser.Init{Method: "PUT"}),
		fetches(at(theShop, "/a", cors(theEvil, "p=Access-Control-Allow-Methods:PUT", "p=Access-Control-Max-Age:0")...), browser.Init{Method: "PUT"}),
		visit(theApp + "/"), fetches(at(theShop, "/a", cors(theApp, "p=Access-Control-Allow-Methods:PUT", "p=Access-Control-Max-Age:600")...), browser.Init{Method: "PUT"}),
	}},
	{name: "reading over redirects", steps: given(visit(theEvil+"/"),
		fetches(at(theEvil, "/a", to(302, at(theShop, "/end", cors(theEvil)...))...), browser.Init{}),
		fetches(at(theShop, "/b", append(to(302, at(theOther, "/end", cors("null")...)), cors(theEvil)...)...), browser.Init{}),
		fetches(at(theShop, "/c", append(to(302, at(theOther, "/end", cors(theEvil)...)), cors(theEvil)...)...), browser.Init{}),
		fetches(at(theShop, "/d", append(to(302, at(theEvil, "/end", cors("*")...)), cors(theEvil)...)...), browser.Init{}),
		fetches(at(theShop, "/e", to(302, at(theEvil, "/end", cors("*")...))...), browser.Init{}),
		fetches(at(theEvil, "/f", to(302, theEvil+"/end")...), browser.Init{Redirect: "manual"}), fetches(at(theEvil, "/g", to(302, theEvil+"/end")...), browser.Init{Redirect: "error"}),
		fetches(at(theEvil, "/h", to(307, at(theShop, "/end", withCredentials(theEvil)...))...), browser.Init{Method: "POST", Credentials: "include", Body: "x"}),
		fetches(at(theEvil, "/i", to(302, at(theShop, "/end", cors(theEvil, "p=Access-Control-Allow-Headers:authorization")...))...), browser.Init{Header: header("Authorization", "Bearer x")}),
		fetches(at(theEvil, "/j", to(303, theEvil+"/end")...), browser.Init{Method: "POST", Body: "x"}), fetches(at(theEvil, "/k", to(307, theEvil+"/end")...), browser.Init{Method: "PUT", Body: "x"}),
	)},
	{name: "what scripts cannot say", steps: given(visit(theApp+"/"),
		fetches(at(theShop, "/a", cors(theApp)...), browser.Init{Header: append(append(header("Cookie", "x=1"), header("Origin", theShop)...), append(header("Sec-Own", "1"), header("Referer", theShop)...)...)}),
		fetches(theShop+"/b", browser.Init{Method: "POST", Mode: "no-cors", Credentials: "include", Body: "{}", Header: append(header("Content-Type", "application/json"), header("Authorization", "Bearer x")...)}),
		fetches(theShop+"/c", browser.Init{Method: "POST", Mode: "no-cors", Body: "{}", Header: header("Content-Type", "text/plain;x=1")}),
		fetches("/d", browser.Init{Method: "TRACE"}), fetches("/e", browser.Init{Method: "patch", Body: "x"}), fetches("/f", browser.Init{Method: "put"}), fetches("/g", browser.Init{Method: "HEAD"}),
		fetches("/h", browser.Init{Body: "x"}), fetches("/i", browser.Init{Header: append(header("X-Own", "1"), header("x-own", "2")...)}), fetches("/j", browser.Init{Header: header("X-HTTP-Method-Override", "TRACE")}),
		fetches(at(theShop, "/k", cors(theApp)...), browser.Init{Method: "HEAD"}), fetches(at(theShop, "/l", cors(theApp)...), browser.Init{Header: header("Accept", "text/html")}),
		fetches(at(theShop, "/m", cors(theApp)...), browser.Init{Header: header("Content-Type", "application/x-www-form-urlencoded"), Method: "POST", Body: "a=1"}),
		fetches("/n", browser.Init{Method: "DELETE", Body: "x"}), fetches("/o", browser.Init{Policy: "no-referrer"}), fetches("/p", browser.Init{Method: "POST", Policy: "no-referrer"}),
	)},
	{name: "credentials over redirects", steps: given(visit(at(theEvil, "/", sets("own=1; Secure"))),
		fetches(at(theEvil, "/a", to(302, at(theShop, "/to", append(to(302, at(theEvil, "/end", cors("null")...)), cors(theEvil)...)...))...), browser.Init{}),
		fetches(at(theEvil, "/b", to(302, theEvil+"/end")...), browser.Init{}), fetches(at(theEvil, "/c", to(302, theEvil+"/end")...), browser.Init{Credentials: "omit"}),
		fetches(at(theEvil, "/d", to(302, at(theShop, "/to", append(to(302, at(theEvil, "/end", withCredentials("null")...)), withCredentials(theEvil)...)...))...), include),
		fetches(at(theEvil, "/e", to(301, theEvil+"/end")...), browser.Init{Method: "PUT", Body: "x"}), fetches(at(theEvil, "/f", to(301, theEvil+"/end")...), browser.Init{Method: "POST", Body: "x"}),
		fetches(at(theEvil, "/g", to(308, theEvil+"/end")...), browser.Init{Method: "POST", Body: "x", Header: header("X-Own", "1")}), fetches(at(theEvil, "/h", to(303, theEvil+"/end")...), browser.Init{Method: "DELETE"}),
		fetches(at(theEvil, "/i", to(302, at(theShop, "/end", cors(theEvil)...))...), browser.Init{Header: header("X-Own", "1")}),
		fetches(at(theEvil, "/j", to(302, at(theShop, "/end"))...), blindly), fetches(at(theEvil, "/k", to(302, at(theShop, "/end"))...), browser.Init{Mode: "same-origin"}),
		fetches(at(theShop, "/l", to(302, theEvil+"/end")...), blindly), fetches(at(theShop, "/m", append(to(302, theEvil+"/end"), cors(theEvil)...)...), browser.Init{Redirect: "manual"}),
	)},
	{name: "storage of third parties, blocked", engine: "blocked", steps: []step{
		visit(theShop + "/"), writes("localStorage", "k", "1"), visit(theEvil + "/"), embed("f", theShop+"/in"), in("f", reads("localStorage", "k")), in("f", writes("localStorage", "k", "2")),
		in("f", reads("localStorage", "k")), in("f", writes("sessionStorage", "k", "3")), in("f", reads("sessionStorage", "k")), visit(theOther + "/"), embed("f", theShop+"/in"), in("f", reads("localStorage", "k")), visit(theShop + "/"), reads("localStorage", "k"),
	}},
	{name: "referrers", steps: []step{
		visit(at(theShop, "/quiet", "h=Referrer-Policy:no-referrer")), form("/post", "a=1"), visit(at(theShop, "/quiet", "h=Referrer-Policy:no-referrer")), form(theEvil+"/post", "a=1"),
		visit(at(theShop, "/quiet", "h=Referrer-Policy:no-referrer")), fetches("/post", browser.Init{Method: "POST", Body: "x"}), fetches(at(theEvil, "/post", cors("*")...), browser.Init{Method: "POST", Body: "x"}),
		visit(at(theShop, "/loud", "h=Referrer-Policy:unsafe-url")), click(plain + "/end"), visit(at(theShop, "/near", "h=Referrer-Policy:same-origin")), image(theEvil + "/img"), image("/img"), click(theEvil + "/end"),
		visit(theShop + "/usual?a=1"), click(plain + "/end"), visit(theShop + "/usual?a=1"), form(via(307, theEvil, theShop+"/end"), "a=1"), visit(theShop + "/usual?a=1"), image(theEvil + "/img"), image("/img"),
	}},
	{name: "clear text in an encrypted page", steps: given(visit(theShop+"/"),
		image(plain+"/img"), fetches(plain+"/api", blindly), embed("f", plain+"/in"), embed("g", theShop+"/in"), in("g", goes(plain+"/in")), in("g", reads("cookie", "")),
		embed("h", at(theShop, "/in", to(302, plain+"/in")...)), embed("i", plain+"/again"), fetches(theShop+"/api", browser.Init{}), click(plain+"/end"), visit(theShop+"/"), goes("http://evil.example/"), embed("f", theShop+"/in"),
		in("f", fetches("/api", browser.Init{})), in("f", reads("cookie", "")),
	)},
	{name: "storage by origin, tab and partition", steps: []step{
		visit(theShop + "/"), writes("localStorage", "k", "1"), writes("sessionStorage", "k", "1"), visit(plain + "/"), reads("localStorage", "k"), visit(theApp + "/"), reads("localStorage", "k"), writes("localStorage", "k", "app"),
		visit(theShop + "/other"), reads("localStorage", "k"), reads("sessionStorage", "k"), anotherTab(), visit(theShop + "/"), reads("localStorage", "k"), reads("sessionStorage", "k"),
		visit(theEvil + "/"), embed("f", theShop+"/in"), in("f", reads("localStorage", "k")), in("f", writes("localStorage", "k", "2")), visit(theOther + "/"), embed("f", theShop+"/in"), in("f", reads("localStorage", "k")),
		visit(theEvil + "/"), embed("f", theShop+"/in"), in("f", reads("localStorage", "k")), visit(theApp + "/"), embed("f", theShop+"/in"), in("f", reads("localStorage", "k")), in("f", reads("sessionStorage", "k")),
		toTab(1), again(), reads("localStorage", "k"), reads("sessionStorage", "k"),
	}},
	{name: "who may frame", steps: []step{visit(theEvil + "/"),
		embed("a", at(theShop, "/", "h=X-Frame-Options:DENY", sets("framed=1; Secure; SameSite=None"))), embed("b", at(theShop, "/", "h=X-Frame-Options:SAMEORIGIN")),
		embed("c", at(theShop, "/", "h=Content-Security-Policy:frame-ancestors 'self'")), embed("d", at(theShop, "/", "h=Content-Security-Policy:frame-ancestors https://evil.example", "h=X-Frame-Options:DENY")),
		embed("e", at(theShop, "/", "h=Content-Security-Policy:frame-ancestors https://*.example")), embed("g", theShop+"/"), in("g", embed("h", at(theShop, "/", "h=X-Frame-Options:SAMEORIGIN"))),
		visit(theShop + "/"), embed("a", at(theShop, "/", "h=X-Frame-Options:SAMEORIGIN")), embed("b", at(theShop, "/", "h=X-Frame-Options:ALLOWALL")), embed("c", at(theApp, "/", "h=Content-Security-Policy:frame-ancestors 'self'")),
	}},
	{name: "no content", steps: given(visit(theEvil+"/"), click(at(theShop, "/none", "status=204", sets("kept=1; Secure"))), fetches("/api", browser.Init{}), visit(theShop+"/"), image(at(theShop, "/img", "status=404")), visit(at(theShop, "/gone", "status=410", sets("gone=1"))), again())},
}
