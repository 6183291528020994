package jwe_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"strconv"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

const content = `{"sub":"한글","n":9007199254740993}`

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func of(k ...key.Key) key.Reading { return key.Reading{Kind: "jwk", Keys: k} }

// secret is a key of n bytes that are not random.
func secret(n int) key.Key {
	return key.Read(`{"kty":"oct","k":"`+b64(strings.Repeat("k", n))+`"}`, key.Auto).Keys[0]
}

// made are keys that take long to make, one for each algorithm of package key.
var made = map[string]key.Key{}

// generate makes a key and takes off what limits it to signatures.
func generate(t testing.TB, alg string) key.Key {
	t.Helper()
	k, ok := made[alg]
	if !ok {
		var err error
		if k, err = key.Generate(key.Spec{Alg: alg}, rand.Reader); err != nil {
			t.Fatal(err)
		}
		k.Alg, k.Use = "", ""
		made[alg] = k
	}
	return k
}

// keysFor are keys for an algorithm: one, or one of each curve.
func keysFor(t testing.TB, a jwe.Algorithm, e jwe.Encryption) []key.Key {
	switch {
	case a.Name == "dir":
		return []key.Key{secret(e.Bits / 8)}
	case a.Bits > 0 && a.Type == "oct":
		return []key.Key{secret(a.Bits / 8)}
	case a.Type == "oct":
		return []key.Key{key.Read("correct horse battery staple", key.UTF8).Keys[0]}
	case a.Type == "RSA":
		return []key.Key{generate(t, "RS256")}
	}
	return []key.Key{generate(t, "ES256"), generate(t, "ES384"), generate(t, "ES512"), generate(t, "X25519")}
}

func header(alg, enc, more string) string {
	return `{"alg":"` + alg + `","enc":"` + enc + `"` + more + `}`
}

func encrypt(t testing.TB, alg, enc, more, plain string, k key.Key) string {
	t.Helper()
	text, err := jwe.Encrypt(jwe.Spec{Alg: alg, Enc: enc, Iterations: 1000}, []byte(header(alg, enc, more)), []byte(plain), k, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestEveryPair encrypts and decrypts with every algorithm, encryption and curve, compressed and not; the public half
// encrypts, the private one decrypts, and any changed character closes the token.
func TestEveryPair(t *testing.T) {
	for _, a := range jwe.Algorithms() {
		for _, e := range jwe.Encs() {
			for _, k := range keysFor(t, a, e) {
				name := a.Name + " " + e.Name + " " + k.Curve
				public := half(k)
				if !jwe.Fits(a, k) || !jwe.Fits(a, public) {
					t.Errorf("%s: the key is said not to fit", name)
				}
				for _, more := range []string{"", `,"zip":"DEF"`} {
					text := encrypt(t, a.Name, e.Name, more, content, public)
					r := jwe.Decrypt(token.Parse(text), of(k), jwe.Options{Alg: a.Name, Enc: e.Name, AllowRSA15: true})
					if r.Answer != check.Yes || string(r.Plain) != content || r.Key != 0 {
						t.Errorf("%s: %q, %s", name, r.Plain, reasons(r))
					}
				}
				text := encrypt(t, a.Name, e.Name, "", "", public)
				if r := jwe.Decrypt(token.Parse(text), of(k), jwe.Options{AllowRSA15: true}); r.Answer != check.Yes || r.Plain == nil || len(r.Plain) > 0 {
					t.Errorf("%s: empty content: %q, %s", name, r.Plain, reasons(r))
				}
			}
		}
	}
}

// TestTampered changes every character of a token in turn; none of the changes may open.
func TestTampered(t *testing.T) {
	for _, c := range []struct {
		alg, enc string
		key      key.Key
	}{
		{"dir", "A128CBC-HS256", secret(32)}, {"A128KW", "A256GCM", secret(16)}, {"A256GCMKW", "A192CBC-HS384", secret(32)},
		{"PBES2-HS256+A128KW", "A128GCM", secret(9)}, {"ECDH-ES", "A128GCM", generate(t, "X25519")},
		{"ECDH-ES+A256KW", "A256CBC-HS512", generate(t, "ES256")}, {"RSA-OAEP-256", "A128GCM", generate(t, "RS256")},
		{"RSA1_5", "A128GCM", generate(t, "RS256")},
	} {
		text := encrypt(t, c.alg, c.enc, "", content, c.key)
		for i := range len(text) {
			if c.key.Type == "RSA" && i%11 != 0 {
				continue // slow
			}
			for _, with := range "A_." {
				if byte(with) == text[i] {
					continue
				}
				changed := text[:i] + string(with) + text[i+1:]
				r := jwe.Decrypt(token.Parse(changed), of(c.key), jwe.Options{AllowRSA15: true})
				if r.Answer == check.Yes || r.Plain != nil || r.Key >= 0 {
					t.Errorf("%s %s: %q at %d opens", c.alg, c.enc, with, i)
				}
			}
		}
	}
}

// TestRandomSources encrypts twice with the same random bytes: where Go lets us, the tokens are the same.
func TestRandomSources(t *testing.T) {
	for _, a := range jwe.Algorithms() {
		if a.Type == "RSA" {
			continue
		}
		for _, k := range keysFor(t, a, jwe.Encs()[0]) {
			var texts [2]string
			for i := range texts {
				var err error
				random := bytes.NewReader(bytes.Repeat([]byte("0123456789abcdefghijklmnopqrstuv"), 100))
				texts[i], err = jwe.Encrypt(jwe.Spec{Alg: a.Name, Enc: "A128CBC-HS256", Iterations: 1}, []byte(header(a.Name, "A128CBC-HS256", "")), nil, k, random)
				if err != nil {
					t.Fatalf("%s %s: %v", a.Name, k.Curve, err)
				}
			}
			if texts[0] != texts[1] {
				t.Errorf("%s %s: the same random bytes give %s and %s", a.Name, k.Curve, texts[0], texts[1])
			}
			if _, err := jwe.Encrypt(jwe.Spec{Alg: a.Name, Enc: "A128CBC-HS256", Iterations: 1}, []byte(header(a.Name, "A128CBC-HS256", "")), nil, k, strings.NewReader("few")); err == nil {
				t.Errorf("%s %s: encrypted without random bytes", a.Name, k.Curve)
			}
		}
	}
}

// TestJSON encrypts for one recipient and for several, each of whom opens it.
func TestJSON(t *testing.T) {
	recipients := []jwe.Recipient{
		{Spec: jwe.Spec{Alg: "A128KW"}, Header: []byte(`{"alg":"A128KW","kid":"1"}`), Key: secret(16)},
		{Spec: jwe.Spec{Alg: "A256GCMKW"}, Header: []byte(`{"alg":"A256GCMKW"}`), Key: secret(32)},
		{Spec: jwe.Spec{Alg: "RSA-OAEP"}, Header: []byte(`{ "alg":"RSA-OAEP" } `), Key: generate(t, "RS256")},
		{Spec: jwe.Spec{Alg: "ECDH-ES+A128KW"}, Header: []byte(`{"alg":"ECDH-ES+A128KW","apu":"QQ","apv":"Qg"}`), Key: generate(t, "ES256")},
		{Spec: jwe.Spec{Alg: "PBES2-HS512+A256KW", Iterations: 1000}, Header: []byte(`{"alg":"PBES2-HS512+A256KW"}`), Key: secret(7)},
	}
	alone := append(recipients,
		jwe.Recipient{Spec: jwe.Spec{Alg: "dir"}, Header: []byte(`{"alg":"dir"}`), Key: secret(32)},
		jwe.Recipient{Spec: jwe.Spec{Alg: "ECDH-ES"}, Header: []byte(`{"alg":"ECDH-ES"}`), Key: generate(t, "X25519")})
	m := jwe.Message{Enc: "A128CBC-HS256", Protected: []byte(`{"enc":"A128CBC-HS256","zip":"DEF"}`), AAD: []byte("한"), Plain: []byte(content)}
	open := func(text string, of key.Key, want int) {
		t.Helper()
		all := token.ParseAll(text)
		r, at := jwe.DecryptAny(all, key.Reading{Kind: "jwk", Keys: []key.Key{of}}, jwe.Options{})
		if r.Answer != check.Yes || string(r.Plain) != content || at != want {
			t.Errorf("recipient %d of %d: %s\n%s", at, len(all), reasons(r), text)
		}
		changed := strings.Replace(text, `"aad":"`, `"aad":"QQ`, 1)
		if r, _ := jwe.DecryptAny(token.ParseAll(changed), key.Reading{Kind: "jwk", Keys: []key.Key{of}}, jwe.Options{}); r.Answer != check.No {
			t.Errorf("with other additional data: %s", reasons(r))
		}
	}
	text, err := jwe.EncryptJSON(m, recipients, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range recipients {
		open(text, r.Key, i)
	}
	for _, r := range alone {
		text, err := jwe.EncryptJSON(m, []jwe.Recipient{r}, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		open(text, r.Key, 0)
	}
	for name, c := range map[string][]jwe.Recipient{
		"dir among several": alone[4:6], "ECDH-ES among several": {alone[6], alone[0]}, "nobody": nil,
		"enc twice":     {{Spec: jwe.Spec{Alg: "A128KW"}, Header: []byte(`{"alg":"A128KW","enc":"A128CBC-HS256"}`), Key: secret(16)}},
		"no header":     {{Spec: jwe.Spec{Alg: "A128KW"}, Key: secret(16)}},
		"another alg":   {{Spec: jwe.Spec{Alg: "A128KW"}, Header: []byte(`{"alg":"A256KW"}`), Key: secret(16)}},
		"an unfit key":  {{Spec: jwe.Spec{Alg: "A128KW"}, Header: []byte(`{"alg":"A128KW"}`), Key: secret(17)}},
		"unprotected z": {{Spec: jwe.Spec{Alg: "A128KW"}, Header: []byte(`{"alg":"A128KW","zip":"DEF"}`), Key: secret(16)}},
	} {
		if text, err := jwe.EncryptJSON(m, c, rand.Reader); err == nil || text != "" {
			t.Errorf("%s: %v %s", name, err, text)
		}
	}
}

// TestEncryptRefuses says why, and encrypts nothing.
func TestEncryptRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		spec jwe.Spec
		head string
		key  key.Key
		want string
	}{
		{"alg", jwe.Spec{Alg: "HS256", Enc: "A128GCM"}, `{}`, secret(16), "HS256"},
		{"enc", jwe.Spec{Alg: "dir", Enc: "A512GCM"}, `{}`, secret(16), "A512GCM"},
		{"key", jwe.Spec{Alg: "A128KW", Enc: "A128GCM"}, `{}`, secret(17), "jwe.key.size"},
		{"dir", jwe.Spec{Alg: "dir", Enc: "A256GCM"}, `{}`, secret(16), "jwe.key.size"},
		{"no password", jwe.Spec{Alg: "PBES2-HS256+A128KW", Enc: "A128GCM"}, `{}`, key.Key{Type: "oct"}, "jwe.key.empty"},
		{"Ed25519", jwe.Spec{Alg: "ECDH-ES", Enc: "A128GCM"}, `{}`, generate(t, "EdDSA"), "jwe.key.curve"},
		{"rounds", jwe.Spec{Alg: "dir", Enc: "A128GCM", Iterations: jwe.MaxIterations + 1}, `{}`, secret(16), "1000001"},
		{"not JSON", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, `{`, secret(16), "sound JSON"},
		{"a list", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, `[]`, secret(16), "object"},
		{"twice", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, `{"alg":"dir","alg":"dir","enc":"A128GCM"}`, secret(16), "json.duplicate"},
		{"no alg", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, `{"enc":"A128GCM"}`, secret(16), "alg"},
		{"other enc", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, `{"alg":"dir","enc":"A256GCM"}`, secret(16), "A256GCM"},
		{"zip", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, header("dir", "A128GCM", `,"zip":"GZ"`), secret(16), "zip"},
		{"crit", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, header("dir", "A128GCM", `,"crit":["x"],"x":1`), secret(16), "crit"},
		{"epk", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, header("dir", "A128GCM", `,"epk":{}`), secret(16), "epk"},
		{"apu", jwe.Spec{Alg: "dir", Enc: "A128GCM"}, header("dir", "A128GCM", `,"apu":"+"`), secret(16), "apu"},
	} {
		text, err := jwe.Encrypt(c.spec, []byte(c.head), nil, c.key, rand.Reader)
		if err == nil || text != "" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, %v", c.name, text, err)
		}
	}
}

// TestRounds bounds what a header may ask for, over all keys together.
func TestRounds(t *testing.T) {
	text := encrypt(t, "PBES2-HS256+A128KW", "A128GCM", "", content, secret(9))
	parts := strings.Split(text, ".")
	asking := func(n int) token.Token {
		h := strings.Replace(string(unb64(t, parts[0])), `"p2c":1000`, `"p2c":`+strconv.Itoa(n), 1)
		return token.Parse(b64(h) + "." + strings.Join(parts[1:], "."))
	}
	if r := jwe.Decrypt(asking(jwe.MaxIterations+1), of(secret(9)), jwe.Options{}); !has(r, "parameter", "jwe.p2c.many") {
		t.Error(reasons(r))
	}
	if r := jwe.Decrypt(asking(jwe.MaxIterations/2+1), of(secret(9), secret(8)), jwe.Options{}); !has(r, "key", "jwe.key.many-rounds") || r.Answer != check.Unchecked {
		t.Error(reasons(r))
	}
	var many []key.Key
	for range 65 {
		many = append(many, secret(9))
	}
	if r := jwe.Decrypt(asking(1000), of(many...), jwe.Options{}); !has(r, "key", "jwe.key.many") || r.Answer != check.Unchecked {
		t.Error(reasons(r))
	}
}

func unb64(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func has(r jwe.Report, name, code string) bool {
	for _, c := range r.Checks {
		if c.Name == name && c.Code == code {
			return true
		}
	}
	return false
}
