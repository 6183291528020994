// Package witness gives tests what others say: the published corpora, npm's jose in a process of its own, and the
// catalogue of words that people read.
//
// It is for tests only. What is not on this machine is said, and skips the test: start with [Lines] and [Start].
package witness

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/key"
)

// Corpus reads a file of the published test data about JOSE, or skips the test. The folder of the data is
// JWTLAB_CORPORA, or beside the repository as a package two folders deep sees it.
func Corpus(t testing.TB, file string) []byte {
	t.Helper()
	dir := os.Getenv("JWTLAB_CORPORA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	text, err := os.ReadFile(filepath.Join(dir, "jose", file))
	if err != nil {
		t.Skipf("the corpora are not here: %v; set JWTLAB_CORPORA to their folder", err)
	}
	return text
}

// Lines reads a file of one JSON object a line, as [Corpus] does.
func Lines[T any](t testing.TB, file string) []T {
	t.Helper()
	var all []T
	for text := range bytes.Lines(Corpus(t, file)) {
		var line T
		if err := json.Unmarshal(text, &line); err != nil {
			t.Fatalf("%s, line %d: %v", file, len(all)+1, err)
		}
		all = append(all, line)
	}
	return all
}

// Key reads the key of a line: a JWK, a set, a secret in base64url, or none.
func Key(member json.RawMessage) key.Reading {
	var secret struct {
		B64u *string `json:"secret_b64u"`
	}
	if json.Unmarshal(member, &secret) == nil && secret.B64u != nil {
		return key.Read(*secret.B64u, key.Base64URL)
	}
	if len(member) == 0 || string(member) == "null" {
		return key.Reading{Kind: "none"}
	}
	return key.Read(string(member), key.Auto)
}

// Text reads the token of a line, byte for byte: a string, or a JSON serialization.
func Text(member json.RawMessage) string {
	var text string
	if json.Unmarshal(member, &text) != nil {
		text = string(member)
	}
	return text
}

// Reasons lists checks on one line, for the message of a test that fails.
func Reasons(checks []check.Check) string {
	s := ""
	for _, c := range checks {
		s += c.Name + "=" + string(c.Answer) + " " + c.Code + "; "
	}
	return s
}
