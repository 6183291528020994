package key_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// corpus opens one file of the published test data, or skips.
func corpus(t *testing.T, name string) *os.File {
	t.Helper()
	dir := os.Getenv("JWTLAB_CORPORA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	f, err := os.Open(filepath.Join(dir, "jose", name))
	if err != nil {
		t.Skipf("the corpora are not here: %v; set JWTLAB_CORPORA", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// lines decodes a file of one JSON object a line.
func lines[T any](t *testing.T, name string) []T {
	t.Helper()
	var all []T
	scan := bufio.NewScanner(corpus(t, name))
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var line T
		if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// sound reports whether the reading is that of good keys alone.
func sound(r key.Reading) bool {
	return len(r.Keys) > 0 && !slices.ContainsFunc(r.Problems, func(p token.Problem) bool { return p.Severity == token.Error })
}

func codes(r key.Reading) string {
	var s []string
	for _, p := range r.Problems {
		s = append(s, p.Code+strings.Join(append([]string{""}, p.Args...), " "))
	}
	return strings.Join(s, ", ")
}

// unsupported reports whether the text was refused for being of a kind that is not carried, and not for a fault.
func unsupported(r key.Reading) bool {
	return len(r.Keys) == 0 && slices.ContainsFunc(r.Problems, func(p token.Problem) bool {
		return slices.Contains([]string{"key.unsupported", "pem.encrypted", "pem.unsupported", "ssh.unsupported"}, p.Code)
	})
}

func TestJWKCorpus(t *testing.T) {
	type line struct {
		ID         string
		JWK        json.RawMessage
		OK         bool
		Why        string
		Thumbprint string `json:"thumbprint_sha256"`
		Disputed   bool
	}
	agreed, disputed, foreign := 0, 0, 0
	for _, l := range lines[line](t, "jwk.jsonl") {
		r := key.Read(string(l.JWK), key.Auto)
		inside(t, string(l.JWK), r)
		switch {
		case unsupported(r) && l.OK:
			foreign++ // the kind is refused in words; foreignJWK holds that it is really another one
			if !foreignJWK(l.JWK) {
				t.Errorf("%s: refused as not carried: %s", l.ID, codes(r))
			}
		case l.Disputed:
			disputed++
		case sound(r) && r.Kind == "jwk" != l.OK:
			t.Errorf("%s: ok = %v (%s), want %v %s", l.ID, sound(r), codes(r), l.OK, l.Why)
		case l.OK && l.Thumbprint != "" && r.Keys[0].Thumbprint != l.Thumbprint:
			t.Errorf("%s: thumbprint %s, want %s", l.ID, r.Keys[0].Thumbprint, l.Thumbprint)
		default:
			agreed++
		}
	}
	t.Logf("agreed %d, disputed %d, kinds not carried %d", agreed, disputed, foreign)
}

// foreignJWK reports whether a JWK is of a kind outside RSA, the three curves, Ed25519 and oct.
func foreignJWK(raw json.RawMessage) bool {
	var j struct{ Kty, Crv string }
	_ = json.Unmarshal(raw, &j)
	return slices.Contains([]string{"X448", "Ed448"}, j.Crv)
}

func TestPEMCorpus(t *testing.T) {
	type line struct {
		ID, Text, Kind, Why string
		OK, Disputed        bool
	}
	agreed, disputed, foreign := 0, 0, map[string]int{}
	for _, l := range lines[line](t, "pem.jsonl") {
		r := key.Read(l.Text, key.Auto)
		inside(t, l.Text, r)
		switch {
		case unsupported(r) && l.OK:
			for _, p := range r.Problems {
				foreign[p.Code+" "+strings.Join(p.Args, " ")]++
			}
		case l.Disputed:
			disputed++
			if !l.OK && r.Kind == "secret" {
				t.Errorf("%s: became a secret", l.ID)
			}
		case sound(r) && r.Kind == "pem" != l.OK:
			t.Errorf("%s: ok = %v (%s), want %v %s", l.ID, sound(r), codes(r), l.OK, l.Why)
		case !l.OK && r.Kind == "secret":
			t.Logf("%s: taken for a secret", l.ID)
		default:
			agreed++
		}
	}
	t.Logf("agreed %d, disputed %d, kinds not carried %v", agreed, disputed, foreign)
}

// inside holds every reading to its text: all places lie inside it.
func inside(t *testing.T, text string, r key.Reading) {
	t.Helper()
	within := func(s token.Span) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) }
	for _, p := range r.Problems {
		if !within(p.Span) {
			t.Errorf("problem %s lies at %v, the text has %d bytes", p.Code, p.Span, len(text))
		}
	}
	for _, k := range r.Keys {
		if !within(k.Span) {
			t.Errorf("key lies at %v, the text has %d bytes", k.Span, len(text))
		}
	}
}
