package jws_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A line of the corpus of signatures.
type line struct {
	ID       string
	Input    json.RawMessage
	Payload  *string
	Key      json.RawMessage
	Alg      string
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
	f, err := os.Open(filepath.Join(dir, "jose", "jws.jsonl"))
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

// keys reads the key of a line: a JWK, a set, a secret in base64url, or none.
func (l line) keys(t testing.TB) key.Reading {
	var secret struct {
		B64u *string `json:"secret_b64u"`
	}
	if json.Unmarshal(l.Key, &secret) == nil && secret.B64u != nil {
		return key.Read(*secret.B64u, key.Base64URL)
	}
	if len(l.Key) == 0 || string(l.Key) == "null" {
		return key.Reading{Kind: "none"}
	}
	return key.Read(string(l.Key), key.Auto)
}

func (l line) verify(t testing.TB, input string) jws.Report {
	o := jws.Options{Alg: l.Alg}
	if l.Payload != nil {
		payload, err := base64.RawURLEncoding.DecodeString(*l.Payload)
		if err != nil {
			t.Fatal(err)
		}
		o.Payload = payload
		if payload == nil {
			o.Payload = []byte{}
		}
	}
	return jws.Verify(token.Parse(input), l.keys(t), o)
}

// notCarried reports whether the verdict was withheld because the algorithm is known and not computed here, or the key
// of a kind that is not carried.
func notCarried(r jws.Report) bool {
	c, ok := check.Find(r.Checks, "alg")
	return ok && c.Code == "alg.not-carried"
}

func TestCorpus(t *testing.T) {
	agreed, disputed, differ, serialized, foreign := 0, 0, 0, 0, 0
	for _, l := range corpus(t) {
		var input string
		if json.Unmarshal(l.Input, &input) != nil {
			serialized++
			continue
		}
		r := l.verify(t, input)
		got := r.Answer == check.Yes
		if r.Answer != check.Sum(r.Checks) {
			t.Errorf("%s: answer %s, but the checks sum to %s", l.ID, r.Answer, check.Sum(r.Checks))
		}
		if got != (r.Key >= 0) && r.Answer == check.Yes {
			t.Errorf("%s: answer %s by key %d", l.ID, r.Answer, r.Key)
		}
		switch {
		case l.Disputed:
			if disputed++; got != l.Valid {
				differ++
			}
		case got != l.Valid && notCarried(r):
			foreign++
		case got != l.Valid:
			t.Errorf("%s: valid = %v, want %v %s\n\t%s", l.ID, got, l.Valid, l.Why, reasons(r))
		default:
			agreed++
		}
	}
	t.Logf("agreed %d; disputed %d, of which we differ in %d; algorithms not carried %d; JSON serializations %d",
		agreed, disputed, differ, foreign, serialized)
}

func reasons(r jws.Report) string {
	s := ""
	for _, c := range r.Checks {
		s += c.Name + "=" + string(c.Answer) + " " + c.Code + "; "
	}
	return s
}
