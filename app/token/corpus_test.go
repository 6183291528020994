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

// ours are the disputed lines that we decide otherwise than the corpus has them, with our reason.
var ours = map[string]string{
	"decode/gen/raw/header-nested-9000":   "deeper than 1024 levels is refused: a parser may set limits on depth (RFC 8259 §9), and a JOSE header has no use for it",
	"decode/gen/raw/header-nested-20000":  "the same",
	"decode/gen/raw/header-nested-100000": "the same",
}

// TestCorpus holds Parse, which is what batch decode answers by, to every line of decode.jsonl, but for the disputed ones
// of the table above. A line of the table that agrees after all is an error too.
func TestCorpus(t *testing.T) {
	lines := corpus(t, "decode.jsonl")
	var all, disputed, differ int
	for lines.Scan() {
		var c decodeCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		all++
		disputed += oneIf(c.Disputed)
		got := token.Parse(c.Input)
		why := disagreement(c, got)
		reason := ours[c.ID]
		switch {
		case reason != "" && why == "":
			t.Errorf("%s agrees: take it out of the table", c.ID)
		case reason != "" && c.Disputed:
			differ++
		case why != "":
			t.Errorf("%s: %s\n%+v", c.ID, why, got.Problems)
		}
	}
	t.Logf("%d lines, %d disputed, of which %d are decided otherwise than the corpus has them", all, disputed, differ)
	if all < 667 || differ != len(ours) {
		t.Errorf("%d lines, %d of the table's %d: is the corpus whole?", all, differ, len(ours))
	}
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
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
