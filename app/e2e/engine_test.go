package e2e_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"jwtlab/app/play/desk"
)

// each runs a test in every language, with an example laid out.
func each(t *testing.T, id string, run func(t *testing.T, p *page, e desk.Example)) {
	t.Helper()
	t.Parallel()
	for _, path := range []string{"", "ko/"} {
		t.Run("/"+path, func(t *testing.T) {
			t.Parallel()
			p := open(t, serve(t), path)
			e := example(t, id)
			p.find("combobox", p.say("ui.examples")).choose(id)
			p.holds("token", e.Token)
			run(t, p, e)
		})
	}
}

// TestTwoSignatures lists the signatures of a JSON serialization, each with its own answer.
func TestTwoSignatures(t *testing.T) {
	each(t, "two-signatures", func(t *testing.T, p *page, _ desk.Example) {
		p.answers("yes", "yes", "yes")
		choice := func(i int, answer string) string {
			return fmt.Sprintf(`(({ textContent, ariaPressed }) => textContent.endsWith(%s) && ariaPressed)(document.querySelectorAll("#token .choice")[%d])`, quote(p.say("ui.choice."+answer)), i)
		}
		p.until("both to be genuine", choice(0, "yes")+" === 'true' && "+choice(1, "yes")+" === 'false'")
		p.eval(`document.querySelectorAll("#token .choice")[1].click()`)
		p.until("the second to be chosen", choice(1, "yes")+" === 'true'")
		p.until("its algorithm", `document.getElementById("header-text").value.includes("HS256")`)
		p.answers("yes", "yes", "yes")
		p.box("key").fill("another secret, of 256 bits or more, as RFC 7518 asks")
		p.answers("yes", "no", "unchecked")
		p.until("the second to be refused", choice(1, "no")+" === 'true'")
	})
}

// TestDecrypt opens an encrypted token with its key, not with another, and encrypts what is edited.
func TestDecrypt(t *testing.T) {
	each(t, "jwe", func(t *testing.T, p *page, e desk.Example) {
		p.sentence(p.say("summary.opened"))
		p.until("the content", `document.getElementById("payload-text").value.includes("김지우")`)
		p.box("key").fill("")
		p.sentence(p.say("summary.encrypted"))
		p.holds("payload", "")
		p.box("key").fill("another secret")
		p.until("it to stay closed", `document.querySelector("#verdict [role=status]").textContent.startsWith(`+quote(p.say("summary.not-opened"))+`)`)
		p.box("key").fill(e.Key)
		p.sentence(p.say("summary.opened"))
		p.box("payload").fill(`{"sub":"me"}`)
		p.until("another token", `document.getElementById("token-text").value !== `+quote(e.Token)+` && document.getElementById("token-text").value.split(".").length === 5`)
		p.sentence(p.say("summary.opened"))
		p.holds("payload", `{"sub":"me"}`)
	})
}

// TestDisclosures shows a claim of an SD-JWT and keeps it back.
func TestDisclosures(t *testing.T) {
	each(t, "sd-jwt", func(t *testing.T, p *page, e desk.Example) {
		p.answers("yes", "yes", "yes")
		box := p.findIn("disclosures", "checkbox", "/address")
		box.click()
		p.until("a shorter token", fmt.Sprintf(`document.getElementById("token-text").value.length < %d`, len(e.Token)))
		p.until("no address", `!document.getElementById("payload-text").value.includes("서울")`)
		p.answers("yes", "yes", "yes")
		p.findIn("disclosures", "checkbox", "/address/locality").click()
		p.holds("token", e.Token)
		p.findIn("disclosures", "checkbox", "/birthdate").click()
		p.until("no date of birth", `!document.getElementById("payload-text").value.includes("2001")`)
		p.find("button", p.say("ui.undo")).click()
		p.holds("token", e.Token)
	})
}

// TestKeyOfSet takes the key that kid names out of a set, and says which.
func TestKeyOfSet(t *testing.T) {
	each(t, "jwks", func(t *testing.T, p *page, e desk.Example) {
		p.answers("yes", "yes", "yes")
		p.until("the key to be marked", `[...document.querySelectorAll("#key .chip.good")].map((e) => e.textContent).join().includes("kid 2026-11")`)
		p.until("the check", `document.getElementById("checks-signature").textContent.includes("2026-11")`)
		p.box("key").fill(strings.ReplaceAll(e.Key, `"2026-11"`, `"2026-12"`))
		p.until("the key to be found all the same", `document.getElementById("checks-signature").textContent.includes("2026-12") || document.getElementById("verdict").dataset.signature === "yes"`)
	})
}

// TestAdvice opens a finding: what is unwise, why, and where it says so.
func TestAdvice(t *testing.T) {
	each(t, "none", func(t *testing.T, p *page, _ desk.Example) {
		text := p.say("lint.alg.none", "none")
		what, why, _ := strings.Cut(text, ". ")
		p.until("the finding", `document.querySelector("#advice details").textContent.includes(`+quote(what)+`)`)
		const shown = `document.querySelector("#advice details .why:not(summary)").checkVisibility()`
		p.until("its explanation to be closed", `!`+shown)
		p.eval(`document.querySelector("#advice summary").focus()`)
		p.press("Enter")
		p.until("its explanation", shown+` && document.querySelector("#advice details").textContent.includes(`+quote(why)+`)`)
		p.until("its source", `document.querySelector("#advice details .ref").textContent.includes("RFC")`)
	})
}

// TestTokensOfALog finds every token in a log, and shows the one that is chosen.
func TestTokensOfALog(t *testing.T) {
	each(t, "HS256", func(t *testing.T, p *page, e desk.Example) {
		other := example(t, "expired")
		p.box("token").fill("09:00:01 GET /me Authorization: Bearer " + e.Token + " 200\n09:00:02 GET /me token=" + other.Token + " 401")
		p.answers("yes", "yes", "yes")
		p.until("two tokens", `document.querySelectorAll("#token .choice").length === 2`)
		p.eval(`document.querySelectorAll("#token .choice")[1].click()`)
		p.answers("yes", "yes", "no")
	})
}

// TestCause says why a signature does not fit, and mends it on a click.
func TestCause(t *testing.T) {
	each(t, "newline", func(t *testing.T, p *page, e desk.Example) {
		p.answers("yes", "no", "unchecked")
		p.find("button", p.say("ui.mend")).click()
		p.noticed(p.say("ui.notice.mended"))
		p.answers("yes", "yes", "yes")
		if p.value("key") == e.Key && p.value("token") == e.Token {
			t.Error("nothing was changed")
		}
		p.find("button", p.say("ui.undo")).click()
		p.answers("yes", "no", "unchecked")
	})
}

// TestInside opens the token that stands inside another, and goes back.
func TestInside(t *testing.T) {
	each(t, "HS256", func(t *testing.T, p *page, e desk.Example) {
		outer := "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(`{"inner":"`+e.Token+`"}`)) + ".AAAA"
		p.box("token").fill(outer)
		p.findIn("payload", "button", p.say("ui.inside.open", "JWS", "payload/inner")).click()
		p.holds("token", e.Token)
		p.answers("yes", "yes", "yes")
		p.find("button", p.say("ui.undo")).click()
		p.holds("token", outer)
	})
}

// TestCode shows the code for the token's algorithm, without its key, and copies it.
func TestCode(t *testing.T) {
	each(t, "ES256", func(t *testing.T, p *page, e desk.Example) {
		p.paper() // which can take as long as others have it
		p.findIn("code", "combobox", p.say("ui.code.language")).choose("go")
		p.until("the code", `document.querySelector("#code pre").textContent.includes("ES256")`)
		p.until("no key in it", `!document.querySelector("#code pre").textContent.includes("PRIVATE KEY-----")`)
		p.findIn("code", "button", p.say("ui.code.copy")).click()
		p.noticed(p.say("ui.notice.copied-code"))
		if !strings.Contains(p.pasted(), "ES256") {
			t.Error("the code was not copied")
		}
	})
}
