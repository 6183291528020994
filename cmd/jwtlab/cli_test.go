package main

import (
	"bytes"
	"crypto/rand"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A world is what a command is run in.
type world struct {
	stdin    string
	env      map[string]string
	terminal bool
}

var (
	korea = time.FixedZone("KST", 9*3600)
	noon  = time.Date(2026, 11, 21, 12, 0, 0, 0, korea)
)

// call runs the program as main does.
func (w world) call(args ...string) (code int, out, err string) {
	var o, e bytes.Buffer
	code = run(env{
		in: strings.NewReader(w.stdin), out: &o, err: &e, getenv: func(name string) string { return w.env[name] },
		now: func() time.Time { return noon }, rand: rand.Reader, terminal: w.terminal,
	}, args)
	return code, o.String(), e.String()
}

// must runs the program and wants it to end well.
func (w world) must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, err := w.call(args...)
	if code != good || err != "" {
		t.Fatalf("%q: code %d, %s%s", args, code, out, err)
	}
	return out
}

// file writes a file for the test and returns its name.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The example of RFC 7515 appendix A.1, which expired in 2011.
const (
	a1Token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9" +
		".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ" +
		".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	a1Key = `{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}`
)

// A golden case is a file in testdata/cli: sections that begin with a line "-- name --". The sections args (one a line),
// stdin, key (a file named KEY in args), env and terminal say how the program is called; out, err and code what it does.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/cli/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases in testdata/cli", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			given, want, _ := strings.Cut(string(raw), "-- code --\n")
			got := callGolden(t, sections(t, given))
			if *update {
				if err := os.WriteFile(path, []byte(given+"-- code --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// sections splits the part of a case that is given.
func sections(t *testing.T, text string) map[string]string {
	all := map[string]string{}
	name := "comment"
	for line := range strings.Lines(text) {
		if inner, ok := strings.CutPrefix(line, "-- "); ok {
			name = strings.TrimSuffix(inner, " --\n")
			if !strings.Contains(" args stdin key env terminal ", " "+name+" ") {
				t.Fatalf("unknown section %q", name)
			}
			continue
		}
		all[name] += line
	}
	return all
}

func callGolden(t *testing.T, s map[string]string) string {
	w := world{stdin: s["stdin"], env: map[string]string{}, terminal: s["terminal"] != ""}
	for line := range strings.Lines(s["env"]) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		w.env[name] = value
	}
	var args []string
	for line := range strings.Lines(s["args"]) {
		arg := strings.TrimSuffix(line, "\n")
		if arg == "KEY" {
			arg = file(t, "key", s["key"])
		}
		args = append(args, arg)
	}
	code, out, err := w.call(args...)
	out = strings.ReplaceAll(out, "\x1b", "␛")
	return string(rune('0'+code)) + "\n-- out --\n" + out + "-- err --\n" + err
}

func TestHelp(t *testing.T) {
	for _, name := range []string{"build", "decode", "verify", "lint", "sign", "key", "key new", "key show", "key convert", "key rotate", "user", "user add", "user passwd", "user list", "user remove", "jwe", "jwe decrypt", "jwe encrypt", "sdjwt", "sdjwt show", "sdjwt verify", "sdjwt present", "sdjwt issue", "batch", "lab", "lab list", "lab run", "lab matrix"} {
		for _, lang := range []string{"en", "ko"} {
			for _, h := range []string{"-h", "--help"} {
				out := world{}.must(t, append(strings.Fields(name), h, "-lang", lang)...)
				if !strings.Contains(out, "jwtlab "+name) || strings.Contains(out, "⟨") {
					t.Errorf("%s %s in %s:\n%s", name, h, lang, out)
				}
				for line := range strings.Lines(out) {
					if !strings.HasPrefix(line, "  ") && cells(strings.TrimSuffix(line, "\n")) > defaultWidth {
						t.Errorf("%s in %s is wider than a terminal: %q", name, lang, line)
					}
				}
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, test := range []struct {
		env  map[string]string
		args []string
		ko   bool
	}{
		{nil, nil, false},
		{map[string]string{"LANG": "ko_KR.UTF-8"}, nil, true},
		{map[string]string{"LANG": "ko"}, nil, true},
		{map[string]string{"LANG": "kok_IN"}, nil, false}, // Konkani
		{map[string]string{"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, nil, false},
		{map[string]string{"LANG": "C", "LC_MESSAGES": "ko_KR"}, nil, true},
		{nil, []string{"-lang", "ko"}, true},
		{nil, []string{"--lang=ko"}, true},
		{map[string]string{"LANG": "ko_KR"}, []string{"-lang", "en"}, false},
	} {
		_, out, _ := world{env: test.env}.call(append([]string{"decode", a1Token}, test.args...)...)
		if got := strings.Contains(out, "페이로드"); got != test.ko {
			t.Errorf("%v %v: Korean is %v, want %v", test.env, test.args, got, test.ko)
		}
	}
}

func TestMisuse(t *testing.T) {
	key := file(t, "key.jwk", a1Key)
	const secret = "c29tZS12ZXJ5LXNlY3JldC1rZXk"
	for _, args := range [][]string{
		{"decode", "a", "b"},
		{"decode", "-in", "no-such-file"},
		{"decode", "-in", key, a1Token},
		{"decode", "-lang", "fr", a1Token},
		{"decode", "--" + secret},
		{"verify", a1Token},
		{"verify", "-key", secret, a1Token},
		{"verify", "-key", "env:" + secret, a1Token},
		{"verify", "-key", "-"},
		{"verify", "-key", "-", "-"},
		{"verify", "-key", key, "-encoding", secret, a1Token},
		{"verify", "-key", key, "-leeway", "-5s", a1Token},
		{"verify", "-key", key, "-leeway", "soon", a1Token},
		{"verify", "-key", key, "-at", "yesterday", a1Token},
		{"verify", "-" + secret, "-key", key, a1Token},
		{"lint", "a", "b"},
		{"lint", "-key", secret, a1Token},
		{"lint", "-at", "yesterday", a1Token},
		{"sign", "-key", key, "{}"},
		{"sign", "-key", key, "-alg", "HS257", "{}"},
		{"sign", "-alg", "HS256", "{}"},
		{"sign", "-key", secret, "-alg", "HS256", "{}"},
		{"sign", "-key", key, "-alg", "HS256", "-exp", "1h", `{"exp":1}`},
		{"key"},
		{"key", secret},
		{"key", "new"},
		{"key", "new", "-alg", "none"},
		{"key", "new", "-alg", "RS256", "-bits", "512"},
		{"key", "new", "-alg", "HS256", "-pem"},
		{"key", "show", secret},
		{"key", "convert", "-to", secret, key},
		{"key", "rotate", "a", "b"},
		{"key", "rotate", "-alg", "ES384", key},
		{"key", "rotate", "-overlap", "soon", key},
		{"key", "rotate", "-keep", "-1h", key},
		{"key", "rotate"}, // no HOME
		{"user"},
		{"user", secret},
		{"user", "add", "-users", key},
		{"user", "add", "-users", key, "alice", secret},
		{"user", "add", "alice"}, // no HOME
		{"user", "add", "-" + secret, "alice"},
		{"user", "list", "-users", key, secret},
		{"user", "list", "-users", os.TempDir()},
		{"sdjwt"},
		{"sdjwt", secret},
		{"sdjwt", "verify", a1Token + "~"},
		{"sdjwt", "verify", "-key", secret, a1Token + "~"},
		{"sdjwt", "present", "-holder", key, a1Token + "~"},
		{"sdjwt", "present", "-aud", "a", "-nonce", "n", a1Token + "~"},
		{"sdjwt", "present", "-holder", "-", "-aud", "a", "-nonce", "n"},
		{"sdjwt", "present", "-holder", secret, "-aud", "a", "-nonce", "n", a1Token + "~"},
		{"sdjwt", "issue", "{}"},
		{"sdjwt", "issue", "-key", key, "{}"},
		{"sdjwt", "issue", "-key", key, "-alg", "HS256", "-holder", "-"},
		{"sdjwt", "issue", "-key", key, "-alg", "HS256", "-decoys", "x", "{}"},
		{"jwe"},
		{"jwe", secret},
		{"jwe", "decrypt", a1Token},
		{"jwe", "decrypt", "-key", secret, a1Token},
		{"jwe", "decrypt", "-key", key, "-json", "-plain", a1Token},
		{"jwe", "encrypt", "-key", key, "{}"},
		{"jwe", "encrypt", "-key", key, "-alg", "HS256", "{}"},
		{"jwe", "encrypt", "-key", key, "-alg", "A128KW", "-enc", "A512GCM", "{}"},
		{"jwe", "encrypt", "-alg", "dir", "{}"},
		{"jwe", "encrypt", "-key", key, "-alg", "PBES2-HS256+A128KW", "-p2c", "99999999", "{}"},
		{"batch"},
		{"batch", "jwx"},
		{"batch", "jws", "-in", "no-such-file"},
	} {
		code, out, err := world{}.call(args...)
		if code != usage || out != "" || err == "" || strings.Contains(err, "⟨") {
			t.Errorf("%q: code %d, out %q, err %q", args, code, out, err)
		}
		if strings.Contains(err, secret) {
			t.Errorf("%q: what was typed is printed, and may be a secret: %s", args, err)
		}
	}
}
