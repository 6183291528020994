package jws_test

import (
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// TestRepeat verifies a second token by what is known of the first, with every algorithm, and no forged one.
func TestRepeat(t *testing.T) {
	for _, a := range jws.Algorithms() {
		k := generate(t, a.Name)
		keys := of(generate(t, a.Name), k)
		header := `{"alg":"` + a.Name + `"}`
		first := token.Parse(sign(t, a.Name, header, `{"n":1}`, k))
		again := jws.Verify(first, keys, jws.Options{}).Repeat(first, keys)
		if again == nil {
			t.Errorf("%s: no repeat", a.Name)
			continue
		}
		for _, payload := range []string{`{"n":2}`, `{"n":3}`} {
			second := token.Parse(sign(t, a.Name, header, payload, k))
			input, signature := []byte(second.SigningInput()), second.Signature().Bytes
			if !again.Fits(input, signature) {
				t.Errorf("%s: the token of %s does not fit", a.Name, payload)
			}
			if again.Fits(append(input, 'x'), signature) || again.Fits(input, first.Signature().Bytes) || again.Fits(input, nil) {
				t.Errorf("%s: a forged token fits", a.Name)
			}
		}
	}
}

// TestNoRepeat refuses to repeat what is not genuine or not plain.
func TestNoRepeat(t *testing.T) {
	keys := key.Read(serialSecret, key.UTF8)
	for name, text := range map[string]string{
		"forged":     hs(t, hs256, "{}", "another"),
		"padded":     hs(t, hs256, "{}", serialSecret) + "=",
		"b64":        hs(t, `{"alg":"HS256","crit":["b64"],"b64":true}`, "{}", serialSecret),
		"detached":   hs(t, hs256, "", serialSecret),
		"serialized": flattened(hs256, ""),
	} {
		one := token.Parse(text)
		if jws.Verify(one, keys, jws.Options{}).Repeat(one, keys) != nil {
			t.Errorf("%s: is repeated", name)
		}
	}
}
