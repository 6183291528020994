package jws_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func unb64(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func generate(t testing.TB, alg string) key.Key {
	t.Helper()
	k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sign(t testing.TB, alg, header, payload string, k key.Key) string {
	t.Helper()
	text, err := jws.Sign(alg, []byte(header), []byte(payload), k, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// hs signs with a header that Sign would refuse.
func hs(t testing.TB, header, payload string, secret string) string {
	t.Helper()
	input := b64(header) + "." + b64(payload)
	return input + "." + mac(secret, input)
}

func of(k ...key.Key) key.Reading { return key.Reading{Kind: "jwk", Keys: k} }

func withJWK(t testing.TB, k key.Key, from, to string) key.Reading {
	t.Helper()
	text := k.JWK()
	if !strings.Contains(text, from) {
		t.Fatalf("%s is not in %s", from, text)
	}
	return key.Read(strings.Replace(text, from, to, 1), key.Auto)
}

const (
	rfcToken = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." +
		"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
		"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	rfcSecret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
)

// TestAppendixA1 verifies the first example of RFC 7515 with its secret as people paste it: text, kind unsaid.
func TestAppendixA1(t *testing.T) {
	r := jws.Verify(token.Parse(rfcToken), key.Read(rfcSecret, key.Auto), jws.Options{})
	if r.Answer != check.Yes || r.Key != 1 {
		t.Fatalf("%s by key %d: %s", r.Answer, r.Key, reasons(r))
	}
	c, ok := check.Find(r.Checks, "encoding")
	if !ok || !c.Remark || c.Args[0] != "base64url" {
		t.Errorf("how the secret was read is not told: %+v", c)
	}
}

// TestSignVerify signs and verifies with every algorithm, with both halves of the key.
func TestSignVerify(t *testing.T) {
	for _, a := range jws.Algorithms() {
		k := generate(t, a.Name)
		text := sign(t, a.Name, `{"alg":"`+a.Name+`","typ":"JWT"}`, `{"sub":"1"}`, k)
		r := jws.Verify(token.Parse(text), of(k), jws.Options{Alg: a.Name})
		if r.Answer != check.Yes || r.Key != 0 {
			t.Errorf("%s: %s", a.Name, reasons(r))
		}
		if _, told := check.Find(r.Checks, "private"); told != (a.Type != "oct") {
			t.Errorf("%s: that the key is private is told: %v", a.Name, told)
		}
		if public, ok := k.PublicKey(); ok {
			r = jws.Verify(token.Parse(text), of(public), jws.Options{})
			if _, told := check.Find(r.Checks, "private"); r.Answer != check.Yes || told {
				t.Errorf("%s: %s", a.Name, reasons(r))
			}
		}
		tamper(t, text, of(k))
	}
}

// tamper changes every character of a token in turn; none of the changes may be called genuine.
func tamper(t *testing.T, text string, k key.Reading) {
	t.Helper()
	stride := map[string]int{"oct": 1, "EC": 1, "OKP": 1, "RSA": 7, "AKP": 101}
	if c := k.Keys[0].Curve; c == "secp256k1" || c == "Ed448" {
		stride["EC"], stride["OKP"] = 5, 5
	}
	for i := range len(text) {
		for _, c := range []byte{'A', 'B', '.', '=', '~'} {
			if c == text[i] || i%stride[k.Keys[0].Type] != 0 {
				continue
			}
			if r := jws.Verify(token.Parse(text[:i]+string(c)+text[i+1:]), k, jws.Options{}); r.Answer == check.Yes {
				t.Errorf("%s: %q at %d is taken for genuine", text, c, i)
			}
		}
	}
}

// TestReasons holds each fault to the reason that is given for it.
func TestReasons(t *testing.T) {
	secret := key.Read(strings.Repeat("k", 32), key.UTF8)
	ec, rs, ps, ed := generate(t, "ES256"), generate(t, "RS256"), generate(t, "PS256"), generate(t, "EdDSA")
	good := sign(t, "HS256", `{"alg":"HS256"}`, "{}", secret.Keys[0])
	es := sign(t, "ES256", `{"alg":"ES256"}`, "{}", ec)
	rsText := sign(t, "RS256", `{"alg":"RS256"}`, "{}", rs)
	short := generate(t, "RS256")
	short.Bits = 1024
	header := func(h string) string { return hs(t, h, "{}", strings.Repeat("k", 32)) }
	jwks := key.Read(`{"keys":[`+ec.JWK()+","+rs.JWK()+`]}`, key.Auto)
	both := key.Read(`{"keys":[`+generate(t, "ES256").JWK()+","+generate(t, "ES256").JWK()+`]}`, key.Auto)
	rows := []struct {
		name, text string
		keys       key.Reading
		options    jws.Options
		answer     check.Answer
		check      string // name and code of the check that says so
	}{
		{"good", good, secret, jws.Options{}, check.Yes, "signature signature.fits"},
		{"no key", good, key.Reading{Kind: "none"}, jws.Options{}, check.Unchecked, "key key.none"},
		{"bad key", good, key.Read("{", key.Auto), jws.Options{}, check.Unchecked, "key key.unusable"},
		{"no key, no form", good + "~", key.Reading{}, jws.Options{}, check.Unchecked, "key key.none"},
		{"no form", good + "~", secret, jws.Options{}, check.No, "form form.errors"},
		{"JWE", b64(`{"alg":"dir","enc":"A128GCM"}`) + "..AA.AA.AA", secret, jws.Options{}, check.Unchecked, "form form.encrypted"},

		{"none", b64(`{"alg":"none"}`) + ".e30.", secret, jws.Options{}, check.No, "alg alg.none"},
		{"nOnE, no key", b64(`{"alg":"nOnE"}`) + ".e30.", key.Reading{}, jws.Options{}, check.No, "alg alg.none"},
		{"no alg", header(`{}`), secret, jws.Options{}, check.No, "alg alg.missing"},
		{"alg 5", header(`{"alg":5}`), secret, jws.Options{}, check.No, "alg alg.type"},
		{"hs256", header(`{"alg":"hs256"}`), secret, jws.Options{}, check.No, "alg alg.case"},
		{"HS1", header(`{"alg":"HS1"}`), secret, jws.Options{}, check.No, "alg alg.unknown"},
		{"RSA-OAEP", header(`{"alg":"RSA-OAEP"}`), secret, jws.Options{}, check.No, "alg alg.encryption"},
		{"SLH-DSA", header(`{"alg":"SLH-DSA-SHA2-128s"}`), secret, jws.Options{}, check.Unchecked, "alg alg.not-carried"},
		{"another alg", good, secret, jws.Options{Alg: "HS512"}, check.No, "alg alg.refused"},

		{"crit", header(`{"alg":"HS256","crit":["x"],"x":1}`), secret, jws.Options{}, check.No, "crit crit.unknown"},
		{"crit, no key", header(`{"alg":"HS256","crit":["x"],"x":1}`), key.Reading{}, jws.Options{}, check.No, "crit crit.unknown"},
		{"crit empty", header(`{"alg":"HS256","crit":[]}`), secret, jws.Options{}, check.No, "crit crit.form"},
		{"crit of numbers", header(`{"alg":"HS256","crit":[1]}`), secret, jws.Options{}, check.No, "crit crit.form"},
		{"crit alg", header(`{"alg":"HS256","crit":["alg"]}`), secret, jws.Options{}, check.No, "crit crit.registered"},
		{"crit absent", header(`{"alg":"HS256","crit":["b64"]}`), secret, jws.Options{}, check.No, "crit crit.absent"},
		{"crit twice", header(`{"alg":"HS256","crit":["b64","b64"],"b64":true}`), secret, jws.Options{}, check.No, "crit crit.twice"},
		{"b64", header(`{"alg":"HS256","crit":["b64"],"b64":true}`), secret, jws.Options{}, check.Yes, "crit crit.understood"},
		{"b64 alone", header(`{"alg":"HS256","b64":false}`), secret, jws.Options{}, check.No, "crit b64.not-crit"},
		{"b64 as text", header(`{"alg":"HS256","crit":["b64"],"b64":"false"}`), secret, jws.Options{}, check.No, "crit b64.type"},

		{"type", good, of(rs), jws.Options{}, check.No, "key key.type"},
		{"type of a secret", es, secret, jws.Options{}, check.No, "key key.type"},
		{"curve", es, of(generate(t, "ES384")), jws.Options{}, check.No, "key key.curve"},
		{"bits", rsText, of(short), jws.Options{}, check.No, "key key.bits"},
		{"alg of the key", rsText, of(ps), jws.Options{}, check.No, "key key.alg"},
		{"use", es, withJWK(t, ec, `"use":"sig"`, `"use":"enc"`), jws.Options{}, check.No, "key key.use"},
		{"key_ops", es, withJWK(t, ec, `"use":"sig"`, `"key_ops":["deriveKey"]`), jws.Options{}, check.No, "key key.ops"},
		{"key_ops of a private key", es, withJWK(t, ec, `"use":"sig"`, `"key_ops":["sign"]`), jws.Options{}, check.Yes, "private private.verifies"},
		{"empty secret", good, of(key.Key{Type: "oct"}), jws.Options{}, check.No, "key key.empty"},
		{"public text", good, of(key.Key{Type: "oct", Secret: []byte(publicPEM(t, rs))}), jws.Options{}, check.No, "key key.public-text"},
		{"public JWK Set", good, of(key.Key{Type: "oct", Secret: []byte(`{"keys":[` + publicOf(rs).JWK() + `]}`)}), jws.Options{}, check.No, "key key.public-text"},
		{"public text with CRLF", good, of(key.Key{Type: "oct", Secret: []byte(strings.ReplaceAll(publicPEM(t, rs), "\n", "\r\n"))}), jws.Options{}, check.No, "key key.public-text"},
		{"public text on one line", good, of(key.Key{Type: "oct", Secret: []byte(strings.ReplaceAll(publicPEM(t, rs), "\n", ""))}), jws.Options{}, check.No, "key key.public-text"},
		{"public text with \\n", good, of(key.Key{Type: "oct", Secret: []byte(`"` + strings.ReplaceAll(publicPEM(t, rs), "\n", `\n`) + `"`)}), jws.Options{}, check.No, "key key.public-text"},
		{"public JWK", good, of(key.Key{Type: "oct", Secret: []byte(publicOf(rs).JWK())}), jws.Options{}, check.No, "key key.public-text"},
		{"set without it", good, jwks, jws.Options{}, check.No, "key key.none-fits"},
		{"set", es, jwks, jws.Options{}, check.Yes, "key key.chosen"},
		{"kid in the set", sign(t, "RS256", `{"alg":"RS256","kid":"`+rs.KeyID+`"}`, "{}", rs), jwks, jws.Options{}, check.Yes, "kid kid.match"},
		{"kid of another", sign(t, "RS256", `{"alg":"RS256","kid":"`+ec.KeyID+`"}`, "{}", rs), jwks, jws.Options{}, check.No, "key key.type"},
		{"kid not in the set", sign(t, "RS256", `{"alg":"RS256","kid":"x"}`, "{}", rs), jwks, jws.Options{}, check.Yes, "kid kid.absent"},
		{"kid of a lone key", sign(t, "RS256", `{"alg":"RS256","kid":"x"}`, "{}", rs), of(rs), jws.Options{}, check.Yes, "kid kid.other"},

		{"short secret", hs(t, `{"alg":"HS256"}`, "{}", "abc!"), key.Read("abc!", key.Auto), jws.Options{}, check.Yes, "secret secret.short"},
		{"SSH key as a secret", hs(t, hs256, "{}", sshText), of(key.Key{Type: "oct", Secret: []byte(sshText)}), jws.Options{}, check.No, "key key.public-text"},
		{"SSH key as a secret, asked for", hs(t, hs256, "{}", sshText), of(key.Key{Type: "oct", Secret: []byte(sshText)}), jws.Options{Alg: "HS256"}, check.Yes, "secret secret.ssh-text"},
		{"SSH key as a secret, another asked for", hs(t, hs256, "{}", sshText), of(key.Key{Type: "oct", Secret: []byte(sshText)}), jws.Options{Alg: "HS384"}, check.No, "alg alg.refused"},
		{"SSH key, as text", hs(t, hs256, "{}", sshText), key.Read(sshText, key.UTF8), jws.Options{Alg: "HS256"}, check.No, "key key.type"},
		{"public text, asked for", hs(t, hs256, "{}", publicPEM(t, rs)), of(key.Key{Type: "oct", Secret: []byte(publicPEM(t, rs))}), jws.Options{Alg: "HS256"}, check.No, "key key.public-text"},
		{"other secret", good, key.Read("k!", key.Auto), jws.Options{}, check.No, "signature signature.differs-secret"},
		{"other secret, read in many ways", good, key.Read("abcd", key.Auto), jws.Options{}, check.No, "signature signature.differs-secret-read"},
		{"other key", es, of(generate(t, "ES256")), jws.Options{}, check.No, "signature signature.differs"},
		{"other keys", es, both, jws.Options{}, check.No, "signature signature.differs-any"},
		{"no signature", es[:strings.LastIndex(es, ".")+1], of(ec), jws.Options{}, check.No, "signature signature.empty"},
		{"cut signature", es[:len(es)-4], of(ec), jws.Options{}, check.No, "signature signature.length"},
		{"cut RSA signature", rsText[:len(rsText)-4], of(rs), jws.Options{}, check.No, "signature signature.length"},
		{"DER", asDER(t, es), of(ec), jws.Options{}, check.No, "signature signature.der"},
		{"DER of another", asDER(t, es), of(generate(t, "ES256")), jws.Options{}, check.No, "signature signature.der-other"},
		{"salt", salted20(t, ps), of(ps), jws.Options{}, check.No, "signature signature.salt"},
		{"detached", detach(es), of(ec), jws.Options{}, check.Unchecked, "signature signature.detached"},
		{"detached, payload given", detach(es), of(ec), jws.Options{Payload: []byte("{}")}, check.Yes, "signature signature.fits"},
		{"two payloads", es, of(ec), jws.Options{Payload: []byte("{}")}, check.No, "signature payload.twice"},
		{"Ed25519", sign(t, "Ed25519", `{"alg":"Ed25519"}`, "{}", renamed(ed, "Ed25519")), of(ed), jws.Options{}, check.No, "key key.alg"},
	}
	for _, row := range rows {
		r := jws.Verify(token.Parse(row.text), row.keys, row.options)
		name, code, _ := strings.Cut(row.check, " ")
		said := slices.ContainsFunc(r.Checks, func(c check.Check) bool { return c.Name == name && c.Code == code })
		if r.Answer != row.answer || !said || r.SelfVouched {
			t.Errorf("%s: %s, want %s because of %s:\n\t%s", row.name, r.Answer, row.answer, row.check, reasons(r))
		}
		for _, c := range r.Checks {
			if !slices.Contains(jws.Codes(), c.Code) || !slices.Contains(jws.Names(), c.Name) {
				t.Errorf("%s: %s %s is not listed", row.name, c.Name, c.Code)
			}
		}
	}
}

const sshText = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPL1I9oiq+B8crkmuV4YViiUnhdLjCp3hvy1bNGuGfNL"

func publicOf(k key.Key) key.Key { p, _ := k.PublicKey(); return p }

func publicPEM(t *testing.T, k key.Key) string {
	t.Helper()
	text, err := publicOf(k).PEM()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func renamed(k key.Key, alg string) key.Key { k.Alg = alg; return k }

func detach(text string) string {
	parts := strings.Split(text, ".")
	return parts[0] + ".." + parts[2]
}

// asDER writes the signature of a token the way openssl does.
func asDER(t *testing.T, text string) string {
	t.Helper()
	i := strings.LastIndex(text, ".") + 1
	raw := unb64(t, text[i:])
	r, s := new(big.Int).SetBytes(raw[:len(raw)/2]), new(big.Int).SetBytes(raw[len(raw)/2:])
	der, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
	if err != nil {
		t.Fatal(err)
	}
	return text[:i] + b64(string(der))
}

// salted20 signs with RSASSA-PSS and a salt of 20 bytes, once the default of many libraries.
func salted20(t *testing.T, k key.Key) string {
	t.Helper()
	input := b64(`{"alg":"PS256"}`) + ".e30"
	sum := sha256.Sum256([]byte(input))
	signature, err := k.Signer.Sign(rand.Reader, sum[:], &rsa.PSSOptions{SaltLength: 20, Hash: crypto.SHA256})
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + b64(string(signature))
}
