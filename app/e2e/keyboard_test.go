package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// here describes what has the focus, and whether one can see that it has.
const here = `(() => {
	const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
	const ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none";
	return [e.tagName.toLowerCase() + (e.id && !e.id.startsWith("goapp") ? "#" + e.id : ""), e.getAttribute("aria-label") || e.labels?.[0]?.textContent.trim() || e.textContent.trim().slice(0, 40),
		ring || e === document.body ? "" : "no ring", e === document.body || box.bottom > 0 && box.top < innerHeight ? "" : "out of sight"];
})()`

// TestTabOrder walks through the page with Tab alone: every control is reached, in the order of the page, and one sees
// where one is.
func TestTabOrder(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	var want []string
	p.eval(`[...document.querySelectorAll("a[href], button, input, select, textarea")].filter((e) => !e.disabled && e.tabIndex >= 0 && !e.closest("[popover]") && e.checkVisibility()).map((e) => { e.dataset.stop = ""; return e.outerHTML.slice(0, 100); })`, &want)
	var seen []string
	p.eval(`document.body.focus()`)
	for range 3 * len(want) {
		p.press("Tab")
		var at [4]string
		p.eval(here, &at)
		if at[0] == "body" {
			break
		}
		seen = append(seen, at[0]+" "+at[1])
		for _, fault := range at[2:] {
			if fault != "" {
				t.Errorf("%s %q: %s", at[0], at[1], fault)
			}
		}
		p.eval(`delete document.activeElement.dataset.stop`)
	}
	var missed []string
	p.eval(`[...document.querySelectorAll("[data-stop]")].map((e) => e.outerHTML.slice(0, 150))`, &missed)
	if len(missed) > 0 {
		t.Errorf("Tab never reaches %q", missed)
	}
	if len(seen) > 0 && !strings.HasSuffix(seen[0], p.say("ui.skip.token-text")) {
		t.Errorf("the first stop is %s", seen[0])
	}
	token := slices.IndexFunc(seen, func(s string) bool { return strings.HasPrefix(s, "textarea#token-text") })
	header := slices.IndexFunc(seen, func(s string) bool { return strings.HasPrefix(s, "textarea#header-text") })
	if token < 0 || header < token {
		t.Errorf("the order of stops is %q", seen)
	}
}

// to presses Tab until a control with the name has the focus.
func (p *page) to(name string) {
	p.Helper()
	for range 120 {
		var at [4]string
		p.eval(here, &at)
		if at[1] == name {
			return
		}
		p.press("Tab")
	}
	p.Fatalf("Tab never reaches %q", name)
}

// TestKeyboard does with keys alone what the page is for.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.press("Tab")
	p.to(p.say("ui.skip.token-text"))
	p.press("Enter")
	p.until("the focus in the token box", `document.activeElement.id === "token-text"`)
	a1 := example(t, "rfc7515-a1")
	p.press("ctrl+a")
	p.insert(a1.Token)
	p.to(p.say("ui.generate"))
	p.press("Enter")
	p.until("the menu", `document.querySelector("#generate-menu:popover-open")`)
	p.to("ES256")
	p.press("Enter")
	p.noticed(p.say("ui.notice.generated", "ES256"))
	p.answers("yes", "yes", "no")
	p.until("the menu to be closed", `!document.querySelector(":popover-open")`)

	p.to(p.say("ui.now"))
	p.press("Home")
	p.answers("yes", "yes", "yes")
	p.press("End")
	p.answers("yes", "yes", "no")
	p.press("Left", "Right", "PageUp")
	p.find("button", p.say("ui.now.reset"))
}

// TestListsByKey picks from the closed lists with the arrow keys, one after the other.
func TestListsByKey(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.find("combobox", p.say("ui.examples")).focus()
	seen := map[string]bool{}
	for range 4 {
		p.press("Down")
		p.answers("yes", "yes", "yes")
		seen[p.get(`document.getElementById("token-text").value`)] = true
	}
	if len(seen) < 3 {
		t.Errorf("four times down the list of examples shows %d of them", len(seen))
	}
	p.find("combobox", p.say("ui.theme")).focus()
	p.press("Down", "Down")
	p.until("the dark theme", `document.documentElement.dataset.theme === "dark"`)
	p.findIn("header", "combobox", p.say("ui.alg")).focus()
}

// TestFocusStays keeps the focus on a button that was pressed, so that the next key is not lost.
func TestFocusStays(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	stays := func(name, notice string) {
		t.Helper()
		b := p.find("button", name)
		b.focus()
		p.press("Enter")
		p.noticed(notice)
		p.until("the focus to stay on "+name, fmt.Sprintf(`document.activeElement.textContent.trim() === %q`, name))
	}
	stays(p.say("ui.clear"), p.say("ui.notice.cleared"))
	stays(p.say("ui.undo"), p.say("ui.notice.undone"))
	stays(p.say("ui.redo"), p.say("ui.notice.redone"))
	stays(p.say("ui.undo"), p.say("ui.notice.undone"))
	p.menu("token", "ui.copy")
	p.press("Escape")
	p.until("the focus back on the menu's button", fmt.Sprintf(`document.activeElement.textContent.trim() === %q`, p.say("ui.copy")))
}

// TestExplanations shows what a claim means on focus, on hover and on a tap, and hides it with Escape.
func TestExplanations(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	tip := func(shown bool) {
		t.Helper()
		p.until(fmt.Sprintf("the explanation to be shown: %v", shown), fmt.Sprintf(`(() => {
			const tip = [...document.querySelectorAll("#payload [role=tooltip]")].find((e) => e.textContent.includes(%q));
			return tip.checkVisibility({ visibilityProperty: true, opacityProperty: true }) === %v;
		})()`, p.say("claim.exp"), shown))
	}
	exp := p.findIn("payload", "button", "exp")
	tip(false)
	exp.focus()
	tip(true)
	p.press("Escape")
	tip(false)
	p.box("token").focus()
	exp.click() // the mouse comes to lie on it, and a tap does the same
	tip(true)
	p.press("Escape")
	tip(false)
	p.until("its description", `document.activeElement.getAttribute("aria-describedby")`)
}
