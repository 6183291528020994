package idp_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/idp"
)

const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // RFC 7636 Appendix B, with the next
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

// asking is a request that nobody finds fault with, but for what is changed; "-" takes a parameter away.
func asking(changes ...string) url.Values {
	v := url.Values{"response_type": {"code"}, "client_id": {"blog"}, "redirect_uri": {blog + "/login/callback"}, "scope": {"openid"},
		"state": {"a state & more"}, "nonce": {"n"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}
	for i := 0; i < len(changes); i += 2 {
		if v.Set(changes[i], changes[i+1]); changes[i+1] == "-" {
			v.Del(changes[i])
		}
	}
	return v
}

func authorizing(changes ...string) string {
	return accounts + "/authorize?" + asking(changes...).Encode()
}

// TestAuthorizePages: where the client or its address is not known, nobody is sent anywhere (RFC 6749 §4.1.2.1).
func TestAuthorizePages(t *testing.T) {
	b := open(t, idp.Strict()).browser()
	for _, c := range []struct{ query, code string }{
		{asking("client_id", "-").Encode(), "client"},
		{asking("client_id", "nobody").Encode(), "client"},
		{asking().Encode() + "&client_id=blog", "twice"},
		{asking().Encode() + "&redirect_uri=" + url.QueryEscape(evil), "twice"},
		{asking("redirect_uri", "-").Encode(), "redirect"},
		{asking("redirect_uri", shop+"/login/callback").Encode(), "redirect"}, // another client's
		{asking("redirect_uri", blog+"/login/callback/").Encode(), "redirect"},
		{asking("redirect_uri", blog+"/login/callback?y=1").Encode(), "redirect"},
		{asking("redirect_uri", blog+"/login/Callback").Encode(), "redirect"},
		{asking("redirect_uri", blog+":443/login/callback").Encode(), "redirect"},
		{asking("redirect_uri", blog+"/login/callback/../callback").Encode(), "redirect"},
		{asking("redirect_uri", "http://blog.example/login/callback").Encode(), "redirect"},
		{asking("redirect_uri", blog+".evil.example/login/callback").Encode(), "redirect"},
		{"client_id=%zz", "form"},
		{asking().Encode() + "&pad=" + strings.Repeat("x", 8<<10), "long"},
	} {
		a := b.get(accounts + "/authorize?" + c.query)
		if a.header.Get("Location") != "" || a.status < 400 || a.status > 499 {
			t.Errorf("%s: %d, to %q", c.query, a.status, a.header.Get("Location"))
		}
		a.says(a.status, c.code)
	}
}

// TestAuthorizeRefusals: any other fault is told to the client, with its state and with who tells it (OIDC Core §3.1.2.6, RFC
// 9207 §2).
func TestAuthorizeRefusals(t *testing.T) {
	w := open(t, idp.Strict())
	known := w.browser()
	known.enter(shop, "alice", "wonderland")
	for _, b := range []*browser{w.browser(), known} {
		for _, c := range []struct{ query, oauth, code, ref string }{
			{authorizing("response_type", "-"), "invalid_request", "missing", "RFC 6749 §4.1.2.1"},
			{authorizing("response_type", ""), "invalid_request", "missing", "RFC 6749 §3.1"},
			{authorizing("response_type", "id_token"), "unsupported_response_type", "response-type", "RFC 9700 §2.1.2"},
			{authorizing("response_type", "code token"), "unsupported_response_type", "response-type", "RFC 9700 §2.1.2"},
			{authorizing("response_mode", "fragment"), "invalid_request", "response-mode", "OAuth Multiple Response Types §2.1"},
			{authorizing("scope", "-"), "invalid_scope", "scope", "OIDC Core §3.1.2.1"},
			{authorizing("scope", "profile openid2"), "invalid_scope", "scope", "OIDC Core §3.1.2.1"},
			{authorizing("code_challenge", "-", "code_challenge_method", "-"), "invalid_request", "pkce-missing", "RFC 9700 §2.1.1"},
			{authorizing("code_challenge", "-"), "invalid_request", "pkce-missing", "RFC 7636 §4.4.1"},
			{authorizing("code_challenge_method", "-"), "invalid_request", "pkce-method", "RFC 7636 §4.3"},
			{authorizing("code_challenge_method", "plain"), "invalid_request", "pkce-method", "RFC 9700 §2.1.1"},
			{authorizing("code_challenge_method", "s256"), "invalid_request", "pkce-method", "RFC 7636 §4.3"},
			{authorizing("code_challenge", challenge[1:]), "invalid_request", "pkce-challenge", "RFC 7636 §4.2"},
			{authorizing("code_challenge", challenge+"="), "invalid_request", "pkce-challenge", "RFC 7636 §4.2"},
			{authorizing("code_challenge", challenge[:42]+"N"), "invalid_request", "pkce-challenge", "RFC 4648 §3.5"},
			{authorizing("request", "x.y.z"), "request_not_supported", "not-supported", "OIDC Core §3.1.2.6"},
			{authorizing("request_uri", evil), "request_uri_not_supported", "not-supported", "OIDC Core §3.1.2.6"},
			{authorizing("registration", "{}"), "registration_not_supported", "not-supported", "OIDC Core §3.1.2.6"},
			{authorizing("max_age", "soon"), "invalid_request", "max-age", "OIDC Core §3.1.2.1"},
			{authorizing("max_age", "-1"), "invalid_request", "max-age", "OIDC Core §3.1.2.1"},
			{authorizing("prompt", "none login"), "invalid_request", "prompt", "OIDC Core §3.1.2.1"},
			{authorizing("prompt", "dance"), "invalid_request", "prompt", "OIDC Core §3.1.2.1"},
			{authorizing("prompt", "consent"), "consent_required", "consent", "OIDC Core §3.1.2.6"},
			{authorizing("prompt", "select_account"), "account_selection_required", "selection", "OIDC Core §3.1.2.6"},
			{authorizing("id_token_hint", "x.y.z"), "invalid_request", "hint", "OIDC Core §3.1.2.1"},
			{authorizing() + "&nonce=m", "invalid_request", "twice", "RFC 6749 §3.1"},
			{authorizing() + "&scope=openid", "invalid_request", "twice", "RFC 6749 §3.1"},
		} {
			v := b.get(c.query).refers(blog+"/login/callback", c.oauth, c.code)
			if v.Get("state") != "a state & more" || v.Get("iss") != accounts {
				t.Errorf("%s (%s): sent back with %v", c.query, c.ref, v)
			}
		}
	}
	v := known.get(authorizing()+"&state=other").refers(blog+"/login/callback", "invalid_request", "twice")
	if v.Has("state") {
		t.Errorf("of two states one is sent back: %v", v)
	}
	// The address may have a query of its own, which stays (RFC 6749 §3.1.2).
	to := known.get(authorizing("redirect_uri", blog+"/login/callback?x=1", "state", "-")).is(303).header.Get("Location")
	if !strings.HasPrefix(to, blog+"/login/callback?x=1&code=") || strings.Contains(to, "state") {
		t.Errorf("sent back to %s", to)
	}
}

// TestPrompt holds who is asked for a password, and who may not be (OIDC Core §3.1.2.1, §3.1.2.3).
func TestPrompt(t *testing.T) {
	w := open(t, idp.Strict())
	alice, mallory, nobody := w.browser(), w.browser(), w.browser()
	alice.enter(shop, "alice", "wonderland")
	mallory.enter(shop, "mallory", "malice")
	hint := w.ids[0]
	w.now = w.now.Add(time.Hour)
	const code, form, login = "code", "form", "login_required"
	for _, c := range []struct {
		name    string
		b       *browser
		changes []string
		want    string
	}{
		{"a session", alice, nil, code},
		{"no session", nobody, nil, form},
		{"none", alice, []string{"prompt", "none"}, code},
		{"none, no session", nobody, []string{"prompt", "none"}, login},
		{"login", alice, []string{"prompt", "login"}, form},
		{"younger than max_age", alice, []string{"max_age", "3600"}, code},
		{"older than max_age", alice, []string{"max_age", "3599"}, form},
		{"max_age 0", alice, []string{"max_age", "0"}, form},
		{"older than max_age, none", alice, []string{"max_age", "3599", "prompt", "none"}, login},
		{"the hint's", alice, []string{"id_token_hint", hint, "prompt", "none"}, code},
		{"not the hint's", mallory, []string{"id_token_hint", hint}, form},
		{"not the hint's, none", mallory, []string{"id_token_hint", hint, "prompt", "none"}, login},
		{"unknown parameters", alice, []string{"display", "wap", "acr_values", "9", "claims", "{}"}, code},
		{"more scopes", alice, []string{"scope", "email openid offline_access"}, code},
	} {
		a := c.b.get(authorizing(c.changes...))
		got := form
		if a.status == 303 {
			if v := a.back(blog + "/login/callback"); v.Has("code") {
				got = code
			} else {
				got = v.Get("error")
			}
		} else if a.is(200).fields().Get("request") == "" {
			got = a.text
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	// Who logs in as somebody else than the hint names is not let in.
	alice.fill(alice.get(authorizing("id_token_hint", hint, "prompt", "login")), "mallory", "malice").refers(blog+"/login/callback", "login_required", "login-required")
	if page := nobody.get(authorizing("login_hint", `al"ice`)); !strings.Contains(page.text, `value="al&#34;ice"`) {
		t.Errorf("login_hint: %s", page.text)
	}
}

// TestAuthorizeByPost: another site's form, which brings no Lax cookie, does as well as a link (OIDC Core §3.1.2.1).
func TestAuthorizeByPost(t *testing.T) {
	w := open(t, idp.Strict())
	b := w.browser()
	b.enter(shop, "alice", "wonderland")
	to := w.browser().send("POST", accounts+"/authorize", asking()).is(303).header.Get("Location")
	if v := b.get(accounts + to).back(blog + "/login/callback"); !v.Has("code") {
		t.Errorf("sent back with %v", v)
	}
	b.send("POST", accounts+"/authorize", nil, "Content-Type", "application/json").says(415, "media-type")
	b.send("POST", accounts+"/authorize", url.Values{"state": {strings.Repeat("x", 17<<10)}}).says(413, "long")
}

// TestLogout holds RP-Initiated Logout §2 and §3: whom it asks, and where it leads.
func TestLogout(t *testing.T) {
	const here, bye = accounts + "/logout", shop + "/bye"
	for _, c := range []struct {
		name, method string
		form         url.Values // "hint" stands for alice's
		other        bool       // of another browser, where mallory is logged in
		code         string     // of a page; "ask" for the question
		to           string
	}{
		{"alone", "GET", nil, false, "ask", ""},
		{"with a hint", "GET", url.Values{"id_token_hint": {"hint"}}, false, "", ""},
		{"with a hint, and back", "GET", url.Values{"id_token_hint": {"hint"}, "post_logout_redirect_uri": {bye}, "state": {"a&b"}}, false, "", bye + "?state=a%26b"},
		{"by a form, and back", "POST", url.Values{"id_token_hint": {"hint"}, "post_logout_redirect_uri": {bye}}, false, "", bye},
		{"with another's hint", "GET", url.Values{"id_token_hint": {"hint"}, "post_logout_redirect_uri": {bye}}, true, "ask", ""},
		{"with a client", "GET", url.Values{"client_id": {"shop"}, "post_logout_redirect_uri": {bye}}, false, "ask", ""},
		{"with both", "GET", url.Values{"id_token_hint": {"hint"}, "client_id": {"shop"}}, false, "", ""},
		{"with two clients", "GET", url.Values{"id_token_hint": {"hint"}, "client_id": {"blog"}}, false, "logout-client", ""},
		{"with no client", "GET", url.Values{"client_id": {"nobody"}}, false, "client", ""},
		{"to nobody's address", "GET", url.Values{"post_logout_redirect_uri": {bye}}, false, "logout-redirect", ""},
		{"to an attacker", "GET", url.Values{"id_token_hint": {"hint"}, "post_logout_redirect_uri": {evil}}, false, "logout-redirect", ""},
		{"to a longer address", "GET", url.Values{"id_token_hint": {"hint"}, "post_logout_redirect_uri": {bye + "/x"}}, false, "logout-redirect", ""},
		{"with a forged hint", "GET", url.Values{"id_token_hint": {"forged"}}, false, "hint", ""},
		{"with two states", "GET", url.Values{"state": {"a", "b"}}, false, "twice", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t, idp.Strict())
			alice, b := w.browser(), w.browser()
			alice.enter(shop, "alice", "wonderland")
			if b.enter(blog, "mallory", "malice"); !c.other {
				b = alice
			}
			w.now = w.now.Add(time.Hour) // the hint has expired, and that is no harm
			switch c.form.Get("id_token_hint") {
			case "hint":
				c.form.Set("id_token_hint", w.ids[0])
			case "forged":
				c.form.Set("id_token_hint", w.ids[0][:len(w.ids[0])-2]+"AA")
			}
			var a answer
			if c.method == "POST" {
				a = b.send("POST", here, c.form)
			} else {
				a = b.get(here + "?" + c.form.Encode())
			}
			out := func() bool { return b.get(authorizing("prompt", "none")).back(blog + "/login/callback").Has("error") }
			switch c.code {
			case "ask":
				if a.is(200); out() {
					t.Fatal("logged out without being asked")
				}
				a = b.send("POST", here, a.fields())
			case "":
			default:
				if a.says(400, c.code); out() {
					t.Fatal("logged out by a request that was refused")
				}
				return
			}
			want := c.to
			if c.code == "ask" {
				want = c.form.Get("post_logout_redirect_uri") // once the person agreed
			}
			if got := a.header.Get("Location"); !out() || got != want {
				t.Errorf("%d, to %q, want %q; logged out: %t", a.status, got, want, out())
			}
		})
	}
	w := open(t, idp.Strict())
	b := w.browser()
	b.enter(shop, "alice", "wonderland")
	stranger := w.browser()
	if a := stranger.send("POST", here, url.Values{}).is(200); a.fields().Get("csrf_token") == "" {
		t.Errorf("a form of another site, which brings no cookie, is answered with %s", a.text)
	}
	if a := stranger.get(here + "?client_id=shop&post_logout_redirect_uri=" + url.QueryEscape(bye)).is(200); !strings.Contains(a.text, "nobody tells them") {
		t.Errorf("where nobody is logged in: %s", a.text)
	}
	v := b.get(here).fields()
	v.Set("csrf_token", "x")
	if a := b.send("POST", here, v).is(200); a.fields().Get("csrf_token") == "" {
		t.Error("a form with a wrong token logs out")
	}
}
