package jwe_test

import (
	"crypto/rand"
	"encoding/json"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/witness"
)

// jose is npm's jose in a process of its own.
type jose struct {
	t *testing.T
	*witness.Process[request, answer]
}

type request struct {
	Op      string          `json:"op"`
	Alg     string          `json:"alg"`
	Enc     string          `json:"enc"`
	Zip     bool            `json:"zip,omitempty"`
	JSON    bool            `json:"json,omitempty"`
	Content string          `json:"content,omitempty"`
	Token   string          `json:"token,omitempty"`
	JWK     json.RawMessage `json:"jwk"`
}

type answer struct{ Error, Token, Content string }

func (j jose) ask(r request) answer {
	j.t.Helper()
	a := j.Ask(r)
	if a.Error != "" {
		j.t.Errorf("jose, %s %s %s: %s", r.Op, r.Alg, r.Enc, a.Error)
	}
	return a
}

// TestJose exchanges tokens with npm's jose in both directions: every algorithm, encryption and curve, compact, in JSON
// and compressed. jose does not know RSA1_5 any more; the corpus has the tokens of others for it.
func TestJose(t *testing.T) {
	j := jose{t, witness.Start[request, answer](t, "counterpart.mjs")}
	pairs := 0
	for _, a := range jwe.Algorithms() {
		if a.Name == "RSA1_5" {
			continue
		}
		for _, e := range jwe.Encs() {
			for _, k := range keysFor(t, a, e) {
				k.KeyID = ""
				j.exchange(request{Alg: a.Name, Enc: e.Name}, k)
				pairs++
			}
		}
		j.exchange(request{Alg: a.Name, Enc: "A128GCM", Zip: true}, keysFor(t, a, jwe.Encs()[3])[0])
		j.exchangeJSON(request{Alg: a.Name, Enc: "A128GCM", JSON: true}, keysFor(t, a, jwe.Encs()[3])[0])
	}
	t.Logf("%d combinations, both ways", pairs)
}

// exchange has jose open what is sealed here, with the public half, and opens what jose sealed.
func (j jose) exchange(r request, k key.Key) {
	j.t.Helper()
	public := half(k)
	more := ""
	if r.Zip {
		more = `,"zip":"DEF"`
	}
	if r.Alg == "ECDH-ES" {
		more += `,"apu":"QWxpY2U","apv":"Qm9i"`
	}
	r.Op, r.JWK, r.Token = "decrypt", json.RawMessage(k.JWK()), encrypt(j.t, r.Alg, r.Enc, more, content, public)
	if got := j.ask(r).Content; got != content {
		j.t.Errorf("%s %s %s: jose reads %q", r.Alg, r.Enc, k.Curve, got)
	}
	r.Op, r.JWK, r.Content, r.Token = "encrypt", json.RawMessage(public.JWK()), content, ""
	sealed := j.ask(r).Token
	if got := jwe.Decrypt(token.Parse(sealed), of(k), jwe.Options{Alg: r.Alg}); got.Answer != check.Yes || string(got.Plain) != content {
		j.t.Errorf("%s %s %s, by jose: %q, %s", r.Alg, r.Enc, k.Curve, got.Plain, reasons(got))
	}
}

// half is the public half of a key, and a secret itself.
func half(k key.Key) key.Key {
	if public, ok := k.PublicKey(); ok {
		return public
	}
	return k
}

// exchangeJSON does the same with the flattened serialization and additional data.
func (j jose) exchangeJSON(r request, k key.Key) {
	j.t.Helper()
	m := jwe.Message{Enc: r.Enc, Protected: []byte(`{"enc":"` + r.Enc + `"}`), AAD: []byte("aad"), Plain: []byte(content)}
	to := jwe.Recipient{Spec: jwe.Spec{Alg: r.Alg, Iterations: 1000}, Header: []byte(`{"alg":"` + r.Alg + `"}`), Key: k}
	text, err := jwe.EncryptJSON(m, []jwe.Recipient{to}, rand.Reader)
	if err != nil {
		j.t.Fatal(err)
	}
	r.Op, r.JWK, r.Token = "flattened", json.RawMessage(k.JWK()), text
	if got := j.ask(r).Content; got != content {
		j.t.Errorf("%s in JSON: jose reads %q", r.Alg, got)
	}
	r.Op, r.JWK, r.Content, r.Token = "encrypt", json.RawMessage(half(k).JWK()), content, ""
	all := token.ParseAll(j.ask(r).Token)
	if got, _ := jwe.DecryptAny(all, of(k), jwe.Options{}); got.Answer != check.Yes || string(got.Plain) != content {
		j.t.Errorf("%s in JSON, by jose: %q, %s", r.Alg, got.Plain, reasons(got))
	}
}
