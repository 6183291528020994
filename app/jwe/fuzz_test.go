package jwe_test

import (
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// fuzzKeys are a key for nearly every algorithm.
func fuzzKeys(t testing.TB) []key.Key {
	keys := []key.Key{secret(16), secret(24), secret(32), secret(48), secret(64), key.Read("password", key.UTF8).Keys[0]}
	return append(keys, generate(t, "ES256"), generate(t, "ES512"), generate(t, "X25519"), generate(t, "RS256"))
}

// FuzzDecrypt reads whatever it is given with keys of every kind. The laws: content is given with the answer yes and
// never else, the answer is the sum of the checks, and a key that sealed exactly one token opens that one only.
func FuzzDecrypt(f *testing.F) {
	keys := key.Reading{Kind: "jwks", Keys: fuzzKeys(f)}
	sealed := map[string]bool{}
	for _, a := range jwe.Algorithms() {
		for _, e := range []jwe.Encryption{jwe.Encs()[0], jwe.Encs()[3]} {
			for _, k := range keys.Keys {
				if !slices.Contains(jwe.EncsFor(a, k), e) {
					continue
				}
				random := strings.NewReader(strings.Repeat("not random", 30)) // for every process of the fuzzer makes these tokens
				text, err := jwe.Encrypt(jwe.Spec{Alg: a.Name, Enc: e.Name, Iterations: 9}, []byte(header(a.Name, e.Name, `,"zip":"DEF"`)), []byte(content), half(k), random)
				if err != nil {
					f.Fatal(err)
				}
				sealed[text] = true
				f.Add(text)
				parts := strings.Split(text, ".")
				f.Add(`{"protected":"` + parts[0] + `","recipients":[{"encrypted_key":"` + parts[1] + `"}],"iv":"` + parts[2] +
					`","ciphertext":"` + parts[3] + `","tag":"` + parts[4] + `"}`)
			}
		}
	}
	f.Add(b64(header("PBES2-HS256+A128KW", "A128GCM", `,"p2s":"AAAAAAAAAAA","p2c":1000000`)) + ".AAAA.AAAA.AAAA.AAAA")
	f.Add(b64(header("ECDH-ES", "A128GCM", `,"epk":{"kty":"OKP","crv":"X25519","x":"`+strings.Repeat("A", 43)+`"}`)) + "..AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "PBES2") && !sealed[text] {
			return // a round trip would be bounded, and yet too slow here
		}
		for _, given := range []key.Reading{keys, {Kind: "none"}, {Kind: "jwk", Keys: keys.Keys[:1]}} {
			all := token.ParseAll(text)
			r, at := jwe.DecryptAny(all, given, jwe.Options{AllowRSA15: true})
			open := r.Answer == check.Yes
			if open != (r.Plain != nil) || open != (r.Key >= 0) || r.Answer != check.Sum(r.Checks) || at >= len(all) {
				t.Errorf("%q: %s by key %d, %d bytes: %s", text, r.Answer, r.Key, len(r.Plain), reasons(r))
			}
			if open && all[at].Form == token.JWE && !sealed[text] {
				t.Errorf("%q opens, and was never sealed", text)
			}
			for _, c := range r.Checks {
				if c.Name == "" || c.Ref == "alg" || c.Ref == "enc" {
					t.Errorf("%q: %+v", text, c)
				}
			}
		}
	})
}

// FuzzEncrypt seals whatever it is given and opens it again; with one bit changed it stays closed.
func FuzzEncrypt(f *testing.F) {
	f.Add(`{"alg":"A128KW","enc":"A128CBC-HS256"}`, []byte("content"), uint(77))
	f.Add(`{"alg":"A128KW","enc":"A128CBC-HS256","zip":"DEF", "kid":"\u0000" }`, []byte(strings.Repeat("ab", 99)), uint(7))
	f.Fuzz(func(t *testing.T, header string, plain []byte, at uint) {
		text, err := jwe.Encrypt(jwe.Spec{Alg: "A128KW", Enc: "A128CBC-HS256"}, []byte(header), plain, secret(16), strings.NewReader(strings.Repeat("r", 64)))
		if err != nil || len(text) > 1<<20 {
			return
		}
		r := jwe.Decrypt(token.Parse(text), of(secret(16)), jwe.Options{})
		if r.Answer != check.Yes || string(r.Plain) != string(plain) {
			t.Fatalf("%q does not open: %s", text, reasons(r))
		}
		i := int(at % uint(len(text)))
		other := text[:i] + string(text[i]^1) + text[i+1:]
		if jwe.Decrypt(token.Parse(other), of(secret(16)), jwe.Options{}).Answer == check.Yes {
			t.Errorf("%q opens", other)
		}
	})
}
