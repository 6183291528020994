package e2e_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestFailedDownload says in words that the program did not come, and tries again without losing what was typed.
func TestFailedDownload(t *testing.T) {
	t.Parallel()
	for _, path := range routes {
		t.Run("/"+path, func(t *testing.T) {
			t.Parallel()
			h := serve(t)
			var broken atomic.Bool
			broken.Store(true)
			h.first(func(w http.ResponseWriter, r *http.Request) bool {
				if program(r) && broken.Load() {
					http.Error(w, "out of order", http.StatusInternalServerError)
					return true
				}
				return false
			})
			p := tab(t, h)
			p.allow("status of 500", "status 500")
			p.frame(path)
			p.until("the words", `document.getElementById("boot-alert").innerText.includes(`+quote(p.say("site.failed"))+`)`)
			p.find("alert", "")
			p.box("token").fill("typed while nothing worked")
			p.find("button", p.say("site.retry")).click()
			p.until("the words again", `document.getElementById("boot-alert").innerText.includes(`+quote(p.say("site.failed"))+`)`)
			broken.Store(false)
			p.find("button", p.say("site.retry")).click()
			p.ready()
			p.holds("token", "typed while nothing worked")
			p.until("no alert", `document.getElementById("boot-alert").innerText === ""`)
		})
	}
}

// TestCutDownload breaks the connection in the middle of the program.
func TestCutDownload(t *testing.T) {
	t.Parallel()
	h := serve(t)
	var broken atomic.Bool
	broken.Store(true)
	h.first(func(w http.ResponseWriter, r *http.Request) bool {
		if program(r) && broken.Load() {
			w.Header().Set("Content-Type", "application/wasm")
			w.Header().Set("Content-Length", "1000000")
			w.Write(make([]byte, 1000))
			panic(http.ErrAbortHandler)
		}
		return false
	})
	p := tab(t, h)
	p.allow("ERR_", "CompileError", "TypeError", "NetworkError", "network error")
	p.frame("")
	p.until("the words", `document.getElementById("boot-alert").innerText.includes(`+quote(p.say("site.failed"))+`)`)
	broken.Store(false)
	p.find("button", p.say("site.retry")).click()
	p.ready()
	p.answers("yes", "yes", "yes")
}

// TestMissingScript says so even when the script that starts everything did not come.
func TestMissingScript(t *testing.T) {
	t.Parallel()
	h := serve(t)
	h.first(func(w http.ResponseWriter, r *http.Request) bool {
		if len(r.URL.Path) > 12 && r.URL.Path[:13] == "/static/boot." {
			http.Error(w, "out of order", http.StatusInternalServerError)
			return true
		}
		return false
	})
	p := tab(t, h)
	p.allow("status of 500", "MIME type")
	p.navigate("")
	p.until("the words", `document.getElementById("boot-alert").innerText.includes(`+quote(p.say("site.failed"))+`)`)
	p.find("button", p.say("site.retry"))
}

// TestCrash lets the program die: the text is still there to copy.
func TestCrash(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.box("token").fill("typed before it died")
	p.answers("no", "unchecked", "unchecked")
	p.allow("panic", "goroutine", "exit code", "test crash", "Go program has already exited", "call to released function")
	p.eval(`(() => {
		for (const name of ["appendChild", "removeChild", "replaceChild", "insertBefore"]) Node.prototype[name] = () => { throw new Error("test crash"); };
	})()`)
	p.find("button", p.say("ui.clear")).click()
	p.until("the words", `document.getElementById("boot-alert").innerText.includes(`+quote(p.say("site.crashed"))+`)`)
	copied := p.find("textbox", p.say("site.crashed.text")).prop("value")
	if copied != "typed before it died" && copied != "" { // cleared or not: the click came first
		t.Errorf("the text to copy is %q", copied)
	}
	p.find("button", p.say("site.reload")).click()
	p.until("a new page", `!document.getElementById("boot-alert").innerText && document.documentElement.hasAttribute("data-ready")`)
	p.answers("yes", "yes", "yes")
}

// TestTrap stops the program in the middle of an instruction, as a stack overflow would.
func TestTrap(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.box("token").fill("typed before it died")
	p.answers("no", "unchecked", "unchecked")
	p.allow("test trap", "Go program has already exited")
	p.eval(`(() => { performance.now = () => { throw new WebAssembly.RuntimeError("test trap"); }; })()`)
	p.find("button", p.say("ui.clear")).click()
	p.until("the words", `document.getElementById("boot-alert").innerText.includes(`+quote(p.say("site.crashed"))+`)`)
	if got := p.find("textbox", p.say("site.crashed.text")).prop("value"); got != "typed before it died" {
		t.Errorf("the text to copy is %q", got)
	}
}

// TestNoWebAssembly says what is missing.
func TestNoWebAssembly(t *testing.T) {
	t.Parallel()
	p := tab(t, serve(t))
	p.before(`delete globalThis.WebAssembly`)
	p.navigate("ko/")
	p.until("the words", `document.getElementById("boot-alert").innerText.includes(`+quote(p.say("site.unsupported"))+`)`)
}

// TestNoScript says that JavaScript is off.
func TestNoScript(t *testing.T) {
	t.Parallel()
	p := tab(t, serve(t))
	do(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for _, path := range routes {
		for range 5 { // a tab that a busy browser has just moved to another process may hear of the setting too late
			p.navigate(path)
			if err := chromedp.Do(p.ctx, chromedp.Navigate(p.host.URL+p.host.base+path)); err != nil { // waits for all of it
				t.Fatal(err)
			}
			if p.has("", "StaticText", p.say("site.noscript")) {
				break
			}
		}
		p.find("StaticText", p.say("site.noscript"))
	}
}
