package e2e_test

import (
	"testing"
	"time"

	"jwtlab/app/locale"
)

// TestFirstVisit is what a visitor sees who does nothing: an example, judged.
func TestFirstVisit(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.answers("yes", "yes", "yes")
	if got, want := p.get("document.title"), p.say("site.debugger.title"); got != want {
		t.Errorf("title is %q, want %q", got, want)
	}
	p.holds("token", example(t, "HS256").Token)
	p.find("link", p.say("ui.debugger"))
	if p.get("document.documentElement.hasAttribute('data-server')") != "true" {
		t.Error("the page of our own server is not marked")
	}
}

// TestDecode walks the way of "Done when": the standard's first example, which expired in 2011.
func TestDecode(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	a1 := example(t, "rfc7515-a1")
	p.box("token").fill(a1.Token)
	p.box("key").fill(a1.Key)
	p.answers("yes", "yes", "no")
	p.judgedLike(a1.Token, a1.Key, now)
	p.sentence("Genuine, but expired 15 years ago.")

	p.find("slider", p.say("ui.now")).set("1300819000")
	p.answers("yes", "yes", "yes")
	p.find("button", p.say("ui.now.reset")).click()
	p.answers("yes", "yes", "no")
	p.find("DateTime", p.say("ui.now.pick")).set("2011-03-22T18:40:00")
	p.answers("yes", "yes", "yes")
	p.judgedLike(a1.Token, a1.Key, 1300819200)

	p.box("token").fill(tampered(a1.Token))
	p.answers("yes", "no", "unchecked")
	p.judgedLike(tampered(a1.Token), a1.Key, 1300819200)
	p.find("link", "한국어").click()
	p.lang = locale.KO
	p.until("Korean", `document.documentElement.lang === "ko"`)
	p.judgedLike(tampered(a1.Token), a1.Key, 1300819200)
}

// TestExpiresWhileWatched watches a token come to its end: it stops being acceptable then, not some time later.
func TestExpiresWhileWatched(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.box("payload").fill(`{"exp":1795219203}`)
	p.answers("yes", "yes", "yes")
	p.sentence(p.say("summary.genuine-until", "3"))
	p.clock(now + 3)
	if !p.eventually(4*time.Second, `document.getElementById("verdict").dataset.acceptance === "no"`) {
		t.Error("the token is called acceptable for seconds after its end")
	}
	p.sentence(p.say("summary.genuine-expired", "0"))
}
