package dpop_test

import (
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/dpop"
	"jwtlab/app/token"
	"jwtlab/app/witness"
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
	agreed, differ := 0, 0
	for _, l := range witness.Lines[line](t, "dpop.jsonl") {
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

func reasons(r dpop.Report) string { return witness.Reasons(r.Checks) }
