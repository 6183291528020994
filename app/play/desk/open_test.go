package desk_test

import (
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// A key made for this test and locked with the passphrase "corpus" (openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 10).
const lockedKey = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGaMFYGCSqGSIb3DQEFDTBJMCgGCSqGSIb3DQEFDDAbBAiLPn5W9ENCEAIBCjAM
BggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQ6a5C8BCu/myOZdqLgX6bxQRAevAg
tpuYxjS/hkxr1GzuO88MmKQRzCZNJSXMBwZzHvcJesA+iMnF+DwBKGad8NW2lW7r
bSb+lzIzFd1teATFqg==
-----END ENCRYPTED PRIVATE KEY-----
`

// unlocked is the key, and an algorithm that it signs with.
func unlocked(t *testing.T) (key.Key, string) {
	t.Helper()
	r := key.ReadWith(lockedKey, key.Options{Passphrase: "corpus"})
	if len(r.Keys) != 1 {
		t.Fatalf("%+v", r.Problems)
	}
	for _, a := range jws.Algorithms() {
		if jws.Fits(a, r.Keys[0]) {
			return r.Keys[0], a.Name
		}
	}
	t.Fatal("no algorithm fits the key")
	return key.Key{}, ""
}

func signedBy(t *testing.T, alg string, k key.Key, header, payload string) string {
	t.Helper()
	text, err := jws.Sign(alg, []byte(header), []byte(payload), k, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestPassphrase unlocks a key off the page's thread: with the right passphrase the verdict follows, and the token can be
// edited and signed without unlocking again.
func TestPassphrase(t *testing.T) {
	k, alg := unlocked(t)
	text := signedBy(t, alg, k, `{"alg":"`+alg+`"}`, `{"sub":"a"}`)
	u := sit(t).do(desk.TypedToken{Text: text})
	if u.View.Locked {
		t.Error("a passphrase is asked for before there is a key")
	}
	u.do(desk.TypedKey{Text: lockedKey}).answers(check.Yes, check.Unchecked, check.Unchecked)
	if !u.View.Locked || u.View.KeyProblems[0].Code != "key.passphrase" {
		t.Fatalf("locked %v, problems %v", u.View.Locked, u.View.KeyProblems)
	}
	u.do(desk.TypedPassphrase{Text: "wrong"})
	if u.View.KeyProblems[0].Code != "key.passphrase-wrong" || u.Pending != "" {
		t.Errorf("pending %q, problems %v", u.Pending, u.View.KeyProblems)
	}
	u.do(desk.TypedPassphrase{Text: "corpus"}).answers(check.Yes, check.Yes, check.Yes)
	if len(u.View.KeyProblems) > 0 || !u.View.Locked || !u.View.Keys[0].Private || u.View.Keys[0].Format != "pkcs8" {
		t.Errorf("problems %v, locked %v, keys %+v", u.View.KeyProblems, u.View.Locked, u.View.Keys)
	}
	u.do(desk.SetClaim{Name: "sub", Value: `"b"`}).answers(check.Yes, check.Yes, check.Yes)
	if u.Token == text || u.Unsigned != "" {
		t.Errorf("not signed anew: %q", u.Unsigned)
	}
	u.do(desk.TypedPassphrase{Text: ""}).answers(check.Yes, check.Unchecked, check.Unchecked)
	u.do(desk.TypedPassphrase{Text: "corpus"}, desk.TypedKey{Text: "something else"})
	if u.View.Locked || u.Passphrase != "" {
		t.Errorf("the passphrase outlives its key: %q", u.Passphrase)
	}
}

// TestPassphraseIsKeptToItself looks for it wherever it must not be.
func TestPassphraseIsKeptToItself(t *testing.T) {
	u := sit(t).do(example("HS256"), desk.TypedKey{Text: lockedKey}, desk.TypedPassphrase{Text: "corpus-passphrase"},
		desk.ShowedCode{Language: "go"}, desk.Undid{}, desk.Redid{})
	inputs := u.Inputs
	u.Inputs = desk.Inputs{}
	if raw, _ := json.Marshal(u.State); strings.Contains(string(raw), "corpus-passphrase") {
		t.Errorf("it stands in %s", raw)
	}
	u.Inputs = inputs
	for _, what := range []string{"token", "key", "link", "curl", "code", "authorization"} {
		if strings.Contains(u.Text(what), "corpus-passphrase") {
			t.Errorf("it is copied with %s", what)
		}
	}
	u.do(desk.Cleared{})
	if u.Passphrase != "" {
		t.Error("it outlives clearing")
	}
}

// TestUnlockingIsNeverDoneHere asks for the work, and does nothing of it, until nobody types.
func TestUnlockingIsNeverDoneHere(t *testing.T) {
	k, alg := unlocked(t)
	text := signedBy(t, alg, k, `{"alg":"`+alg+`"}`, `{"sub":"a"}`)
	s, _ := desk.Update(desk.State{}, desk.Ticked{Unix: now})
	for _, i := range []desk.Intent{desk.TypedToken{Text: text}, desk.TypedKey{Text: lockedKey}, desk.TypedPassphrase{Text: "corpus"}} {
		s, _ = desk.Update(s, i)
	}
	asked := s.Revision
	if s.View.Verdict.Signature != check.Unchecked || s.Pending != "" {
		t.Errorf("signature %s, pending %q", s.View.Verdict.Signature, s.Pending)
	}
	s, effects := desk.Update(s, desk.Rested{Revision: asked})
	open, ok := effects[0].(desk.Open)
	if !ok || s.Pending != "open" || open.Inputs.Passphrase != "corpus" {
		t.Fatalf("pending %q, effects %v", s.Pending, effects)
	}
	stopped, effects := desk.Update(s, desk.Canceled{})
	if _, ok := effects[0].(desk.CancelWork); !ok || !stopped.Stopped || stopped.Pending != "" {
		t.Errorf("cancelled: %v, stopped %v", effects, stopped.Stopped)
	}
	late, _ := desk.Update(stopped, desk.Opened{Revision: asked, Opening: desk.OpenUp(open.Inputs)})
	if late.View.Verdict.Signature != check.Unchecked {
		t.Error("what was cancelled has an effect")
	}
	again, effects := desk.Update(stopped, desk.Resumed{})
	if len(effects) != 1 || again.Pending != "open" || again.Stopped {
		t.Errorf("begun again: %v", effects)
	}
	again, _ = desk.Update(again, desk.Opened{Revision: again.Revision, Opening: desk.OpenUp(open.Inputs)})
	if again.View.Verdict.Signature != check.Yes {
		t.Errorf("opened: %v", again.View.Verdict.Summary)
	}
}

// TestPasswordIsTriedElsewhere decrypts with many rounds off the page's thread, and with few at once.
func TestPasswordIsTriedElsewhere(t *testing.T) {
	password := key.Read("correct horse", key.UTF8).Keys[0]
	for rounds, first := range map[int]string{2000: "opened", 50_000: "put-off"} {
		text, err := jwe.Encrypt(jwe.Spec{Alg: "PBES2-HS256+A128KW", Enc: "A128GCM", Iterations: rounds},
			[]byte(`{"alg":"PBES2-HS256+A128KW","enc":"A128GCM"}`), []byte(`{"sub":"me"}`), password, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := desk.Update(desk.State{}, desk.TypedToken{Text: text})
		s, _ = desk.Update(s, desk.TypedKey{Text: "correct horse"})
		if got := s.View.Verdict.Summary.Code; got != first {
			t.Errorf("%d rounds: %s, want %s", rounds, got, first)
		}
		u := sit(t).do(desk.TypedToken{Text: text}, desk.TypedKey{Text: "correct horse"}).says("opened")
		u.do(desk.TypedPayload{Text: `{"sub":"you"}`}).says("opened")
		header := token.Parse(u.Token).Header().JSON.Root()
		if got, _ := header.Get("p2c").Int(); u.Token == text || int(got) != rounds || !strings.Contains(u.View.Payload.Text, "you") {
			t.Errorf("written anew with %d rounds for %d: %s", got, rounds, u.View.Payload.Text)
		}
		u.do(desk.TypedKey{Text: "battery staple"}).says("not-opened")
	}
}
