package login_test

import (
	"testing"

	"jwtlab/app/login"
)

// TestJSONOnly: where the policy takes JSON alone, nothing that a form or an address can say transfers, and nothing else changes.
func TestJSONOnly(t *testing.T) {
	const form = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		name             string
		only, byGET      bool
		asForm, asText   int
		byAddress, login int
	}{
		{"as a service is", false, false, 200, 415, 405, 415},
		{"by GET too", false, true, 200, 415, 200, 415},
		{"JSON alone", true, false, 415, 415, 405, 415},
		{"JSON alone, and GET on", true, true, 415, 415, 415, 415},
	} {
		h := open(t, func(k *login.Config) { k.Policy.JSONOnly, k.Policy.TransferByGET = c.only, c.byGET })
		who := h.client()
		who.enter(login.Session)
		who.with("Content-Type", form).send("POST", "/api/transfer", "to=bob&amount=1").is(c.asForm)
		who.with("Content-Type", "text/plain").send("POST", "/api/transfer", `{"to":"bob","amount":"1"}`).is(c.asText)
		who.with("Content-Type", "").send("POST", "/api/transfer", `{"to":"bob","amount":"1"}`).is(415)
		who.send("GET", "/api/transfer?to=bob&amount=1", nil).is(c.byAddress)
		who.send("POST", "/api/transfer", map[string]any{"to": "bob", "amount": 1}).is(200)
		h.client().with("Content-Type", form).send("POST", "/api/login", "username=alice&password=wonderland&mode=session").is(c.login)
		want := 1
		for _, status := range []int{c.asForm, c.byAddress} {
			if status == 200 {
				want++
			}
		}
		if got := len(h.service.Transfers("alice", 9)); got != want {
			t.Errorf("%s: %d transfers, want %d", c.name, got, want)
		}
	}
}
