package key_test

import (
	"bytes"
	"testing"

	"jwtlab/app/key"
)

// TestAgreement lets two keys of every curve agree on a secret, each after it was written and read back.
func TestAgreement(t *testing.T) {
	for _, alg := range []string{"X25519", "ES256", "ES384", "ES512"} {
		mine, yours := read(t, generate(t, alg).JWK()), read(t, generate(t, alg).JWK())
		one, two := agree(t, mine, yours), agree(t, yours, mine)
		if len(one) == 0 || !bytes.Equal(one, two) {
			t.Errorf("%s: %x and %x", alg, one, two)
		}
		half, _ := mine.PublicKey()
		if _, ok := half.ECDHPrivate(); ok {
			t.Errorf("%s: a public key agrees", alg)
		}
	}
	for _, alg := range []string{"HS256", "RS256", "Ed25519"} {
		k := generate(t, alg)
		_, public := k.ECDHPublic()
		_, private := k.ECDHPrivate()
		if public || private {
			t.Errorf("%s: a key of type %s agrees", alg, k.Type)
		}
	}
}

func agree(t *testing.T, mine, yours key.Key) []byte {
	t.Helper()
	private, ok := mine.ECDHPrivate()
	if !ok {
		t.Fatal("no private half")
	}
	public, ok := yours.ECDHPublic()
	if !ok {
		t.Fatal("no public half")
	}
	secret, err := private.ECDH(public)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func read(t *testing.T, text string) key.Key {
	t.Helper()
	r := key.Read(text, key.Auto)
	if len(r.Keys) != 1 || len(r.Problems) != 0 {
		t.Fatalf("%d keys, %s in %s", len(r.Keys), codes(r), text)
	}
	return r.Keys[0]
}
