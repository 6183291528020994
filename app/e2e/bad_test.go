package e2e_test

import (
	"crypto/x509"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/key"
	tok "jwtlab/app/token"
	"jwtlab/app/verdict"
)

// problem is the text of the problem with the code that the engine finds natively in a token, or, if there is none
// with that code, in a key.
func (p *page) problem(keyText, text, code string) string {
	p.Helper()
	c := verdict.Judge(text, keyText, verdict.Options{})
	for _, q := range append(c.Verdict.Problems, c.Keys.Problems...) {
		if q.Code == code {
			return p.say("problem."+q.Code, q.Args...)
		}
	}
	p.Fatalf("%.40q has no problem %s: %v %v", text, code, c.Verdict.Problems, c.Keys.Problems)
	return ""
}

// TestBadToken pastes what is broken: each time a problem in words that leads to its place, the text kept.
func TestBadToken(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	good := example(t, "HS256").Token
	header := func(json string) string {
		return b64([]byte(json)) + "." + strings.Split(good, ".")[1] + "." + strings.Split(good, ".")[2]
	}
	for name, text := range map[string]string{
		"garbage":              "this is no token at all",
		"binary":               "\x01\x02\x7f\ufffd\u202e",
		"cut off":              good[:len(good)/2],
		"no signature":         good[:strings.LastIndex(good, ".")+1],
		"alg none":             header(`{"alg":"none"}`),
		"alg unknown":          header(`{"alg":"XX256"}`),
		"alg missing":          header(`{"typ":"JWT"}`),
		"duplicate members":    header(`{"alg":"HS256","alg":"none"}`),
		"header is no JSON":    header(`{"alg":`),
		"characters of base64": strings.Replace(good, ".eyJ", ".ey+/J", 1),
		"payload is no object": strings.Replace(good, strings.Split(good, ".")[1], b64([]byte(`[1,2]`)), 1),
		"duplicate claims":     strings.Replace(good, strings.Split(good, ".")[1], b64([]byte(`{"sub":"a","sub":"b"}`)), 1),
	} {
		p.box("token").fill(text)
		p.holds("token", text)
		p.judgedLike(text, p.value("key"), now)
		if got := p.get(`document.getElementById("verdict").dataset.signature`); got == "yes" {
			t.Errorf("%s: genuine", name)
		}
		for _, q := range verdict.Judge(text, "", verdict.Options{}).Verdict.Problems {
			p.located(name, "problems", "token-text", p.say("problem."+q.Code, q.Args...), q.Span)
		}
	}
}

// located waits for a problem's words and follows them to the place.
func (p *page) located(name, list, box, words string, at tok.Span) {
	p.Helper()
	p.until(name+": "+words, `document.getElementById(`+quote(list)+`).innerText.includes(`+quote(words)+`)`)
	if at.End <= at.Start {
		return
	}
	var picked string
	p.eval(`(() => {
		const items = [...document.getElementById(`+quote(list)+`).querySelectorAll("li")];
		const item = items.find((li) => li.innerText.includes(`+quote(words)+`));
		const show = item.querySelector("button");
		if (!show) return "no button";
		show.click();
		const box = document.getElementById(`+quote(box)+`);
		return document.activeElement === box && box.selectionEnd > box.selectionStart ? "" : "nothing is selected";
	})()`, &picked)
	if picked != "" {
		p.Errorf("%s: %q does not lead to its place: %s", name, words, picked)
	}
}

// TestBadKey gives keys that are broken or of the wrong kind.
func TestBadKey(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	r := ring()
	token := sign(t, jwt.SigningMethodRS256, r.rsa, "")
	p.box("token").fill(token)
	spki := text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.rsa.PublicKey)))
	for name, text := range map[string]string{
		"cut PEM":        spki[:len(spki)/2],
		"no end":         strings.TrimSuffix(spki, "-----END PUBLIC KEY-----\n"),
		"damaged PEM":    strings.Replace(spki, "A", "*", 3),
		"other DER":      text64("PUBLIC KEY", []byte{0x30, 3, 2, 1, 5}),
		"empty JWK":      "{}",
		"JWK of no kind": `{"kty":"XYZ"}`,
		"cut JWK":        `{"kty":"RSA","n":"abc`,
		"empty JWK Set":  `{"keys":[]}`,
		"binary":         "\x01\x02\ufffd",
		"wrong kind":     text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.ec.PublicKey))),
	} {
		p.box("key").fill(text)
		p.holds("key", text)
		p.judgedLike(token, text, now)
		if got := p.get(`document.getElementById("verdict").dataset.signature`); got == "yes" {
			t.Errorf("%s: genuine", name)
		}
		for _, q := range key.Read(text, key.Auto).Problems {
			p.located(name, "key", "key-text", p.say("problem."+q.Code, q.Args...), q.Span)
		}
	}
	p.box("key").fill(spki)
	p.answers("yes", "yes", "yes")
}

// TestNeverGreen shows no token as good that expired, brings its own key, or is signed by nobody.
func TestNeverGreen(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	green := p.get(`getComputedStyle(document.getElementById("verdict")).borderInlineStartColor + getComputedStyle(document.getElementById("verdict")).backgroundColor`)
	for _, id := range []string{"expired", "early", "none", "self-vouched", "millis", "rfc7515-a1"} {
		p.find("combobox", p.say("ui.examples")).choose(id)
		p.holds("token", example(t, id).Token)
		p.judgedLike(example(t, id).Token, example(t, id).Key, now)
		v := verdict.Judge(example(t, id).Token, example(t, id).Key, verdict.Options{})
		got := p.get(`getComputedStyle(document.getElementById("verdict")).borderInlineStartColor + getComputedStyle(document.getElementById("verdict")).backgroundColor`)
		if got == green && id != "millis" {
			t.Errorf("%s looks as good as a token that is: %s %v", id, got, v.Verdict.Summary)
		}
	}
}
