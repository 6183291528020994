package key_test

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"jwtlab/app/key"
)

var algs = []string{
	"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
	"ES256K", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87",
}

func generate(t testing.TB, alg string) key.Key {
	t.Helper()
	k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestRoundTrip writes every kind of key in every form, and reads the same key back.
func TestRoundTrip(t *testing.T) {
	for _, alg := range algs {
		k := generate(t, alg)
		if k.KeyID != k.Thumbprint || k.Alg != alg || k.Thumbprint == "" || !k.Private {
			t.Errorf("%s: generated %+v", alg, k)
		}
		same(t, alg+" JWK", k.JWK(), k)
		public, ok := k.PublicKey()
		if ok != (k.Type != "oct") {
			t.Errorf("%s: public half: %v", alg, ok)
		}
		text, err := k.PEM()
		if k.Type == "oct" {
			if err != key.ErrNoPEM {
				t.Errorf("%s: PEM of a secret: %v", alg, err)
			}
			continue
		}
		same(t, alg+" PEM", text, k)
		if strings.Contains(public.JWK(), `"d"`) || public.Signer != nil {
			t.Errorf("%s: the public half has the private part", alg)
		}
		same(t, alg+" public JWK", public.JWK(), public)
		publicText, err := public.PEM()
		if err != nil {
			t.Fatal(err)
		}
		same(t, alg+" public PEM", publicText, public)
		parses(t, alg, text, publicText)
	}
}

func same(t *testing.T, name, text string, want key.Key) {
	t.Helper()
	r := key.Read(text, key.Auto)
	if len(r.Keys) != 1 || len(r.Problems) != 0 {
		t.Errorf("%s: %d keys, %s in %s", name, len(r.Keys), codes(r), text)
		return
	}
	got := r.Keys[0]
	if got.Thumbprint != want.Thumbprint || got.Private != want.Private || got.Bits != want.Bits || got.Curve != want.Curve {
		t.Errorf("%s: read %+v, want %+v", name, got, want)
	}
}

// parses holds the PEM that is written here to the reader of the standard library.
func parses(t *testing.T, alg, private, public string) {
	t.Helper()
	if alg == "ES256K" || alg == "Ed448" || strings.HasPrefix(alg, "ML") {
		return // the standard library has none of them; openssl reads the first two in package jws's tests
	}
	block, _ := pem.Decode([]byte(private))
	if _, err := x509.ParsePKCS8PrivateKey(block.Bytes); err != nil {
		t.Errorf("%s: %v", alg, err)
	}
	block, _ = pem.Decode([]byte(public))
	if _, err := x509.ParsePKIXPublicKey(block.Bytes); err != nil {
		t.Errorf("%s: %v", alg, err)
	}
}

func TestGenerateRefuses(t *testing.T) {
	for _, s := range []key.Spec{{}, {Alg: "none"}, {Alg: "RS1"}, {Alg: "RS256", Bits: 1024}, {Alg: "RS256", Bits: 1 << 20}} {
		if k, err := key.Generate(s, rand.Reader); err == nil || k.Type != "" {
			t.Errorf("%+v: %v, %v", s, k, err)
		}
	}
	if _, err := key.Generate(key.Spec{Alg: "HS256"}, strings.NewReader("short")); err == nil {
		t.Error("a secret was made of too little chance")
	}
}

// TestGenerateIsRepeatable holds secrets and Ed25519 keys to the reader they are made from.
func TestGenerateIsRepeatable(t *testing.T) {
	for _, alg := range []string{"HS512", "EdDSA"} {
		one, _ := key.Generate(key.Spec{Alg: alg}, strings.NewReader(strings.Repeat("x", 64)))
		two, _ := key.Generate(key.Spec{Alg: alg}, strings.NewReader(strings.Repeat("x", 64)))
		if one.Thumbprint != two.Thumbprint {
			t.Errorf("%s: %s and %s", alg, one.Thumbprint, two.Thumbprint)
		}
	}
}

// TestOnlyD reads an RSA key that has lost its primes, and refuses one whose d is another.
func TestOnlyD(t *testing.T) {
	jwk := generate(t, "RS256").JWK()
	short := jwk[:strings.Index(jwk, `,"p":`)] + "}"
	r := key.Read(short, key.Auto)
	if len(r.Keys) != 1 || r.Keys[0].JWK() == "" || !strings.Contains(r.Keys[0].JWK(), `"qi"`) {
		t.Errorf("primes are not computed: %s", codes(r))
	}
	i := strings.Index(short, `"d":"`) + 20
	other := short[:i] + string(short[i]^1|0x40) + short[i+1:]
	if r := key.Read(other, key.Auto); len(r.Keys) != 0 {
		t.Errorf("another d is taken: %s", codes(r))
	}
	set := `{"keys":[` + strings.Repeat(short+",", 60) + short + "]}"
	if r := key.Read(set, key.Auto); len(r.Keys) == 0 || len(r.Keys) > 20 || !strings.Contains(codes(r), "rsa.effort") {
		t.Errorf("the effort is not bounded: %d keys", len(r.Keys))
	}
}

func TestTooMany(t *testing.T) {
	k, _ := generate(t, "EdDSA").PublicKey()
	text, _ := k.PEM()
	if r := key.Read(strings.Repeat(text, 501), key.Auto); len(r.Keys) != 500 || !strings.HasPrefix(codes(r), "key.too-many") {
		t.Errorf("%d keys, %s", len(r.Keys), codes(r))
	}
	if r := key.Read(`{"keys":[`+strings.Repeat(k.JWK()+",", 500)+k.JWK()+"]}", key.Auto); len(r.Keys) != 0 || codes(r) != "key.too-many 501 500" {
		t.Errorf("%d keys, %s", len(r.Keys), codes(r))
	}
}
