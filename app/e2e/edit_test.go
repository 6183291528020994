package e2e_test

import (
	"crypto/x509"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/token"
)

// TestEdit changes the payload with the key at hand: the token is signed anew at once.
func TestEdit(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	before := example(t, "HS256")
	p.box("payload").fill(`{"sub":"user-7","exp":` + later + `}`)
	p.until("another token", `document.getElementById("token-text").value !== `+quote(before.Token))
	p.answers("yes", "yes", "yes")
	after := p.value("token")
	if got := string(token.Parse(after).Payload().Bytes); got != `{"sub":"user-7","exp":`+later+`}` {
		t.Errorf("payload became %s", got)
	}
	p.judgedLike(after, before.Key, now)

	p.box("header").fill(`{"alg":"HS384","typ":"JWT"}`)
	p.until("another token", `document.getElementById("token-text").value !== `+quote(after))
	p.answers("yes", "yes", "yes")
	p.findIn("header", "combobox", p.say("ui.alg")).choose("HS512")
	p.until("alg in the header", `document.getElementById("header-text").value.includes("HS512")`)
	p.answers("yes", "yes", "yes")
	p.judgedLike(p.value("token"), before.Key, now)
}

const later = "1795222800" // an hour after now

// TestEditKeepsDraft types JSON that is not yet any: what is typed stays as it is.
func TestEditKeepsDraft(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.box("payload").fill(`{"sub": `)
	p.until("the fault in words", `document.querySelector("#payload ul").innerText.length > 20`)
	p.write(`"a" }`)
	p.holds("payload", `{"sub": "a" }`)
	p.answers("yes", "yes", "yes")
	if got := string(token.Parse(p.value("token")).Payload().Bytes); got != `{"sub":"a"}` {
		t.Errorf("payload became %s", got)
	}
}

// TestEditUnsigned edits without a key that can sign: the token is visibly unsigned, never silently stale.
func TestEditUnsigned(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	old := p.value("token")
	p.box("key").fill("")
	p.answers("yes", "unchecked", "unchecked")
	p.box("payload").fill(`{"sub":"user-7"}`)
	p.sentence(p.say("ui.unsigned.no-key"))
	p.sentence(p.say("ui.unsigned"))
	p.until("no signature", `/^[^.]+\.[^.]+\.$/.test(document.getElementById("token-text").value)`)
	if p.value("token") == old {
		t.Error("the token is stale")
	}
	if got := p.get(`document.getElementById("verdict").dataset.signature`); got == "yes" {
		t.Error("an unsigned token is called genuine")
	}
	p.box("key").fill("a secret that was typed only later, 32 bytes")
	p.until("a signature", `/^[^.]+\.[^.]+\.[^.]+$/.test(document.getElementById("token-text").value)`)
	p.answers("yes", "yes", "yes")

	r := ring()
	p.box("token").fill(sign(t, jwt.SigningMethodES256, r.ec, ""))
	p.box("key").fill(text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.ec.PublicKey))))
	p.answers("yes", "yes", "yes")
	p.box("payload").fill(`{"sub":"user-8"}`)
	p.sentence(p.say("ui.unsigned.public-key"))
}

// TestOutsideTokenIsNotSigned types a key beside a token from outside: that verifies it and changes no letter of it.
func TestOutsideTokenIsNotSigned(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	forged := tampered(example(t, "HS256").Token)
	p.box("token").fill(forged)
	p.answers("yes", "no", "unchecked")
	p.box("key").fill("another secret that can sign, of 32 bytes and more")
	p.judgedLike(forged, "another secret that can sign, of 32 bytes and more", now)
	p.holds("token", forged)
}

// TestClaims adds, sets and removes claims without typing JSON.
func TestClaims(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	add := func(name string) {
		p.findIn("payload", "combobox", p.say("ui.add-claim")).fill(name)
		p.press("Enter")
		p.until(name+" in the payload", `document.getElementById("payload-text").value.includes(`+quote(`"`+name+`"`)+`)`)
		p.answers("yes", "yes", "yes")
	}
	add("jti")
	add("nbf")
	p.findIn("payload", "combobox", p.say("ui.add-claim")).fill("nbf")
	p.findIn("payload", "button", p.say("ui.add")).click()
	p.noticed(p.say("ui.notice.claim-there", "nbf"))

	p.findIn("payload", "button", p.say("ui.remove", "jti")).click()
	p.until("no jti", `!document.getElementById("payload-text").value.includes("jti")`)
	p.answers("yes", "yes", "yes")
	p.gone("payload", "button", p.say("ui.remove", "jti"))
}

// TestTimePicker sets a time claim by its picker and by one click.
func TestTimePicker(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.box("payload").fill(`{"exp":` + later + `}`)
	p.answers("yes", "yes", "yes")
	p.findIn("payload", "button", p.say("ui.pick")).click()
	p.find("DateTime", p.say("ui.pick.utc", "exp")).set("2026-11-20T00:00:00")
	p.until("the picked time", `document.getElementById("payload-text").value.includes("1795132800")`)
	p.answers("yes", "yes", "no")
	p.sentence("Genuine, but expired 1 day ago.")
	if !p.has("payload", "button", p.say("ui.pick.1h")) {
		p.findIn("payload", "button", p.say("ui.pick")).click()
	}
	p.find("button", p.say("ui.pick.1h")).click()
	p.until("the time in an hour", `document.getElementById("payload-text").value.includes("`+later+`")`)
	p.answers("yes", "yes", "yes")
	p.until("the menu to be closed", `!document.querySelector(":popover-open")`)
}

// TestExpectations asks for an issuer and an audience, and allows for clocks that differ.
func TestExpectations(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	p.box("payload").fill(`{"iss":"https://a.example","aud":["api"],"exp":1795219190}`)
	p.answers("yes", "yes", "no")
	p.find("textbox", p.say("ui.expect.leeway")).fill("30")
	p.answers("yes", "yes", "yes")
	p.find("textbox", p.say("ui.expect.iss")).fill("https://b.example")
	p.answers("yes", "yes", "no")
	p.find("textbox", p.say("ui.expect.iss")).fill("https://a.example")
	p.answers("yes", "yes", "yes")
	p.find("textbox", p.say("ui.expect.aud")).fill("web")
	p.answers("yes", "yes", "no")
	p.find("textbox", p.say("ui.expect.aud")).fill("api")
	p.answers("yes", "yes", "yes")
}

// TestKindness finds a token in what people paste, and the several tokens in a text.
func TestKindness(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	e := example(t, "HS256")
	line := "curl -H 'Authorization: Bearer " + e.Token + "' https://api.example/"
	p.box("token").fill(line)
	p.until("the curl command to be recognised", `document.getElementById("token").innerText.includes(`+quote(p.say("ui.found.curl"))+`)`)
	p.answers("yes", "yes", "yes")
	p.holds("token", line)

	two := e.Token + "\n" + example(t, "rfc7515-a1").Token
	p.box("token").fill(two)
	p.until("two tokens", `document.querySelectorAll("#token li button").length === 2`)
	second := p.find("list", p.say("ui.tokens"))
	second.call(`function() { this.querySelectorAll("button")[1].click(); }`)
	p.until("the second payload", `document.getElementById("payload-text").value.includes("joe")`)
	if !strings.Contains(p.value("token"), e.Token) {
		t.Error("the first token is gone")
	}
}
