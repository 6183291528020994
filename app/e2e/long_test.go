package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/token"
)

const longSecret = "a secret for long tokens, of 32 bytes or more"

// long makes a genuine token of about the size.
func long(t *testing.T, size int) string {
	t.Helper()
	bulk := strings.Repeat("lorem ipsum ", size*3/4/12)
	s, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"exp": now + 3600, "bulk": bulk}).SignedString([]byte(longSecret))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// give puts a text into a box as a paste does, all at once; made in the page, since it is long.
func (p *page) give(region, text string) {
	p.Helper()
	p.box(region).call(`function() {
		this.focus();
		this.select();
		this.setRangeText(` + quote(text) + `);
		this.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
	}`)
}

// TestLongPaste judges a token of 1 MB; the page lives on, and the text stays.
func TestLongPaste(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	text := long(t, 1<<20)
	p.box("key").fill(longSecret)
	p.answers("yes", "no", "unchecked")
	p.give("token", text)
	p.answers("yes", "yes", "yes")
	p.holds("token", text)
	p.until("what is hidden", fmt.Sprintf(`document.getElementById("payload").innerText.includes(%q)`, p.say("ui.show-all")))
	p.box("token").focus()
	p.press("ctrl+z")
	p.holds("token", example(t, "HS256").Token)
	p.answers("yes", "no", "unchecked")
	p.press("ctrl+y")
	p.answers("yes", "yes", "yes")
	p.findIn("payload", "button", p.say("ui.show-all")).click()
	p.until("all of it", `document.getElementById("payload-text").value.length > 700000`)
	p.find("button", p.say("ui.clear")).click()
	p.answers("unchecked", "unchecked", "unchecked")
	p.holds("token", "")
}

// TestVeryLongPaste reads a token of nearly 10 MB, the most there is, in the worker, while the page can be used.
func TestVeryLongPaste(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	text := long(t, token.MaxInput-4096)
	theme, clear := p.find("combobox", p.say("ui.theme")), p.find("button", p.say("ui.clear")) // finding is slow beside long texts
	p.box("key").fill(longSecret)
	p.answers("yes", "no", "unchecked")
	p.give("token", text)
	theme.choose("dark")
	p.until("the dark theme, while the token is read", `document.documentElement.dataset.theme === "dark"`)
	p.answers("yes", "yes", "yes")
	if got := p.get(`document.getElementById("token-text").value.length`); got != fmt.Sprint(len(text)) {
		t.Errorf("%s characters are kept of %d", got, len(text))
	}
	clear.click()
	p.answers("unchecked", "unchecked", "unchecked")
}

// TestTooLongPaste refuses what is longer in words, and keeps it.
func TestTooLongPaste(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	text := long(t, token.MaxInput+100_000)
	examples := p.find("combobox", p.say("ui.examples"))
	p.give("token", text)
	p.answers("no", "unchecked", "unchecked")
	p.until("the words", `document.getElementById("problems").innerText.includes(`+quote(p.problem("", text, "text.too-long"))+`)`)
	if got := p.get(`document.getElementById("token-text").value.length`); got != fmt.Sprint(len(text)) {
		t.Errorf("%s characters are kept of %d", got, len(text))
	}
	examples.choose("HS256")
	p.answers("yes", "yes", "yes")
}

// TestLongGarbage pastes megabytes of anything. Control characters are not among it: Chromium itself takes minutes to lay
// out a megabyte of those, in a bare text box too.
func TestLongGarbage(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	examples, clear := p.find("combobox", p.say("ui.examples")), p.find("button", p.say("ui.clear"))
	for _, piece := range []string{"garbage. ", "{\"a\":[", "\u00ff\u00d8\u00e0", "eyJhbGciOiJIUzI1NiJ9."} {
		text := strings.Repeat(piece, 4<<20/len(piece))
		p.give("token", text)
		p.until("an answer", `document.getElementById("verdict").dataset.form === "no"`)
		if got, want := p.get(`document.getElementById("token-text").value.length`), len([]rune(text)); got != fmt.Sprint(want) {
			t.Errorf("%.10q…: %s characters are kept of %d", piece, got, want)
		}
		examples.choose("HS256")
		p.answers("yes", "yes", "yes")
	}
	p.give("key", strings.Repeat("-----BEGIN PUBLIC KEY-----\nAAAA", 30_000))
	p.until("an answer", `document.getElementById("verdict").dataset.signature !== "yes"`)
	clear.click()
	p.holds("key", "")
}
