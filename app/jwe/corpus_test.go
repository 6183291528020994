package jwe_test

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/token"
	"jwtlab/app/witness"
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

// differing are the disputed lines on which our answer is another than the corpus's, and why.
var differing = map[string]string{
	"wycheproof/json_web_crypto/66": "a sound JSON serialization, which the source's decrypter does not know: RFC 7516 §7.2",
}

func TestCorpus(t *testing.T) {
	agreed, disputed := 0, 0
	for _, l := range witness.Lines[line](t, "jwe.jsonl") {
		r, _ := jwe.DecryptAny(token.ParseAll(witness.Text(l.Input)), witness.Key(l.Key), jwe.Options{AllowRSA15: true})
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

func reasons(r jwe.Report) string { return witness.Reasons(r.Checks) }
