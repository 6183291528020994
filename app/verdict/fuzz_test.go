package verdict_test

import (
	"slices"
	"testing"
	"time"

	"jwtlab/app/bound"
	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/key"
	reading "jwtlab/app/token"
	"jwtlab/app/verdict"
)

// FuzzJudge holds the verdict to its laws: it is good exactly if all three answers are yes; nothing unsigned, unread or
// self-vouched is genuine; judging strictly never finds more than judging kindly; and asking again gives the same.
func FuzzJudge(f *testing.F) {
	f.Add(token, jwk, "", int64(1_300_819_379))
	f.Add("Bearer "+token, jwk, "HS256", int64(0))
	f.Add(token[:40]+"\n"+token[40:], "secret", "none", int64(1<<40))
	f.Add(base64url(`{"alg":"none"}`)+"."+base64url(`{"exp":1}`)+".", "", "", int64(0))
	f.Add(base64url(`{"alg":"ES256","jwk":{"kty":"EC"}}`)+"..AAAA", `{"keys":[]}`, "", int64(0))
	f.Add(`{"payload":"e30","signatures":[{"protected":"eyJhbGciOiJIUzI1NiJ9","signature":""}]}`, jwk, "", int64(0))
	f.Fuzz(func(t *testing.T, text, keyText, alg string, now int64) {
		o := verdict.Options{Alg: alg, Expect: claims.Expect{Now: time.Unix(now%(1<<40), 0)}}
		var c verdict.Case
		bound.Memory(t, len(text)+len(keyText), 3000, func() { c = verdict.Judge(text, keyText, o) })
		lawful(t, c)
		again := verdict.Judge(text, "", o).With(key.Read(keyText, o.Encoding), o)
		if again.Verdict.Summary.Code != c.Verdict.Summary.Code || again.Signature.Answer != c.Signature.Answer {
			t.Errorf("judged with the key later: %+v, at once: %+v", again.Verdict, c.Verdict)
		}
		o.Strict = true
		strict := verdict.Judge(text, keyText, o)
		lawful(t, strict)
		if strict.Verdict.All() && !c.Verdict.All() && len(c.Reading.Tokens) == 1 {
			t.Errorf("strictly %+v, kindly %+v", strict.Verdict, c.Verdict)
		}
	})
}

// lawful checks what is true of every verdict.
func lawful(t *testing.T, c verdict.Case) {
	t.Helper()
	v := c.Verdict
	for _, a := range []check.Answer{v.Form, v.Signature, v.Acceptance} {
		if a != check.Yes && a != check.No && a != check.Unchecked {
			t.Errorf("%q is no answer", a)
		}
	}
	if (v.Summary.Tone == verdict.Good) != v.All() {
		t.Errorf("tone %s with %s, %s, %s", v.Summary.Tone, v.Form, v.Signature, v.Acceptance)
	}
	if !slices.Contains(verdict.Codes(), v.Summary.Code) {
		t.Errorf("%s is no code", v.Summary.Code)
	}
	if v.Acceptance == check.Yes && v.Signature != check.Yes {
		t.Error("acceptable without being genuine")
	}
	if v.Signature != check.Yes {
		return
	}
	if len(c.Keys.Keys) == 0 || c.Signature.SelfVouched || c.Token.Form == reading.Unsecured {
		t.Errorf("genuine: %+v with %d keys", c.Signature, len(c.Keys.Keys))
	}
	if i := c.Signature.Key; i >= len(c.Keys.Keys) || i >= 0 && c.Keys.Keys[i].Type == "oct" && isEmpty(c.Keys.Keys[i]) {
		t.Errorf("genuine by key %d of %d", i, len(c.Keys.Keys))
	}
}

func isEmpty(k key.Key) bool { return len(k.Secret) == 0 }
