package sdjwt_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
	"jwtlab/app/witness"
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

// TestCorpus holds Verify to every line, the disputed ones too: there it is @sd-jwt/core that takes what RFC 9901 §7.1
// says to reject. What Read finds in a text gets the same answer as what ParseSDJWT reads.
func TestCorpus(t *testing.T) {
	agreed, disputed := 0, 0
	for _, l := range witness.Lines[line](t, "sdjwt.jsonl") {
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

func reasons(r sdjwt.Report) string { return witness.Reasons(r.Checks) }
