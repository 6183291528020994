package sdjwt_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// A line of the corpus of presentations.
type line struct {
	ID       string
	Input    string
	Key      json.RawMessage `json:"issuer_key"`
	Payload  json.RawMessage
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
	text, err := os.ReadFile(filepath.Join(dir, "jose", "sdjwt.jsonl"))
	if err != nil {
		t.Skipf("the corpora are not here: %v; set JWTLAB_CORPORA", err)
	}
	var all []line
	scan := bufio.NewScanner(bytes.NewReader(text))
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var l line
		if err := json.Unmarshal(scan.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// TestCorpus holds Verify to every line, the disputed ones too: there it is @sd-jwt/core that takes what RFC 9901 §7.1
// says to reject. What Read finds in a text gets the same answer as what ParseSDJWT reads.
func TestCorpus(t *testing.T) {
	agreed, disputed := 0, 0
	for _, l := range corpus(t) {
		keys := key.Read(string(l.Key), key.Auto)
		r := sdjwt.Verify(token.ParseSDJWT(l.Input), keys, sdjwt.Options{})
		if l.Disputed {
			disputed++
		}
		if got := r.Answer == check.Yes; got != l.Valid {
			t.Errorf("%s: valid = %v, want %v %s\n\t%s", l.ID, got, l.Valid, l.Why, reasons(r))
			continue
		}
		if l.Valid && !sameJSON(t, l.Payload, []byte(r.Payload)) {
			t.Errorf("%s: payload\n%s\nwant\n%s", l.ID, r.Payload, l.Payload)
		}
		if found := token.Read("Bearer " + l.Input); len(found.Tokens) > 0 && found.Tokens[0].Compact() == l.Input {
			if lenient := sdjwt.Verify(found.Tokens[0], keys, sdjwt.Options{}); lenient.Answer != r.Answer || lenient.Payload != r.Payload {
				t.Errorf("%s: %s when found in a text", l.ID, lenient.Answer)
			}
		}
		agreed++
	}
	t.Logf("agreed %d, of them disputed %d", agreed, disputed)
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var va, vb any
	if err := json.Unmarshal(a, &va); err != nil {
		t.Error(err)
	}
	if err := json.Unmarshal(b, &vb); err != nil {
		t.Errorf("%v in %s", err, b)
	}
	return reflect.DeepEqual(va, vb)
}

func reasons(r sdjwt.Report) string {
	s := ""
	for _, c := range r.Checks {
		s += c.Name + "=" + string(c.Answer) + " " + c.Code + "; "
	}
	return s
}
