package e2e_test

import (
	"context"
	"fmt"
	"time"

	"jwtlab/app/claims"
	"jwtlab/app/verdict"
)

// watch resolves to whether a condition came true, looking whenever the document changes, and now and then besides:
// what a text box holds is no change of the document.
const watch = `new Promise((done) => {
	const holds = () => { try { return Boolean(%s); } catch { return false; } };
	if (holds()) return done(true);
	const end = (how) => { seen.disconnect(); clearInterval(often); clearTimeout(last); done(how); };
	const look = () => { if (holds()) end(true); };
	const seen = new MutationObserver(look);
	seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
	const often = setInterval(look, 40);
	const last = setTimeout(() => end(false), %d);
})`

// until waits for a condition, through reloads and navigations too.
func (p *page) until(what, condition string) {
	p.Helper()
	if !p.eventually(bound, condition) {
		p.Fatalf("waited in vain for %s: %s\n%s", what, condition, p.state())
	}
}

// eventually reports whether the condition comes true in time.
func (p *page) eventually(limit time.Duration, condition string) bool {
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	for ctx.Err() == nil {
		var held bool
		// An error is a document that went away while it was watched: the next one is asked anew.
		if err := p.try(limit, fmt.Sprintf(watch, condition, 2000), &held); err == nil && held {
			return true
		}
	}
	return false
}

// change waits for the next change of the document, or a moment.
func (p *page) change() {
	_ = p.try(bound, `new Promise((done) => {
		new MutationObserver(done).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
		setTimeout(done, 100);
	}).then(() => true)`)
}

// state describes the page for a failure.
func (p *page) state() string {
	var s string
	err := p.try(5*time.Second, `[location.href, "ready: " + document.documentElement.hasAttribute("data-ready"),
		...["verdict", "notice", "boot-status", "boot-alert"].map((id) => id + ": " + document.getElementById(id)?.innerText),
		"answers: " + JSON.stringify({...document.getElementById("verdict")?.dataset}),
		...["token-text", "key-text", "payload-text"].map((id) => id + ": " + document.getElementById(id)?.value?.slice(0, 300)),
		"the focus: " + document.activeElement.outerHTML.slice(0, 200) + " " + document.activeElement.value?.slice(0, 300),
	].join("\n")`, &s)
	if err != nil {
		return err.Error()
	}
	return s
}

// answers waits for the three answers of the verdict.
func (p *page) answers(form, signature, acceptance string) {
	p.Helper()
	p.until("the answers "+form+", "+signature+", "+acceptance, fmt.Sprintf(
		`(({form, signature, acceptance}) => form === %q && signature === %q && acceptance === %q)(document.getElementById("verdict").dataset)`,
		form, signature, acceptance))
}

// sentence waits until the verdict's sentence has a text.
func (p *page) sentence(text string) {
	p.Helper()
	p.until("the verdict to say "+text, `document.querySelector("#verdict [role=status]").textContent.includes(`+quote(text)+`)`)
}

// noticed waits for the short message about what was just done.
func (p *page) noticed(text string) {
	p.Helper()
	p.until("the notice "+text, `document.getElementById("notice").textContent.trim() === `+quote(text))
}

// judgedLike waits until the page says of a token what the engine says natively at the same time, to the letter.
func (p *page) judgedLike(token, key string, unix int64) {
	p.Helper()
	v := verdict.Judge(token, key, verdict.Options{Expect: claims.Expect{Now: time.Unix(unix, 0)}}).Verdict
	p.answers(string(v.Form), string(v.Signature), string(v.Acceptance))
	words := p.say("summary."+v.Summary.Code, v.Summary.Args...)
	if b := v.Summary.Because; b != nil {
		words += " " + p.say("why."+b.Code, b.Args...)
	}
	p.until("the sentence "+words, `document.querySelector("#verdict [role=status]").textContent === `+quote(words))
}
