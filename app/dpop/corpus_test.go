package dpop_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/dpop"
	"jwtlab/app/token"
)

// A line of the corpus of proofs.
type line struct {
	ID, Input, Method, URI, Nonce, JKT, Why string
	AccessToken                             string `json:"access_token"`
	Now                                     int64
	MaxAge                                  int64 `json:"max_age"`
	Valid, Disputed                         bool
}

// ours are the disputed lines where we decide otherwise than the corpus does, with the paragraph for it.
var ours = map[string]string{
	"dpop/gen/htu-query": "RFC 9449 §4.3: htu matches “ignoring any query and fragment parts”; it is remarked on",
}

func TestCorpus(t *testing.T) {
	dir := os.Getenv("JWTLAB_CORPORA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	text, err := os.ReadFile(filepath.Join(dir, "jose", "dpop.jsonl"))
	if err != nil {
		t.Skipf("the corpora are not here: %v; set JWTLAB_CORPORA", err)
	}
	agreed, differ := 0, 0
	for one := range bytes.Lines(text) {
		var l line
		if err := json.Unmarshal(one, &l); err != nil {
			t.Fatal(err)
		}
		r := dpop.Verify(token.Parse(l.Input), dpop.Expect{Method: l.Method, URI: l.URI, Now: time.Unix(l.Now, 0),
			MaxAge: time.Duration(l.MaxAge) * time.Second, AccessToken: l.AccessToken, Nonce: l.Nonce})
		got := r.Answer == check.Yes
		switch {
		case ours[l.ID] != "" && l.Disputed:
			if differ++; got == l.Valid {
				t.Errorf("%s: we agree, and yet it is listed: %s", l.ID, reasons(r))
			}
		case got != l.Valid:
			t.Errorf("%s: valid = %v, want %v %s\n\t%s", l.ID, got, l.Valid, l.Why, reasons(r))
		case got && r.Thumbprint != l.JKT:
			t.Errorf("%s: thumbprint %s, want %s", l.ID, r.Thumbprint, l.JKT)
		default:
			agreed++
		}
	}
	t.Logf("agreed %d; disputed and decided otherwise %d", agreed, differ)
}

func reasons(r dpop.Report) string {
	s := ""
	for _, c := range r.Checks {
		s += c.Name + "=" + string(c.Answer) + " " + c.Code + "; "
	}
	return s
}
