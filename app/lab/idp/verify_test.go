package idp_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/lab/idp"
)

type object = map[string]any

// forge signs an ID token by the rules, but for what is changed; nil takes a member away.
func forge(t testing.TB, m jwt.SigningMethod, key any, nonce string, header, claims object) string {
	t.Helper()
	all := jwt.MapClaims{"iss": accounts, "aud": "shop", "sub": "alice", "iat": start.Unix(), "exp": start.Add(time.Minute).Unix(), "nonce": nonce}
	maps.Copy(all, claims)
	maps.DeleteFunc(all, func(_ string, v any) bool { return v == nil })
	token := jwt.NewWithClaims(m, all)
	token.Header["kid"] = "one"
	maps.Copy(token.Header, header)
	maps.DeleteFunc(token.Header, func(_ string, v any) bool { return v == nil })
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// TestIDToken holds OIDC Core §3.1.3.7 and RFC 8725: what a strict party refuses, with the check that says no, and which hole
// lets it in.
func TestIDToken(t *testing.T) {
	mine := ed25519.NewKeyFromSeed([]byte(strings.Repeat("\x01", 32)))
	other := ed25519.NewKeyFromSeed([]byte(strings.Repeat("\x03", 32)))
	public := mine.Public().(ed25519.PublicKey)
	jwk := object{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(other.Public().(ed25519.PublicKey))}
	algorithm := func(p *idp.Policy) { p.Algorithm = false }
	audience := func(p *idp.Policy) { p.Audience = false }
	nonce := func(p *idp.Policy) { p.Nonce = false }
	at := func(d time.Duration) int64 { return start.Add(d).Unix() }
	for _, c := range []struct {
		name           string
		method         jwt.SigningMethod // EdDSA where it is nil
		key            any               // the provider's where it is nil
		header, claims object
		why            string            // empty: accepted
		hole           func(*idp.Policy) // what lets it in; nil for nothing
	}{
		{name: "good"},
		{name: "the other key", key: ed25519.NewKeyFromSeed([]byte(strings.Repeat("\x02", 32))), header: object{"kid": "two"}},
		{name: "no typ", header: object{"typ": nil}},
		{name: "a list of one audience", claims: object{"aud": []string{"shop"}}},
		{name: "the app's", claims: object{"aud": []string{"app", "shop"}, "azp": "app"}},
		{name: "a clock ahead", claims: object{"iat": at(4 * time.Second)}},

		{name: "none", method: jwt.SigningMethodNone, key: jwt.UnsafeAllowNoneSignatureType, why: "party-algorithm", hole: algorithm},
		{name: "HMAC by the public key", method: jwt.SigningMethodHS256, key: []byte(public), why: "party-algorithm", hole: algorithm},
		{name: "an unknown algorithm", header: object{"alg": "HS1"}, why: "party-algorithm"},
		{name: "another key", key: other, why: "party-signature"},
		{name: "another key, named", key: other, header: object{"kid": "three"}, why: "party-key"},
		{name: "an embedded key", key: other, header: object{"jwk": jwk, "kid": nil}, why: "party-key"},
		{name: "an address of keys", key: other, header: object{"jku": evil + "/jwks.json"}, why: "party-signature"},
		{name: "no kid", header: object{"kid": nil}, why: "party-key"},
		{name: "kid is a number", header: object{"kid": 1}, why: "party-key"},
		{name: "an access token", header: object{"typ": "at+jwt"}, why: "party-header"},
		{name: "typ is a number", header: object{"typ": 1}, why: "party-header"},
		{name: "crit", header: object{"crit": []string{"b64"}, "b64": true}, why: "party-header"},
		{name: "another issuer", claims: object{"iss": evil}, why: "party-issuer"},
		{name: "no issuer", claims: object{"iss": nil}, why: "party-issuer"},
		{name: "another audience", claims: object{"aud": "blog"}, why: "party-audience", hole: audience},
		{name: "no audience", claims: object{"aud": nil}, why: "party-audience", hole: audience},
		{name: "a strange audience beside", claims: object{"aud": []string{"shop", "evil"}, "azp": "shop"}, why: "party-audience", hole: audience},
		{name: "two audiences, no azp", claims: object{"aud": []string{"shop", "app"}}, why: "party-authorized", hole: audience},
		{name: "given to a stranger", claims: object{"azp": "evil"}, why: "party-authorized", hole: audience},
		{name: "expired", claims: object{"exp": at(-6 * time.Second)}, why: "party-expired"},
		{name: "no exp", claims: object{"exp": nil}, why: "party-expired"},
		{name: "issued tomorrow", claims: object{"iat": at(24 * time.Hour), "exp": at(25 * time.Hour)}, why: "party-early"},
		{name: "no iat", claims: object{"iat": nil}, why: "party-early"},
		{name: "not yet", claims: object{"nbf": at(10 * time.Second)}, why: "party-early"},
		{name: "another nonce", claims: object{"nonce": "n"}, why: "party-nonce", hole: nonce},
		{name: "no nonce", claims: object{"nonce": nil}, why: "party-nonce", hole: nonce},
		{name: "no subject", claims: object{"sub": nil}, why: "party-subject"},
		{name: "long", claims: object{"pad": strings.Repeat("x", 8<<10)}, why: "party-malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.method == nil {
				c.method = jwt.SigningMethodEdDSA
			}
			if c.key == nil {
				c.key = mine
			}
			try := func(p idp.Policy, why string) {
				t.Helper()
				w := open(t, p)
				b := w.browser()
				back := b.until(shop, "alice", "wonderland")
				kept, _, _ := strings.Cut(strings.SplitN(b.cookies[shop]["__Host-login"]+"..", ".", 2)[1], ".")
				token := forge(t, c.method, c.key, kept, c.header, c.claims)
				w.tamper = func(string) string { return `{"token_type":"Bearer","id_token":"` + token + `"}` }
				a := b.get(back)
				want := ""
				if why == "" {
					a.is(200)
					want = "alice"
				} else {
					a.says(403, why)
				}
				if b.me(shop) != want || w.event().Reason != why {
					t.Errorf("logged in as %q, %v", b.me(shop), w.event())
				}
			}
			try(idp.Strict(), c.why)
			if c.hole != nil {
				try(without(c.hole), "")
			} else {
				try(idp.Policy{}, c.why) // no hole lets in what is wrong beside
			}
		})
	}
}

// TestBackChannel: what else the provider, or somebody in between, may answer (OIDC Core §3.1.3.3, §3.1.3.5).
func TestBackChannel(t *testing.T) {
	for name, body := range map[string]string{
		"no JSON": "<html>", "no ID token": `{"token_type":"Bearer"}`, "no type": `{"id_token":"a.b.c"}`, "an error": `{"error":"invalid_grant"}`, "nothing": "",
	} {
		w := open(t, idp.Strict())
		b := w.browser()
		back := b.until(shop, "alice", "wonderland")
		w.tamper = func(string) string { return body }
		if b.get(back).says(403, "party-exchange"); b.me(shop) != "" {
			t.Errorf("%s: logged in as %q", name, b.me(shop))
		}
	}
	for _, body := range []string{"x", "a.b.c", "....", "e30.e30.", "\x00"} {
		w := open(t, idp.Policy{})
		b := w.browser()
		back := b.until(shop, "alice", "wonderland")
		quoted, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		w.tamper = func(string) string { return `{"token_type":"Bearer","id_token":` + string(quoted) + `}` }
		if a := b.get(back); a.status != 403 || b.me(shop) != "" {
			t.Errorf("%q: %d, logged in as %q", body, a.status, b.me(shop))
		}
	}
	w := open(t, idp.Strict())
	c := w.parties[shop]
	c.Ask = func(*http.Request) (idp.Answer, error) { return idp.Answer{}, errors.New("no way") }
	p, err := idp.NewParty(c)
	if err != nil {
		t.Fatal(err)
	}
	b := w.browser()
	back := b.until(shop, "alice", "wonderland")
	w.sites[shop].party = p
	b.get(back).says(502, "party-away")
}

// TestCallback: what may come back through the browser instead of a code.
func TestCallback(t *testing.T) {
	for _, c := range []struct {
		name, parameter, value string
		status                 int
		code                   string
	}{
		{"another state", "state", "x", 403, "party-state"},
		{"no state", "state", "", 403, "party-state"},
		{"another provider", "iss", evil, 403, "party-provider"}, // mix-up: RFC 9700 §4.4.2
		{"no provider", "iss", "", 403, "party-provider"},
		{"an error", "error", "access_denied<script>", 403, "party-refused"},
		{"no code", "code", "", 400, "party-code"},
	} {
		w := open(t, idp.Strict())
		b := w.browser()
		back := b.until(shop, "alice", "wonderland")
		a := b.get(forging(back, c.parameter, c.value)).says(c.status, c.code)
		if b.me(shop) != "" || strings.Contains(a.text, "<script>") {
			t.Errorf("%s: logged in as %q: %s", c.name, b.me(shop), a.text)
		}
		// Who forges an answer cannot end the login that goes on.
		if kept := b.cookies[shop]["__Host-login"] != ""; kept != (c.code == "party-state" || c.code == "party-provider") {
			t.Errorf("%s: the cookie is kept: %t", c.name, kept)
		}
	}
	w := open(t, idp.Strict())
	b := w.browser()
	back := b.until(shop, "alice", "wonderland")
	b.get(back+"&code=x").says(400, "twice")
	b.get(back).is(200)
	b.get(back).says(403, "party-state") // an address that was followed once leads nowhere
}

// TestBasic: the party's secret goes as RFC 6749 §2.3.1 writes it, to the address that the provider says, and nowhere else.
func TestBasic(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	b.enter(shop, "alice", "wonderland").is(200)
	r := w.asked[0]
	id, got, _ := r.BasicAuth()
	if plain, err := url.QueryUnescape(got); id != "shop" || plain != secret || err != nil || r.URL.String() != accounts+"/token" || r.Header.Get("Cookie") != "" {
		t.Errorf("asked with %q, %q at %s: %v", id, got, r.URL, r.Header)
	}
	for _, text := range w.seen {
		if strings.Contains(text, got) || strings.Contains(text, secret) {
			t.Errorf("the secret is seen in %s", text)
		}
	}
}
