package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
)

// A key made for an algorithm signs, and its public half verifies, in every format that the key can be written in.
func TestEveryAlgorithm(t *testing.T) {
	for _, a := range jws.Algorithms() {
		t.Run(a.Name, func(t *testing.T) {
			dir := t.TempDir()
			private, public, pem := filepath.Join(dir, "private.jwk"), filepath.Join(dir, "public"), filepath.Join(dir, "public.pem")
			world{}.must(t, "key", "new", "-alg", a.Name, "-out", private)
			signed := world{stdin: `{"sub":"앨리스"}`}.must(t, "sign", "-key", private, "-alg", a.Name, "-exp", "15m")
			verifying := []string{private}
			if a.Type != "oct" {
				world{}.must(t, "key", "convert", "-public", "-to", "jwks", "-out", public, private)
				world{}.must(t, "key", "convert", "-public", "-out", pem, private)
				verifying = append(verifying, public, pem)
			}
			for _, k := range verifying {
				world{stdin: signed}.must(t, "verify", "-key", k, "-alg", a.Name, "-json")
				if code, _, _ := (world{}).call("verify", "-key", k, strings.Replace(signed, ".", ".e", 1)); code != bad {
					t.Errorf("with %s a changed token ends with %d", filepath.Base(k), code)
				}
			}
		})
	}
}

func TestSign(t *testing.T) {
	k := file(t, "key.jwk", `{"kty":"oct","alg":"HS256","kid":"k\n1","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}`)
	for _, test := range []struct {
		name, stdin string
		args        []string
		header      string
		payload     string
	}{
		{"the claims stay as they are written", "", []string{`{ "n" : 9007199254740993, "a":1.0 }`}, `{"alg":"HS256","typ":"JWT","kid":"k\n1"}`, `{ "n" : 9007199254740993, "a":1.0 }`},
		{"one newline is dropped", "{}\n\n", nil, "", "{}\n"},
		{"no claims", "", nil, "", "{}"},
		{"exp and iat are added", "", []string{"-exp", "900", `{"sub":"a"}`}, "", `{"sub":"a","iat":1795230000,"exp":1795230900}`},
		{"an iat stays", "", []string{"-exp", "1d", "{\"iat\":5 }\n"}, "", `{"iat":5,"exp":1795316400}`},
		{"exp alone", "", []string{"{}", "-exp", "1h"}, "", `{"iat":1795230000,"exp":1795233600}`},
		{"another typ", "", []string{"-typ", "at+jwt", "{}"}, `{"alg":"HS256","typ":"at+jwt","kid":"k\n1"}`, "{}"},
		{"no typ", "", []string{"-typ=", "{}"}, `{"alg":"HS256","kid":"k\n1"}`, "{}"},
	} {
		out := world{stdin: test.stdin}.must(t, append([]string{"sign", "-key", k}, test.args...)...)
		var d decoded
		readJSON(t, world{}.must(t, "decode", "-json", out), &d)
		if got := string(decodeText(t, *d.Bytes)); got != test.payload {
			t.Errorf("%s: payload is %s, want %s", test.name, got, test.payload)
		}
		header, _, _ := strings.Cut(out, ".")
		if got := string(decodeText(t, header)); test.header != "" && got != test.header {
			t.Errorf("%s: header is %s, want %s", test.name, got, test.header)
		}
	}
}

func decodeText(t *testing.T, text string) []byte {
	t.Helper()
	b, err := decodeStrict(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readJSON(t *testing.T, text string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
}

func TestSignRefuses(t *testing.T) {
	secret := file(t, "secret", "correct horse battery staple, long enough\n")
	private := world{}.must(t, "key", "new", "-alg", "ES256")
	public := file(t, "public", world{stdin: private}.must(t, "key", "convert", "-public"))
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"claims that are none", []string{"-key", secret, "-alg", "HS256", "[1]"}, "not a JSON object"},
		{"a name twice", []string{"-key", secret, "-alg", "HS256", `{"sub":"a","sub":"b"}`}, "^^^"},
		{"a public key", []string{"-key", public, "-alg", "ES256", "{}"}, "public"},
		{"a key for something else", []string{"-key", secret, "-alg", "ES256", "{}"}, "does not fit"},
		{"a key that cannot be read", []string{"-key", file(t, "k", "-----BEGIN PRIVATE KEY-----\nAAAA"), "-alg", "ES256", "{}"}, "Fault"},
		{"a public key as secret", []string{"-key", public, "-alg", "HS256", "{}"}, "public"},
	} {
		code, out, err := world{}.call(append([]string{"sign"}, test.args...)...)
		if code != bad || out != "" || !strings.Contains(err, test.want) {
			t.Errorf("%s: code %d, %s%s", test.name, code, out, err)
		}
		if strings.Contains(err, "correct horse") {
			t.Errorf("%s: the secret is printed: %s", test.name, err)
		}
	}
}

func TestKeyFromEnvironmentAndPipe(t *testing.T) {
	const secret = "correct horse battery staple, long enough"
	name := file(t, "secret", secret+"\n") // as editors write it
	signed := world{env: map[string]string{"SECRET": secret}}.must(t, "sign", "-key", "env:SECRET", "-alg", "HS256", "-exp", "1h", "{}")
	world{stdin: secret}.must(t, "verify", "-key", "-", signed)
	world{}.must(t, "verify", "-key", name, signed)
	world{stdin: signed}.must(t, "verify", "-key", name, "-")
	if code, _, _ := (world{stdin: secret + "\n\n"}).call("verify", "-key", "-", signed); code != bad {
		t.Error("a second newline at the end of a secret belongs to it")
	}
}

func TestKeyFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "private.pem")
	world{}.must(t, "key", "new", "-alg", "EdDSA", "-pem", "-out", path)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	before, _ := os.ReadFile(path)
	if code, _, _ := (world{}).call("key", "new", "-alg", "EdDSA", "-out", path); code != usage {
		t.Error("a key is overwritten")
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("the file has changed")
	}
}

// What is secret never shows, whatever is shown of a key.
func TestKeyShow(t *testing.T) {
	for _, alg := range []string{"HS256", "RS256", "ES384", "EdDSA"} {
		text := world{}.must(t, "key", "new", "-alg", alg)
		var members map[string]any
		readJSON(t, text, &members)
		for _, args := range [][]string{{"key", "show"}, {"key", "show", "-json"}, {"key", "show", "-lang", "ko"}} {
			out := world{stdin: text}.must(t, args...)
			for _, name := range []string{"k", "d", "p", "q", "dp", "dq", "qi"} {
				if v, ok := members[name].(string); ok && strings.Contains(out, v) {
					t.Errorf("%s %q prints %s", alg, args, name)
				}
			}
			if !strings.Contains(out, members["kid"].(string)) || !strings.Contains(out, alg) || strings.Contains(out, "⟨") {
				t.Errorf("%s %q: %s", alg, args, out)
			}
		}
	}
}

func TestConvert(t *testing.T) {
	private := world{}.must(t, "key", "new", "-alg", "RS256")
	pem := world{stdin: private}.must(t, "key", "convert")
	back := world{stdin: pem}.must(t, "key", "convert")
	a, b := key.Read(private, key.Auto), key.Read(back, key.Auto)
	if len(a.Keys) != 1 || len(b.Keys) != 1 || a.Keys[0].Thumbprint != b.Keys[0].Thumbprint || !b.Keys[0].Private {
		t.Errorf("%s became %s", private, back)
	}
	if out := (world{stdin: pem}).must(t, "key", "convert", "-public", "-to", "pem"); strings.Contains(out, "PRIVATE") {
		t.Error(out)
	}
	secret := world{stdin: "aGVsbG8"}.must(t, "key", "convert", "-encoding", "base64url")
	if !strings.Contains(secret, `"k":"aGVsbG8"`) {
		t.Error(secret)
	}
	for _, args := range [][]string{{"-to", "pem"}, {"-public"}} {
		if code, _, err := (world{stdin: secret}).call(append([]string{"key", "convert"}, args...)...); code != bad || strings.Contains(err, "aGVsbG8") {
			t.Errorf("%q: code %d, %s", args, code, err)
		}
	}
}
