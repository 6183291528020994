package jws_test

import (
	"strings"
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
		again, ok := jws.Verify(first, keys, jws.Options{}).Repeat(first, keys)
		if !ok {
			t.Errorf("%s: no repeat", a.Name)
			continue
		}
		second := sign(t, a.Name, header, `{"n":2}`, k)
		cut := strings.LastIndex(second, ".")
		if !again.Fits(second[:cut], unb64(t, second[cut+1:])) {
			t.Errorf("%s: the second token does not fit", a.Name)
		}
		if again.Fits(second[:cut]+"x", unb64(t, second[cut+1:])) || again.Fits(second[:cut], first.Signature().Bytes) {
			t.Errorf("%s: a forged token fits", a.Name)
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
		if _, ok := jws.Verify(one, keys, jws.Options{}).Repeat(one, keys); ok {
			t.Errorf("%s: is repeated", name)
		}
	}
}
