package e2e_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
)

// lit is what is lit up: the token's characters, the text of the panes, and the names in the lists.
const lit = `(() => {
	const of = (selector, what) => [...document.querySelectorAll(selector + " .lit")].map(what).join("");
	const text = (e) => e.textContent;
	return [of("#token .colours", text), of("#header .colours", text) + of("#payload .colours", text), of(":is(#header, #payload) ul", (e) => e.querySelector("button").textContent)].join(" / ");
})()`

// TestTwoWay points at a claim in its list, in the JSON and in the token, by mouse and by caret: each lights up all three.
func TestTwoWay(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", "ko/"} {
		p := open(t, serve(t), path)
		lights := func(want string) {
			t.Helper()
			if !p.eventually(bound, lit+` === `+quote(want)) {
				t.Fatalf("%q is lit and not %q", p.get(lit), want)
			}
		}
		const sub = `InN1YiI6InVzZXItMTIwNCI / "sub": "user-1204" / sub`
		const alg = `yJhbGciOiJIUzI1NiI / "alg": "HS256" / alg`
		lights(" /  / ")
		p.findIn("payload", "button", "sub").hover()
		lights(sub)
		p.findIn("header", "button", "alg").focus()
		lights(alg)
		p.caret("token", 2)
		lights(alg)
		p.caret("token", 80)
		lights(sub)
		p.caret("payload", 40)
		lights(sub)
		p.eval(`document.getElementById("token-text").scrollIntoView({ block: "center" })`)
		p.over("token-text", 20, 20)
		lights(alg)
		p.find("button", p.say("ui.clear")).hover()
		lights(" /  / ")
	}
}

// caret puts the caret of a region's text box.
func (p *page) caret(region string, at int) {
	p.Helper()
	p.eval(fmt.Sprintf(`(() => { const box = document.getElementById("%s-text"); box.focus(); box.setSelectionRange(%d, %d); })()`, region, at, at))
}

// over moves the mouse to a place within an element.
func (p *page) over(id string, x, y float64) {
	p.Helper()
	var at struct{ X, Y float64 }
	p.eval(`(({ x, y }) => ({ X: x, Y: y }))(document.getElementById(`+quote(id)+`).getBoundingClientRect())`, &at)
	do(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: at.X + x, Y: at.Y + y})
}
