package scenario_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
)

// TestSecondSite: one login serves two sites, and the end of one is the end of no other (RP-Initiated Logout §1). What the
// provider does by itself is held by app/lab/idp: TestSecondSite, TestLogout.
func TestSecondSite(t *testing.T) {
	const in = `
		setup session/cookie-lax+origin-check
		visit
		sso shop
		expect user alice
		sso news
		expect user alice
		`
	r := play(t, in)
	if got := typed(r); got != 1 {
		t.Errorf("the password went over the wire %d times, want once", got)
	}
	for _, c := range []struct{ name, script string }{
		{"at the news", `
			sso-logout news
			expect user nobody
			visit https://news.example/
			expect user nobody
			call
			expect user alice`},
		{"at the shop", `
			sso-logout shop
			call
			expect status 401
			visit https://news.example/
			expect user alice`},
		{"at the shop, and there again without a password", `
			sso-logout shop
			sso shop
			expect user alice`},
		{"at the provider", `
			sso-logout accounts
			expect status 200
			call
			expect user alice
			visit https://news.example/
			expect user alice`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := typed(play(t, in+c.script)); got != 1 {
				t.Errorf("the password went over the wire %d times, want once", got)
			}
		})
	}
	again := play(t, in+"sso-logout accounts\nsso-logout news\nsso news\nexpect user alice")
	if got := typed(again); got != 2 {
		t.Errorf("after logout at the provider the password was asked for %d times, want twice", got)
	}
}

// TestEverySetupEnters: the provider's word begins a login of any setup, at the replica that was asked, and in an app.
func TestEverySetupEnters(t *testing.T) {
	for _, s := range computed.Setups {
		play(t, "setup "+s.ID+"\nsso shop\nexpect user alice\ncall\nexpect user alice\nlogout\ncall\nexpect not user alice\n")
	}
	play(t, "setup session/cookie-lax\nreplicas 2 own\npin 2\nsso shop\nexpect user alice\npin 1\ncall\nexpect status 401\n")
	play(t, "setup refresh/memory\nclient app\nsso shop\nexpect user alice\nexpect stored memory\nwait 6m\ncall\nexpect user alice\n")
}

// typed counts how often a password was sent.
func typed(r scenario.Record) (times int) {
	for _, m := range r.Messages {
		if m.Kind == wire.Ask && m.Method == "POST" && strings.Contains(m.Body, "password=wonderland") {
			times++
		}
	}
	return times
}

// TestCodeFlow reads the flow from the record: what the site begins with is what the provider is asked for, and what the token
// says (OIDC Core §3.1.2.1, §3.1.3.7; RFC 7636 §4.6).
func TestCodeFlow(t *testing.T) {
	r := play(t, "setup session/cookie-lax\nsso shop\nexpect user alice\n")
	asked, redeemed := url.Values{}, url.Values{}
	var answer struct {
		Token string `json:"id_token"`
	}
	for _, m := range r.Messages {
		u, err := url.Parse(m.URL)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case m.Kind == wire.Ask && m.To == "https://accounts.example" && u.Path == "/authorize":
			asked = u.Query()
		case m.Kind == wire.Ask && m.Why == "back-channel" && u.Path == "/token":
			redeemed, _ = url.ParseQuery(m.Body)
		case m.Kind == wire.Answer && m.Why == "back-channel" && u.Path == "/token":
			_ = json.Unmarshal([]byte(m.Body), &answer)
		case m.From == "browser" && strings.Contains(m.Body+m.URL+m.Value("Authorization"), "code_verifier"):
			t.Errorf("the browser sends the verifier: %s", m.URL)
		}
	}
	sum := sha256.Sum256([]byte(redeemed.Get("code_verifier")))
	if got := base64.RawURLEncoding.EncodeToString(sum[:]); got != asked.Get("code_challenge") || asked.Get("code_challenge_method") != "S256" {
		t.Errorf("the challenge is %q by %q, want %q", asked.Get("code_challenge"), asked.Get("code_challenge_method"), got)
	}
	var claims struct {
		Issuer   string          `json:"iss"`
		Audience json.RawMessage `json:"aud"`
		Subject  string          `json:"sub"`
		Nonce    string          `json:"nonce"`
	}
	raw, _ := base64.RawURLEncoding.DecodeString(append(strings.Split(answer.Token, "."), "", "")[1])
	if err := json.Unmarshal(raw, &claims); err != nil {
		t.Fatalf("%v: %s", err, answer.Token)
	}
	if claims.Nonce == "" || claims.Nonce != asked.Get("nonce") || claims.Issuer != "https://accounts.example" || claims.Subject != "alice" ||
		strings.Trim(string(claims.Audience), `[]"`) != asked.Get("client_id") {
		t.Errorf("asked with %v, the ID token says %s", asked, raw)
	}
	if asked.Get("state") == "" || asked.Get("response_type") != "code" {
		t.Errorf("asked with %v", asked)
	}
}
