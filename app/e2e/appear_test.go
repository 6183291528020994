package e2e_test

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// A key made for this test and locked with the passphrase "corpus" (openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 10).
const lockedKey = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGaMFYGCSqGSIb3DQEFDTBJMCgGCSqGSIb3DQEFDDAbBAiLPn5W9ENCEAIBCjAM
BggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQ6a5C8BCu/myOZdqLgX6bxQRAevAg
tpuYxjS/hkxr1GzuO88MmKQRzCZNJSXMBwZzHvcJesA+iMnF+DwBKGad8NW2lW7r
bSb+lzIzFd1teATFqg==
-----END ENCRYPTED PRIVATE KEY-----
`

// lockedToken is signed with the key that is locked.
func lockedToken(t *testing.T) string {
	t.Helper()
	k := key.ReadWith(lockedKey, key.Options{Passphrase: "corpus"}).Keys[0]
	for _, a := range jws.Algorithms() {
		if jws.Fits(a, k) {
			return must(jws.Sign(a.Name, fmt.Appendf(nil, `{"alg":%q}`, a.Name), fmt.Appendf(nil, `{"exp":%d}`, now+3600), k, rand.Reader))
		}
	}
	t.Fatal("no algorithm fits the key")
	return ""
}

// TestPassphrase unlocks a key by keyboard, shows and hides what is typed, and keeps it to itself.
func TestPassphrase(t *testing.T) {
	each(t, "HS256", func(t *testing.T, p *page, _ desk.Example) {
		name := p.say("ui.passphrase")
		p.gone("key", "textbox", name)
		p.box("token").fill(lockedToken(t))
		p.box("key").fill(lockedKey)
		box := p.findIn("key", "textbox", name)
		if got := box.prop("type") + " " + box.prop("autocomplete"); got != "password off" {
			t.Errorf("the box is %q", got)
		}
		box.focus()
		p.write("no")
		p.until("a wrong passphrase to be refused", `document.querySelector("#key .problem").textContent.includes(`+quote(p.say("problem.key.passphrase-wrong"))+`)`)
		p.press("Backspace", "Backspace")
		p.write("corpus")
		p.answers("yes", "yes", "yes")
		p.to(p.say("ui.passphrase.show"))
		p.press("Enter")
		p.until("the passphrase to be seen", `document.getElementById("passphrase").type === "text" && document.querySelector("#key [aria-pressed=true]")`)
		p.press("Space")
		p.until("the passphrase to be hidden", `document.getElementById("passphrase").type === "password"`)
		p.box("payload").fill(`{"sub":"edited"}`)
		p.answers("yes", "yes", "yes")
		if held := p.get(`JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + location + document.cookie`); strings.Contains(held, "corpus") {
			t.Errorf("the passphrase stands in %s", held)
		}
		p.box("key").fill("another key")
		p.gone("key", "textbox", name)
		p.box("key").fill(lockedKey)
		if got := p.findIn("key", "textbox", name).prop("value"); got != "" {
			t.Errorf("the box comes back with %q", got)
		}
	})
}

// TestPasswordInBackground decrypts with many rounds in the Worker, can be stopped, and goes on when it is asked.
func TestPasswordInBackground(t *testing.T) {
	each(t, "HS256", func(t *testing.T, p *page, _ desk.Example) {
		const password = "correct horse battery staple"
		spec := jwe.Spec{Alg: "PBES2-HS256+A128KW", Enc: "A128GCM", Iterations: jwe.MaxIterations}
		text := must(jwe.Encrypt(spec, []byte(`{"alg":"PBES2-HS256+A128KW","enc":"A128GCM"}`), []byte(`{"sub":"김지우"}`), key.Read(password, key.UTF8).Keys[0], rand.Reader))
		p.box("token").fill(text)
		p.box("key").fill(password)
		p.findIn("key", "button", p.say("ui.cancel")).click()
		p.noticed(p.say("ui.notice.canceled"))
		p.sentence(p.say("summary.put-off", fmt.Sprint(jwe.MaxIterations)))
		p.findIn("key", "button", p.say("ui.resume.open")).click()
		p.sentence(p.say("summary.opened"))
		p.until("the content", `document.getElementById("payload-text").value.includes("김지우")`)
	})
}

// TestCertificates opens what certificates say, and holds their chain to a root; and tells what a secret is worth.
func TestCertificates(t *testing.T) {
	each(t, "HS256", func(t *testing.T, p *page, _ desk.Example) {
		r := ring()
		at := time.Unix(now, 0)
		ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "the root"}, NotBefore: at.Add(-time.Hour),
			NotAfter: at.Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
		end := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "the leaf"}, NotBefore: at.Add(-time.Hour),
			NotAfter: at.Add(-time.Minute), DNSNames: []string{"issuer.example"}}
		root := text64("CERTIFICATE", must(x509.CreateCertificate(rand.Reader, ca, ca, &r.rsa.PublicKey, r.rsa)))
		leaf := text64("CERTIFICATE", must(x509.CreateCertificate(rand.Reader, end, ca, &r.ec.PublicKey, r.rsa)))
		p.box("key").fill(leaf + root)
		p.until("two certificates", `document.querySelectorAll("#key details li dl").length === 2`)
		p.gone("key", "textbox", p.say("ui.roots"))
		p.eval(`document.querySelector("#key summary").focus()`)
		p.press("Enter")
		for _, want := range []string{"CN=the leaf", "CN=the root", "issuer.example", p.say("ui.certificate.expired", "60"), p.say("why.chain.no-roots", "CN=the root")} {
			p.until(want, `document.querySelector("#key details").innerText.includes(`+quote(want)+`)`)
		}
		p.findIn("key", "textbox", p.say("ui.roots")).fill(root)
		for _, want := range []string{p.say("why.chain.root", "CN=the root"), p.say("why.chain.expired", "1"), "RFC 5280 §6.1"} {
			p.until(want, `document.querySelector("#key details").innerText.includes(`+quote(want)+`)`)
		}
		p.box("key").fill("a secret")
		p.until("no certificates", `!document.querySelector("#key details")`)
		p.until("the strength", `document.getElementById("key").textContent.includes(`+quote(p.say("why.strength.guessable"))+`)`)
		p.box("key").fill(strings.Repeat(leaf, 21))
		p.until("the length of the chain", `document.querySelector("#key details").textContent.includes(`+quote(p.say("why.chain.long", "21", "20"))+`)`)
	})
}

// TestConvert copies a key in other forms, by keyboard too.
func TestConvert(t *testing.T) {
	each(t, "ES256", func(t *testing.T, p *page, _ desk.Example) {
		private := text64("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(ring().ec)))
		p.box("key").fill(private)
		p.paper()
		as := func(half, format string) string {
			return p.say("ui.convert."+half, p.say("ui.convert.as."+format))
		}
		p.menu("key", "ui.convert")
		p.findIn("convert-menu", "button", as("public", "spki")).click()
		p.noticed(p.say("ui.notice.copied-public-key"))
		if got := p.pasted(); got != text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&ring().ec.PublicKey))) {
			t.Errorf("the public key as SPKI: %q", got)
		}
		p.findIn("key", "button", p.say("ui.convert")).focus()
		p.press("Enter")
		p.until("the menu", `document.querySelector("#convert-menu:popover-open button")`)
		p.to(as("private", "sec1"))
		p.press("Enter")
		p.noticed(p.say("ui.notice.copied-key"))
		if got := p.pasted(); got != text64("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(ring().ec))) {
			t.Errorf("the private key as SEC 1: %q", got)
		}
		p.until("the menu to be closed", `!document.querySelector(":popover-open")`)
		p.box("key").fill("")
		p.gone("key", "button", p.say("ui.convert"))
	})
}

// TestProof holds a DPoP proof to the request that is named, and asks for none of any other token.
func TestProof(t *testing.T) {
	each(t, "HS256", func(t *testing.T, p *page, e desk.Example) {
		p.gone("expect", "textbox", p.say("ui.expect.method"))
		const access = "an access token"
		sum := sha256.Sum256([]byte(access))
		k := must(key.Generate(key.Spec{Alg: "ES256"}, rand.Reader))
		public, _ := k.PublicKey()
		public.KeyID, public.Alg, public.Use = "", "", ""
		proof := must(jws.Sign("ES256", []byte(`{"typ":"dpop+jwt","alg":"ES256","jwk":`+public.JWK()+`}`),
			fmt.Appendf(nil, `{"jti":"1","htm":"POST","htu":"https://a.example/token","iat":%d,"nonce":"n","ath":%q}`, now, b64(sum[:])), k, rand.Reader))
		p.box("token").fill(proof)
		p.box("key").fill("")
		p.sentence(p.say("summary.proof"))
		group := func(want string) {
			t.Helper()
			p.until("the proof to be "+want, `document.querySelector("#checks-dpop h3 .said").textContent === `+quote(p.say("answer."+want)))
		}
		group("unchecked")
		for _, f := range [][2]string{{"method", "POST"}, {"uri", "https://a.example/token"}, {"token", access}, {"nonce", "n"}} {
			p.findIn("expect", "textbox", p.say("ui.expect."+f[0])).fill(f[1])
		}
		group("yes")
		p.findIn("expect", "textbox", p.say("ui.expect.method")).fill("GET")
		group("no")
		p.until("the reason", `document.getElementById("checks-dpop").textContent.includes(`+quote(p.say("why.dpop.htm-other", "POST", "GET"))+`)`)
		p.box("token").fill(e.Token)
		p.gone("expect", "textbox", p.say("ui.expect.uri"))
		p.box("token").fill(proof)
		p.until("the request to be there again", `document.getElementById("expect-method").value === "GET"`)
	})
}

// TestGenerateForEncryption makes keys to encrypt with where the token is encrypted, and nowhere else.
func TestGenerateForEncryption(t *testing.T) {
	each(t, "ES256", func(t *testing.T, p *page, _ desk.Example) {
		p.menu("key", "ui.generate")
		p.findIn("generate-menu", "button", "HS256")
		p.gone("generate-menu", "button", "A256KW")
		p.press("Escape")
		p.find("combobox", p.say("ui.examples")).choose("jwe")
		p.sentence(p.say("summary.opened"))
		for _, item := range []string{"RSA-OAEP-256", "ECDH-ES · P-256", "ECDH-ES · X25519", "A256KW", "dir"} {
			alg, _, _ := strings.Cut(item, " ")
			p.generate(item)
			p.noticed(p.say("ui.notice.generated-jwe", alg))
			p.sentence(p.say("summary.opened"))
			p.until("the content", `document.getElementById("payload-text").value.includes("김지우")`)
			if got := token.Parse(p.value("token")).Header().JSON.Root().Get("alg").Text(); got != alg {
				t.Errorf("%s: the token is encrypted with %q", item, got)
			}
		}
	})
}

// TestVerdictNamesCause says in the verdict what the doctor found.
func TestVerdictNamesCause(t *testing.T) {
	each(t, "newline", func(t *testing.T, p *page, _ desk.Example) {
		p.sentence(p.say("summary.forged") + " " + p.say("cause.secret.theirs", p.say("detail.newline")))
		p.box("key").fill("another secret, of 256 bits or more, as RFC 7518 asks")
		p.until("another reason", `document.querySelector("#verdict [role=status]").textContent.startsWith(`+quote(p.say("summary.forged"))+`) &&
			!document.querySelector("#verdict [role=status]").textContent.includes(`+quote(p.say("detail.newline"))+`)`)
	})
}
