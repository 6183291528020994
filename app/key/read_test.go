package key_test

import (
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"jwtlab/app/key"
)

// p256 is the key of RFC 7515 appendix A.3.
const p256 = `{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",` +
	`"y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}`

// set replaces the first occurrence in a text, which must be there.
func set(t *testing.T, text, old, new string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("%q is not in the text", old)
	}
	return strings.Replace(text, old, new, 1)
}

func pemOf(t *testing.T, jwk string) string {
	t.Helper()
	text, err := key.Read(jwk, key.Auto).Keys[0].PEM()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRecognise(t *testing.T) {
	private := pemOf(t, p256)
	der, _ := base64.StdEncoding.DecodeString(strings.Join(strings.Split(strings.TrimSpace(private), "\n")[1:4], ""))
	rows := []struct {
		name, text string
		as         key.Encoding
		kind       string
		keys       int
		codes      string
	}{
		{"nothing", "", key.Auto, "none", 0, "key.empty"},
		{"blanks", " \n", key.Auto, "none", 0, "key.empty"},
		{"blanks as a secret", " \n", key.UTF8, "secret", 1, ""},
		{"secret", "s3cr3t!", key.Auto, "secret", 1, ""},
		{"secret and base64url", "c2VjcmV0", key.Auto, "secret", 2, ""},
		{"secret, base64 and base64url alike", "abcd", key.Auto, "secret", 3, ""},
		{"padded", "c2VjcmV0cw==", key.Auto, "secret", 2, ""},
		{"unused bits are not exact", "c2VjcmV0cx==", key.Auto, "secret", 1, ""},
		{"unused bits, asked for", "c2VjcmV0cx==", key.Base64, "secret", 1, "secret.bits base64"},
		{"hex", "00ff10", key.Hex, "secret", 1, ""},
		{"odd hex", "00ff1", key.Hex, "secret", 0, "secret.length hex"},
		{"not hex", "00fg", key.Hex, "secret", 0, "secret.character hex g"},
		{"not base64url", "ab+d", key.Base64URL, "secret", 0, "secret.character base64url +"},
		{"not base64", "한글", key.Base64, "secret", 0, "secret.character base64 한"},
		{"base64 cut", "abcde", key.Base64, "secret", 0, "secret.length base64"},
		{"an unknown encoding", "abc", "rot13", "secret", 0, ""},

		{"JWK", p256, key.Auto, "jwk", 1, ""},
		{"JWK, whatever the encoding of secrets", p256, key.Hex, "jwk", 1, ""},
		{"JWK behind a byte order mark", "\ufeff" + p256, key.Auto, "jwk", 1, ""},
		{"broken JWK", p256[:60], key.Auto, "jwk", 0, "json.cut"},
		{"broken JWK, wanted as a secret", p256[:60], key.UTF8, "secret", 1, ""},
		{"no JWK", `{"a":1}`, key.Auto, "jwk", 0, "jwk.member-missing kty"},
		{"no JWK, wanted as a secret", `{"a":1}`, key.UTF8, "secret", 1, ""},
		{"array", "[" + p256 + "]", key.Auto, "jwk", 0, "jwk.not-object"},
		{"set", `{"keys":[` + p256 + `]}`, key.Auto, "jwks", 1, ""},
		{"set with a stranger", `{"keys":[{"kty":"AKP"},` + p256 + `]}`, key.Auto, "jwks", 1, "jwk.member-missing alg"},
		{"set of strangers", `{"keys":[{"kty":"AKP"}]}`, key.Auto, "jwks", 0, "jwk.member-missing alg, jwks.none"},
		{"discovery", `{"issuer":"https://a.example","jwks_uri":"https://a.example/keys"}`, key.Auto, "jwks", 0, "jwks.discovery https://a.example/keys"},
		{"empty set", `{"keys":[]}`, key.Auto, "jwks", 0, "jwks.empty"},
		{"no set", `{"keys":{}}`, key.Auto, "jwks", 0, "jwk.not-array keys"},
		{"duplicate", `{"kty":"oct","kty":"oct","k":"AA"}`, key.Auto, "jwk", 0, "json.duplicate kty, jwk.json"},

		{"PEM", private, key.Auto, "pem", 1, ""},
		{"PEM, whatever the encoding of secrets", private, key.Base64, "pem", 1, ""},
		{"PEM in a string", `"` + strings.ReplaceAll(private, "\n", `\n`) + `"`, key.Auto, "pem", 1, "pem.folded PRIVATE KEY"},
		{"PEM in a variable", strings.ReplaceAll(private, "\n", " "), key.Auto, "pem", 1, "pem.folded PRIVATE KEY"},
		{"PEM among words", "here: \n" + private + "-- \nregards", key.Auto, "pem", 1, ""},
		{"PEM in base64", base64.StdEncoding.EncodeToString([]byte(private)), key.Auto, "pem", 1, ""},
		{"DER", string(der), key.Auto, "pem", 1, ""},
		{"DER in base64", base64.StdEncoding.EncodeToString(der), key.Auto, "pem", 1, ""},
		{"two PEM", private + private, key.Auto, "pem", 2, ""},
		{"PEM cut", private[:120], key.Auto, "pem", 0, "pem.no-end PRIVATE KEY"},
		{"PEM without its first line", private[28:], key.Auto, "pem", 0, "pem.no-begin"},
		{"dashes of a word processor", strings.ReplaceAll(private, "--", "—"), key.Auto, "pem", 0, "pem.armour"},
		{"other label", strings.ReplaceAll(private, "PRIVATE", "PUBLIC"), key.Auto, "pem", 0, "pem.other-label PUBLIC KEY PRIVATE KEY"},
		{"no label of keys", strings.ReplaceAll(private, "PRIVATE", "SECRET"), key.Auto, "pem", 0, "pem.label SECRET KEY"},
		{"bad character", set(t, private, "MIG", "M?G"), key.Auto, "pem", 0, "pem.character PRIVATE KEY ?"},
		{"encrypted", strings.ReplaceAll(private, "PRIVATE", "ENCRYPTED PRIVATE"), key.Auto, "pem", 0, "pem.other-label ENCRYPTED PRIVATE KEY PRIVATE KEY"},
		{"SSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== me", key.Auto, "pem", 0, "ssh.damaged"},
		{"SSH without its type", "AAAAC3NzaC1lZDI1NTE5AAAAIA==", key.Auto, "pem", 0, "ssh.no-type"},
		{"SSH of hardware", "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t me", key.Auto, "pem", 0, "ssh.unsupported sk-ssh-ed25519@openssh.com"},
		{"SSH of another type", "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA== me", key.Auto, "pem", 0, "ssh.other-type ssh-rsa ssh-ed25519"},
		{"too long", strings.Repeat("a", 1<<20+1), key.Auto, "none", 0, "key.too-long"},
	}
	for _, row := range rows {
		r := key.Read(row.text, row.as)
		got := codes(r)
		if strings.HasPrefix(row.codes, "json.") {
			got = got[:min(len(got), len(row.codes))] // the words of the rest are those of package token
		}
		if r.Kind != row.kind || len(r.Keys) != row.keys || got != row.codes {
			t.Errorf("%s: %s with %d keys, %q; want %s with %d, %q", row.name, r.Kind, len(r.Keys), codes(r), row.kind, row.keys, row.codes)
		}
		inside(t, row.text, r)
	}
}

// TestMembers holds each fault of a JWK to its code and to the very characters that are at fault.
func TestMembers(t *testing.T) {
	rsa, err := key.Generate(key.Spec{Alg: "RS256"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := rsa.JWK()
	member := func(name, value string) string {
		i := strings.Index(r, `"`+name+`":"`) + len(name) + 4
		return r[:i] + value + r[i+strings.IndexByte(r[i:], '"'):]
	}
	big17 := base64.RawURLEncoding.EncodeToString(append(new(big.Int).Lsh(big.NewInt(1), 16500).Bytes(), 1))
	rows := []struct{ name, text, code, at string }{
		{"kty", set(t, p256, `"EC"`, `"ec"`), "jwk.kty-unknown ec", `"ec"`},
		{"crv", set(t, p256, "P-256", "P-255"), "jwk.crv-unknown P-255 EC", `"P-255"`},
		{"crv of others", set(t, p256, "P-256", "P-224"), "jwk.crv-unknown P-224 EC", `"P-224"`},
		{"padding", set(t, p256, "9LI", "9LI="), "jwk.b64-padding d =", "="},
		{"alphabet", set(t, p256, "x_FEz", "x/FEz"), "jwk.b64-character y /", "/"},
		{"alphabet, written with an escape", set(t, p256, "x_FEz", `x\/FEz`), "jwk.b64-character y /", `"x\/FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"`},
		{"bits", set(t, p256, "5a0", "5a1"), "jwk.b64-bits y 1", "1"},
		{"length", set(t, p256, "5a0", "5a0AA"), "jwk.b64-length y 45", `"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0AA"`},
		{"size", set(t, p256, "5a0", "5a0A"), "jwk.size y 33 32", `"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0A"`},
		{"off the curve", set(t, p256, "x_FEz", "x_FEy"), "ec.off-curve P-256", `"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"`},
		{"another private part", set(t, p256, "jpsQ", "jpsR"), "key.mismatch d", `"jpsRnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"`},
		{"kid", set(t, p256, `{`, `{"kid":1,`), "jwk.not-string kid", "1"},
		{"key_ops", set(t, p256, `{`, `{"key_ops":"sign",`), "jwk.not-array key_ops", `"sign"`},
		{"key_ops twice", set(t, p256, `{`, `{"key_ops":["sign", "sign"],`), "jwk.ops-twice sign", `"sign"`},
		{"empty secret", `{"kty":"oct","k":""}`, "jwk.member-empty k", `""`},
		{"empty use", `{"kty":"oct","k":"AAAA","use":""}`, "jwk.member-empty use", `""`},
		{"modulus", member("n", big17), "rsa.too-big 16509 16384", `"` + big17 + `"`},
		{"even modulus", member("n", "gAAAAA"), "rsa.modulus", `"gAAAAA"`},
		{"exponent 1", member("e", "AQ"), "rsa.exponent 1", `"AQ"`},
		{"big exponent", member("e", "AQAAAAAAAAAB"), "rsa.exponent 2^64", `"AQAAAAAAAAAB"`},
		{"p", member("p", "Aw"), "rsa.parts p, q", `"Aw"`},
		{"dq", member("dq", "Aw"), "rsa.parts dq", `"Aw"`},
		{"qi", member("qi", "Aw"), "rsa.parts qi", `"Aw"`},
		{"qi missing", set(t, r, `"qi"`, `"iq"`), "rsa.incomplete qi", ""},
		{"d missing", set(t, r, `"d"`, `"D"`), "rsa.incomplete d", ""},
		{"oth", set(t, r, `"qi"`, `"oth":[],"qi"`), "rsa.multi-prime", "[]"},
	}
	for _, row := range rows {
		got := key.Read(row.text, key.Auto)
		if codes(got) != row.code || len(got.Keys) != 0 {
			t.Errorf("%s: %q with %d keys, want %q", row.name, codes(got), len(got.Keys), row.code)
			continue
		}
		if p := got.Problems[0]; row.at != "" && row.text[p.Start:p.End] != row.at {
			t.Errorf("%s: points at %q, want %q", row.name, row.text[p.Start:p.End], row.at)
		}
	}
}

func TestSecretBytes(t *testing.T) {
	rows := []struct {
		text string
		as   key.Encoding
		hex  string
	}{
		{"abc", key.UTF8, "616263"}, {"abcd", key.Base64, "69b71d"}, {"-_-_", key.Base64URL, "fbffbf"},
		{"+/+/", key.Base64, "fbffbf"}, {"AbCd", key.Hex, "abcd"}, {"YQ==", key.Base64, "61"}, {"YQ", key.Base64, "61"},
	}
	for _, row := range rows {
		r := key.Read(row.text, row.as)
		if len(r.Keys) != 1 || hex.EncodeToString(r.Keys[0].Secret) != row.hex || r.Keys[0].Encoding != row.as {
			t.Errorf("%s as %s: %+v, want %s", row.text, row.as, r.Keys, row.hex)
		}
	}
	r := key.Read("c2VjcmV0cw==", key.Auto)
	if r.Keys[0].Encoding != key.UTF8 || r.Keys[1].Encoding != key.Base64 || string(r.Keys[1].Secret) != "secrets" {
		t.Errorf("a secret is plain text first, then padded base64: %+v", r.Keys)
	}
}

// TestThumbprint is the example of RFC 7638 §3.1.
func TestThumbprint(t *testing.T) {
	const n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs" +
		"tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbI" +
		"SD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
	r := key.Read(`{"kty":"RSA","n":"`+n+`","e":"AQAB","alg":"RS256","kid":"2011-04-29"}`, key.Auto)
	if got, want := r.Keys[0].Thumbprint, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"; got != want {
		t.Errorf("thumbprint %s, want %s", got, want)
	}
	if k := r.Keys[0]; k.KeyID != "2011-04-29" || k.Alg != "RS256" || k.Bits != 2048 || k.Private {
		t.Errorf("members are lost: %+v", k)
	}
}
