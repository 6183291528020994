package jwe_test

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// missing skips a test whose counterpart is not installed; on CI, where it has to be, the test fails.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// joseProcess is npm's jose in a process of its own.
type joseProcess struct {
	t   *testing.T
	in  io.Writer
	out *bufio.Scanner
}

type request struct {
	Op      string          `json:"op"`
	Alg     string          `json:"alg"`
	Enc     string          `json:"enc"`
	Zip     bool            `json:"zip,omitempty"`
	JSON    bool            `json:"json,omitempty"`
	Content string          `json:"content,omitempty"`
	Token   string          `json:"token,omitempty"`
	JWK     json.RawMessage `json:"jwk"`
}

type answer struct{ Error, Token, Content string }

func startJose(t *testing.T) *joseProcess {
	t.Helper()
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
	cmd := exec.Command(node, filepath.Join("testdata", "counterpart.mjs"), modules)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("jose: %v", err)
		}
	})
	return &joseProcess{t, in, bufio.NewScanner(out)}
}

func (j *joseProcess) ask(r request) answer {
	j.t.Helper()
	line, err := json.Marshal(r)
	if err != nil {
		j.t.Fatal(err)
	}
	if _, err := j.in.Write(append(line, '\n')); err != nil {
		j.t.Fatal(err)
	}
	var a answer
	if !j.out.Scan() {
		j.t.Fatalf("jose ended: %v", j.out.Err())
	}
	if err := json.Unmarshal(j.out.Bytes(), &a); err != nil {
		j.t.Fatalf("%v: %s", err, j.out.Bytes())
	}
	if a.Error != "" {
		j.t.Errorf("jose, %s %s %s: %s", r.Op, r.Alg, r.Enc, a.Error)
	}
	return a
}

// TestJose exchanges tokens with npm's jose in both directions: every algorithm, encryption and curve, compact, in JSON
// and compressed. jose does not know RSA1_5 any more; the corpus has the tokens of others for it.
func TestJose(t *testing.T) {
	jose := startJose(t)
	pairs := 0
	for _, a := range jwe.Algorithms() {
		if a.Name == "RSA1_5" {
			continue
		}
		for _, e := range jwe.Encs() {
			for _, k := range keysFor(t, a, e) {
				k.KeyID = ""
				jose.exchange(request{Alg: a.Name, Enc: e.Name}, k)
				pairs++
			}
		}
		jose.exchange(request{Alg: a.Name, Enc: "A128GCM", Zip: true}, keysFor(t, a, jwe.Encs()[3])[0])
		jose.exchangeJSON(request{Alg: a.Name, Enc: "A128GCM", JSON: true}, keysFor(t, a, jwe.Encs()[3])[0])
	}
	t.Logf("%d combinations, both ways", pairs)
}

// exchange has jose open what is sealed here, with the public half, and opens what jose sealed.
func (j *joseProcess) exchange(r request, k key.Key) {
	j.t.Helper()
	public := half(k)
	more := ""
	if r.Zip {
		more = `,"zip":"DEF"`
	}
	if r.Alg == "ECDH-ES" {
		more += `,"apu":"QWxpY2U","apv":"Qm9i"`
	}
	r.Op, r.JWK, r.Token = "decrypt", json.RawMessage(k.JWK()), encrypt(j.t, r.Alg, r.Enc, more, content, public)
	if got := j.ask(r).Content; got != content {
		j.t.Errorf("%s %s %s: jose reads %q", r.Alg, r.Enc, k.Curve, got)
	}
	r.Op, r.JWK, r.Content, r.Token = "encrypt", json.RawMessage(public.JWK()), content, ""
	sealed := j.ask(r).Token
	if got := jwe.Decrypt(token.Parse(sealed), of(k), jwe.Options{Alg: r.Alg}); got.Answer != check.Yes || string(got.Plain) != content {
		j.t.Errorf("%s %s %s, by jose: %q, %s", r.Alg, r.Enc, k.Curve, got.Plain, reasons(got))
	}
}

// half is the public half of a key, and a secret itself.
func half(k key.Key) key.Key {
	if public, ok := k.PublicKey(); ok {
		return public
	}
	return k
}

// exchangeJSON does the same with the flattened serialization and additional data.
func (j *joseProcess) exchangeJSON(r request, k key.Key) {
	j.t.Helper()
	m := jwe.Message{Enc: r.Enc, Protected: []byte(`{"enc":"` + r.Enc + `"}`), AAD: []byte("aad"), Plain: []byte(content)}
	to := jwe.Recipient{Spec: jwe.Spec{Alg: r.Alg, Iterations: 1000}, Header: []byte(`{"alg":"` + r.Alg + `"}`), Key: k}
	text, err := jwe.EncryptJSON(m, []jwe.Recipient{to}, rand.Reader)
	if err != nil {
		j.t.Fatal(err)
	}
	r.Op, r.JWK, r.Token = "flattened", json.RawMessage(k.JWK()), text
	if got := j.ask(r).Content; got != content {
		j.t.Errorf("%s in JSON: jose reads %q", r.Alg, got)
	}
	r.Op, r.JWK, r.Content, r.Token = "encrypt", json.RawMessage(half(k).JWK()), content, ""
	all := token.ParseAll(j.ask(r).Token)
	if got, _ := jwe.DecryptAny(all, of(k), jwe.Options{}); got.Answer != check.Yes || string(got.Plain) != content {
		j.t.Errorf("%s in JSON, by jose: %q, %s", r.Alg, got.Plain, reasons(got))
	}
}
