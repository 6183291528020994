package e2e_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// TestKeys verifies with every kind of key in every form, none of them named to the page.
func TestKeys(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	r := ring()
	for _, k := range r.cases(t) {
		p.find("button", p.say("ui.clear")).click()
		p.answers("unchecked", "unchecked", "unchecked")
		p.box("token").fill(k.token)
		p.answers("yes", "unchecked", "unchecked")
		p.box("key").fill(k.key)
		if !p.eventually(bound, `document.getElementById("verdict").dataset.signature !== "unchecked"`) {
			t.Fatalf("%s: no answer\n%s", k.name, p.state())
		}
		if got := p.get(`document.getElementById("verdict").dataset.signature`); got != "yes" {
			t.Errorf("%s: signature is %s, want yes\n%s", k.name, got, p.state())
			continue
		}
		p.answers("yes", "yes", "yes")
		p.until(k.name+" to be told as "+k.told, `document.getElementById("key").innerText.includes(`+quote(k.told)+`)`)
		if got := p.value("key"); got != k.key {
			t.Errorf("%s: the key's text became %q", k.name, got)
		}
	}
}

// TestWrongKey tells a key of the wrong kind, and another key of the right one, from the right key.
func TestWrongKey(t *testing.T) {
	t.Parallel()
	p := open(t, serve(t), "")
	r := ring()
	token := sign(t, jwt.SigningMethodES256, r.ec, "")
	p.box("token").fill(token)
	for _, key := range []string{
		"a secret of 256 bits or more, as RFC 7518 asks",
		text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.rsa.PublicKey))),
		text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.otherEC.PublicKey))),
	} {
		p.box("key").fill(key)
		p.judgedLike(token, key, now)
		p.answers("yes", "no", "unchecked")
	}
}

// A keyring has a key of each kind, made once.
type keyring struct {
	rsa         *rsa.PrivateKey
	ec, otherEC *ecdsa.PrivateKey
	ed          ed25519.PrivateKey
	secret      []byte
}

var ring = sync.OnceValue(func() keyring {
	secret := make([]byte, 64)
	for i := range secret {
		secret[i] = byte(255 - 3*i) // no UTF-8, so that it can only be given encoded
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	return keyring{
		rsa: must(rsa.GenerateKey(rand.Reader, 2048)), ed: must(ed, err), secret: secret,
		ec: must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)), otherEC: must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)),
	}
})

// A keyCase is a token, a key that belongs to it, and what the page should call that key.
type keyCase struct{ name, token, key, told string }

func (r keyring) cases(t *testing.T) []keyCase {
	const text = "correct horse battery staple, and then some more"
	hs := sign(t, jwt.SigningMethodHS256, []byte(text), "")
	raw := sign(t, jwt.SigningMethodHS512, r.secret, "")
	rs, es := sign(t, jwt.SigningMethodRS256, r.rsa, "one"), sign(t, jwt.SigningMethodES256, r.ec, "two")
	ed := sign(t, jwt.SigningMethodEdDSA, r.ed, "")
	return []keyCase{
		{"secret, text", hs, text, "384 bits"},
		{"secret, base64url", raw, base64.RawURLEncoding.EncodeToString(r.secret), "512 bits"},
		{"secret, base64", raw, base64.StdEncoding.EncodeToString(r.secret), "512 bits"},
		{"secret, hex", raw, hex.EncodeToString(r.secret), "512 bits"},
		{"secret, JWK", raw, jwk(map[string]any{"kty": "oct", "k": b64(r.secret)}), "JWK"},
		{"EC public, JWK", es, jwk(ecJWK(&r.ec.PublicKey, "two")), "EC P-256 · public · JWK"},
		{"RSA public, JWK", rs, jwk(rsaJWK(&r.rsa.PublicKey, "one")), "RSA 2048 · public · JWK"},
		{"EdDSA public, JWK", ed, jwk(map[string]any{"kty": "OKP", "crv": "Ed25519", "x": b64(r.ed.Public().(ed25519.PublicKey))}), "OKP Ed25519 · public · JWK"},
		{"JWK Set, by kid", es, jwk(map[string]any{"keys": []any{ecJWK(&r.otherEC.PublicKey, "other"), rsaJWK(&r.rsa.PublicKey, "one"), ecJWK(&r.ec.PublicKey, "two")}}), "✓ EC P-256 · public · JWK · kid two"},
		{"RSA, SPKI", rs, text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.rsa.PublicKey))), "RSA 2048 · public · SPKI"},
		{"EC, SPKI", es, text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&r.ec.PublicKey))), "EC P-256 · public · SPKI"},
		{"Ed25519, SPKI", ed, text64("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(r.ed.Public()))), "OKP Ed25519 · public · SPKI"},
		{"RSA public, PKCS#1", rs, text64("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&r.rsa.PublicKey)), "RSA 2048 · public · PKCS#1"},
		{"RSA private, PKCS#1", rs, text64("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(r.rsa)), "RSA 2048 · private · PKCS#1"},
		{"RSA private, PKCS#8", rs, text64("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(r.rsa))), "RSA 2048 · private · PKCS#8"},
		{"Ed25519 private, PKCS#8", ed, text64("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(r.ed))), "OKP Ed25519 · private · PKCS#8"},
		{"EC private, SEC 1", es, text64("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(r.ec))), "EC P-256 · private · SEC 1"},
		{"RSA certificate", rs, text64("CERTIFICATE", certificate(&r.rsa.PublicKey, r.rsa)), "RSA 2048 · public · certificate"},
		{"EC certificate", es, text64("CERTIFICATE", certificate(&r.ec.PublicKey, r.ec)), "EC P-256 · public · certificate"},
	}
}

// sign makes a token with golang-jwt, so that the page does not only verify what its own code signed.
func sign(t *testing.T, method jwt.SigningMethod, key any, kid string) string {
	t.Helper()
	token := jwt.NewWithClaims(method, jwt.MapClaims{"sub": "김지우", "exp": now + 3600})
	if kid != "" {
		token.Header["kid"] = kid
	}
	s, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func certificate(public crypto.PublicKey, by crypto.Signer) []byte {
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(now, 0), NotAfter: time.Unix(now+86400, 0)}
	return must(x509.CreateCertificate(rand.Reader, c, c, public, by))
}

func ecJWK(k *ecdsa.PublicKey, kid string) map[string]any {
	point := must(k.Bytes()) // 04, x, y
	return map[string]any{"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:]), "kid": kid}
}

func rsaJWK(k *rsa.PublicKey, kid string) map[string]any {
	return map[string]any{"kty": "RSA", "n": b64(k.N.Bytes()), "e": "AQAB", "kid": kid}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func jwk(v any) string { return string(must(json.MarshalIndent(v, "", "  "))) }

func text64(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
