package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// TestGenerate makes keys in the worker and signs with them.
func TestGenerate(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	for _, alg := range []string{"ES256", "EdDSA", "RS256", "HS256"} {
		p.generate(alg)
		p.noticed(p.say("ui.notice.generated", alg))
		p.answers("yes", "yes", "yes")
		if got := token.Parse(p.value("token")).Header().JSON.Root().Get("alg").Text(); got != alg {
			t.Errorf("after generating a key for %s the token is signed by %s", alg, got)
		}
		r := key.Read(p.value("key"), key.Auto)
		if len(r.Keys) == 0 || !r.Keys[0].Private && r.Keys[0].Type != "oct" {
			t.Errorf("the key for %s cannot sign: %+v", alg, r)
		}
		p.judgedLike(p.value("token"), p.value("key"), now)
	}
	first := p.value("key")
	p.generate("HS256")
	p.until("another key", `document.getElementById("key-text").value !== `+quote(first))
	p.find("button", p.say("ui.undo")).click()
	p.holds("key", first)
}

// TestCancelGenerate gives up on a key that takes too long, here because the worker's script never comes.
func TestCancelGenerate(t *testing.T) {
	t.Parallel()
	h := serve(t)
	gate := make(chan struct{})
	h.first(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "worker") || strings.HasSuffix(r.URL.Path, "sw.js") {
			select {
			case <-gate:
			case <-r.Context().Done():
			}
		}
		return false
	})
	p := open(t, h, "")
	before := p.value("key")
	p.generate("RS256")
	p.until("a progress bar with a name", `document.querySelector("#key progress").getAttribute("aria-label")`)
	p.findIn("key", "button", p.say("ui.cancel")).click()
	p.noticed(p.say("ui.notice.canceled"))
	p.holds("key", before)
	p.answers("yes", "yes", "yes")

	p.generate("RS256")
	p.findIn("key", "button", p.say("ui.cancel"))
	p.menu("token", "ui.copy")
	p.until("an open menu", `document.querySelector(":popover-open")`)
	p.press("Escape") // closes the menu, and leaves the work alone
	p.until("no open menu", `!document.querySelector(":popover-open") && !document.querySelector("#copy-menu button")`)
	p.findIn("key", "button", p.say("ui.cancel"))
	p.press("Escape")
	p.noticed(p.say("ui.notice.canceled"))

	close(gate)
	p.generate("ES256")
	p.noticed(p.say("ui.notice.generated", "ES256"))
	p.answers("yes", "yes", "yes")
}

// generate chooses an algorithm from the menu.
func (p *page) generate(alg string) {
	p.Helper()
	p.menu("key", "ui.generate")
	p.findIn("key", "button", alg).click()
}
