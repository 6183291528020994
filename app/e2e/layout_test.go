package e2e_test

import (
	"fmt"
	"math"
	"testing"
)

// measured are the regions that may not jump when the program takes over.
const measured = `Object.fromEntries(["nav", "#token", "#header", "#payload", "#key", "#verdict"].map((s) => {
	const { x, y, width, height } = document.querySelector(s).getBoundingClientRect();
	return [s, [x, y + scrollY, width, height]];
}))`

// boxes measures the regions at each width.
func (p *page) boxes() map[int64]map[string][4]float64 {
	p.Helper()
	all := map[int64]map[string][4]float64{}
	for _, width := range []int64{360, 1024, 1440} {
		p.size(width, 900)
		p.eval("document.fonts.ready.then(() => true)")
		var m map[string][4]float64
		p.eval(measured, &m)
		all[width] = m
	}
	return all
}

// TestNoJump compares the prerendered frame with the page that the program draws in its place, to the pixel.
func TestNoJump(t *testing.T) {
	t.Parallel()
	for _, path := range routes {
		for _, theme := range []string{"light", "dark"} {
			t.Run("/"+path+" "+theme, func(t *testing.T) {
				t.Parallel()
				h := serve(t)
				release := h.hold(t)
				p := tab(t, h)
				p.scheme(theme)
				p.frame(path)
				frame := p.boxes()
				release()
				p.ready()
				p.answers("yes", "yes", "yes")
				p.until("the loading bar to be gone", `document.getElementById("boot-status").innerText === ""`)
				p.still(frame, p.boxes())
			})
		}
	}
}

// TestNoJumpLater is TestNoJump years after the frame was made: what it says about now is another.
func TestNoJumpLater(t *testing.T) {
	t.Parallel()
	h := serve(t)
	release := h.hold(t)
	p := tab(t, h)
	p.before(`globalThis.testNow += 3 * 365 * 86400 + 4567`)
	p.frame("")
	frame := p.boxes()
	release()
	p.ready()
	p.answers("yes", "yes", "yes")
	p.still(frame, p.boxes())
}

func (p *page) still(frame, page map[int64]map[string][4]float64) {
	p.Helper()
	for width, regions := range frame {
		for region, before := range regions {
			after := page[width][region]
			for i := range before {
				if math.Abs(before[i]-after[i]) > 1 {
					p.Errorf("at %d px %s jumps: x, y, width, height are %v, were %v", width, region, after, before)
					break
				}
			}
		}
	}
}

// TestPhone shows everything within the width of a phone, in each language and with whatever is on the desk.
func TestPhone(t *testing.T) {
	t.Parallel()
	for _, path := range routes {
		t.Run("/"+path, func(t *testing.T) {
			t.Parallel()
			p := tab(t, serve(t))
			p.size(360, 740)
			p.visit(path)
			for _, width := range []int64{360, 320} {
				p.size(width, 640)
				p.fits(width, "the first example")
				for _, id := range []string{"jwks", "self-vouched", "millis", "RS512", "none", "rfc7515-a1"} {
					p.find("combobox", p.say("ui.examples")).choose(id)
					p.holds("token", example(t, id).Token)
					p.judgedLike(example(t, id).Token, example(t, id).Key, now)
					p.fits(width, id)
				}
				for _, menu := range [][2]string{{"token", "ui.copy"}, {"token", "ui.share"}, {"key", "ui.generate"}} {
					p.menu(menu[0], menu[1])
					p.until("an open menu", `document.querySelector(":popover-open")`)
					p.fits(width, menu[1])
					p.press("Escape")
				}
				p.box("token").fill("nothing in here is a token, and there is ąñòther-very-long-word-" + fmt.Sprint(math.Pi))
				p.answers("no", "unchecked", "unchecked")
				p.fits(width, "garbage")
			}
			p.navigate("no/such/page")
			p.allow("status of 404")
			p.until("the page that says there is none", `document.querySelector("main")`)
			p.fits(320, "404")
		})
	}
}

// fits reports what makes the page scroll sideways, and what cannot be seen.
func (p *page) fits(width int64, what string) {
	p.Helper()
	p.fitsBut(".skip", width, what)
}

// fitsBut is fits without what lies in what a selector names: the way past the bar, and regions that can be scrolled by themselves.
func (p *page) fitsBut(region string, width int64, what string) {
	p.Helper()
	var wide []string
	p.eval(`(() => {
		const limit = document.documentElement.clientWidth + 0.5, wide = [];
		if (document.documentElement.scrollWidth > innerWidth) wide.push("the page is " + document.documentElement.scrollWidth + " px wide");
		for (const e of document.querySelectorAll("button, a, input, select, textarea, p, li, h1, h2, h3, span")) {
			const { left, right, width } = e.getBoundingClientRect();
			if (width && !e.closest("[aria-hidden=true], .hidden, `+region+`") && e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && (right > limit || left < -0.5)) wide.push(e.outerHTML.slice(0, 120) + " " + left + " to " + right);
		}
		return wide.slice(0, 5);
	})()`, &wide)
	if len(wide) > 0 {
		p.Errorf("%s, %d px, %s: %q", p.lang, width, what, wide)
	}
}

// TestLargeType fits also with type of double size (WCAG 1.4.4).
func TestLargeType(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.size(360, 640)
	p.eval(`(() => { document.documentElement.style.setProperty("font-size", "200%"); })()`)
	p.fits(360, "type of double size")
}

// TestStill moves nothing for those who asked for that.
func TestStill(t *testing.T) {
	t.Parallel()
	p := tab(t, serve(t))
	p.calm()
	p.visit("")
	p.menu("token", "ui.copy")
	p.findIn("copy-menu", "button", p.say("ui.copy.token"))
	var moving []string
	p.eval(`[...document.querySelectorAll("*")].filter((e) => {
		const s = getComputedStyle(e);
		return [s.transitionDuration, s.animationDuration].some((d) => d.split(",").some((one) => parseFloat(one) > 0.02));
	}).map((e) => e.outerHTML.slice(0, 80)).slice(0, 5)`, &moving)
	if len(moving) > 0 {
		t.Errorf("with reduced motion these move: %q", moving)
	}
}
