package idp_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/lab/idp"
)

// decoded is a segment of a token.
func decoded(t testing.TB, token string, segment int) (object map[string]any) {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[segment])
	if err != nil || json.Unmarshal(b, &object) != nil {
		t.Fatalf("%q: %v", token, err)
	}
	return object
}

// TestLogin goes the whole way (OIDC Core §3.1.1), by a client with a secret and by one without.
func TestLogin(t *testing.T) {
	for _, origin := range []string{shop, blog} {
		w := open(t, idp.Strict())
		b := w.browser()
		begun := b.get(origin + "/login/start").is(302)
		k := begun.cookies[0]
		if len(begun.cookies) != 1 || k.Name != "__Host-login" || !k.HttpOnly || !k.Secure || k.Path != "/" || k.Domain != "" || k.MaxAge != 600 ||
			!strings.HasSuffix(begun.header.Get("Set-Cookie"), "SameSite=Lax") {
			t.Errorf("the cookie of the party: %q", begun.header.Get("Set-Cookie"))
		}
		asked, err := url.Parse(begun.header.Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		q := asked.Query()
		kept := strings.Split(k.Value, ".")
		if q.Get("state") != kept[0] || q.Get("nonce") != kept[1] || q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == kept[2] || len(kept[2]) != 43 {
			t.Errorf("asked with %v, kept %v", q, kept)
		}
		entered := b.fill(b.get(asked.String()), "alice", "wonderland")
		back := entered.back(origin + "/login/callback")
		if back.Get("iss") != accounts || back.Get("state") != kept[0] || len(back.Get("code")) != 43 {
			t.Errorf("sent back with %v", back)
		}
		if got := b.follow(entered, "").is(200).text; got != "welcome alice" || b.me(origin) != "alice" {
			t.Errorf("%s: %q, logged in as %q", origin, got, b.me(origin))
		}
		if b.cookies[origin]["__Host-login"] != "" {
			t.Error("the cookie of the party serves twice")
		}
		header, claims := decoded(t, w.ids[0], 0), decoded(t, w.ids[0], 1)
		want := map[string]any{"iss": accounts, "sub": "alice", "aud": []any{strings.TrimSuffix(origin[len("https://"):], ".example")}, "nonce": kept[1],
			"iat": float64(start.Unix()), "auth_time": float64(start.Unix()), "exp": float64(start.Add(5 * time.Minute).Unix())}
		if !reflect.DeepEqual(claims, want) || header["alg"] != "EdDSA" || header["kid"] != "one" || header["typ"] != "JWT" {
			t.Errorf("the ID token (OIDC Core §2) is %v %v, want %v", header, claims, want)
		}
	}
}

// TestSecondSite: a session at the provider lets people in at another site without a password, and the end of one is the end
// of no other (RP-Initiated Logout §1).
func TestSecondSite(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	b.enter(shop, "alice", "wonderland").is(200)
	w.now = w.now.Add(time.Minute)
	if got := b.visit(blog+"/login/start", "").is(200).text; got != "welcome alice" {
		t.Fatalf("the second site asks: %s", got)
	}
	if at := decoded(t, w.ids[1], 1)["auth_time"]; at != float64(start.Unix()) {
		t.Errorf("auth_time at the second site is %v: not when the password was given", at)
	}
	b.get(shop + "/logout")
	if b.me(shop) != "" || b.me(blog) != "alice" {
		t.Errorf("after logout at the shop: shop %q, blog %q", b.me(shop), b.me(blog))
	}
	if got := b.visit(shop+"/login/start", "").is(200).text; got != "welcome alice" {
		t.Errorf("after logout at the shop alone, the provider asks: %s", got)
	}
	b.get(accounts + "/logout?id_token_hint=" + w.ids[0]).is(200)
	if b.me(shop) != "alice" || b.me(blog) != "alice" {
		t.Errorf("after logout at the provider: shop %q, blog %q", b.me(shop), b.me(blog))
	}
	if page := b.visit(blog+"/login/start", ""); page.fields().Get("request") == "" {
		t.Errorf("after logout at the provider, nobody is asked: %s", page.text)
	}
	other := w.browser()
	if page := other.visit(blog+"/login/start", ""); page.fields().Get("request") == "" {
		t.Errorf("another browser is logged in: %s", page.text)
	}
}

func TestSessionEnds(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	b.enter(shop, "alice", "wonderland").is(200)
	first := b.cookies[accounts]["__Host-idp"]
	w.now = w.now.Add(12*time.Hour - time.Second)
	b.visit(blog+"/login/start", "").is(200)
	w.now = w.now.Add(time.Second)
	page := b.visit(shop+"/login/start", "")
	b.follow(b.fill(page, "alice", "wonderland"), "").is(200)
	if b.cookies[accounts]["__Host-idp"] == first {
		t.Error("a new login has the old session id (ASVS 7.2.4)")
	}
}

// TestLoginForm: what the form refuses, and that no other site can send it in.
func TestLoginForm(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	page := b.visit(shop+"/login/start", "")
	if policy := page.header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "form-action 'self' "+shop) || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the form has the policy %q", policy)
	}
	again := b.fill(page, "alice", "wrong")
	if again.is(403); !strings.Contains(again.text, `role="alert"`) || !strings.Contains(again.text, `value="alice"`) || b.cookies[accounts]["__Host-idp"] != "" {
		t.Errorf("a wrong password: %s", again.text)
	}
	if strings.Replace(b.fill(page, "nobody", "wrong").text, "nobody", "alice", 1) != again.text {
		t.Error("an unknown name is told from a wrong password")
	}
	if got := b.fill(page, `"><script>`, "x"); strings.Contains(got.text, "<script>") {
		t.Error("a name is taken for HTML")
	}
	b.fill(page, strings.Repeat("x", 65), "x").is(400)
	v := page.fields()
	v.Set("username", "mallory")
	v.Set("password", "malice")
	w.browser().send("POST", accounts+"/login", v).says(403, "csrf")
	v.Del("csrf_token")
	b.send("POST", accounts+"/login", v).says(403, "csrf")
	if w.event().Name != "csrf-refused" {
		t.Errorf("event %v", w.event())
	}
	v = page.fields()
	v.Set("request", strings.Replace(v.Get("request"), "shop.example", "evil.example", 1))
	b.send("POST", accounts+"/login", v).says(400, "redirect")
	v = page.fields()
	v.Set("request", strings.Replace(v.Get("request"), "S256", "plain", 1))
	b.send("POST", accounts+"/login", v).refers(shop+"/login/callback", "invalid_request", "pkce-method")
	v = page.fields()
	v.Add("username", "a")
	v.Add("username", "b")
	b.send("POST", accounts+"/login", v).says(400, "twice")
	b.fill(page, "alice", "wonderland").back(shop + "/login/callback")
}

func TestDiscovery(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	a := b.get(accounts + "/.well-known/openid-configuration").is(200)
	var all map[string]any
	if err := json.Unmarshal([]byte(a.text), &all); err != nil || a.header.Get("Content-Type") != "application/json" || a.header.Get("Access-Control-Allow-Origin") != "*" {
		t.Fatalf("%v: %s", err, a.text)
	}
	// OIDC Discovery §3, those that are required; RFC 8414 §2, RFC 9207 §3; and that which is true where it is left out.
	for name, want := range map[string]any{
		"issuer": accounts, "authorization_endpoint": accounts + "/authorize", "token_endpoint": accounts + "/token", "jwks_uri": accounts + "/.well-known/jwks.json",
		"response_types_supported": []any{"code"}, "subject_types_supported": []any{"public"}, "id_token_signing_alg_values_supported": []any{"EdDSA"},
		"code_challenge_methods_supported": []any{"S256"}, "authorization_response_iss_parameter_supported": true, "request_uri_parameter_supported": false,
		"token_endpoint_auth_methods_supported": []any{"client_secret_basic", "none"}, "end_session_endpoint": accounts + "/logout",
	} {
		if !reflect.DeepEqual(all[name], want) {
			t.Errorf("%s is %v, want %v", name, all[name], want)
		}
	}
	a = b.get(all["jwks_uri"].(string)).is(200)
	keys := key.Read(a.text, key.Auto).Keys
	if len(keys) != 2 || keys[0].KeyID != "one" || keys[0].Private || keys[1].Private || a.header.Get("Content-Type") != "application/jwk-set+json" {
		t.Errorf("the JWK Set is %s", a.text)
	}
	for _, c := range []struct {
		method, path string
		status       int
		code, allow  string
	}{
		{"GET", "/", 404, "not-found", ""},
		{"GET", "/token", 405, "method", "POST"},
		{"DELETE", "/logout", 405, "method", "GET, POST"},
	} {
		if a := b.send(c.method, accounts+c.path, nil).says(c.status, c.code); a.header.Get("Allow") != c.allow {
			t.Errorf("%s: Allow is %q", a.asked, a.header.Get("Allow"))
		}
	}
	if a := b.send("GET", accounts+"/", nil, "Accept-Language", "ko-KR,en"); !strings.Contains(a.text, `lang="ko"`) || !strings.Contains(a.text, "이 주소") {
		t.Errorf("in Korean: %s", a.text)
	}
}

// TestHeaders holds every answer to the armour (ASVS 3.4), and to staying with whom it is for (RFC 6749 §5.1).
func TestHeaders(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	for _, address := range []string{shop + "/login/start", shop + "/login/callback", accounts + "/authorize", accounts + "/logout", accounts + "/token", accounts + "/userinfo"} {
		a := b.get(address)
		for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin"} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", a.asked, name, got)
			}
		}
		if policy := a.header.Get("Content-Security-Policy"); policy != "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'" {
			t.Errorf("%s: policy %q", a.asked, policy)
		}
	}
}

// record logs in and out, well and badly, and returns all that was seen.
func record(w *world) []string {
	b := w.browser()
	b.enter(shop, "alice", "wonderland")
	b.visit(blog+"/login/start", "")
	b.visit(blog+"/login/callback?code=x", "")
	b.get(accounts + "/logout")
	return w.seen
}

// TestSameSeed holds that the same seed has the same record.
func TestSameSeed(t *testing.T) {
	one, two := record(open(t, idp.Strict())), record(open(t, idp.Strict()))
	if !reflect.DeepEqual(one, two) || len(one) < 10 {
		t.Errorf("two runs differ:\n%s\n%s", strings.Join(one, "\n"), strings.Join(two, "\n"))
	}
}

// TestClone holds that a clone knows what its original knew then, and that neither changes the other.
func TestClone(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	b.enter(shop, "alice", "wonderland").is(200)
	original := w.provider
	clone, err := original.Clone(w.config)
	if err != nil {
		t.Fatal(err)
	}
	w.provider = clone
	if got := b.visit(blog+"/login/start", "").is(200).text; got != "welcome alice" {
		t.Errorf("the clone has forgotten who is logged in: %s", got)
	}
	kept := b.cookies[accounts]["__Host-idp"]
	b.get(accounts + "/logout?id_token_hint=" + w.ids[0]).is(200)
	b.cookies[accounts]["__Host-idp"] = kept
	if page := b.visit(blog+"/login/start", ""); page.fields().Get("request") == "" {
		t.Errorf("after logout at the clone, the clone asks nobody: %s", page.text)
	}
	w.provider = original
	if got := b.visit(blog+"/login/start", "").text; got != "welcome alice" {
		t.Errorf("logout at the clone is logout at the original: %s", got)
	}
	if _, err := original.Clone(idp.Config{}); err == nil {
		t.Error("a clone is made without a configuration")
	}
}

// TestNew refuses what could not work.
func TestNew(t *testing.T) {
	w := open(t, idp.Strict())
	for name, change := range map[string]func(*idp.Config){
		"no clock":          func(c *idp.Config) { c.Now = nil },
		"http":              func(c *idp.Config) { c.Issuer = "http://accounts.example" },
		"a path":            func(c *idp.Config) { c.Issuer = accounts + "/" },
		"no key":            func(c *idp.Config) { c.Keys = nil },
		"a public key":      func(c *idp.Config) { k, _ := edKey(1, "one").PublicKey(); c.Keys = []key.Key{k} },
		"a key twice":       func(c *idp.Config) { c.Keys = []key.Key{edKey(1, "one"), edKey(2, "one")} },
		"a key without kid": func(c *idp.Config) { c.Keys = []key.Key{edKey(1, "")} },
		"a client twice":    func(c *idp.Config) { c.Clients = []idp.Client{{ID: "a"}, {ID: "a"}} },
		"a fragment":        func(c *idp.Config) { c.Clients = []idp.Client{{ID: "a", Redirects: []string{shop + "/#x"}}} },
		"no address":        func(c *idp.Config) { c.Clients = []idp.Client{{ID: "a", AfterLogout: []string{"/bye"}}} },
	} {
		c := w.config
		if change(&c); !refused(idp.New(c)) {
			t.Errorf("a provider with %s is made", name)
		}
	}
	for name, change := range map[string]func(*idp.PartyConfig){
		"no way to ask": func(c *idp.PartyConfig) { c.Ask = nil },
		"no keys":       func(c *idp.PartyConfig) { c.JWKS = `{"keys":[]}` },
		"no provider":   func(c *idp.PartyConfig) { c.Provider = idp.Metadata{} },
		"no address":    func(c *idp.PartyConfig) { c.Provider.Token = "/token" },
	} {
		c := w.parties[shop]
		if change(&c); !refused(idp.NewParty(c)) {
			t.Errorf("a party with %s is made", name)
		}
	}
}

func refused[T any](made *T, err error) bool { return made == nil && err != nil }
