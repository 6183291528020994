package jws_test

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

func mac(secret, input string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(input))
	return b64(string(h.Sum(nil)))
}

// certificate makes a self-signed one, as an attacker would.
func certificate(t *testing.T, k key.Key) string {
	t.Helper()
	private := k.Signer.(ed25519.PrivateKey)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "evil.example"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

// TestEmbedded holds to it that a key in the token never makes it genuine, and is always told of.
func TestEmbedded(t *testing.T) {
	evil, ours := generate(t, "EdDSA"), generate(t, "EdDSA")
	public := publicOf(evil).JWK()
	rows := []struct {
		name, member string
		signer       key.Key
		keys         key.Reading
		answer       check.Answer
		selfVouched  bool
		code         string
	}{
		{"jwk, no key", `"jwk":` + public, evil, key.Reading{}, check.Unchecked, true, "embedded.vouches"},
		{"jwk, our key", `"jwk":` + public, evil, of(ours), check.No, true, "embedded.vouches"},
		{"jwk, signed by us", `"jwk":` + public, ours, of(ours), check.Yes, false, "embedded.ignored"},
		{"jwk, of nobody", `"jwk":{"kty":"EC"}`, ours, key.Reading{}, check.Unchecked, false, "embedded.ignored"},
		{"jwk, no object", `"jwk":"x"`, ours, key.Reading{}, check.Unchecked, false, "embedded.ignored"},
		{"x5c", `"x5c":["` + certificate(t, evil) + `"]`, evil, key.Reading{}, check.Unchecked, true, "embedded.vouches"},
		{"x5c, damaged", `"x5c":["MIIB"]`, evil, key.Reading{}, check.Unchecked, false, "embedded.ignored"},
		{"x5c, no array", `"x5c":1`, evil, key.Reading{}, check.Unchecked, false, "embedded.ignored"},
		{"jku", `"jku":"https://evil.example/jwks"`, evil, of(ours), check.No, false, "embedded.fetch"},
		{"x5u", `"x5u":"https://evil.example/x"`, ours, of(ours), check.Yes, false, "embedded.fetch"},
	}
	for _, row := range rows {
		text := sign(t, "EdDSA", `{"alg":"EdDSA",`+row.member+`}`, "{}", row.signer)
		r := jws.Verify(token.Parse(text), row.keys, jws.Options{})
		c, _ := check.Find(r.Checks, "embedded")
		if r.Answer != row.answer || r.SelfVouched != row.selfVouched || c.Code != row.code {
			t.Errorf("%s: %s, self-vouched %v, %s; want %s, %v, %s", row.name, r.Answer, r.SelfVouched, c.Code, row.answer, row.selfVouched, row.code)
		}
		if r.SelfVouched && r.Answer == check.Yes || r.SelfVouched && r.Key >= 0 {
			t.Errorf("%s: the key of the token made it genuine", row.name)
		}
	}
}
