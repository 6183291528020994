package token_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"jwtlab/app/token"
)

// corpus opens a file of the published test data, or skips the test.
func corpus(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	root := os.Getenv("JWTLAB_CORPORA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	b, err := os.ReadFile(filepath.Join(root, "jose", name))
	if err != nil {
		t.Skipf("no corpora: set JWTLAB_CORPORA to their folder (%v)", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 16<<20)
	return lines
}

type decodeCase struct {
	ID       string
	Input    string
	Header   json.RawMessage
	Payload  *string `json:"payload_b64u"`
	OK       bool
	Disputed bool
	Note     string
}

// TestCorpus holds Parse to every undisputed line of decode.jsonl and counts how it decides the others.
func TestCorpus(t *testing.T) {
	lines := corpus(t, "decode.jsonl")
	var all, disputed, agree int
	for lines.Scan() {
		var c decodeCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		all++
		got := token.Parse(c.Input)
		why := disagreement(c, got)
		switch {
		case !c.Disputed && why != "":
			t.Errorf("%s: %s\n%+v", c.ID, why, got.Problems)
		case c.Disputed:
			disputed++
			if why == "" {
				agree++
			} else {
				t.Logf("disputed %s: %s", c.ID, why)
			}
		}
	}
	t.Logf("%d lines, %d disputed: %d of these decided as the corpus has them", all, disputed, agree)
	if all < 600 {
		t.Errorf("only %d lines: is the corpus whole?", all)
	}
}

// disagreement says in what got is not as the case has it, "" if in nothing.
func disagreement(c decodeCase, got token.Token) string {
	if got.OK() != c.OK {
		return "ok is not " + map[bool]string{true: "true", false: "false"}[c.OK]
	}
	header := got.Sound(token.PartHeader)
	given := string(c.Header) != "null"
	if header != given && !(c.OK && !given) { // a null header of a good line is left out on purpose
		return "header decoded, or not"
	}
	if given && !same(c.Header, got.Header().Bytes) {
		return "header is " + string(got.Header().Bytes)
	}
	payload := header && got.Sound(token.PartPayload)
	if payload != (c.Payload != nil) {
		return "payload decoded, or not"
	}
	if b64 := base64.RawURLEncoding.EncodeToString(got.Payload().Bytes); payload && b64 != *c.Payload {
		return "payload is " + b64
	}
	return ""
}

func same(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
