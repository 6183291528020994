package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/locale"
)

func TestVerify(t *testing.T) {
	key := file(t, "key.jwk", a1Key)
	signed := world{}.must(t, "sign", "-key", key, "-alg", "HS256", `{"iss":"me","aud":["api","web"],"nbf":1795230010,"exp":1795230060}`)
	const before, within, after = "2026-11-21T03:00:00Z", "2026-11-21T12:00:30+09:00", "1795230060"
	for _, test := range []struct {
		name    string
		args    []string
		answers string // form, signature, acceptance
	}{
		{"as it should be", []string{"-at", within, signed}, "yes yes yes"},
		{"too early", []string{"-at", before, signed}, "yes yes no"},
		{"now is too early", []string{signed}, "yes yes no"},
		{"too late", []string{"-at", after, signed}, "yes yes no"},
		{"late, within the leeway", []string{"-at", after, "-leeway", "5s", signed}, "yes yes yes"},
		{"early, within the leeway", []string{"-leeway", "10", signed}, "yes yes yes"},
		{"issuer and audience", []string{"-at", within, "-iss", "me", "-aud", "other", "-aud", "web", signed}, "yes yes yes"},
		{"another issuer", []string{"-at", within, "-iss", "you", signed}, "yes yes no"},
		{"another audience", []string{"-at", within, "-aud", "other", signed}, "yes yes no"},
		{"another algorithm", []string{"-at", within, "-alg", "HS512", signed}, "yes no unchecked"},
		{"changed", []string{"-at", within, strings.Replace(signed, "eyJpc3Mi", "eyJqc3Mi", 1)}, "yes no unchecked"},
		{"found in a header line", []string{"-at", within, "Authorization: Bearer " + signed}, "yes yes yes"},
		{"not byte for byte", []string{"-at", within, "-strict", "Bearer " + signed}, "no no unchecked"},
		{"unsecured", []string{"eyJhbGciOiJub25lIn0.e30."}, "yes no unchecked"},
		{"garbage", []string{"garbage"}, "no unchecked unchecked"},
		{"nothing", []string{""}, "unchecked unchecked unchecked"},
	} {
		code, out, err := world{}.call(append([]string{"verify", "-json", "-key", key}, test.args...)...)
		var got judged
		readJSON(t, out, &got)
		answers := string(got.Form + " " + got.Signature + " " + got.Acceptance)
		want := bad
		if answers == "yes yes yes" {
			want = good
		}
		if answers != test.answers || code != want || err != "" || got.Summary == "" || got.Problems == nil {
			t.Errorf("%s: got %s, code %d, want %s: %s%s", test.name, answers, code, test.answers, out, err)
		}
		if human, _, _ := (world{}).call(append([]string{"verify", "-key", key}, test.args...)...); human != code {
			t.Errorf("%s: a person gets code %d, a program %d", test.name, human, code)
		}
		if got.Form != check.Yes && len(got.Problems) == 0 {
			t.Errorf("%s: nothing says what is wrong with the form", test.name)
		}
	}
}

func TestSecretEncodings(t *testing.T) {
	const hexKey, b64Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	signed := world{stdin: hexKey}.must(t, "sign", "-key", "-", "-encoding", "hex", "-alg", "HS256", "-exp", "1h", "{}")
	for _, test := range []struct {
		key, encoding string
		code          int
	}{
		{b64Key, "base64", good}, {hexKey, "hex", good}, {strings.TrimRight(b64Key, "="), "base64url", good},
		{hexKey, "utf-8", bad}, {hexKey, "base64", bad},
	} {
		if code, out, _ := (world{stdin: test.key}).call("verify", "-key", "-", "-encoding", test.encoding, signed); code != test.code {
			t.Errorf("%s as %s: code %d\n%s", test.key, test.encoding, code, out)
		}
	}
}

func TestParseTime(t *testing.T) {
	for text, want := range map[string]int64{
		"1300819380": 1300819380, "0": 0, "-1": -1, "2011-03-22T18:43:00Z": 1300819380, "2011-03-23T03:43:00+09:00": 1300819380,
		"2011-03-22T18:43:00": 1300819380, "2011-03-22 18:43:00": 1300819380, "2011-03-22": 1300752000,
	} {
		if got, err := parseTime(text); err != nil || got.Unix() != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "now", "1e300", "NaN", "Inf", "2011-13-01", "1300819380000"} {
		if got, err := parseTime(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0": 0, "90": 90 * time.Second, "1.5": 1500 * time.Millisecond, "15m": 15 * time.Minute, "1h30m": 90 * time.Minute, "7d": 168 * time.Hour,
	} {
		if got, err := parseDuration(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-1", "-5s", "d", "-1d", "NaN", "Inf", "1e300", "99999999999d", "soon"} {
		if got, err := parseDuration(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// Every id that the code asks for is in the catalogue, and every text of the catalogue has its place in the code.
func TestWords(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, topic := range []string{"cli.", "serve."} {
			for i, piece := range strings.Split(string(source), `"`+topic) {
				if id, _, ok := strings.Cut(piece, `"`); ok && i > 0 && id != "" && !strings.HasSuffix(id, ".") && !strings.HasSuffix(name, "_test.go") {
					asked[topic+id] = true
				}
			}
		}
	}
	for id := range asked {
		if !locale.Has(locale.EN, id) {
			t.Errorf("no text %s", id)
		}
	}
	commands := []string{"serve", "build", "decode", "verify", "lint", "sign", "key", "key-new", "key-show", "key-convert", "key-rotate", "user", "user-add", "user-passwd", "user-list", "user-remove", "jwe", "jwe-decrypt", "jwe-encrypt", "sdjwt", "sdjwt-show", "sdjwt-verify", "sdjwt-present", "sdjwt-issue", "batch", "lab", "lab-list", "lab-run", "lab-matrix"}
	for _, id := range locale.IDs(locale.EN) {
		if strings.HasPrefix(id, "serve.") && !asked[id] {
			t.Errorf("nothing says %s", id)
		}
		if !strings.HasPrefix(id, "cli.") || asked[id] || strings.HasPrefix(id, "cli.flag.") {
			continue
		}
		of, _, _ := strings.Cut(strings.TrimPrefix(id, "cli."), ".")
		if !strings.Contains(" "+strings.Join(commands, " ")+" ", " "+of+" ") {
			t.Errorf("nothing says %s", id)
		}
	}
}

// TestVerifyDiagnoses says why a signature does not fit, to a person and to a program, and keeps the secret to itself.
func TestVerifyDiagnoses(t *testing.T) {
	good := file(t, "good", "a secret of thirty-two bytes, ok")
	line := file(t, "line", "JWT_SECRET=a secret of thirty-two bytes, ok")
	signed := strings.TrimSpace(world{}.must(t, "sign", "-key", good, "-alg", "HS256", "-encoding", "utf-8", `{"sub":"me"}`))
	for _, lang := range []string{"en", "ko"} {
		w := world{env: map[string]string{"LANG": lang}}
		code, out, _ := w.call("verify", "-key", line, "-json", signed)
		var got judged
		readJSON(t, out, &got)
		if len(got.Diagnosis) != 1 || got.Diagnosis[0].Code != "secret.assignment" || got.Diagnosis[0].Mend == nil || code != bad {
			t.Fatalf("%s: %s", lang, out)
		}
		if strings.Contains(out, "thirty-two") || strings.Contains(out, "⟨") {
			t.Errorf("%s: the secret is told, or words lack: %s", lang, out)
		}
		_, person, _ := w.call("verify", "-key", line, signed)
		if !strings.Contains(strings.Join(strings.Fields(person), " "), got.Diagnosis[0].Text) || strings.Contains(person, "thirty-two") {
			t.Errorf("%s: a person reads %s", lang, person)
		}
	}
	head, _, _ := strings.Cut(signed, ".")
	indented := head + "." + encode("{ \"sub\": \"me\" }") + signed[strings.LastIndex(signed, "."):]
	if _, out, _ := (world{}).call("verify", "-key", good, indented); !strings.Contains(out, signed) {
		t.Errorf("the mended token is not shown: %s", out)
	}
	if _, out, _ := (world{}).call("verify", "-key", good, "-json", signed); strings.Contains(out, "diagnosis") {
		t.Errorf("a genuine token is diagnosed: %s", out)
	}
}
