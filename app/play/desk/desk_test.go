package desk_test

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/job"
	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

const now = 1_795_305_600 // 2026-11-22T00:00:00Z, a day after the examples were issued

// A user drives the desk as the page would, effects included.
type user struct {
	t *testing.T
	desk.State
	copied []string
}

func sit(t *testing.T) *user {
	u := &user{t: t}
	return u.do(desk.Ticked{Unix: now})
}

func (u *user) do(intents ...desk.Intent) *user {
	u.t.Helper()
	for _, i := range intents {
		before, _ := json.Marshal(u.State)
		old := u.State
		next, effects := desk.Update(old, i)
		if after, _ := json.Marshal(old); string(before) != string(after) {
			u.t.Fatalf("%T changed the state that it was given", i)
		}
		u.State = next
		for _, e := range effects {
			u.answer(e)
		}
	}
	return u
}

func (u *user) answer(e desk.Effect) {
	u.t.Helper()
	switch e := e.(type) {
	case desk.Sign:
		text, err := jws.Sign(e.Alg, e.Header, e.Payload, e.Key, rand.Reader)
		if err != nil {
			u.do(desk.Signed{Revision: e.Revision, Reason: err.Error()})
			return
		}
		u.do(desk.Signed{Revision: e.Revision, Token: text})
	case desk.Generate:
		r := job.Run(job.Job{Kind: "generate", Alg: e.Alg, Bits: e.Bits, Curve: e.Curve, Enc: e.Enc})
		u.do(desk.Generated{Revision: e.Revision, Alg: e.Alg, Key: r.Key, Failed: r.Failed})
	case desk.LookFor:
		r := job.Run(job.Job{Kind: "look", Inputs: &e.Inputs})
		u.do(desk.Looked{Revision: e.Revision, View: *r.View, Failed: r.Failed})
	case desk.Encrypt:
		text, err := jwe.Encrypt(e.Spec, e.Header, e.Plain, e.Key, rand.Reader)
		if err != nil {
			u.t.Errorf("encrypting: %v", err)
		}
		u.do(desk.Signed{Revision: e.Revision, Token: text})
	case desk.Open:
		r := runJSON(u.t, job.Job{Kind: "open", Inputs: &e.Inputs})
		u.do(desk.Opened{Revision: e.Revision, Opening: *r.Opening, Failed: r.Failed})
	case desk.Rest:
		u.do(desk.Rested(e))
	case desk.Diagnose:
		r := job.Run(job.Job{Kind: "doctor", Inputs: &e.Inputs})
		u.do(desk.Diagnosed{Revision: e.Revision, Causes: *r.Diagnoses})
	case desk.Copy:
		u.copied = append(u.copied, e.Text)
	}
}

// runJSON does a job as a Worker does it: what it is given and what it answers go through JSON.
func runJSON(t *testing.T, j job.Job) (r job.Result) {
	t.Helper()
	raw, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(job.RunJSON(raw), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func (u *user) answers(form, signature, acceptance check.Answer) *user {
	u.t.Helper()
	v := u.View.Verdict
	if v.Form != form || v.Signature != signature || v.Acceptance != acceptance {
		u.t.Errorf("answers = %s, %s, %s; want %s, %s, %s\nsummary %v\nchecks %v\nproblems %v",
			v.Form, v.Signature, v.Acceptance, form, signature, acceptance, v.Summary, v.Checks, v.Problems)
	}
	return u
}

func (u *user) says(code string) *user {
	u.t.Helper()
	if got := u.View.Verdict.Summary.Code; got != code {
		u.t.Errorf("summary = %q, want %q (%v)", got, code, u.View.Verdict.Checks)
	}
	return u
}

func example(id string) desk.Intent { return desk.ChoseExample{ID: id} }

func TestExamples(t *testing.T) {
	type want struct {
		form, signature, acceptance check.Answer
		summary                     string
	}
	genuine := want{check.Yes, check.Yes, check.Yes, "genuine-until"}
	special := map[string]want{
		"expired":      {check.Yes, check.Yes, check.No, "genuine-expired"},
		"early":        {check.Yes, check.Yes, check.No, "genuine-early"},
		"none":         {check.Yes, check.No, check.Unchecked, "unsigned"},
		"self-vouched": {check.Yes, check.Unchecked, check.Unchecked, "self-vouched"},
		"millis":       {check.Yes, check.Yes, check.Yes, "genuine-until"},
		"rfc7515-a1":   {check.Yes, check.Yes, check.No, "genuine-expired"},
		"jwe":          {check.Yes, check.Unchecked, check.Unchecked, "opened"},
		"newline":      {check.Yes, check.No, check.Unchecked, "forged"},
	}
	for _, e := range desk.Examples() {
		t.Run(e.ID, func(t *testing.T) {
			w, ok := special[e.ID]
			if !ok {
				w = genuine
			}
			u := sit(t).do(example(e.ID)).answers(w.form, w.signature, w.acceptance)
			if e.ID != "millis" {
				u.says(w.summary)
			}
		})
	}
}

func TestEveryAlgorithmHasAnExample(t *testing.T) {
	for _, a := range jws.Algorithms() {
		if u := sit(t).do(example(a.Name)); u.View.Alg != a.Name {
			t.Errorf("%s: the example has alg %q", a.Name, u.View.Alg)
		}
	}
}

func TestRFC7515A1(t *testing.T) {
	u := sit(t).do(example("rfc7515-a1")).says("genuine-expired")
	u.do(desk.MovedClock{Unix: 1_300_819_379}).answers(check.Yes, check.Yes, check.Yes)
	u.do(desk.MovedClock{Unix: 1_300_819_380}).answers(check.Yes, check.Yes, check.No)
	u.do(desk.ResetClock{}).says("genuine-expired")
	tampered := strings.Replace(u.Token, "eyJpc3MiOiJqb2U", "eyJpc3MiOiJqb2F", 1)
	u.do(desk.TypedToken{Text: tampered}).says("forged")
	if u.View.Verdict.Summary.Because == nil {
		t.Error("not genuine, and no reason given")
	}
}

func TestEditSignsAgain(t *testing.T) {
	for _, id := range []string{"HS256", "RS256", "PS384", "ES256", "ES512", "EdDSA"} {
		u := sit(t).do(example(id))
		old := u.Token
		u.do(desk.TypedPayload{Text: `{"sub": "somebody else", "n": 12345678901234567890}`})
		u.answers(check.Yes, check.Yes, check.Yes).says("genuine-forever")
		if u.Token == old {
			t.Errorf("%s: token unchanged", id)
		}
		if got := string(token.Parse(u.Token).Payload().Bytes); got != `{"sub":"somebody else","n":12345678901234567890}` {
			t.Errorf("%s: payload = %s", id, got)
		}
		if u.View.Payload.Text != `{"sub": "somebody else", "n": 12345678901234567890}` {
			t.Errorf("%s: the text under edit was changed: %s", id, u.View.Payload.Text)
		}
	}
}

func TestEditWithoutKeyUnsigns(t *testing.T) {
	u := sit(t).do(example("HS256"), desk.TypedKey{Text: ""}, desk.TypedPayload{Text: `{"sub":"x"}`})
	if u.Unsigned != "no-key" || !strings.HasSuffix(u.Token, ".") {
		t.Errorf("unsigned = %q, token = %q", u.Unsigned, u.Token)
	}
	if u.View.Verdict.Signature == check.Yes {
		t.Error("unsigned and genuine")
	}
	u.do(desk.TypedKey{Text: "a secret of 256 bits or more, as RFC 7518 asks"}).answers(check.Yes, check.Yes, check.Yes)
	if u.Unsigned != "" {
		t.Errorf("unsigned = %q after a key came", u.Unsigned)
	}
}

func TestPublicKeyCannotSign(t *testing.T) {
	u := sit(t).do(example("jwks")).says("genuine-until").do(desk.TypedPayload{Text: `{"sub":"x"}`})
	if u.Unsigned != "public-key" {
		t.Errorf("unsigned = %q", u.Unsigned)
	}
}

func TestKeyNeverSignsWhatCameFromOutside(t *testing.T) {
	u := sit(t).do(example("HS256"))
	before := u.Token
	u.do(desk.TypedKey{Text: "another secret that is long enough to be one"}).says("forged")
	if u.Token != before {
		t.Error("typing a key rewrote the token")
	}
}

func TestChooseAlg(t *testing.T) {
	u := sit(t).do(example("HS256"), desk.ChoseAlg{Alg: "HS384"})
	if u.View.Alg != "HS384" {
		t.Errorf("alg = %q", u.View.Alg)
	}
	u.do(desk.ChoseAlg{Alg: "ES256"})
	if u.Unsigned != "unfit" {
		t.Errorf("unsigned = %q", u.Unsigned)
	}
	u.do(desk.AskedKey{Alg: "ES256"}).answers(check.Yes, check.Yes, check.Yes)
	u.do(desk.ChoseAlg{Alg: "none"}).says("unsigned")
}

func TestGenerateEveryAlgorithm(t *testing.T) {
	for _, a := range jws.Algorithms() {
		u := sit(t).do(desk.AskedKey{Alg: a.Name})
		if u.View.Alg != a.Name || u.View.Verdict.Signature != check.Yes {
			t.Errorf("%s: alg %q, signature %s, unsigned %q, notice %v", a.Name, u.View.Alg, u.View.Verdict.Signature, u.Unsigned, u.Notice)
		}
	}
}

func TestUndo(t *testing.T) {
	u := sit(t).do(example("HS256"))
	first := u.Token
	u.do(desk.TypedPayload{Text: `{"a":1}`})
	second := u.Token
	u.do(example("ES256"), desk.Undid{})
	if u.Token != second {
		t.Error("undo did not bring back the edit")
	}
	u.do(desk.Undid{})
	if u.Token != first {
		t.Error("undo did not bring back the example")
	}
	u.do(desk.Redid{}, desk.Redid{}).says("genuine-until")
	if u.View.Alg != "ES256" {
		t.Errorf("after redo: %s", u.View.Alg)
	}
	u.do(desk.Redid{})
	if u.Notice.ID != "nothing-to-redo" {
		t.Errorf("notice = %v", u.Notice)
	}
	u.do(desk.Undid{}, desk.Undid{}, desk.Undid{}, desk.Undid{})
	if u.Token != "" || u.Notice.ID != "nothing-to-undo" {
		t.Errorf("at the beginning: %q, %v", u.Token, u.Notice)
	}
}

func TestTypingIsOneStep(t *testing.T) {
	u := sit(t).do(example("HS256"))
	steps := len(u.Undo)
	for _, text := range []string{"a", "ab", "abc", "abcd"} {
		u.do(desk.TypedKey{Text: text})
	}
	if got := len(u.Undo) - steps; got > 2 { // the first letter replaces a whole secret, which is a step of its own
		t.Errorf("typing four letters made %d steps", got)
	}
	u.do(desk.TypedKey{Text: "a text that was pasted"}, desk.TypedKey{Text: "a text that was pasted!"}, desk.Undid{})
	if u.Key != "a text that was pasted" {
		t.Errorf("undo after a paste and a letter: %q", u.Key)
	}
	u.do(desk.Undid{})
	u.do(desk.Ticked{Unix: now + 60}, desk.TypedKey{Text: "abcde"}, desk.Undid{})
	if u.Key != "abcd" {
		t.Errorf("key = %q", u.Key)
	}
}

func TestClaims(t *testing.T) {
	u := sit(t).do(example("HS256"), desk.RemovedClaim{Name: "exp"}).says("genuine-forever")
	u.do(desk.AddedClaim{Name: "exp"}).says("genuine-until").do(desk.AddedClaim{Name: "exp"})
	if u.Notice.ID != "claim-there" {
		t.Errorf("notice = %v", u.Notice)
	}
	u.do(desk.SetClaim{Name: "exp", Value: "1700000000"}).says("genuine-expired")
	u.do(desk.AddedClaim{Name: "한글 \"이름\""}).says("genuine-expired")
	if rows := u.View.Payload.Rows; rows[len(rows)-1].Name != `한글 "이름"` {
		t.Errorf("rows = %v", rows)
	}
}

func TestClaimsKeepEveryOtherByte(t *testing.T) {
	u := sit(t).do(example("HS256"), desk.TypedPayload{Text: `{"n":1.0e3,"big":12345678901234567890,"s":"\u00e9"}`}, desk.AddedClaim{Name: "sub"})
	want := `{"n":1.0e3,"big":12345678901234567890,"s":"\u00e9","sub":""}`
	if got := string(token.Parse(u.Token).Payload().Bytes); got != want {
		t.Errorf("payload = %s, want %s", got, want)
	}
}

func TestExpectations(t *testing.T) {
	u := sit(t).do(example("HS256"), desk.ExpectedIssuer{Text: "https://shop.example"}, desk.ExpectedAudience{Text: "https://api.shop.example"})
	u.says("genuine-until").do(desk.ExpectedAudience{Text: "https://other.example"}).says("genuine-refused")
	u.do(desk.ExpectedAudience{}, example("rfc7515-a1"), desk.MovedClock{Unix: 1_300_819_390}).says("genuine-expired")
	u.do(desk.ExpectedIssuer{}, desk.ExpectedLeeway{Text: "30"}).answers(check.Yes, check.Yes, check.Yes)
	u.do(desk.ExpectedLeeway{Text: "many"}).answers(check.Yes, check.Yes, check.No)
}

func TestRewriteKeepsTheTextAround(t *testing.T) {
	u := sit(t).do(example("HS256"))
	around := "curl -H 'Authorization: Bearer " + u.Token + "' https://api.example/"
	u.do(desk.TypedToken{Text: around}).says("genuine-until").do(desk.TypedPayload{Text: `{"sub":"x"}`}).says("genuine-forever")
	if !strings.HasPrefix(u.Token, "curl -H 'Authorization: Bearer ey") || !strings.HasSuffix(u.Token, "' https://api.example/") {
		t.Errorf("text around lost: %s", u.Token)
	}
	u.do(desk.AskedCopy{What: "token"})
	if len(u.copied) != 1 || !strings.HasPrefix(u.copied[0], "ey") || strings.Contains(u.copied[0], "'") {
		t.Errorf("copied %q", u.copied)
	}
}

func TestBadInput(t *testing.T) {
	for name, text := range map[string]string{
		"garbage": "not a token at all", "binary": "\x00\x01\xff\xfe", "dots": "....", "one": "eyJhbGciOiJIUzI1NiJ9",
		"duplicate": "eyJhbGciOiJIUzI1NiIsImFsZyI6Im5vbmUifQ.e30.c2ln", "unknown": "eyJhbGciOiJYWTk5In0.e30.c2ln",
	} {
		u := sit(t).do(desk.TypedToken{Text: text}, desk.TypedKey{Text: "-----BEGIN PUBLIC KEY-----\nMIIB"})
		if u.Token != text {
			t.Errorf("%s: text changed", name)
		}
		if u.View.Verdict.Signature == check.Yes || u.View.Verdict.Summary.Code == "" {
			t.Errorf("%s: verdict %v", name, u.View.Verdict)
		}
		if len(u.View.KeyProblems) == 0 {
			t.Errorf("%s: truncated PEM has no problem", name)
		}
	}
}

func TestBrokenDraft(t *testing.T) {
	u := sit(t).do(example("HS256"), desk.TypedPayload{Text: `{"sub": `})
	if len(u.View.Payload.Problems) == 0 || u.View.Payload.Text != `{"sub": ` {
		t.Errorf("payload = %+v", u.View.Payload)
	}
	if got := string(token.Parse(u.Token).Payload().Bytes); got != `{"sub": ` {
		t.Errorf("the token holds %q", got)
	}
	u.do(desk.TypedHeader{Text: `{"alg":`})
	if u.Unsigned != "header" {
		t.Errorf("unsigned = %q", u.Unsigned)
	}
	u.do(desk.TypedHeader{Text: `{"alg":"HS256"}`}, desk.TypedPayload{Text: `{}`}).says("genuine-forever")
}

func TestLongTokenIsAJob(t *testing.T) {
	long := `{"s":"` + strings.Repeat("x", 600<<10) + `"}`
	text, err := signHS256(long)
	if err != nil {
		t.Fatal(err)
	}
	u := sit(t).do(desk.TypedKey{Text: secret})
	s, effects := desk.Update(u.State, desk.TypedToken{Text: text})
	if s.Pending != "look" || len(effects) != 1 {
		t.Fatalf("pending %q, effects %v", s.Pending, effects)
	}
	u.do(desk.TypedToken{Text: text}).answers(check.Yes, check.Yes, check.Yes)
	raw, err := json.Marshal(u.View)
	if err != nil || len(raw) > 64<<10 {
		t.Errorf("the view of a long token has %d bytes (%v)", len(raw), err)
	}
}

// A header under edit is often none yet: what stood around the token must not be taken for a part of it.
func TestEditingAmongWords(t *testing.T) {
	u := sit(t).do(desk.TypedToken{Text: "Bearer eyJhbGciOiJIUzI1NiJ9.b25l.c2ln, and on"}, desk.TypedPayload{Text: "two"})
	if want := "Bearer eyJhbGciOiJIUzI1NiJ9.dHdv., and on"; u.Token != want {
		t.Errorf("the token is %q and not %q", u.Token, want)
	}
	for _, words := range []string{"", "no token", "Bearer eyJhbGciOiJIUzI1NiJ9.dHdv., and on"} {
		u.do(desk.TypedToken{Text: words}, desk.TypedPayload{Text: "two"})
		for _, header := range []string{"{", `{"`, `{"alg":"HS256"}`} {
			u.do(desk.TypedHeader{Text: header})
			if want := base64.RawURLEncoding.EncodeToString([]byte(header)) + ".dHdv."; u.Token != want {
				t.Errorf("%q is %q with the header %s and not %q", words, u.Token, header, want)
			}
		}
	}
}

func TestStaleAnswersAreDropped(t *testing.T) {
	u := sit(t).do(example("HS256"))
	before := u.State
	u.do(desk.Signed{Revision: 1, Token: "x.y.z"}, desk.Generated{Revision: 1, Key: "x"}, desk.Looked{Revision: 1})
	if !reflect.DeepEqual(before, u.State) {
		t.Error("a stale answer changed the state")
	}
}

func TestStateIsJSON(t *testing.T) {
	u := sit(t).do(example("jwks"), desk.TypedPayload{Text: "{}"}, desk.MovedClock{Unix: 5})
	raw, err := json.Marshal(u.State)
	if err != nil {
		t.Fatal(err)
	}
	var back desk.State
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(back)
	if string(raw) != string(again) {
		t.Errorf("state changes on its way through JSON:\n%s\n%s", raw, again)
	}
	if !reflect.DeepEqual(desk.Look(back.Inputs).Verdict.Summary, u.View.Verdict.Summary) {
		t.Error("the view is not a function of the inputs")
	}
}

const secret = "a secret of 256 bits or more, as RFC 7518 asks"

func signHS256(payload string) (string, error) {
	return jws.Sign("HS256", []byte(`{"alg":"HS256"}`), []byte(payload), secretKey(), rand.Reader)
}

func secretKey() key.Key { return key.Read(secret, key.UTF8).Keys[0] }

func TestClockRunsOut(t *testing.T) {
	u := sit(t).do(desk.TypedKey{Text: secret})
	text, err := signHS256(`{"exp":1795305630}`)
	if err != nil {
		t.Fatal(err)
	}
	u.do(desk.TypedToken{Text: text}).says("genuine-until")
	u.do(desk.Ticked{Unix: 1_795_305_629}).says("genuine-until").do(desk.Ticked{Unix: 1_795_305_630}).says("genuine-expired")
	u.do(desk.Ticked{Unix: 1_795_305_631 + 86400})
	if got := u.View.Verdict.Summary.Args[0]; got != "86401" {
		t.Errorf("expired %s seconds ago", got)
	}
	u.do(desk.MovedClock{Unix: 5}, desk.Ticked{Unix: 1_795_305_631 + 2*86400}).says("genuine-until")
}
