package idp_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/idp"
)

// code gets a code for the client blog, by the verifier of RFC 7636 Appendix B.
func (b *browser) code(changes ...string) string {
	b.w.Helper()
	a := b.get(authorizing(changes...))
	if a.status == 200 {
		a = b.fill(a, "alice", "wonderland")
	}
	to, err := url.Parse(a.is(303).header.Get("Location"))
	if err != nil || to.Query().Get("code") == "" {
		b.w.Fatalf("no code: %v", to)
	}
	return to.Query().Get("code")
}

// redeeming is an exchange that nobody finds fault with, but for what is changed.
func redeeming(code string, changes ...string) url.Values {
	v := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {blog + "/login/callback"}, "client_id": {"blog"}, "code_verifier": {verifier}}
	for i := 0; i < len(changes); i += 2 {
		if v.Set(changes[i], changes[i+1]); changes[i+1] == "-" {
			v.Del(changes[i])
		}
	}
	return v
}

func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))
}

// TestToken: every way in which an exchange is refused. The program learns the error, only the event tells the reason.
func TestToken(t *testing.T) {
	for _, c := range []struct {
		name    string
		changes []string
		header  string
		oauth   string
		reason  string // of the event, where it tells more
		ref     string
	}{
		{"well", nil, "", "", "", "OIDC Core §3.1.3.3"},
		{"no code", []string{"code", "-"}, "", "invalid_request", "", "RFC 6749 §4.1.3"},
		{"no address", []string{"redirect_uri", "-"}, "", "invalid_request", "", "RFC 6749 §4.1.3"},
		{"no grant type", []string{"grant_type", "-"}, "", "invalid_request", "", "RFC 6749 §4.1.3"},
		{"by password", []string{"grant_type", "password"}, "", "unsupported_grant_type", "", "RFC 9700 §2.4"},
		{"no verifier", []string{"code_verifier", "-"}, "", "invalid_grant", "grant-verifier", "RFC 7636 §4.6"},
		{"another verifier", []string{"code_verifier", strings.Repeat("x", 43)}, "", "invalid_grant", "grant-verifier", "RFC 7636 §4.6"},
		{"the challenge as verifier", []string{"code_verifier", challenge}, "", "invalid_grant", "grant-verifier", "RFC 7636 §4.6"},
		{"a short verifier", []string{"code_verifier", verifier[1:]}, "", "invalid_grant", "grant-verifier", "RFC 7636 §4.1"},
		{"another code", []string{"code", strings.Repeat("x", 43)}, "", "invalid_grant", "grant-unknown", "RFC 6749 §5.2"},
		{"another address", []string{"redirect_uri", blog + "/login/callback?x=1"}, "", "invalid_grant", "grant-redirect", "RFC 6749 §4.1.3"},
		{"another client", []string{"client_id", "evil"}, "", "invalid_grant", "grant-client", "RFC 6749 §4.1.3"},
		{"another client, with its secret", []string{"client_id", "-"}, basic("shop", secret), "invalid_grant", "grant-client", "RFC 6749 §4.1.3"},
		{"no client", []string{"client_id", "-"}, "", "invalid_client", "client-authentication", "RFC 6749 §3.2.1"},
		{"a client without its secret", []string{"client_id", "shop"}, "", "invalid_client", "client-authentication", "RFC 6749 §3.2.1"},
		{"the secret in the body", []string{"client_id", "shop", "client_secret", secret}, "", "invalid_client", "client-authentication", "RFC 6749 §2.3.1"},
		{"a wrong secret", []string{"client_id", "-"}, basic("shop", "x"), "invalid_client", "client-authentication", "RFC 6749 §2.3.1"},
		{"no secret", []string{"client_id", "-"}, basic("shop", ""), "invalid_client", "client-authentication", "RFC 6749 §2.3.1"},
		{"a public client by Basic", []string{"client_id", "-"}, basic("blog", ""), "invalid_client", "client-authentication", "RFC 6749 §2.3.1"},
		{"another scheme", nil, "Bearer x", "invalid_client", "client-authentication", "RFC 6749 §5.2"},
		{"two ways", nil, basic("shop", secret), "invalid_request", "", "RFC 6749 §2.3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t, idp.Strict())
			form := redeeming(w.browser().code(), c.changes...)
			var headers []string
			if c.header != "" {
				headers = []string{"Authorization", c.header}
			}
			a := w.browser().send("POST", accounts+"/token", form, headers...)
			if c.oauth == "" {
				if a.is(200); a.json("token_type") != "Bearer" || a.json("expires_in") != "300" || a.json("scope") != "openid" || a.header.Get("Pragma") != "no-cache" {
					t.Errorf("%s", a.text)
				}
				return
			}
			status := 400
			if c.oauth == "invalid_client" {
				if status = 401; !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Basic ") {
					t.Error("no challenge (RFC 9110 §15.5.2)")
				}
			}
			if a.is(status).json("error") != c.oauth || strings.Contains(a.text, "token\"") {
				t.Errorf("%s, want %s (%s)", a.text, c.oauth, c.ref)
			}
			if c.reason != "" && (w.event().Name != "code-refused" || w.event().Reason != c.reason) {
				t.Errorf("event %v, want %s", w.event(), c.reason)
			}
		})
	}
	b := open(t, idp.Strict()).browser()
	for _, c := range []struct{ media, body string }{{"application/json", "{}"}, {"application/x-www-form-urlencoded", ""}} {
		if a := b.send("POST", accounts+"/token", url.Values{}, "Content-Type", c.media); a.json("error") == "" || a.status > 499 {
			t.Errorf("%s: %d %s", c.media, a.status, a.text)
		}
	}
	if a := b.send("POST", accounts+"/token", url.Values{"code": {"a", "b"}}).is(400); a.json("error_description") != "twice" {
		t.Errorf("a parameter twice (RFC 6749 §3.2): %s", a.text)
	}
}

// TestCodeEnds: a code lives for a minute, and a wrong exchange uses it up.
func TestCodeEnds(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	one, two, three := b.code(), b.code(), b.code()
	b.send("POST", accounts+"/token", redeeming(three, "code_verifier", "-")).is(400)
	b.send("POST", accounts+"/token", redeeming(three)).is(400)
	w.now = w.now.Add(time.Minute - time.Second)
	b.send("POST", accounts+"/token", redeeming(one)).is(200)
	w.now = w.now.Add(time.Second)
	if a := b.send("POST", accounts+"/token", redeeming(two)).is(400); a.json("error") != "invalid_grant" || w.event().Reason != "grant-expired" {
		t.Errorf("%s, %v", a.text, w.event())
	}
	// A client cannot use up what another was given.
	four := b.code()
	b.send("POST", accounts+"/token", redeeming(four, "client_id", "evil")).is(400)
	b.send("POST", accounts+"/token", redeeming(four)).is(200)
}

// TestReuse: a code that is used twice is in two hands, and what came of it is revoked (RFC 6749 §4.1.2).
func TestReuse(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	code, other := b.code(), b.code("scope", "openid profile")
	access := b.send("POST", accounts+"/token", redeeming(code)).is(200).json("access_token")
	kept := b.send("POST", accounts+"/token", redeeming(other)).is(200).json("access_token")
	who := func(token string) answer {
		return b.send("GET", accounts+"/userinfo", nil, "Authorization", "Bearer "+token)
	}
	if a := who(access).is(200); a.json("sub") != "alice" || a.json("name") != "<nil>" {
		t.Errorf("userinfo: %s", a.text)
	}
	w.now = w.now.Add(2 * time.Minute)
	b.code() // the record of a used code is not swept while its token lives
	b.send("POST", accounts+"/token", redeeming(code)).is(400)
	if e := w.event(); e.Name != "code-reused" || e.Client != "blog" || e.User != "alice" {
		t.Errorf("event %v", e)
	}
	if a := who(access).is(401); a.json("error") != "invalid_token" || !strings.Contains(a.header.Get("WWW-Authenticate"), "invalid_token") {
		t.Errorf("after reuse: %s", a.text)
	}
	if a := who(kept).is(200); a.json("name") != "alice" {
		t.Errorf("userinfo with profile: %s", a.text)
	}
	w.now = w.now.Add(3 * time.Minute)
	who(kept).is(401)
}

// TestUserInfo holds what OIDC Core §5.3 and RFC 6750 §3 say beside.
func TestUserInfo(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	answer := b.send("POST", accounts+"/token", redeeming(b.code())).is(200)
	for _, header := range []string{"", "Bearer", "Bearer ", "Basic " + answer.json("access_token"), "Bearer " + answer.json("id_token"), "Bearer x"} {
		b.send("GET", accounts+"/userinfo", nil, "Authorization", header).is(401)
	}
	if a := b.send("GET", accounts+"/userinfo", nil).is(401); strings.Contains(a.header.Get("WWW-Authenticate"), "error") {
		t.Errorf("who brings nothing is told of an error: %q", a.header.Get("WWW-Authenticate"))
	}
	b.send("POST", accounts+"/userinfo", nil, "Authorization", "bearer "+answer.json("access_token")).is(200)
	a := b.send("OPTIONS", accounts+"/userinfo", nil).is(204)
	if a.header.Get("Access-Control-Allow-Headers") != "Authorization" || a.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("preflight: %v", a.header)
	}
}

// TestAppToken: the ID token of a mobile app is for its server too, and names the app (OIDC Core §2).
func TestAppToken(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	const to = "com.example.shop:/back"
	page := b.get(authorizing("client_id", "app", "redirect_uri", to))
	if policy := page.header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "form-action 'self' com.example.shop:") {
		t.Errorf("policy %q", policy)
	}
	code := b.fill(page, "alice", "wonderland").back(to).Get("code")
	a := b.send("POST", accounts+"/token", redeeming(code, "client_id", "app", "redirect_uri", to)).is(200)
	claims := decoded(t, a.json("id_token"), 1)
	if aud := claims["aud"].([]any); len(aud) != 2 || aud[0] != "app" || aud[1] != "shop" || claims["azp"] != "app" {
		t.Errorf("claims %v", claims)
	}
}
