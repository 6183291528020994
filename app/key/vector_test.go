package key_test

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"testing"

	"jwtlab/app/key"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func okp(t *testing.T, curve, x, d string) key.Key {
	t.Helper()
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString(unhex(t, s)) }
	return read(t, fmt.Sprintf(`{"kty":"OKP","crv":%q,"x":%q,"d":%q}`, curve, part(x), part(d)))
}

// TestEd448 is the first vector of RFC 8032 §7.4, and what must not verify.
func TestEd448(t *testing.T) {
	k := okp(t, "Ed448",
		"5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180",
		"6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b")
	want := unhex(t, "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980"+
		"ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600")
	got, err := k.Signer.Sign(nil, nil, crypto.Hash(0))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("signed %x, %v; want %x", got, err, want)
	}
	public, ok := k.Public.(key.Ed448Key)
	if !ok || !public.Verify(nil, want) {
		t.Error("the vector does not verify")
	}
	for i := range want {
		changed := bytes.Clone(want)
		changed[i] ^= 1
		if public.Verify(nil, changed) {
			t.Errorf("verifies with byte %d changed", i)
		}
	}
	if public.Verify([]byte("x"), want) || public.Verify(nil, want[1:]) || public.Verify(nil, nil) {
		t.Error("verifies what was not signed")
	}
}

// TestX448 is Alice's key of RFC 7748 §6.2.
func TestX448(t *testing.T) {
	k := okp(t, "X448",
		"9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0",
		"9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b")
	half, ok := k.PublicKey()
	if !ok || k.JWK() == half.JWK() || !k.Private || half.Private {
		t.Errorf("%s and its public half %s", k.JWK(), half.JWK())
	}
}

// TestSecp256k1 signs as everyone does who follows RFC 6979: the private key is 1, the text is known.
func TestSecp256k1(t *testing.T) {
	k := read(t, `{"kty":"EC","crv":"secp256k1","x":"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g","y":"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg","d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}`)
	digest := sha256.Sum256([]byte("Satoshi Nakamoto"))
	want := unhex(t, "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")
	got, err := k.Signer.Sign(nil, digest[:], crypto.SHA256)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("signed %x, %v; want %x", got, err, want)
	}
	public, ok := k.Public.(*key.CurveKey)
	if !ok || !public.Verify(digest[:], want) || public.Verify(digest[:31], want) || public.Verify(digest[:], want[:63]) {
		t.Error("the vector does not verify, or what is not it does")
	}
	if _, err := k.Signer.Sign(nil, digest[:31], crypto.SHA256); err != key.ErrDigest {
		t.Errorf("a short digest: %v", err)
	}
}
