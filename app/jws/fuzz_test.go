package jws_test

import (
	"strings"
	"testing"

	"jwtlab/app/bound"
	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// FuzzVerify holds the verifier to the one law that matters: with a key that has signed exactly one token, only that
// token is genuine, to the byte. It is the laxest reader, too, that has to keep it.
func FuzzVerify(f *testing.F) {
	k := key.Read(`{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",`+
		`"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`, key.Auto)
	genuine := sign(f, "EdDSA", `{"alg":"EdDSA"}`, `{"sub":"1"}`, k.Keys[0])
	f.Add(genuine)
	f.Add(genuine + "=")
	f.Add("Bearer " + genuine[:20] + "\n" + genuine[20:])
	f.Add(b64(`{"alg":"none"}`) + ".e30.")
	f.Add(b64(`{"alg":"EdDSA","crit":["b64"],"b64":false}`) + ".x.AA")
	f.Add(b64(`{"alg":"EdDSA","jwk":`+k.Keys[0].JWK()+`}`) + "..AA")
	parts := strings.Split(genuine, ".")
	f.Add(`{"payload":"` + parts[1] + `","protected":"` + parts[0] + `","header":{"kid":"1"},"signature":"` + parts[2] + `"}`)
	f.Fuzz(func(t *testing.T, text string) {
		var r jws.Report
		bound.Memory(t, len(text), 500, func() { r = jws.Verify(token.Parse(text), k, jws.Options{}) })
		one := text
		if parsed := token.Parse(text); parsed.Form == token.JSONJWS {
			one = parsed.Compact() // its JSON may be written in many ways
		}
		if r.Answer == check.Yes && one != genuine {
			t.Errorf("%q is taken for genuine", text)
		}
		if r.Answer != check.Sum(r.Checks) || r.Answer == check.Yes && r.Key != 0 {
			t.Errorf("%q: %s by key %d: %s", text, r.Answer, r.Key, reasons(r))
		}
		for _, found := range token.Read(text).Tokens {
			if r := jws.Verify(found, k, jws.Options{}); r.Answer == check.Yes && found.Compact() != genuine {
				t.Errorf("%q is taken for genuine in %q", found.Compact(), text)
			}
		}
	})
}

// FuzzSign signs whatever it is given, verifies it, changes one bit and refuses it.
func FuzzSign(f *testing.F) {
	f.Add(`{"alg":"HS256"}`, []byte("{}"), "secret", uint(3))
	f.Add(`{"alg":"HS256","crit":["b64"],"b64":false}`, []byte("$"), "0", uint(70))
	f.Fuzz(func(t *testing.T, header string, payload []byte, secret string, at uint) {
		k := key.Read(secret, key.UTF8)
		if len(k.Keys) != 1 {
			return
		}
		text, err := jws.Sign("HS256", []byte(header), payload, k.Keys[0], nil)
		if err != nil {
			return
		}
		if len(text) > token.MaxInput {
			return
		}
		if r := jws.Verify(token.Parse(text), k, jws.Options{}); r.Answer != check.Yes {
			t.Fatalf("%q is not genuine: %s", text, reasons(r))
		}
		i := int(at % uint(len(text)))
		other := text[:i] + string(text[i]^1) + text[i+1:]
		if strings.Contains(other, ".") && jws.Verify(token.Parse(other), k, jws.Options{}).Answer == check.Yes {
			t.Errorf("%q is taken for genuine", other)
		}
	})
}

// FuzzDoctor holds the doctor to its word: a mend makes the token genuine, an attack has none, every cause has words, and
// a genuine token has no cause.
func FuzzDoctor(f *testing.F) {
	f.Add(hs(f, headerHS256, claimsText, doctorText+"\n"), doctorText, "")
	f.Add(hs(f, headerHS256, claimsText, doctorText), `SECRET="`+doctorText+`"`, "utf-8")
	f.Add(flattened(hs256, `{"kid":"1"}`)[:90], serialSecret, "hex")
	f.Add(hs(f, `{"alg":"ES256"}`, claimsText, doctorText), key.Read(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`, key.Auto).Keys[0].JWK(), "")
	known := map[string]bool{}
	for _, id := range jws.Causes() {
		known[id] = true
	}
	f.Fuzz(func(t *testing.T, text, keyText, as string) {
		p := patient{token: text, key: keyText, as: key.Encoding(as)}
		found := p.diagnose(jws.DoctorOptions{Effort: 2000})
		if p.mended(jws.Mend{}).Answer == check.Yes && len(found) > 0 {
			t.Errorf("genuine, and yet %+v", found)
		}
		for _, d := range found {
			if !known["cause."+d.Code] || d.Detail != "" && !known["detail."+d.Detail] || d.NoMend != "" && !known["nomend."+d.NoMend] {
				t.Errorf("no words for %+v", d)
			}
			if d.Mend != nil && (d.Sure == jws.Attack || p.mended(*d.Mend).Answer != check.Yes) {
				t.Errorf("%+v is no mend", *d.Mend)
			}
		}
	})
}
