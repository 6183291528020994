package e2e_test

import (
	"strings"
	"testing"

	"jwtlab/app/locale"
)

// TestFragment takes a token from the address, by each of its names, and takes it out of the address.
func TestFragment(t *testing.T) {
	t.Parallel()
	h := serve(t)
	token := example(t, "rfc7515-a1").Token
	p := tab(t, h)
	for _, path := range []string{
		"#token=" + token, "#jwt=" + token, "ko/#id_token=" + token + "&state=abc",
		"#state=abc&access_token=" + token + "&token_type=bearer",
	} {
		do(p, navigate, nowhere)
		p.visit(path)
		p.holds("token", token)
		p.holds("key", "")
		p.noticed(p.say("ui.notice.arrived"))
		folder, _, _ := strings.Cut(path, "#")
		if got := p.get("location.href"); got != h.URL+"/"+folder {
			t.Errorf("after %.20s… the address is %.80s", path, got)
		}
		p.judgedLike(token, "", now)
	}
	for _, asked := range h.requests() {
		if strings.Contains(asked, token[:20]) {
			t.Errorf("the token went to the server: %s", asked)
		}
	}
}

// TestFragmentInOpenPage pastes a link into the address of a page that is open already.
func TestFragmentInOpenPage(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	token := example(t, "rfc7515-a1").Token
	p.navigate("#token=" + token)
	p.holds("token", token)
	p.until("the address to be clean", `!location.href.includes("#")`)
	p.press("ctrl+z")
	p.holds("token", example(t, "HS256").Token)
}

// TestFragmentWithoutToken leaves other fragments alone.
func TestFragmentWithoutToken(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "#checks-form")
	p.holds("token", example(t, "HS256").Token)
	p.answers("yes", "yes", "yes")
	p.visit("#token=")
	p.answers("yes", "yes", "yes")
}

// TestLanguage switches without losing anything, and remembers.
func TestLanguage(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	token := example(t, "rfc7515-a1").Token
	p.box("token").fill(token)
	p.answers("yes", "no", "no")
	p.find("link", "한국어").click()
	p.lang = locale.KO
	p.until("the Korean page", `document.documentElement.lang === "ko" && location.pathname === "/ko/"`)
	p.holds("token", token)
	p.find("button", p.say("ui.clear"))
	p.until("its title", `document.title === `+quote(p.say("site.debugger.title")))

	p.reload()
	p.find("button", p.say("ui.clear"))
	p.navigate("") // whoever chose Korean gets it everywhere
	p.until("the Korean page", `location.pathname === "/ko/" && document.documentElement.hasAttribute("data-ready")`)
	p.lang = locale.KO
	p.find("link", "English").click()
	p.lang = locale.EN
	p.until("the English page", `document.documentElement.lang === "en" && location.pathname === "/"`)
	p.find("button", p.say("ui.clear"))
	p.visit("")
	if got := p.get("location.pathname"); got != "/" {
		t.Errorf("English was not remembered: %s", got)
	}
}

// TestLinkInOtherLanguage follows a link to the English page as someone who chose Korean: the token comes along.
func TestLinkInOtherLanguage(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.find("link", "한국어").click()
	p.until("the Korean page", `document.documentElement.lang === "ko"`)
	do(p, navigate, nowhere)
	token := example(t, "rfc7515-a1").Token
	p.navigate("#token=" + token)
	p.until("the Korean page with a clean address", `location.href === `+quote(h.URL+"/ko/")+` && document.documentElement.hasAttribute("data-ready")`)
	p.holds("token", token)
}

// TestLost leads from an address that does not exist to the page.
func TestLost(t *testing.T) {
	t.Parallel()
	p := tab(t, serve(t))
	p.allow("status of 404")
	p.navigate("ko/no/such/page")
	p.find("heading", p.say("site.404.title"))
	p.find("link", p.say("site.404.link")).click()
	p.ready()
	p.answers("yes", "yes", "yes")
}

// TestHistory goes back to the page in the other language with the browser's own button.
func TestHistory(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.find("link", "한국어").click()
	p.until("the Korean page", `document.documentElement.lang === "ko" && location.pathname === "/ko/"`)
	p.eval("history.back()")
	p.until("the English page", `document.documentElement.lang === "en" && location.pathname === "/" && document.documentElement.hasAttribute("data-ready")`)
	p.find("button", p.say("ui.clear"))
	p.answers("yes", "yes", "yes")
}

// TestTheme switches, remembers, and follows the system again.
func TestTheme(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.scheme("light")
	light := p.ground()
	p.find("combobox", p.say("ui.theme")).choose("dark")
	p.until("the dark theme", `document.documentElement.dataset.theme === "dark"`)
	dark := p.ground()
	if dark == light {
		t.Errorf("dark and light are both %s", dark)
	}
	release := h.hold(t)
	p.eval(`globalThis.beforeReload = true`)
	p.navigate("?again")
	p.until("the frame", `!globalThis.beforeReload && document.getElementById("token-text")`)
	if got := p.ground(); got != dark {
		t.Errorf("the frame is %s before the program comes, want %s", got, dark)
	}
	release()
	p.ready()
	if got := p.find("combobox", p.say("ui.theme")).prop("value"); got != "dark" {
		t.Errorf("the theme's list says %q", got)
	}
	p.find("combobox", p.say("ui.theme")).choose("system")
	p.until("the theme of the system", `document.documentElement.dataset.theme === "system"`)
	if got := p.ground(); got != light {
		t.Errorf("in a light system the ground is %s, want %s", got, light)
	}
	p.scheme("dark")
	if got := p.ground(); got != dark {
		t.Errorf("in a dark system the ground is %s, want %s", got, dark)
	}
}
