package e2e_test

import (
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// click presses the mouse in the middle of the control, if nothing covers it.
func (c control) click() {
	c.Helper()
	x, y := c.hover()
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		do(c.page, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, ClickCount: 1})
	}
}

// hover moves the mouse to the middle of the control, if nothing covers it.
func (c control) hover() (x, y float64) {
	c.Helper()
	var at struct {
		X, Y  float64
		Cover string
	}
	c.call(`async function() {
		this.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
		await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		const { x, y, width, height } = this.getBoundingClientRect();
		const at = { X: x + width / 2, Y: y + height / 2, Cover: "" };
		const top = document.elementFromPoint(at.X, at.Y);
		if (!width || !height) at.Cover = "it has no size";
		else if (!top) at.Cover = "it lies outside of the window";
		else if (!this.contains(top) && !top.contains(this) && !top.closest("label")?.contains(this)) at.Cover = "covered by " + top.outerHTML.slice(0, 200);
		return at;
	}`, &at)
	if at.Cover != "" {
		c.Fatalf("%s cannot be reached by mouse: %s", c.what, at.Cover)
	}
	do(c.page, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: at.X, Y: at.Y})
	return at.X, at.Y
}

// focus gives the control the focus.
func (c control) focus() {
	c.Helper()
	c.call("function() { this.focus({ preventScroll: true }); }")
}

// fill replaces what a text box holds, as a paste does.
func (c control) fill(text string) {
	c.Helper()
	c.focus()
	c.press("ctrl+a")
	if text == "" {
		c.press("Delete")
		return
	}
	c.insert(text)
}

// choose picks an option of a list by its value.
func (c control) choose(value string) {
	c.Helper()
	var there bool
	c.call(`function() {
		this.focus();
		this.value = `+quote(value)+`;
		const there = this.value === `+quote(value)+`;
		this.dispatchEvent(new Event("input", { bubbles: true }));
		this.dispatchEvent(new Event("change", { bubbles: true }));
		return there;
	}`, &there)
	if !there {
		c.Fatalf("%s has no option %q", c.what, value)
	}
}

// set gives a slider or a picker a value and tells the page, as the browser does when it is moved.
func (c control) set(value string) {
	c.Helper()
	c.call(`function() {
		this.focus();
		this.value = ` + quote(value) + `;
		this.dispatchEvent(new Event("input", { bubbles: true }));
		this.dispatchEvent(new Event("change", { bubbles: true }));
	}`)
}

// insert inserts a text at the caret of what has the focus.
func (p *page) insert(text string) {
	p.Helper()
	do(p, input.InsertText, input.InsertTextParams{Text: text})
}

// names of keys that write nothing.
var keys = map[string]string{
	"Enter": kb.Enter, "Tab": kb.Tab, "Escape": kb.Escape, "Delete": kb.Delete, "Backspace": kb.Backspace, "Space": " ",
	"Left": kb.ArrowLeft, "Right": kb.ArrowRight, "Up": kb.ArrowUp, "Down": kb.ArrowDown, "Home": kb.Home, "End": kb.End,
	"PageUp": kb.PageUp, "PageDown": kb.PageDown,
}

// editing are the commands that the browser's own keyboard layer would send along.
var editing = map[string]string{"ctrl+a": "selectAll", "ctrl+c": "copy", "ctrl+v": "paste", "ctrl+x": "cut"}

// press presses keys, each with its modifiers in front, as in ctrl+shift+z.
func (p *page) press(names ...string) {
	p.Helper()
	for _, name := range names {
		parts := strings.Split(name, "+")
		key, modifiers := parts[len(parts)-1], int64(0)
		for _, m := range parts[:len(parts)-1] {
			modifiers |= map[string]int64{"alt": int64(kb.ModifierAlt), "ctrl": int64(kb.ModifierCtrl), "shift": int64(kb.ModifierShift)}[m]
		}
		if known, ok := keys[key]; ok {
			key = known
		}
		for _, event := range kb.Encode([]rune(key)[0]) {
			if modifiers&^int64(kb.ModifierShift) != 0 && event.Type == input.DispatchKeyEventTypeChar {
				continue // a shortcut writes nothing
			}
			event.Modifiers |= modifiers
			if command, ok := editing[name]; ok && event.Type == input.DispatchKeyEventTypeKeyDown {
				event.Commands = []string{command}
			}
			do(p, input.DispatchKeyEvent, *event)
		}
	}
}

// write types a text letter by letter.
func (p *page) write(text string) {
	p.Helper()
	for _, r := range text {
		p.press(string(r))
	}
}

// menu opens a menu by its button.
func (p *page) menu(region, id string) {
	p.Helper()
	p.findIn(region, "button", p.say(id)).click()
}
