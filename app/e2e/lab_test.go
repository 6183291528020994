package e2e_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
	"jwtlab/app/play/lab"
)

// inLab opens the page of the lab.
func inLab(t *testing.T, lang string) *page {
	t.Helper()
	p := tab(t, serve(t))
	p.visit(lang + "lab/")
	return p
}

// outcome waits for the sentence that says how the last step went.
func (p *page) outcome(id string, args ...string) {
	p.Helper()
	words := p.say(id, args...)
	p.until(words, `document.querySelector("#outcome .sentence strong").innerText === `+quote(words))
}

// next presses what the page suggests.
func (p *page) next(code string) {
	p.Helper()
	p.findIn("outcome", "button", p.say("lab.next."+code)).click()
}

// scripted waits for the script.
func (p *page) scripted(want string) {
	p.Helper()
	p.until("the script to be "+want, `document.getElementById("script-text").value === `+quote(want))
}

// move presses a button of the moves.
func (p *page) move(id string) {
	p.Helper()
	p.findIn("moves", "button", p.say(id)).click()
}

// TestLabTwoClicks is what a newcomer meets: the same attack against localStorage and against an HttpOnly cookie, in two clicks.
func TestLabTwoClicks(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"", "ko/"} {
		t.Run("/"+lang, func(t *testing.T) {
			t.Parallel()
			p := inLab(t, lang)
			p.outcome("lab.known", "alice")
			p.tells("storage", p.say("lab.scripts-read"))
			p.next("xss-read")
			p.outcome("lab.outcome.used")
			p.tells("attacker", p.say("lab.loot.from", "localStorage"))
			p.next("http-only")
			p.outcome("lab.outcome.nothing")
			p.tells("storage", p.say("lab.scripts-blind"))
			for _, id := range []string{"lab.outcome.used", "lab.outcome.nothing", "why.cookie.httponly"} {
				p.tells("pair", p.say(id))
			}
			p.scripted("setup jwt/cookie-lax\nvisit\nlogin\ncall\nattack xss-read\n")
			p.next("xss-ride")
			p.outcome("lab.outcome.accepted")
			if strings.Contains(strings.Join(p.host.requests(), "\n"), "/api/") {
				t.Error("the server was asked")
			}
		})
	}
}

// TestLabSetup chooses a setup by three clicks, by a preset and by the lists of the world.
func TestLabSetup(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.findIn("setup", "radio", p.say("scenario.credential.refresh")).click()
	p.findIn("setup", "radio", p.say("scenario.storage.memory-refresh-cookie")).click()
	p.findIn("setup", "checkbox", p.say("scenario.defence.rotation")).click()
	p.scripted("setup refresh/memory-refresh-cookie+rotation\nvisit\nlogin\ncall\n")
	p.tells("storage", p.say("lab.memory.chip"))
	p.findIn("setup", "checkbox", p.say("scenario.defence.rotation")).click()
	p.scripted("setup refresh/memory-refresh-cookie\nvisit\nlogin\ncall\n")
	p.findIn("setup", "radio", p.say("scenario.credential.session")).click()
	p.until("a storage that fits", `document.querySelector("#setup [name=storage]:checked").value === "memory"`)
	p.findIn("setup", "button", p.say("scenario.example.mobile-app")).click()
	p.tells("storage", p.say("lab.phone.no-scripts"))
	p.eval(`document.querySelector("#setup details").open = true`)
	p.findIn("setup", "combobox", p.say("lab.client")).choose("")
	p.scripted("setup refresh/memory+rotation\nvisit\nlogin\ncall\n")
	p.findIn("setup", "combobox", p.say("lab.replicas")).choose("2 own")
	p.tells("server", p.say("lab.logins.of", "2"))
	p.findIn("setup", "button", p.say("scenario.example.sso")).click()
	p.tells("messages", "accounts.example")
	p.tells("server", p.say("lab.provider.in", "alice"))
}

// TestLabMessage opens a message: its header, and each cookie with its reason and the section of that.
func TestLabMessage(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.findIn("setup", "button", p.say("scenario.example.server-session")).click()
	p.outcome("lab.known", "alice")
	p.findIn("moves", "button", p.say("scenario.attack.csrf-form")).click()
	p.outcome("lab.outcome.nothing")
	p.eval(`[...document.querySelectorAll("#messages .message.hostile")].find((b) => b.innerText.includes("POST /api/transfer")).click()`)
	p.tells("messages", p.say("lab.cookie.withheld"))
	p.tells("messages", p.say("why.cookie.lax-method", "POST"))
	p.tells("messages", "RFC 6265bis §5.6.7.1")
	p.tells("messages", "Origin: https://evil.example")
}

// TestLabInspect opens a token in the debugger, with the keys and at the time of the lab, and comes back to the same lab.
func TestLabInspect(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.eval(`document.querySelector("#storage [aria-expanded]").click()`)
	p.findIn("storage", "button", p.say("lab.inspect")).click()
	p.answers("yes", "yes", "yes")
	p.until("the debugger", `!location.pathname.includes("lab")`)
	p.eval(`history.back()`)
	p.outcome("lab.known", "alice")
	p.scripted(lab.First)
	p.until("the style of the lab", `getComputedStyle(document.querySelector("#messages .sequence")).listStyleType === "none"`)
}

// TestLabFromElsewhere goes to the lab from the debugger: its words and its style come with it.
func TestLabFromElsewhere(t *testing.T) {
	t.Parallel()
	p := open(t, files(t, "/demo/"), "ko/")
	p.find("link", p.say("ui.lab")).click()
	p.outcome("lab.known", "alice")
	p.until("the style of the lab", `getComputedStyle(document.querySelector("#messages .sequence")).listStyleType === "none"`)
	p.reload()
	p.outcome("lab.known", "alice")
}

// TestLabOffline plays, and runs the matrix in its Worker, after the server has gone.
func TestLabOffline(t *testing.T) {
	t.Parallel()
	h := serve(t)
	p := open(t, h, "")
	p.kept()
	p.reload()
	p.until("a page from the cache", `navigator.serviceWorker.controller`)
	h.stop()
	p.allow("ERR_CONNECTION_REFUSED", "Failed to fetch", "ERR_FAILED")
	p.navigate("ko/lab/")
	p.ready()
	p.outcome("lab.known", "alice")
	p.next("xss-read")
	p.outcome("lab.outcome.used")
	p.findIn("matrix", "button", p.say("lab.matrix.run")).click()
	p.tells("matrix", p.say("lab.matrix.all", itoa(len(scenario.Setups())), itoa(len(scenario.Attacks()))))
}

// TestLabTime moves along the script: with the slider, by steps, by playing, and by another way from the middle.
func TestLabTime(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.move("lab.line.logout")
	p.move("lab.line.wait-15m")
	p.until("a quarter of an hour", `document.querySelector("#moves .clock").innerText.includes("09:15:00")`)
	slider := p.findIn("moves", "slider", p.say("lab.timeline"))
	slider.focus()
	p.press("Home")
	p.outcome("lab.empty")
	p.press("Right", "Right")
	p.until("the second move", `document.querySelector("#moves [aria-current=step]")?.innerText.includes(`+quote(p.say("lab.line.login"))+`)`)
	p.findIn("moves", "button", p.say("lab.forward")).click()
	p.outcome("lab.known", "alice")
	p.move("lab.line.reload")
	p.noticed(p.say("ui.notice.lab-forked", "2"))
	p.scripted(lab.First + "reload\n")
	p.findIn("moves", "button", p.say("ui.undo")).click()
	p.scripted(lab.First + "logout\nwait 15m\n")
	p.findIn("moves", "button", p.say("ui.redo")).click()
	p.scripted(lab.First + "reload\n")
	speed := p.findIn("moves", "slider", p.say("lab.speed"))
	speed.focus()
	p.press("End")
	p.findIn("moves", "button", p.say("lab.play")).click()
	p.until("the end of playing", `document.getElementById("timeline").value === "4" && [...document.querySelectorAll("#moves button")].some((b) => b.innerText.includes(`+quote(p.say("lab.play"))+`))`)
}

// TestLabKeys plays with keys alone; in a text field they are letters.
func TestLabKeys(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.outcome("lab.known", "alice")
	p.press("o", "x")
	p.scripted(lab.First + "logout\nattack xss-read\n")
	p.press(",", ",", ".")
	p.until("the fourth move", `document.getElementById("timeline").value === "4"`)
	p.press("u", "y")
	p.scripted(lab.First + "logout\nattack xss-read\n")
	do(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: "ㄱ", Code: "KeyR", WindowsVirtualKeyCode: 82}) // 한글
	p.scripted(lab.First + "logout\nreload\n")
	p.press("?")
	p.find("checkbox", p.say("lab.keys.single")).click()
	p.eval(`document.activeElement.blur()`)
	p.press("l")
	p.press("?")
	p.until("no list of keys", `!document.querySelector("#moves .keys")`)
	p.scripted(lab.First + "logout\nreload\n")
	p.reload()
	p.outcome("lab.known", "alice")
	p.press("l", "?") // the choice has outlived the page
	p.scripted(lab.First)
	p.find("checkbox", p.say("lab.keys.single")).click()
	p.press("Escape")
	p.until("no list of keys", `!document.querySelector("#moves .keys")`)
	box := p.findIn("script", "textbox", p.say("lab.script"))
	box.fill("setup jwt/memory\nlogin\ncall\n")
	p.outcome("lab.known", "alice")
	p.press("r", "?", " ")
	p.until("letters in the box", `document.getElementById("script-text").value.includes("r? ")`)
}

// TestLabScript edits the script: what is wrong stands with its line, and what comes before it is played.
func TestLabScript(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"", "ko/"} {
		t.Run("/"+lang, func(t *testing.T) {
			t.Parallel()
			p := inLab(t, lang)
			box := p.findIn("script", "textbox", p.say("lab.script"))
			box.fill("setup session/cookie-lax\nlogin\ncal\n")
			p.outcome("lab.fault", "3")
			p.tells("script", p.say("scenario.error.verb", "cal", "call"))
			p.findIn("script", "button", p.say("lab.fault.show")).click()
			p.until("the line to be selected", `(() => { const b = document.getElementById("script-text"); return document.activeElement === b && b.value.slice(b.selectionStart, b.selectionEnd) === "cal"; })()`)
			p.insert("call\nexpect user bob")
			p.outcome("lab.expected", "user bob")
			p.findIn("script", "combobox", p.say("lab.examples")).choose("lax-two-minutes")
			e, _ := scenario.ExampleNamed("lax-two-minutes")
			p.scripted(e.Script)
			p.outcome("lab.outcome.accepted")
		})
	}
}

// TestLabLink shares a script by a link, which is read and taken out of the address.
func TestLabLink(t *testing.T) {
	t.Parallel()
	p := tab(t, serve(t))
	script := "setup session/cookie-bare\nlogin\nattack csrf-form\n"
	p.navigate("ko/lab/#lab=" + base64.RawURLEncoding.EncodeToString([]byte(script)))
	p.ready()
	p.scripted(script)
	p.outcome("lab.outcome.accepted")
	if at := p.get("location.href"); strings.Contains(at, "lab=") {
		t.Errorf("the address is %s", at)
	}
	p.navigate("#lab=" + base64.RawURLEncoding.EncodeToString([]byte(script)))
	p.ready()
	p.scripted(script) // the page of the debugger leads on to the lab
	p.navigate("about-nothing")
	p.allow("status of 404")
	p.navigate("lab/#lab=%%%")
	p.ready()
	p.scripted(lab.First)
}

// TestLabShare copies a link that brings the lab back, copies the script, and downloads it.
func TestLabShare(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.paper()
	p.move("lab.line.logout")
	script := lab.First + "logout\n"
	p.scripted(script)
	p.findIn("script", "button", p.say("lab.share")).click()
	p.noticed(p.say("ui.notice.copied-link"))
	link := p.pasted()
	if !strings.HasPrefix(link, p.host.URL+p.host.base+"lab/#lab=") {
		t.Errorf("the link is %s", link)
	}
	p.findIn("script", "button", p.say("lab.copy")).click()
	p.noticed(p.say("ui.notice.copied-script"))
	if got := p.pasted(); got != script {
		t.Errorf("copied is %q", got)
	}
	p.eval(`(() => {
		const make = URL.createObjectURL;
		URL.createObjectURL = (blob) => { blob.text().then((text) => { globalThis.saved = text; }); return make(blob); };
		addEventListener("click", (e) => { if (e.target.download) { globalThis.savedAs = e.target.download; e.preventDefault(); } }, true);
		HTMLAnchorElement.prototype.click = function () { globalThis.savedAs = this.download; };
	})()`)
	p.findIn("script", "button", p.say("lab.save")).click()
	p.until("the file", `globalThis.saved === `+quote(script)+` && globalThis.savedAs === "lab.txt"`)
	q := tab(t, p.host)
	q.navigate(strings.TrimPrefix(link, p.host.URL+p.host.base))
	q.ready()
	q.scripted(script)
}

// TestLabMatrix runs all of it, filters it, compares two and opens a run; cancelled, it goes on where it was.
func TestLabMatrix(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.findIn("matrix", "button", p.say("lab.matrix.run")).click()
	all := itoa(len(scenario.Setups()))
	p.tells("matrix", p.say("lab.matrix.all", all, itoa(len(scenario.Attacks()))))
	var size [3]int
	p.eval(`(() => { const t = document.querySelector("#matrix table"); return [t.tBodies[0].rows.length, t.tHead.rows[0].cells.length, t.querySelectorAll("th[scope]").length]; })()`, &size)
	if size != [3]int{len(scenario.Setups()), len(scenario.Attacks()) + 1, len(scenario.Setups()) + len(scenario.Attacks()) + 1} {
		t.Errorf("the table has %v rows, columns and heads", size)
	}
	p.findIn("matrix", "combobox", p.say("lab.matrix.credential")).choose("refresh")
	p.findIn("matrix", "combobox", p.say("lab.matrix.kind")).choose("script")
	p.until("a smaller table", `(() => { const t = document.querySelector("#matrix table"); return t.tBodies[0].rows.length < `+all+` && t.tHead.rows[0].cells.length === 3; })()`)
	p.findIn("compare", "combobox", p.say("lab.compare.right")).choose("refresh/localstorage")
	p.tells("compare", p.say("lab.cost.first-page"))
	p.until("both setups", `document.querySelector("#compare thead").innerText.includes(`+quote(p.say("scenario.credential.refresh"))+`)`)
	p.eval(`document.querySelector("#matrix table .grade-bad").click()`)
	p.until("the run of the cell", `document.getElementById("script-text").value.includes("attack xss-")`)
	p.until("its outcome", `document.querySelector("#outcome.bad")`)
}

// TestLabMatrixCancel ends the work, and takes it up again.
func TestLabMatrixCancel(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.findIn("matrix", "button", p.say("lab.matrix.run")).click()
	p.findIn("matrix", "button", p.say("lab.matrix.cancel")).click()
	p.gone("matrix", "button", p.say("lab.matrix.cancel"))
	p.findIn("matrix", "button", p.say("lab.matrix.run")).click()
	p.tells("matrix", p.say("lab.matrix.all", itoa(len(scenario.Setups())), itoa(len(scenario.Attacks()))))
}

// labStates shows what there is to be seen in the lab.
func (p *page) labStates(look func(what string)) {
	p.Helper()
	p.outcome("lab.known", "alice")
	look("the first script")
	p.next("xss-read")
	p.outcome("lab.outcome.used")
	look("an attack")
	p.next("http-only")
	p.outcome("lab.outcome.nothing")
	look("two choices")
	for _, region := range []string{"storage", "server", "attacker"} {
		p.eval(`document.querySelector("#` + region + ` [aria-expanded]")?.click()`)
		look("a thing of " + region)
	}
	p.eval(`[...document.querySelectorAll("#messages .message")].at(-1).click()`)
	p.until("an open message", `document.querySelector("#messages .message-whole")`)
	look("a message")
	p.eval(`document.activeElement.blur()`)
	p.press("?")
	p.until("the keys", `document.querySelector("#moves .keys")`)
	look("the keys")
	p.press("?")
	p.until("no keys", `!document.querySelector("#moves .keys")`)
	for _, menu := range []string{"lab.more-moves", "lab.more-attacks"} {
		p.menu("moves", menu)
		p.until("an open menu", `document.querySelector(":popover-open")`)
		look(menu)
		p.press("Escape")
		p.until("no open menu", `!document.querySelector(":popover-open")`)
	}
	p.eval(`document.querySelectorAll("details").forEach((d) => d.open = true)`)
	look("all that is folded")
	for _, name := range []string{"sso", "mobile-app", "replicas", "refresh-rotation", "third-party", "http-cookie"} {
		e, _ := scenario.ExampleNamed(name)
		p.findIn("script", "combobox", p.say("lab.examples")).choose(name)
		p.scripted(e.Script)
		p.until("the run", `document.getElementById("timeline").value === document.getElementById("timeline").max`)
		look(name)
	}
	p.findIn("script", "textbox", p.say("lab.script")).fill("setup jwt/nowhere\nfly\n")
	p.outcome("lab.fault", "1")
	look("a fault")
	p.findIn("matrix", "button", p.say("lab.matrix.run")).click()
	p.tells("matrix", p.say("lab.matrix.all", itoa(len(scenario.Setups())), itoa(len(scenario.Attacks()))))
	look("the matrix")
}

// TestLabAccess lets axe-core look at the lab in each theme and language, and measures it on a phone.
func TestLabAccess(t *testing.T) {
	t.Parallel()
	axe := npm(t, "axe-core/axe.min.js")
	for _, lang := range []string{"", "ko/"} {
		for _, theme := range []string{"light", "dark"} {
			t.Run("/"+lang+" "+theme, func(t *testing.T) {
				t.Parallel()
				p := tab(t, serve(t))
				p.scheme(theme)
				p.size(360, 740)
				p.visit(lang + "lab/")
				p.eval(axe + "; true")
				p.labStates(func(what string) {
					p.axe(what)
					p.fitsBut(".skip, .scrolls", 360, what)
					p.size(320, 640)
					p.fitsBut(".skip, .scrolls", 320, what)
					p.size(360, 740)
				})
			})
		}
	}
}

// TestLabKorean holds every word on the Korean page to the Korean catalogue.
func TestLabKorean(t *testing.T) {
	t.Parallel()
	p := inLab(t, "ko/")
	known := catalogue(locale.KO)
	p.labStates(func(what string) { p.translated(known, what) })
}

// TestLabFrame: the page's file shows the first script before the program is there, and nothing moves when it comes.
func TestLabFrame(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"lab/", "ko/lab/"} {
		t.Run("/"+path, func(t *testing.T) {
			t.Parallel()
			h := serve(t)
			release := h.hold(t)
			p := tab(t, h)
			p.navigate(path)
			p.until("the prerendered page", `document.readyState !== "loading" && globalThis.jwtlabHandover && document.getElementById("messages")`)
			p.outcome("lab.known", "alice")
			measure := `Object.fromEntries([...document.querySelectorAll("main > section, main section[id]")].map((e) => { const b = e.getBoundingClientRect(); return [e.id, [b.x, b.y, b.width, b.height]]; }))`
			var before, after map[string][4]float64
			p.eval(measure, &before)
			release()
			p.ready()
			p.eval(measure, &after)
			for id, was := range before {
				if is := after[id]; fmt.Sprint(is) != fmt.Sprint(was) {
					t.Errorf("%s jumps from %v to %v", id, was, is)
				}
			}
			if len(before) < 7 {
				t.Errorf("only %d regions were there", len(before))
			}
		})
	}
}

// TestLabTabOrder walks through the lab with Tab alone.
func TestLabTabOrder(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.press("Tab")
	p.to(p.say("ui.skip.main"))
	p.press("Enter")
	p.until("the focus in the lab", `document.activeElement.id === "main"`)
	p.to(p.say("lab.next.xss-read"))
	p.press("Enter")
	p.outcome("lab.outcome.used")
	p.to(p.say("scenario.attack.xss-ride"))
	p.press("Enter")
	p.outcome("lab.outcome.accepted")
	if at := p.get(`document.activeElement.textContent.trim()`); at != p.say("scenario.attack.xss-ride") {
		t.Errorf("the focus went to %q", at)
	}
}

// TestLabHuge plays a thousand moves, and shows only the latest of what they came to.
func TestLabHuge(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.findIn("script", "textbox", p.say("lab.script")).fill("setup session/cookie-lax\nlogin\n" + strings.Repeat("call\n", 999))
	p.until("a thousand moves", `document.getElementById("timeline").max === "1000" && document.querySelector("#messages .sub").innerText.startsWith(`+quote("2,0")+`)`)
	var shown int
	p.eval(`document.querySelectorAll("#messages .message, #moves .step").length`, &shown)
	if shown == 0 || shown > 120 {
		t.Errorf("%d things are shown", shown)
	}
	slider := p.findIn("moves", "slider", p.say("lab.timeline"))
	slider.focus()
	p.press("Home")
	p.outcome("lab.empty")
}

// TestLabNothingIsStored: a lab leaves nothing in the browser.
func TestLabNothingIsStored(t *testing.T) {
	t.Parallel()
	p := inLab(t, "")
	p.next("xss-read")
	p.outcome("lab.outcome.used")
	var kept []string
	p.eval(`[document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]`, &kept)
	if slices.ContainsFunc(kept, func(s string) bool { return s != "" && !strings.HasPrefix(s, "jwtlab.") }) {
		t.Errorf("the browser keeps %q", kept)
	}
}

func itoa(n int) string { return fmt.Sprint(n) }
