package jwe_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A line of the corpus of encrypted tokens.
type line struct {
	ID       string
	Input    json.RawMessage
	Key      json.RawMessage
	Payload  *string `json:"payload_b64u"`
	Valid    bool
	Why      string
	Disputed bool
}

func corpus(t testing.TB) []line {
	t.Helper()
	dir := os.Getenv("JWTLAB_CORPORA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	f, err := os.Open(filepath.Join(dir, "jose", "jwe.jsonl"))
	if err != nil {
		t.Skipf("the corpora are not here: %v; set JWTLAB_CORPORA", err)
	}
	defer f.Close()
	var all []line
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var l line
		if err := json.Unmarshal(scan.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// recipients reads the token of a line, byte for byte.
func (l line) recipients() []token.Token {
	var text string
	if json.Unmarshal(l.Input, &text) != nil {
		text = string(l.Input)
	}
	return token.ParseAll(text)
}

// keys reads the key of a line: a JWK, a set, or a password in base64url.
func (l line) keys() key.Reading {
	var secret struct {
		B64u *string `json:"secret_b64u"`
	}
	if json.Unmarshal(l.Key, &secret) == nil && secret.B64u != nil {
		return key.Read(*secret.B64u, key.Base64URL)
	}
	return key.Read(string(l.Key), key.Auto)
}

// differing are the disputed lines on which our answer is another than the corpus's, and why.
var differing = map[string]string{
	"wycheproof/json_web_crypto/66": "a sound JSON serialization, which the source's decrypter does not know: RFC 7516 §7.2",
}

func TestCorpus(t *testing.T) {
	agreed, disputed := 0, 0
	for _, l := range corpus(t) {
		r, _ := jwe.DecryptAny(l.recipients(), l.keys(), jwe.Options{AllowRSA15: true})
		got := r.Answer == check.Yes
		if r.Answer != check.Sum(r.Checks) || got != (r.Plain != nil) || got != (r.Key >= 0) {
			t.Errorf("%s: answer %s, plain %v, key %d, checks %s", l.ID, r.Answer, r.Plain != nil, r.Key, reasons(r))
		}
		if l.Disputed {
			disputed++
		}
		if _, known := differing[l.ID]; got != l.Valid != known {
			t.Errorf("%s: valid = %v, want %v %s\n\t%s", l.ID, got, l.Valid, l.Why, reasons(r))
			continue
		}
		if l.Valid && l.Payload != nil && base64.RawURLEncoding.EncodeToString(r.Plain) != *l.Payload {
			t.Errorf("%s: content %q", l.ID, r.Plain)
		}
		if !l.Disputed {
			agreed++
		}
	}
	t.Logf("agreed %d; disputed %d, of which we differ in %d", agreed, disputed, len(differing))
	if agreed < 500 {
		t.Error("most lines were not compared")
	}
}

func reasons(r jwe.Report) string {
	s := ""
	for _, c := range r.Checks {
		s += c.Name + "=" + string(c.Answer) + " " + c.Code + "; "
	}
	return s
}
