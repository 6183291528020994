package jws_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/token"
	"jwtlab/app/witness"
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

func corpus(t testing.TB) []line { return witness.Lines[line](t, "jws.jsonl") }

// verify answers a line as batch jws does: a JSON serialization by all of its signatures.
func (l line) verify(t testing.TB) jws.Set {
	o := jws.Options{Alg: l.Alg}
	if l.Payload != nil {
		payload, err := base64.RawURLEncoding.DecodeString(*l.Payload)
		if err != nil {
			t.Fatal(err)
		}
		o.Payload = append([]byte{}, payload...)
	}
	return jws.VerifyAll(token.ParseAll(witness.Text(l.Input)), witness.Key(l.Key), o)
}

// choices are the disputed lines where we differ from the corpus, with the paragraph that we go by.
//
// One line, not disputed there, we follow in part. harvest/pyjwt/26aebaf78535 is the token of an attack (the text of an SSH
// public key as HMAC secret, GHSA-ffqj-6fqr-9h24); its source refuses it, with a verifier that takes any algorithm. The
// corpus has the verifier set to HS256 and names the key a secret, and by RFC 8725 §3.1 that is no confusion: genuine, and
// remarked on. With no algorithm set it is refused, by RFC 8725 §2.1; TestSSHTextAsSecret holds both.
var choices = map[string]string{
	"wycheproof/json_web_signature/346": "a key of alg PS256 verifies no PS384: RFC 7517 §4.4",
	"wycheproof/json_web_signature/347": "a key of alg ES521 verifies no ES512: RFC 7517 §4.4",
	"wycheproof/json_web_signature/351": "a key of alg ES521 verifies no ES512: RFC 7517 §4.4",
	"wycheproof/json_web_signature/372": "a question mark is not base64url: RFC 7515 §2",
	"wycheproof/json_web_signature/373": "a question mark is not base64url: RFC 7515 §2",
	"wycheproof/json_web_crypto/17":     "JSON serializations are read too: RFC 7515 §7.2",
	"wycheproof/json_web_key/1":         "keys of several types may be in one set: RFC 7517 §5",
	"wycheproof/json_web_key/7":         "the key is weak by how it was made, and fits all rules: RFC 7518 §3.3",
	"wycheproof/json_web_key/10":        "a short secret is remarked on, not refused: RFC 7518 §3.2",
	"wycheproof/json_web_key/11":        "a short secret is remarked on, not refused: RFC 7518 §3.2",
	"wycheproof/json_web_key/12":        "a short secret is remarked on, not refused: RFC 7518 §3.2",
}

func TestCorpus(t *testing.T) {
	agreed, disputed := 0, 0
	met := map[string]bool{}
	for _, l := range corpus(t) {
		s := l.verify(t)
		got := s.Answer == check.Yes
		for _, r := range s.Reports {
			if r.Answer != check.Sum(r.Checks) {
				t.Errorf("%s: answer %s, but the checks sum to %s", l.ID, r.Answer, check.Sum(r.Checks))
			}
			if r.Answer == check.Yes && r.Key < 0 {
				t.Errorf("%s: genuine by no key", l.ID)
			}
		}
		if l.Disputed {
			disputed++
		}
		if got == l.Valid {
			agreed++
			continue
		}
		if met[l.ID] = true; l.Disputed && choices[l.ID] != "" {
			continue
		}
		t.Errorf("%s: valid = %v, want %v, disputed %v: %s\n\t%s", l.ID, got, l.Valid, l.Disputed, l.Why, reasons(s.Reports...))
	}
	for id, why := range choices {
		if !met[id] {
			t.Errorf("%s: there is nothing to choose: %s", id, why)
		}
	}
	t.Logf("agreed on %d lines, chose otherwise on %d of the %d disputed ones", agreed, len(choices), disputed)
}

// TestSSHTextAsSecret judges the one line of that kind as it stands, and as its source has it.
func TestSSHTextAsSecret(t *testing.T) {
	all := corpus(t)
	i := slices.IndexFunc(all, func(l line) bool { return l.ID == "harvest/pyjwt/26aebaf78535" })
	if i < 0 {
		t.Fatal("the corpus has no such line")
	}
	l := all[i]
	for _, c := range []struct {
		alg    string
		answer check.Answer
		code   string
	}{{l.Alg, check.Yes, "secret.ssh-text"}, {"", check.No, "key.public-text"}} {
		l.Alg = c.alg
		s := l.verify(t)
		said := slices.ContainsFunc(s.Reports[0].Checks, func(k check.Check) bool { return k.Code == c.code })
		if s.Answer != c.answer || !said {
			t.Errorf("alg %q: %s, want %s because of %s: %s", c.alg, s.Answer, c.answer, c.code, reasons(s.Reports...))
		}
	}
}

func reasons(all ...jws.Report) string {
	s := ""
	for _, r := range all {
		s += witness.Reasons(r.Checks)
	}
	return s
}
