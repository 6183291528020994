package e2e_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
)

// TestUndo goes back and forth with the buttons and with the keys.
func TestUndo(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	first := p.value("token")
	undo, redo := p.find("button", p.say("ui.undo")), p.find("button", p.say("ui.redo"))
	for _, b := range []control{undo, redo} {
		var disabled string
		b.call(`function() { return String(this.ariaDisabled); }`, &disabled)
		if disabled != "true" {
			t.Errorf("%s can be pressed with nothing to do", b.what)
		}
	}
	p.box("payload").fill(`{"sub":"user-7"}`)
	p.until("another token", `document.getElementById("token-text").value !== `+quote(first))
	p.answers("yes", "yes", "yes")
	second := p.value("token")

	p.find("button", p.say("ui.undo")).click()
	p.noticed(p.say("ui.notice.undone"))
	p.holds("token", first)
	p.find("button", p.say("ui.redo")).click()
	p.noticed(p.say("ui.notice.redone"))
	p.holds("token", second)
	p.holds("payload", `{"sub":"user-7"}`)

	p.box("token").focus()
	p.press("ctrl+z")
	p.holds("token", first)
	p.answers("yes", "yes", "yes")
	p.press("ctrl+shift+z")
	p.holds("token", second)
	p.press("ctrl+z", "ctrl+z")
	p.noticed(p.say("ui.notice.nothing-to-undo"))
	p.press("ctrl+y")
	p.holds("token", second)
	p.box("token").focus() // a keyboard that is set to 한글 names the key by another letter
	do(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: "ㅋ", Code: "KeyZ", WindowsVirtualKeyCode: 90, Modifiers: 2})
	p.holds("token", first)
}

// TestUndoElsewhere leaves the keys to the browser in boxes that hold nothing of the token.
func TestUndoElsewhere(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.find("combobox", p.say("ui.examples")).choose("rfc7515-a1")
	token := example(t, "rfc7515-a1").Token
	p.holds("token", token)
	for theme, box := range map[string]control{
		"light": p.find("textbox", p.say("ui.expect.iss")), "dark": p.find("combobox", p.say("ui.add-claim")),
	} {
		box.focus()
		p.write("abc")
		p.press("ctrl+z")
		p.find("combobox", p.say("ui.theme")).choose(theme) // what comes after is done after
		p.until("the theme", `document.documentElement.dataset.theme === `+quote(theme))
		p.holds("token", token)
	}
}

// TestUndoTyping undoes typing in one step and a paste in another, and brings an emptied desk back.
func TestUndoTyping(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	first, key := p.value("token"), p.value("key")
	p.find("button", p.say("ui.clear")).click()
	p.holds("token", "")
	p.holds("key", "")
	p.box("key").focus()
	p.write("secret")
	p.holds("key", "secret")
	p.press("End")
	p.insert(", which is long enough to be a paste")
	p.write("ed one")
	p.press("ctrl+z")
	p.holds("key", "secret, which is long enough to be a paste")
	p.press("ctrl+z")
	p.holds("key", "secret")
	p.press("ctrl+z")
	p.holds("key", "")
	p.press("ctrl+z")
	p.holds("token", first)
	p.holds("key", key)
	p.answers("yes", "yes", "yes")
}
