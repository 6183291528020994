package token_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"jwtlab/app/token"
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// jws makes a token of a header and a payload, with some signature.
func jws(header, payload string) string { return b64(header) + "." + b64(payload) + ".c2ln" }

// one reads a text that has exactly one token.
func one(t *testing.T, text string) token.Token {
	t.Helper()
	r := token.Read(text)
	if len(r.Tokens) != 1 {
		t.Fatalf("%d tokens in %.80q: %+v", len(r.Tokens), text, r.Problems)
	}
	return r.Tokens[0]
}

// TestPublished reads the examples of RFC 7515 appendix A and RFC 7519 §3.1.
func TestPublished(t *testing.T) {
	const (
		claims  = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
		payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
	)
	for _, c := range []struct {
		name, input, header, payload string
		form                         token.Form
		signature                    int
	}{
		{"RFC 7515 A.1, RFC 7519 3.1", "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
			"{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}", claims, token.JWS, 32},
		{"RFC 7515 A.3", "eyJhbGciOiJFUzI1NiJ9." + payload + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
			`{"alg":"ES256"}`, claims, token.JWS, 64},
		{"RFC 7515 A.4", "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7Xd" +
			"tAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn", `{"alg":"ES512"}`, "Payload", token.JWS, 132},
		{"RFC 7515 A.5", "eyJhbGciOiJub25lIn0." + payload + ".", `{"alg":"none"}`, claims, token.Unsecured, 0},
	} {
		for how, tok := range map[string]token.Token{"Read": one(t, c.input), "Parse": token.Parse(c.input)} {
			if !tok.OK() || tok.Form != c.form || string(tok.Header().Bytes) != c.header || string(tok.Payload().Bytes) != c.payload ||
				len(tok.Signature().Bytes) != c.signature || tok.Compact() != c.input {
				t.Errorf("%s, %s: %s, %+v", c.name, how, tok.Form, tok.Problems)
			}
			if want := c.input[:strings.LastIndexByte(c.input, '.')]; tok.SigningInput() != want {
				t.Errorf("%s, %s: signing input %s, want %s", c.name, how, tok.SigningInput(), want)
			}
		}
	}
}

// TestSource maps decoded bytes back to the pasted text: the characters found there decode to those bytes.
func TestSource(t *testing.T) {
	const claims = `{"sub":"alice","aud":["a","b"]}`
	plain := jws(`{"alg":"HS256"}`, claims)
	for name, text := range map[string]string{
		"plain":   plain,
		"bearer":  "Authorization: Bearer " + plain,
		"broken":  plain[:15] + "\n  " + plain[15:40] + "\r\n" + plain[40:],
		"percent": "x?id_token=" + strings.ReplaceAll(plain, ".", "%2E"),
		"coded":   "x?id_token=" + strings.ReplaceAll(plain, "a", "%61"),
		"unicode": `{"t":"` + strings.ReplaceAll(plain, ".", `\u002e`) + `"}`,
		"stray":   plain[:30] + "\u200b" + plain[30:],
		"padded":  strings.Replace(plain, ".", "=.", 1),
	} {
		p := one(t, text).Payload()
		if string(p.Bytes) != claims {
			t.Errorf("%s: payload %s", name, p.Bytes)
			continue
		}
		for i := range claims {
			for j := i + 1; j <= len(claims); j++ {
				at := p.Source(i, j)
				found := characters(text[at.Start:at.End])
				if whole := b64(claims)[i*8/6 : (j*8+5)/6]; found != whole {
					t.Fatalf("%s: bytes %d-%d are from %q, want %q", name, i, j, found, whole)
				}
			}
		}
	}
}

// characters takes out of a piece of text what is not base64url.
func characters(s string) string {
	return strings.NewReplacer("\n", "", "\r", "", " ", "", "%61", "a", "\u200b", "", "\u00ad", "", "\u2060", "").Replace(s)
}

// TestHeaderRules gives headers and compares the problems they have, all of them warnings (decoding goes on).
func TestHeaderRules(t *testing.T) {
	for header, want := range map[string]string{
		`{"alg":"HS256"}`:                           "",
		`{}`:                                        "header.alg-missing",
		`{"alg":256}`:                               "header.not-string",
		`{"alg":"HS256","typ":1}`:                   "header.not-string",
		`{"alg":"HS256","kid":{}}`:                  "header.not-string",
		`{"alg":"HS256","jwk":[]}`:                  "header.not-object-member",
		`{"alg":"HS256","x5c":"x"}`:                 "header.not-strings",
		`{"alg":"HS256","x5c":["x"]}`:               "",
		`{"alg":"HS256","crit":[]}`:                 "header.crit-form",
		`{"alg":"HS256","crit":"exp"}`:              "header.crit-form",
		`{"alg":"HS256","crit":[1]}`:                "header.crit-form",
		`{"alg":"HS256","crit":["exp"]}`:            "header.crit-absent",
		`{"alg":"HS256","crit":["alg"]}`:            "header.crit-registered",
		`{"alg":"HS256","crit":["e","e"],"e":1}`:    "header.crit-twice",
		`{"alg":"HS256","b64":"false"}`:             "header.b64-form",
		`{"alg":"HS256","b64":true}`:                "header.b64-not-crit",
		`{"alg":"HS256","b64":true,"crit":["b64"]}`: "",
	} {
		tok := token.Parse(jws(header, `{"a":1}`))
		var got []string
		for _, p := range tok.Problems {
			if !strings.HasPrefix(p.Ref, "RFC ") || p.Severity == token.Error {
				t.Errorf("%s: %+v", header, p)
			}
			got = append(got, p.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
}

// TestBase64 gives a payload segment in several spellings to Parse.
func TestBase64(t *testing.T) {
	for payload, want := range map[string]string{
		"e30":       "",
		"e30=":      "base64.padding 24-25 =",
		"e3 0":      "base64.blank 23-24 U+0020",
		"e30\n":     "base64.blank 24-25 U+000A",
		"e31":       "base64.bits 23-24 1 0",
		"e30_e":     "base64.length 25-26",
		"e3é0":      "base64.character 23-25 é",
		"e3\xff0":   "base64.character 23-24 0xFF",
		"e3\u200b0": "base64.character 23-26 U+200B",
		"eyI/Ijox":  "base64.standard 24-25 /",
	} {
		var list []token.Problem
		for _, p := range token.Parse(b64(`{"alg":"HS256"}`) + "." + payload + ".c2ln").Problems {
			if strings.HasPrefix(p.Code, "base64.") {
				list = append(list, p)
			}
		}
		got := strings.ReplaceAll(brief(list), "- ", "-")
		if got != want {
			t.Errorf("%q: %s, want %s", payload, got, want)
		}
	}
}

// TestTooLong refuses what is longer than MaxInput in words.
func TestTooLong(t *testing.T) {
	text := strings.Repeat("a", token.MaxInput+1)
	if r := token.Read(text); len(r.Tokens) != 0 || brief(r.Problems) != "text.too-long 0-10485761 10" {
		t.Errorf("Read: %s", brief(r.Problems))
	}
	if tok := token.Parse(text); tok.OK() || brief(tok.Problems) != "text.too-long 0-10485761 10" {
		t.Errorf("Parse: %s", brief(tok.Problems))
	}
}

// TestGarbage reads ten megabytes of each kind of garbage: an answer in words comes, and not a million problems.
func TestGarbage(t *testing.T) {
	for _, unit := range []string{"\x00", "lorem ", "eyJ", "eyJ.", "eyJ ", ".", "~", "eyJ.a.b~", "%2e", "{", `{"signature":"`, "\xff", "eyJ!", "\n",
		"s.0=eyJhbGciOiJIUzI1NiJ9; s.1=e30; ", "ZXlKaGJHY2lPaUpJVXpJMU5pSjkuZTMwLmMybG4 ", `"eyJ" + "a" + `, "eyJ=\n", "ｅｙＪ", `{"header":{"a":[{}]}} `,
		"eyJhbGciOiJIUzI1NiJ9.e30.c2ln ", `{"payload":"e30","protected":"e30","signature":""}`} {
		text := strings.Repeat(unit, token.MaxInput/len(unit))
		r := token.Read(text)
		problems := len(r.Problems)
		for _, tok := range append(r.Tokens, token.Parse(text)) {
			problems += len(tok.Problems)
			if len(tok.Segments) > 1100 {
				t.Errorf("%q: %d segments", unit, len(tok.Segments))
			}
		}
		if problems == 0 || problems > 2000 {
			t.Errorf("%q: %d problems", unit, problems)
		}
	}
}

// TestManyTokens lists as many tokens as it says, and says that there are more.
func TestManyTokens(t *testing.T) {
	var text strings.Builder
	for i := range 150 {
		text.WriteString(jws(`{"alg":"HS256"}`, fmt.Sprintf(`{"sub":"%d"}`, i)) + "\n")
	}
	r := token.Read(text.String())
	if len(r.Tokens) != 100 || len(r.Problems) != 1 || r.Problems[0].Code != "text.more-tokens" {
		t.Errorf("%d tokens, %s", len(r.Tokens), brief(r.Problems))
	}
}

// TestNotSerialized does not take any JSON with a signature for a JWS.
func TestNotSerialized(t *testing.T) {
	plain := jws(`{"alg":"HS256"}`, `{"a":1}`)
	tok := one(t, `{"payload":{"a":1},"signature":"abc","token":"`+plain+`"}`)
	if tok.Form != token.JWS || tok.Compact() != plain {
		t.Errorf("%s: %s", tok.Form, tok.Compact())
	}
	if r := token.Read(`{"signature":"abc","header":"x"}`); len(r.Tokens) != 0 || r.Problems[0].Code != "text.json" {
		t.Errorf("%+v", r)
	}
}

// TestParseIsStrict refuses what Read forgives.
func TestParseIsStrict(t *testing.T) {
	plain := jws(`{"alg":"HS256"}`, `{"a":1}`)
	for _, text := range []string{" " + plain, plain + "\n", "Bearer " + plain, `"` + plain + `"`, plain[:9] + "\n" + plain[9:],
		strings.Replace(plain, ".", "%2E", 1), plain + ".", plain + "~", "", "."} {
		if tok := token.Parse(text); tok.OK() {
			t.Errorf("%q is taken", text)
		}
	}
	if !bytes.Equal(token.Parse(plain).Payload().Bytes, []byte(`{"a":1}`)) {
		t.Error("the payload is lost")
	}
}
