package e2e_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"

	"jwtlab/app/locale"
	"jwtlab/app/login"
)

// places are where the page of the server finds its service: at a server, or inside the page.
var places = []struct {
	name string
	open func(t *testing.T) *host
}{
	{"server", func(t *testing.T) *host { return openShop(t, login.Loopback()).host }},
	{"page", func(t *testing.T) *host { return files(t, "/demo/") }},
}

// atServer opens the page of the server, at the time that the server has.
func atServer(t *testing.T, h *host, lang string) *page {
	t.Helper()
	p := tab(t, h)
	p.allow("status of 40") // what is refused, the browser notes
	p.visit(lang + "server/")
	p.clock(time.Now().Unix())
	p.said("client.nobody", "client.start")
	return p
}

// said waits for what the page says of who is logged in, and how the last thing went.
func (p *page) said(who, went string, args ...string) {
	p.Helper()
	words := p.say(who, "alice")
	if went != "" {
		words += " " + p.say(went, args...)
	}
	p.until(words, `document.querySelector("#outcome .sentence").innerText.startsWith(`+quote(words)+`)`)
}

// logIn logs alice in.
func (p *page) logIn(mode string) {
	p.Helper()
	p.findIn("login", "radio", p.say("client.mode."+mode)).click()
	p.findIn("login", "button", "alice / wonderland").click()
	p.findIn("login", "button", p.say("client.action.login")).click()
	p.said("client.who", "")
	p.until("the mode", `document.querySelector("#outcome ul").innerText.includes(`+quote(p.say("client.mode."+mode))+`)`)
}

// ask presses one of the buttons that ask the server.
func (p *page) ask(action string) {
	p.Helper()
	p.findIn("calls", "button", p.say("client.action."+action)).click()
}

// tells waits for a region to have a text.
func (p *page) tells(region, text string) {
	p.Helper()
	p.until(region+" to tell "+text, `document.getElementById(`+quote(region)+`).innerText.includes(`+quote(text)+`)`)
}

// TestServer logs in by each mode, asks for all that there is, and logs out: at a real server and at the one inside the page,
// in each language.
func TestServer(t *testing.T) {
	t.Parallel()
	for _, place := range places {
		for _, lang := range []string{"", "ko/"} {
			t.Run(place.name+" "+lang, func(t *testing.T) {
				t.Parallel()
				h := place.open(t)
				p := atServer(t, h, lang)
				p.tells("login", p.say("client.place."+place.name))
				for _, mode := range []string{"session", "cookie", "token"} {
					p.round(mode)
				}
				asked := strings.Join(h.requests(), "\n")
				if got := strings.Contains(asked, "/api/"); got != (place.name == "server") {
					t.Errorf("the server was asked: %t", got)
				}
			})
		}
	}
}

// round is all that one can do with one login.
func (p *page) round(mode string) {
	p.Helper()
	p.logIn(mode)
	p.tells("server", p.say("client.current"))
	blind := "client.scripts-blind"
	if mode == "token" {
		blind = "client.scripts-read"
	}
	p.tells("storage", p.say(blind))
	if got := p.get("document.cookie"); got != "" {
		p.Errorf("%s: scripts read the cookie %q", mode, got)
	}
	p.find("textbox", p.say("client.to")).fill("bob")
	p.find("textbox", p.say("client.amount")).fill("5")
	p.findIn("calls", "button", p.say("client.action.transfer")).click()
	p.said("client.who", "client.done.transfer")
	p.findIn("calls", "button", p.say("client.action.admin")).click()
	p.said("client.who", "client.refused", p.say("client.action.admin"), locale.Text(p.lang, "login.problem.role", "admin"))
	p.ask("me")
	p.said("client.who", "")
	if mode != "session" {
		p.ask("refresh")
		p.said("client.who", "client.done.refresh")
	}
	p.ask("logout")
	p.said("client.nobody", "client.done.logout")
	p.tells("storage", p.say("client.storage.empty"))
	p.ask("me")
	p.said("client.nobody", "client.refused", p.say("client.action.me"), locale.Text(p.lang, "login.problem.login-needed"))
}

// TestServerCookie holds what the page tells of a cookie to what the browser has.
func TestServerCookie(t *testing.T) {
	t.Parallel()
	p := atServer(t, openShop(t, login.Loopback()).host, "")
	p.logIn("session")
	cookies := do(p, network.GetCookies, network.GetCookiesParams{}).Cookies
	if len(cookies) != 1 || cookies[0].Name != "session" || !cookies[0].HTTPOnly || cookies[0].SameSite != "Lax" || cookies[0].Path != "/" {
		t.Fatalf("the browser keeps %+v", cookies)
	}
	p.tells("storage", p.say("client.cookie", "session"))
	p.tells("storage", "Path=/; Max-Age=43200; HttpOnly; SameSite=Lax")
	if text := p.get(`document.body.innerText`); strings.Contains(text, cookies[0].Value) {
		t.Error("the page shows the session id, which it cannot have")
	}
	p.reload()
	p.said("client.who", "")
	p.tells("storage", p.say("client.earlier"))
}

// TestServerTokenIsForgotten: what a script holds in memory is gone with the page.
func TestServerTokenIsForgotten(t *testing.T) {
	t.Parallel()
	p := atServer(t, openShop(t, login.Loopback()).host, "")
	p.logIn("token")
	p.reload()
	p.said("client.nobody", "client.start")
}

// TestServerInspect opens the access token in the debugger, with the keys of the server, and comes back.
func TestServerInspect(t *testing.T) {
	t.Parallel()
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			p := atServer(t, place.open(t), "")
			p.logIn("token")
			p.findIn("storage", "button", p.say("client.inspect")).click()
			p.answers("yes", "yes", "yes")
			if got := p.get("location.pathname"); strings.Contains(got, "server") {
				t.Errorf("the address is %s", got)
			}
			p.until("the keys", `document.getElementById("key-text").value.startsWith('{"keys":[')`)
			if got := p.get("location.href + JSON.stringify(history.state)"); strings.Contains(got, "eyJ") {
				t.Errorf("the address has the token: %s", got)
			}
			p.eval(`history.back()`)
			p.said("client.who", "")
			p.find("link", p.say("ui.debugger")).click()
			p.answers("yes", "yes", "yes")
		})
	}
}

// TestServerForceOut ends the login of another browser, which finds itself logged out.
func TestServerForceOut(t *testing.T) {
	t.Parallel()
	h := openShop(t, login.Loopback()).host
	p, q := atServer(t, h, ""), atServer(t, h, "ko/")
	q.logIn("cookie")
	p.logIn("session")
	var ends []string
	p.until("two logins", `document.querySelectorAll("#server li").length === 2`)
	p.eval(`[...document.querySelectorAll("#server li")].filter((l) => !l.innerText.includes(`+quote(p.say("client.current"))+`)).map((l) => l.querySelector("button").ariaLabel)`, &ends)
	if len(ends) != 1 {
		t.Fatalf("others to force out: %q", ends)
	}
	p.eval(`[...document.querySelectorAll("#server button")].find((b) => b.ariaLabel === ` + quote(ends[0]) + ` && !b.closest("li").innerText.includes(` + quote(p.say("client.current")) + `)).click()`)
	p.said("client.who", "client.done.end")
	p.until("one login", `document.querySelectorAll("#server li").length === 1`)
	q.ask("me")
	q.said("client.nobody", "client.refused", q.say("client.action.me"), locale.Text(q.lang, "login.problem.token"))
}

// TestServerByKey logs in with keys alone.
func TestServerByKey(t *testing.T) {
	t.Parallel()
	p := atServer(t, files(t, "/"), "")
	p.press("Tab")
	p.to(p.say("ui.skip.login-name"))
	p.press("Enter")
	p.until("the focus in the name", `document.activeElement.id === "login-name"`)
	p.insert("alice")
	p.press("Tab")
	p.insert("wonderland")
	p.press("Enter")
	p.said("client.who", "")
	p.to(p.say("client.action.logout"))
	p.press("Enter")
	p.said("client.nobody", "client.done.logout")
	p.eval(`document.getElementById("mode-session").focus()`)
	p.press("Down", "Down")
	p.until("the third mode", `document.getElementById("mode-token").checked && document.querySelector("#login select")`)
}

// TestServerTypedBeforeLoad keeps what was typed into the frame.
func TestServerTypedBeforeLoad(t *testing.T) {
	t.Parallel()
	h := files(t, "/demo/")
	release := h.hold(t)
	p := tab(t, h)
	p.navigate("ko/server/")
	p.until("the prerendered page", `document.readyState !== "loading" && globalThis.jwtlabHandover && document.getElementById("login-name")`)
	p.find("textbox", p.say("client.name")).fill("alice")
	p.find("textbox", p.say("client.password")).fill("wonderland")
	release()
	p.ready()
	p.until("the name", `document.getElementById("login-name").value === "alice" && document.getElementById("login-password").value === "wonderland"`)
	p.press("Enter")
	p.said("client.who", "")
}

// TestServerNeverCached lets the service worker take over, and still every request of the page reaches the server.
func TestServerNeverCached(t *testing.T) {
	t.Parallel()
	s := openShop(t, login.Loopback())
	p := atServer(t, s.host, "")
	p.kept()
	p.reload()
	p.until("a page from the cache", `navigator.serviceWorker.controller`)
	p.logIn("session")
	before := len(s.requests())
	p.ask("me")
	p.until("the answer", `document.querySelectorAll("#messages li").length >= 5`)
	if asked := s.requests()[before:]; !slices.Contains(asked, "GET /api/me") {
		t.Errorf("the server was asked for %q only", asked)
	}
	var stored []string
	p.eval(`(async () => { const all = []; for (const name of await caches.keys()) for (const r of await (await caches.open(name)).keys()) all.push(r.url); return all; })()`, &stored)
	for _, url := range stored {
		if strings.Contains(url, "/api/") || strings.Contains(url, ".well-known") {
			t.Errorf("the cache has %s", url)
		}
	}
	p.allow("ERR_CONNECTION_REFUSED", "Failed to fetch")
	s.stop()
	p.ask("me")
	p.said("client.who", "client.failed")
	p.reload()
	p.said("client.nobody", "client.failed")
}

// serverStates shows what there is to be seen on the page of the server.
func (p *page) serverStates(look func(what string)) {
	p.Helper()
	look("nobody")
	p.logIn("token")
	p.until("an exchange", `document.querySelectorAll("#messages li button").length >= 3`)
	p.eval(`[...document.querySelectorAll("#messages li button")].find((b) => b.innerText.includes("/api/login")).click()`)
	p.until("an open exchange", `document.querySelector("#messages pre")`)
	look("a login by token, and its exchange")
	p.findIn("calls", "button", p.say("client.action.admin")).click()
	p.said("client.who", "client.refused", p.say("client.action.admin"), locale.Text(p.lang, "login.problem.role", "admin"))
	look("a refusal")
	p.logIn("cookie")
	look("a login by cookie")
	p.ask("everywhere")
	p.said("client.nobody", "client.done.everywhere")
	look("nobody again")
}

// TestServerAccess lets axe-core look at it in each theme and language, and measures it on a phone.
func TestServerAccess(t *testing.T) {
	t.Parallel()
	axe := npm(t, "axe-core/axe.min.js")
	for _, lang := range []string{"", "ko/"} {
		for _, theme := range []string{"light", "dark"} {
			t.Run("/"+lang+" "+theme, func(t *testing.T) {
				t.Parallel()
				p := tab(t, files(t, "/demo/"))
				p.scheme(theme)
				p.size(360, 740)
				p.visit(lang + "server/")
				p.eval(axe + "; true")
				p.serverStates(func(what string) {
					p.axe(what)
					p.fits(360, what)
					p.size(320, 640)
					p.fits(320, what)
					p.size(360, 740)
				})
			})
		}
	}
}

// TestServerKorean holds every word on the Korean page to the Korean catalogue.
func TestServerKorean(t *testing.T) {
	t.Parallel()
	p := atServer(t, files(t, "/demo/"), "ko/")
	known := catalogue(locale.KO)
	p.serverStates(func(what string) { p.translated(known, what) })
}
