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
	for _, alg := range []string{"HS256", "RS256", "ES384", "EdDSA"} {
		k := generate(f, alg)
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
		bound.Memory(t, len(text), 500, func() { r = key.Read(text, key.Encoding(as)) })
		inside(t, text, r)
		if strings.Contains(text, "-----BEGIN ") && r.Kind == "secret" {
			t.Errorf("%q became a secret", text)
		}
		if r.Kind == "jwk" && len(r.Keys) > 0 && !sound(r) {
			t.Errorf("%q gave a key and an error", text)
		}
		for _, k := range r.Keys {
			again := key.Read(k.JWK(), key.Auto)
			if k.Type == "oct" && len(k.Secret) == 0 {
				continue // a JWK cannot hold it
			}
			if len(again.Keys) != 1 || k.Thumbprint != "" && again.Keys[0].Thumbprint != k.Thumbprint {
				t.Errorf("%q gave %s, which reads as %+v", text, k.JWK(), again)
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
