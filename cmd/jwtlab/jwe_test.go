package main

import (
	"strings"
	"testing"

	"jwtlab/app/jwe"
)

// What is encrypted with a public key, a secret or a password opens again, by the command alone.
func TestJWE(t *testing.T) {
	rsa := world{}.must(t, "key", "new", "-alg", "RS256")
	ec := world{}.must(t, "key", "new", "-alg", "ES384")
	forEncryption := strings.NewReplacer(`"use":"sig"`, `"use":"enc"`, `"alg":"RS256",`, "", `"alg":"ES384",`, "")
	const claims = `{ "sub":"앨리스","n":9007199254740993 }`
	for _, a := range jwe.Algorithms() {
		size := 32
		if a.Bits > 0 {
			size = a.Bits / 8
		}
		private := `{"kty":"oct","k":"` + encode(strings.Repeat("k", size)) + `"}`
		switch a.Type {
		case "RSA":
			private = forEncryption.Replace(rsa)
		case "EC":
			private = forEncryption.Replace(ec)
		}
		name, public := file(t, "private", private), file(t, "public", private)
		if a.Type != "oct" {
			public = file(t, "public", world{stdin: private}.must(t, "key", "convert", "-public", "-to", "jwk"))
		}
		sealed := world{stdin: claims}.must(t, "jwe", "encrypt", "-key", public, "-alg", a.Name, "-p2c", "1000", "-zip", "-cty", "x")
		opening := []string{"jwe", "decrypt", "-key", name, "-alg", a.Name, "-rsa15"}
		if out := (world{stdin: sealed}).must(t, append(opening, "-plain")...); out != claims {
			t.Errorf("%s: %s", a.Name, out)
		}
		var d struct {
			Decrypted string
			Header    struct{ Alg, Enc, Zip, Cty string }
			Payload   struct{ Sub string }
			Checks    []struct{ Name, Text string }
		}
		readJSON(t, world{stdin: sealed}.must(t, append(opening, "-json")...), &d)
		if d.Decrypted != "yes" || d.Header.Alg != a.Name || d.Header.Enc != "A256GCM" || d.Header.Zip != "DEF" || d.Header.Cty != "x" || d.Payload.Sub != "앨리스" || len(d.Checks) < 6 {
			t.Errorf("%s: %+v", a.Name, d)
		}
		if code, out, _ := (world{stdin: strings.Replace(sealed, ".", ".A", 1)}).call(append(opening, "-plain")...); code != bad || out != "" {
			t.Errorf("%s: a changed token ends with %d, %s", a.Name, code, out)
		}
		if a.Type != "oct" {
			code, _, err := world{stdin: sealed}.call("jwe", "decrypt", "-key", public, "-rsa15", "-plain")
			if code != bad || !strings.Contains(err, "private half") {
				t.Errorf("%s with the public key: %d, %s", a.Name, code, err)
			}
		}
	}
}

func TestJWEPicks(t *testing.T) {
	short := file(t, "short", strings.Repeat("6b", 16)) // sixteen bytes as hex, or thirty-two of text
	out := world{}.must(t, "jwe", "encrypt", "-key", short, "-alg", "A128KW", "-json", "{}")
	if !strings.Contains(out, `"enc": "A256GCM"`) {
		t.Error(out)
	}
	out = world{}.must(t, "jwe", "encrypt", "-key", short, "-encoding", "hex", "-alg", "dir", "-json", "{}")
	if !strings.Contains(out, `"enc": "A128GCM"`) {
		t.Error(out)
	}
	signer := file(t, "signer", world{}.must(t, "key", "new", "-alg", "HS256"))
	code, out, err := world{}.call("jwe", "encrypt", "-key", signer, "-alg", "A256KW", "{}")
	if code != bad || out != "" || !strings.Contains(err, "HS256") {
		t.Errorf("%d %s %s", code, out, err)
	}
}

// A token inside a token: the command says so, and hands it on.
func TestJWENested(t *testing.T) {
	k := file(t, "key", `{"kty":"oct","k":"`+encode(strings.Repeat("k", 32))+`"}`)
	sealed := world{stdin: a1Token}.must(t, "jwe", "encrypt", "-key", k, "-alg", "dir", "-cty", "JWT")
	if out := (world{stdin: sealed}).must(t, "jwe", "decrypt", "-key", k); !strings.Contains(out, "itself a token") {
		t.Error(out)
	}
	if out := (world{stdin: sealed}).must(t, "jwe", "decrypt", "-key", k, "-plain"); out != a1Token {
		t.Error(out)
	}
}

// A recipient of a JSON serialization opens it wherever it stands in the list, and another JWE behind it is left alone.
func TestJWERecipients(t *testing.T) {
	k := file(t, "key", `{"kty":"oct","k":"`+encode(strings.Repeat("k", 16))+`"}`)
	sealed := strings.Split(strings.TrimSpace(world{stdin: "text"}.must(t, "jwe", "encrypt", "-key", k, "-alg", "A128KW")), ".")
	general := `{"protected":"` + sealed[0] + `","recipients":[{"encrypted_key":"` + strings.Repeat("A", 54) + `"},{"encrypted_key":"` + sealed[1] +
		`"}],"iv":"` + sealed[2] + `","ciphertext":"` + sealed[3] + `","tag":"` + sealed[4] + `"}`
	if out := (world{stdin: general}).must(t, "jwe", "decrypt", "-key", k, "-plain"); out != "text" {
		t.Error(out)
	}
	if code, _, err := (world{stdin: "nothing"}).call("jwe", "decrypt", "-key", k, "-plain"); code != bad || !strings.Contains(err, "no token") {
		t.Error(code, err)
	}
	if code, out, _ := (world{stdin: "nothing"}).call("jwe", "decrypt", "-key", k, "-json"); code != bad || !strings.Contains(out, `"decrypted": "unchecked"`) {
		t.Error(code, out)
	}
}
