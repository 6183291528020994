package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
)

// frame waits for the prerendered page, while the program is held back.
func (p *page) frame(path string) {
	p.Helper()
	p.navigate(path)
	p.until("the prerendered page", `document.readyState !== "loading" && globalThis.jwtlabHandover && document.getElementById("token-text")`)
	if p.get("document.documentElement.hasAttribute('data-ready')") == "true" {
		p.Fatal("the program is there already")
	}
}

// TestTypedBeforeLoad types into the frame: text, caret and focus survive the takeover.
func TestTypedBeforeLoad(t *testing.T) {
	t.Parallel()
	a1 := example(t, "rfc7515-a1")
	for _, region := range []string{"token", "key"} {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			h := serve(t)
			release := h.hold(t)
			p := tab(t, h)
			p.frame("")
			want := map[string]string{"token": a1.Token, "key": a1.Key}[region]
			p.box(region).fill(want)
			p.eval(`document.getElementById("` + region + `-text").setSelectionRange(7, 11, "backward")`)
			release()
			p.ready()
			p.holds(region, want)
			if got := p.get(`(({id, selectionStart, selectionEnd}) => [id, selectionStart, selectionEnd])(document.activeElement)`); got != region+"-text,7,11" {
				t.Errorf("after the takeover focus and selection are %s", got)
			}
			p.insert("#")
			p.holds(region, want[:7]+"#"+want[11:])
		})
	}
}

// TestTypingThroughTheTakeover keeps typing while the program takes over: no letter is lost or doubled.
func TestTypingThroughTheTakeover(t *testing.T) {
	t.Parallel()
	h := serve(t)
	release := h.hold(t)
	p := tab(t, h)
	p.frame("")
	p.box("token").fill("")
	var want strings.Builder
	for n := 0; n < 40 || p.get("document.documentElement.hasAttribute('data-ready')") != "true" && n < 5000; n++ {
		if n == 10 {
			release()
		}
		letter := string(rune('a' + n%26))
		p.press(letter)
		want.WriteString(letter)
	}
	p.ready()
	p.write("end")
	p.holds("token", want.String()+"end")
}

// TestComposingThroughTheTakeover leaves a syllable in the making alone, however long it takes.
func TestComposingThroughTheTakeover(t *testing.T) {
	t.Parallel()
	for _, region := range []string{"token", "key"} {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			h := serve(t)
			release := h.hold(t)
			p := tab(t, h)
			p.frame("ko/")
			p.box(region).fill("앞")
			p.compose("ㅎ")
			release()
			p.until("the program to have come", `(({ value, max }) => value >= max)(document.querySelector("#boot-status progress"))`)
			p.compose("하", "한")
			p.insert("한")
			p.compose("ㄱ", "그", "글")
			p.insert("글")
			p.ready()
			p.holds(region, "앞한글")
			p.compose("뒤")
			p.insert("뒤")
			p.holds(region, "앞한글뒤")
		})
	}
}

// compose shows syllables in the making, as an input method does with each key.
func (p *page) compose(steps ...string) {
	p.Helper()
	for _, s := range steps {
		n := int64(len([]rune(s)))
		do(p, input.ImeSetComposition, input.ImeSetCompositionParams{Text: s, SelectionStart: n, SelectionEnd: n})
	}
}

// TestComposing types Korean through an input method into every text box, while the page goes on changing around it.
func TestComposing(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "ko/")
	for _, id := range []string{"token-text", "key-text", "header-text", "payload-text", "expect-iss", "expect-aud", "expect-leeway", "claim-name"} {
		p.eval(`document.getElementById(` + quote(id) + `).focus()`)
		p.press("ctrl+a", "Delete")
		p.compose("ㅎ", "하", "한")
		p.eval(`document.documentElement.dataset.tick = document.querySelectorAll("*").length`)
		p.insert("한")
		p.compose("ㄱ", "그", "글", "글ㅇ")
		p.insert("글이")
		p.write(" ")
		p.compose("ㅁ", "맞")
		p.insert("맞")
		p.until(id+" to hold it", `document.getElementById(`+quote(id)+`).value === "한글이 맞"`)
	}
	p.until("the state to have it", `document.getElementById("checks").innerText.length > 100`)
	p.find("button", p.say("ui.clear")).click()
	p.holds("token", "")
	p.holds("payload", "")
}

// TestComposingWhileThePageChanges holds a syllable open over a change of the clock, which draws the page anew.
func TestComposingWhileThePageChanges(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "ko/")
	p.box("payload").fill(`{"exp":1795219300,"name":""}`)
	p.answers("yes", "yes", "yes")
	p.eval(`document.getElementById("payload-text").setSelectionRange(26, 26)`)
	p.compose("ㅎ", "하")
	p.clock(now + 50)
	p.until("the page to change around it", `document.querySelector("#verdict [role=status]").textContent.includes("50초")`)
	p.compose("한")
	p.insert("한")
	p.holds("payload", `{"exp":1795219300,"name":"한"}`)
	p.answers("yes", "yes", "yes")
}
