package key_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"jwtlab/app/bound"
	"jwtlab/app/key"
)

// FuzzRead holds every reading to its laws: places lie inside the text, armour never becomes a secret, an error leaves a
// single JWK without a key, and a key that is given out can be written and is read back as the same one.
func FuzzRead(f *testing.F) {
	for _, alg := range []string{"HS256", "RS256", "ES384", "EdDSA", "ES256K", "Ed448", "X25519", "ML-DSA-44"} {
		k := generate(f, alg)
		for _, format := range key.Formats() {
			if text, err := k.Encode(format); err == nil {
				f.Add(text, "")
			}
		}
		f.Add(k.JWK(), "")
		f.Add(`{"keys":[`+k.JWK()+","+k.JWK()+"]}", "")
		if text, err := k.PEM(); err == nil {
			f.Add(text, "")
			f.Add(`"`+strings.ReplaceAll(text, "\n", `\n`)+`"`, "base64")
			f.Add(text[:len(text)/2], "hex")
		}
	}
	f.Add("c2VjcmV0cw==", "")
	f.Add("ssh-rsa AAAAB3NzaC1yc2E", "")
	f.Add("—BEGIN PUBLIC KEY—", "")
	f.Fuzz(func(t *testing.T, text, as string) {
		var r key.Reading
		// A proof leaves megabytes of numbers behind, to be freed at once; there are only so many in one text.
		input := len(text) + 12_000*key.Proofs(text, key.Encoding(as))
		bound.Memory(t, input, 500, func() { r = key.Read(text, key.Encoding(as)) })
		inside(t, text, r)
		if strings.Contains(text, "-----BEGIN ") && r.Kind == "secret" {
			t.Errorf("%q became a secret", text)
		}
		if r.Kind == "jwk" && len(r.Keys) > 0 && !sound(r) {
			t.Errorf("%q gave a key and an error", text)
		}
		for _, k := range r.Keys {
			text, err := k.Encode("jwk")
			if err != nil || k.Type == "oct" && len(k.Secret) == 0 {
				continue // a key that JOSE has no form for, or a JWK cannot hold
			}
			again := key.Read(text, key.Auto)
			if len(again.Keys) != 1 || k.Thumbprint != "" && again.Keys[0].Thumbprint != k.Thumbprint {
				t.Errorf("%q gave %s, which reads as %+v", text, k.JWK(), again)
			}
		}
	})
}

// FuzzLocked opens what may be locked keys. Whatever they are, nothing but a passphrase opens them, places lie inside the
// text, and a key that comes out is whole.
func FuzzLocked(f *testing.F) {
	for _, text := range []string{lockedPKCS8, lockedOld, lockedSSH} {
		if r := key.ReadWith(text, key.Options{Passphrase: "corpus"}); len(r.Keys) != 1 {
			f.Fatalf("a seed is not opened: %s", codes(r))
		}
		f.Add(text, "corpus")
		f.Add(text, "wrong")
		f.Add(text, "")
	}
	f.Fuzz(func(t *testing.T, text, passphrase string) {
		r := key.ReadWith(text, key.Options{Passphrase: passphrase})
		inside(t, text, r)
		for _, k := range r.Keys {
			if k.Encrypted && (passphrase == "" || !k.Private || k.Public == nil) {
				t.Errorf("%q with %q gave %+v", text, passphrase, k)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, alg := range []string{"HS256", "RS256", "ES256", "EdDSA"} {
		k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		texts := map[string]string{"jwk": k.JWK()}
		if public, ok := k.PublicKey(); ok {
			texts["pem"], _ = public.PEM()
		}
		for form, text := range texts {
			b.Run(alg+"/"+form, func(b *testing.B) {
				for b.Loop() {
					key.Read(text, key.Auto)
				}
			})
		}
	}
}
