package e2e_test

import (
	"testing"
)

// TestAxe lets axe-core look at every route in every theme and language, and at what can be on it.
func TestAxe(t *testing.T) {
	t.Parallel()
	axe := npm(t, "axe-core/axe.min.js")
	for _, path := range routes {
		for _, theme := range []string{"light", "dark"} {
			t.Run("/"+path+" "+theme, func(t *testing.T) {
				t.Parallel()
				h := serve(t)
				release := h.hold(t)
				p := tab(t, h)
				p.scheme(theme)
				p.frame(path)
				p.eval(axe + "; true")
				p.axe("the prerendered frame")
				release()
				p.ready()
				p.states(p.axe)
				p.allow("status of 404")
				p.navigate("no/such/page")
				p.until("the page that says there is none", `document.readyState === "complete" && document.querySelector("main")`)
				p.eval(axe + "; true")
				p.axe("404")
			})
		}
	}
}

// states shows what there is to be seen, one thing after the other.
func (p *page) states(look func(what string)) {
	p.Helper()
	look("the first example")
	for _, id := range []string{"rfc7515-a1", "jwks", "self-vouched", "none", "millis", "early"} {
		p.find("combobox", p.say("ui.examples")).choose(id)
		p.holds("token", example(p.T, id).Token)
		p.judgedLike(example(p.T, id).Token, example(p.T, id).Key, now)
		look(id)
	}
	for _, menu := range [][2]string{{"token", "ui.copy"}, {"token", "ui.share"}, {"key", "ui.generate"}} {
		p.menu(menu[0], menu[1])
		p.until("an open menu", `document.querySelector(":popover-open")`)
		look(menu[1])
		p.press("Escape")
		p.until("no open menu", `!document.querySelector(":popover-open")`)
	}
	p.findIn("payload", "button", "nbf").focus()
	look("an explanation")
	p.box("payload").fill(`{"exp": "soon", "nbf": 1, "nbf": 2, }`)
	p.until("a fault in the payload", `document.querySelector("#payload ul li")`)
	look("a payload with faults")
	p.box("key").fill("-----BEGIN PUBLIC KEY-----\nMIIB")
	p.until("a fault in the key", `document.querySelector("#key ul li")`)
	look("a key with faults")
	p.box("token").fill(example(p.T, "HS256").Token + " " + example(p.T, "ES256").Token)
	p.until("a choice of tokens", `document.querySelector("#token ul")`)
	look("two tokens")
	p.find("button", p.say("ui.clear")).click()
	p.answers("unchecked", "unchecked", "unchecked")
	look("an empty desk")
}

// axe fails the test for each violation that axe-core finds, once for each element.
func (p *page) axe(what string) {
	p.Helper()
	var found []string
	p.eval(`axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
		violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => v.id + ": " + n.html.slice(0, 200) + " — " + (n.any.concat(n.all, n.none)[0]?.message ?? v.help))))`, &found)
	for _, f := range found {
		if !p.told[f] {
			p.told[f] = true
			p.Errorf("%s: %s", what, f)
		}
	}
}
