package snippet_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/snippet"
)

// A trial is a token that a program has to accept or refuse.
type trial struct {
	name, token string
	good        bool
}

// missing skips a test whose counterpart is not installed; on CI, where it has to be, the test fails.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// sign makes a token of these claims; those of [full] are the good ones.
func sign(t *testing.T, k key.Key, alg, typ, payload string) string {
	t.Helper()
	text, err := jws.Sign(alg, []byte(`{"alg":"`+alg+`","typ":"`+typ+`"}`), []byte(payload), k, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// trials are tokens around one key. The times are years away from now, so that the machine's clock does not matter.
func trials(t *testing.T, k, other key.Key, alg string) []trial {
	const good = `"iss":"https://issuer.example","aud":["api","web"]`
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"at+jwt"}`)) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(`{`+good+`,"exp":99999999999}`)) + "."
	return []trial{
		{"good", sign(t, k, alg, "at+jwt", `{`+good+`,"exp":99999999999,"nbf":1}`), true},
		{"one audience", sign(t, k, alg, "at+jwt", `{"iss":"https://issuer.example","aud":"api","exp":99999999999}`), true},
		{"forged", sign(t, other, alg, "at+jwt", `{`+good+`,"exp":99999999999}`), false},
		{"expired", sign(t, k, alg, "at+jwt", `{`+good+`,"exp":1700000000}`), false},
		{"too early", sign(t, k, alg, "at+jwt", `{`+good+`,"exp":99999999999,"nbf":99999999998}`), false},
		{"without end", sign(t, k, alg, "at+jwt", `{`+good+`}`), false},
		{"another issuer", sign(t, k, alg, "at+jwt", `{"iss":"https://evil.example","aud":"api","exp":99999999999}`), false},
		{"no issuer", sign(t, k, alg, "at+jwt", `{"aud":"api","exp":99999999999}`), false},
		{"another audience", sign(t, k, alg, "at+jwt", `{"iss":"https://issuer.example","aud":"web","exp":99999999999}`), false},
		{"no audience", sign(t, k, alg, "at+jwt", `{"iss":"https://issuer.example","exp":99999999999}`), false},
		{"another type", sign(t, k, alg, "JWT", `{`+good+`,"exp":99999999999}`), false},
		{"unsecured", none, false},
	}
}

// material is the file that JWT_KEY_FILE names: the secret's bytes, or the public key as PEM.
func material(t *testing.T, k key.Key) []byte {
	t.Helper()
	public, ok := k.PublicKey()
	if !ok {
		return k.Secret
	}
	text, err := public.PEM()
	if err != nil {
		t.Fatal(err)
	}
	return []byte(text)
}

func generate(t *testing.T, alg string) key.Key {
	t.Helper()
	k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// runAll writes the program of every algorithm that the library and we have, and has each judge its trials. Prepare
// gets the folder with the programs, and returns how to run one. Has tells what the machine can do.
func runAll(t *testing.T, language, file string, has func(alg string) bool, prepare func(dir string) func(program string) *exec.Cmd) {
	t.Helper()
	dir := t.TempDir()
	var algs []string
	for _, a := range jws.Algorithms() {
		s := in(snippet.For(full(a.Name)), language)
		if s.Code == "" || !has(a.Name) {
			continue
		}
		algs = append(algs, a.Name)
		write(t, filepath.Join(dir, a.Name, file), []byte(s.Code))
	}
	if len(algs) < 13 {
		t.Errorf("%s has only %v", language, algs)
	}
	run := prepare(dir)
	for _, alg := range algs {
		k := generate(t, alg)
		keyFile := filepath.Join(dir, alg, "key")
		write(t, keyFile, material(t, k))
		all := trials(t, k, generate(t, alg), alg)
		if alg != "HS256" && alg != "RS256" {
			all = all[:4] // what is not of the signature is the same for every algorithm
		}
		for _, c := range all {
			cmd := run(filepath.Join(dir, alg, file))
			cmd.Env = append(os.Environ(), "JWT_KEY_FILE="+keyFile)
			cmd.Stdin = strings.NewReader(c.token + "\n")
			out, err := cmd.CombinedOutput()
			if (err == nil) != c.good {
				t.Errorf("%s, %s: accepted %v, want %v: %s", alg, c.name, err == nil, c.good, out)
			}
			if c.good && !bytes.Contains(out, []byte("https://issuer.example")) {
				t.Errorf("%s, %s: the claims are not in %s", alg, c.name, out)
			}
		}
	}
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestGo builds the Go programs in a module of their own, with what the module cache has for this one.
func TestGo(t *testing.T) {
	runAll(t, "go", "main.go", func(string) bool { return true }, func(dir string) func(string) *exec.Cmd {
		library := in(snippet.For(full("HS256")), "go")
		write(t, filepath.Join(dir, "go.mod"), []byte("module programs\n\ngo 1.26\n\nrequire "+library.Library+" v"+library.Version+"\n"))
		sums, err := os.ReadFile(filepath.Join("..", "..", "go.sum"))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "go.sum"), sums)
		for _, args := range [][]string{{"vet", "./..."}, {"build", "-o", "bin" + string(filepath.Separator), "./..."}} {
			cmd := exec.Command("go", args...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "CGO_ENABLED=0")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("go %s: %v\n%s", args[0], err, out)
			}
		}
		gofmt, err := exec.Command("gofmt", "-l", dir).Output()
		if err != nil || len(gofmt) > 0 {
			t.Errorf("not formatted: %s %v", gofmt, err)
		}
		return func(program string) *exec.Cmd {
			return exec.Command(filepath.Join(dir, "bin", filepath.Base(filepath.Dir(program))))
		}
	})
}

func TestNode(t *testing.T) {
	modules, err := filepath.Abs(filepath.Join("..", "testdata", "npm", "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(modules, "jose")); err != nil {
		missing(t, "npm's jose is not installed; run: npm ci --prefix app/testdata/npm")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "node is not installed; install nodejs 20 or later")
	}
	has := func(alg string) bool {
		make := "require('crypto').generateKeyPairSync('" + strings.ToLower(alg) + "')"
		return !strings.HasPrefix(alg, "ML-DSA") || exec.Command(node, "-e", make).Run() == nil
	}
	runAll(t, "node", "verify.mjs", has, func(dir string) func(string) *exec.Cmd {
		if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
		return func(program string) *exec.Cmd { return exec.Command(node, program) }
	})
}

// TestLeeway: a leeway is in whole seconds, and none leaves no trace.
func TestLeeway(t *testing.T) {
	for leeway, want := range map[time.Duration]string{
		0: "", 1500 * time.Millisecond: "clockTolerance: 1,", -time.Second: "", time.Hour: "clockTolerance: 3600,",
	} {
		code := in(snippet.For(snippet.Request{Alg: "HS256", Leeway: leeway}), "node").Code
		if !strings.Contains(code, want) || want == "" && strings.Contains(code, "clockTolerance") {
			t.Errorf("%v: %s", leeway, code)
		}
	}
}
