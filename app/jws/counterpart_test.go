package jws_test

import (
	"encoding/json"
	"slices"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
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
	Payload string          `json:"payload,omitempty"`
	Header  json.RawMessage `json:"header,omitempty"`
	Token   string          `json:"token,omitempty"`
	JWK     json.RawMessage `json:"jwk,omitempty"`
	PKCS8   string          `json:"pkcs8,omitempty"`
	SPKI    string          `json:"spki,omitempty"`
}

type answer struct {
	Error, Token, Payload, PKCS8, SPKI, Thumbprint string
	JWK, Public                                    json.RawMessage
}

func startJose(t *testing.T) jose {
	t.Helper()
	return jose{t, witness.Start[request, answer](t, "counterpart.mjs")}
}

func (j jose) ask(r request) answer {
	j.t.Helper()
	a := j.Ask(r)
	if a.Error != "" {
		j.t.Errorf("jose, %s %s: %s", r.Op, r.Alg, a.Error)
	}
	return a
}

const payload = `{"sub":"한글","n":9007199254740993}`

// noJose are the algorithms that this jose on this Node.js does not have: the corpora and openssl speak for them.
var noJose = []string{"ES256K", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"}

// TestJose exchanges keys and tokens with npm's jose, in both directions, for every algorithm and form of a key.
func TestJose(t *testing.T) {
	j := startJose(t)
	for _, a := range jws.Algorithms() {
		if slices.Contains(noJose, a.Name) {
			continue
		}
		j.theirs(a.Name)
		j.ours(a.Name)
	}
}

// theirs reads the keys that jose made, verifies what jose signed, and signs with each of the keys what jose verifies.
func (j jose) theirs(alg string) {
	made := j.ask(request{Op: "generate", Alg: alg})
	signed := j.ask(request{Op: "sign", Alg: alg, Payload: payload, JWK: made.JWK}).Token
	forms := map[string]string{"JWK": string(made.JWK)}
	if made.Public != nil {
		forms["public JWK"], forms["PKCS #8"], forms["SPKI"] = string(made.Public), made.PKCS8, made.SPKI
		forms["set"] = `{"keys":[` + string(made.Public) + `]}`
	}
	for form, text := range forms {
		keys := key.Read(text, key.Auto)
		r := jws.Verify(token.Parse(signed), keys, jws.Options{Alg: alg})
		if r.Answer != check.Yes {
			j.t.Errorf("%s: signed by jose, verified with its %s: %s", alg, form, reasons(r))
			continue
		}
		k := keys.Keys[0]
		if made.Thumbprint != "" && k.Thumbprint != made.Thumbprint {
			j.t.Errorf("%s: thumbprint %s of the %s, jose has %s", alg, k.Thumbprint, form, made.Thumbprint)
		}
		if k.Private {
			text := sign(j.t, alg, `{"alg":"`+alg+`"}`, payload, k)
			public := made.Public
			if public == nil {
				public = made.JWK
			}
			if got := j.ask(request{Op: "verify", Alg: alg, Token: text, JWK: public}).Payload; got != payload {
				j.t.Errorf("%s: signed here with the %s of jose, jose reads %q", alg, form, got)
			}
		}
	}
}

// ours has jose read the keys that are made here, sign with them, and verify what is signed here.
func (j jose) ours(alg string) {
	k := generate(j.t, alg)
	text := sign(j.t, alg, `{"alg":"`+alg+`"}`, payload, k)
	private, public := []request{{JWK: json.RawMessage(k.JWK())}}, []request{{JWK: json.RawMessage(k.JWK())}}
	if half, ok := k.PublicKey(); ok {
		pkcs8, err := k.PEM()
		if err != nil {
			j.t.Fatal(err)
		}
		spki, err := half.PEM()
		if err != nil {
			j.t.Fatal(err)
		}
		private = append(private, request{PKCS8: pkcs8})
		public = []request{{JWK: json.RawMessage(half.JWK())}, {SPKI: spki}}
	}
	for _, r := range public {
		r.Op, r.Alg, r.Token = "verify", alg, text
		if got := j.ask(r).Payload; got != payload {
			j.t.Errorf("%s: jose reads %q", alg, got)
		}
	}
	for _, r := range private {
		r.Op, r.Alg, r.Payload = "sign", alg, payload
		signed := j.ask(r).Token
		if r := jws.Verify(token.Parse(signed), of(k), jws.Options{}); r.Answer != check.Yes {
			j.t.Errorf("%s: signed by jose with our key: %s", alg, reasons(r))
		}
	}
}
