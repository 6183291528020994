package login_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login"
)

// TestSession is the way of a session from login to logout.
func TestSession(t *testing.T) {
	h := open(t)
	c := h.client()
	none := c.send("GET", "/api/me", nil).says(401, "login-needed")
	if got := none.header.Get("WWW-Authenticate"); got != `Bearer realm="jwtlab"` { // without a token no error code
		t.Errorf("the challenge is %q", got)
	}
	a := c.enter(login.Session)
	k := c.cookies["__Host-session"]
	if k == nil || !k.Secure || !k.HttpOnly || k.Path != "/" || k.Domain != "" || k.SameSite != http.SameSiteLaxMode {
		t.Fatalf("the cookie is %v", k)
	}
	if len(k.Value) != 43 || strings.Contains(a.text, k.Value) { // never in the body too
		t.Errorf("the id %q; the body %s", k.Value, a.text)
	}
	me := c.send("GET", "/api/me", nil).is(200)
	if me.get("user") != "alice" || me.get("role") != "user" || me.get("mode") != "session" || me.get("csrf_token") != "" {
		t.Errorf("me: %s", me.text)
	}
	if me.header.Get("Cache-Control") != "no-store" {
		t.Error("what is personal may be kept by caches")
	}
	thief := h.client()
	thief.cookies["__Host-session"] = &http.Cookie{Name: k.Name, Value: k.Value, Path: "/"}
	thief.send("GET", "/api/me", nil).is(200)
	out := c.send("POST", "/api/logout", nil).is(204)
	if len(c.cookies) != 0 || out.header.Get("Clear-Site-Data") != "" { // the page of this origin keeps what is its own
		t.Errorf("after logout there are cookies: %v, %v", c.cookies, out.header)
	}
	thief.send("GET", "/api/me", nil).says(401, "login-needed") // not only the cookie is gone
	if e := h.event(); e.Name != "logout" || e.User != "alice" || e.Mode != login.Session {
		t.Errorf("the event is %+v", e)
	}
}

// TestSessionEnds holds R-8: both ends are the server's.
func TestSessionEnds(t *testing.T) {
	h := open(t)
	idle, kept := h.client(), h.client()
	idle.enter(login.Session)
	kept.enter(login.Session)
	for range 35 { // 11 hours and 40 minutes
		h.wait(20 * time.Minute)
		kept.send("GET", "/api/me", nil).is(200)
	}
	idle.send("GET", "/api/me", nil).says(401, "login-needed")
	h.wait(20 * time.Minute)
	kept.send("GET", "/api/me", nil).says(401, "login-needed")
}

// TestFixation holds R-6: nobody can choose the id of another's session, and an old one does not live on.
func TestFixation(t *testing.T) {
	h := open(t)
	mine := h.client()
	mine.enter(login.Session)
	known := mine.cookies["__Host-session"]

	victim := h.client()
	victim.cookies[known.Name] = known
	victim.send("POST", "/api/login", map[string]string{"username": "bob", "password": "the builder", "mode": "session"}).is(200)
	if victim.cookies[known.Name].Value == known.Value {
		t.Error("the login kept the id that it was sent with")
	}
	mine.send("GET", "/api/me", nil).says(401, "login-needed")

	weak := open(t, func(c *login.Config) { c.Policy.RenewID = false })
	victim = weak.client()
	victim.cookies[known.Name] = &http.Cookie{Name: known.Name, Value: "chosen by me", Path: "/"}
	victim.enter(login.Session)
	thief := weak.client()
	thief.cookies[known.Name] = &http.Cookie{Name: known.Name, Value: "chosen by me", Path: "/"}
	if got := thief.send("GET", "/api/me", nil).is(200); got.get("user") != "alice" {
		t.Errorf("the weak service is not as weak as it says: %s", got.text)
	}
}

// TestCookieMode is the way of a JWT in a cookie.
func TestCookieMode(t *testing.T) {
	h := open(t)
	c := h.client()
	a := c.enter(login.Cookie)
	first, refresh := c.cookies["__Host-access"], c.cookies["__Secure-refresh"]
	if first == nil || !first.HttpOnly || refresh == nil || refresh.Path != "/api/refresh" || refresh.SameSite != http.SameSiteStrictMode {
		t.Fatalf("cookies %v", c.cookies)
	}
	if strings.Contains(a.text, first.Value) || strings.Contains(a.text, refresh.Value) {
		t.Errorf("the body tells a script what the cookies hide: %s", a.text)
	}
	c.send("GET", "/api/me", nil).is(200)
	h.wait(6 * time.Minute)
	c.send("GET", "/api/me", nil).says(401, "token")
	c.send("POST", "/api/refresh", nil).is(200)
	c.send("GET", "/api/me", nil).is(200)
	if c.cookies["__Secure-refresh"].Value == refresh.Value {
		t.Error("the refresh token was not replaced")
	}
	c.send("POST", "/api/logout", nil).is(204)
	h.client().with("Cookie", "__Host-access="+first.Value).send("GET", "/api/me", nil).is(401)
	h.client().with("Cookie", "__Secure-refresh="+refresh.Value).send("POST", "/api/refresh", nil).says(400, "grant")
}

// TestTokenMode is the way of an access token and a refresh token in the hands of a script.
func TestTokenMode(t *testing.T) {
	h := open(t)
	c := h.client()
	a := c.enter(login.Token)
	if len(c.cookies) != 0 || a.get("token_type") != "Bearer" || a.JSON["expires_in"] != 300.0 || a.get("refresh_token") == "" || a.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s, cookies %v", a.text, c.cookies)
	}
	c.bearer(a).send("GET", "/api/me", nil).is(200)
	c.send("GET", "/api/me?access_token="+a.get("access_token"), nil).says(401, "login-needed")
	b := c.send("POST", "/api/refresh", map[string]string{"refresh_token": a.get("refresh_token")}).is(200)
	c.bearer(a).send("GET", "/api/me", nil).is(200)
	c.bearer(b).send("GET", "/api/me", nil).is(200)
	c.bearer(b).send("POST", "/api/logout", nil).is(204)
	for _, x := range []answer{a, b} {
		got := c.bearer(x).send("GET", "/api/me", nil).says(401, "token")
		if want := `Bearer realm="jwtlab", error="invalid_token"`; got.header.Get("WWW-Authenticate") != want {
			t.Errorf("challenge %q, want %q", got.header.Get("WWW-Authenticate"), want)
		}
		c.send("POST", "/api/refresh", map[string]string{"refresh_token": x.get("refresh_token")}).says(400, "grant")
	}
}

// TestRefreshInCookie is mode token with its refresh token where no script sees it.
func TestRefreshInCookie(t *testing.T) {
	h := open(t)
	c := h.client()
	a := c.send("POST", "/api/login", map[string]string{"username": "alice", "password": "wonderland", "mode": "token", "refresh": "cookie"}).is(200)
	if a.get("refresh_token") != "" || c.cookies["__Secure-refresh"] == nil {
		t.Fatalf("%s, cookies %v", a.text, c.cookies)
	}
	stolen := c.cookies["__Secure-refresh"].Value
	c.send("POST", "/api/refresh", map[string]string{"refresh_token": stolen}).says(400, "grant") // not where it does not belong
	b := c.send("POST", "/api/refresh", nil).is(200)
	if b.get("access_token") == "" || b.get("refresh_token") != "" || c.cookies["__Secure-refresh"].Value == stolen {
		t.Errorf("%s", b.text)
	}
	c.send("DELETE", "/api/refresh", nil).is(204)
	c.send("DELETE", "/api/refresh", nil).is(204) // as if
	if len(c.cookies) != 0 {
		t.Errorf("cookies %v", c.cookies)
	}
	c.bearer(b).send("GET", "/api/me", nil).says(401, "token")
}

// wordy are accounts with a role that fills a cookie.
type wordy struct{}

func (wordy) Verify(_ context.Context, name, _ string) (login.Account, error) {
	return login.Account{Name: name, Role: strings.Repeat("r", 3000)}, nil
}

// TestLargeCookie holds R-11: what no browser would keep is refused, and nothing of the login is handed out.
func TestLargeCookie(t *testing.T) {
	c := open(t, func(c *login.Config) { c.Accounts = wordy{} }).client()
	got := c.send("POST", "/api/login", map[string]string{"username": "alice", "password": "x", "mode": "cookie"}).says(500, "cookie-long")
	if len(got.header.Values("Set-Cookie")) != 0 {
		t.Errorf("cookies %v", got.header)
	}
	c.enter(login.Token) // where the token is in the body it may be as long
}

// TestNoRefresh has access tokens that stand alone: nothing is stored for them, and logout can deny just the one.
func TestNoRefresh(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Policy.Refresh = "none" })
	c := h.client()
	a := c.enter(login.Token)
	b := c.enter(login.Token)
	if a.get("refresh_token") != "" {
		t.Errorf("%s", a.text)
	}
	if got := c.bearer(a).send("GET", "/api/sessions", nil).is(200); len(got.JSON["sessions"].([]any)) != 0 {
		t.Errorf("there are logins: %s", got.text)
	}
	c.bearer(a).send("POST", "/api/logout", nil).is(204)
	c.bearer(a).send("GET", "/api/me", nil).says(401, "token")
	c.bearer(b).send("GET", "/api/me", nil).is(200)
}

// TestRole is the difference between looking up and having been told.
func TestRole(t *testing.T) {
	h := open(t)
	session, token := h.client(), h.client()
	session.enter(login.Session)
	a := token.enter(login.Token)
	session.send("GET", "/api/admin", nil).says(403, "role")
	got := token.bearer(a).send("GET", "/api/admin", nil).says(403, "role")
	if got.get("error") != "insufficient_scope" {
		t.Errorf("%s", got.text)
	}
	if err := h.service.SetRole(t.Context(), "alice", "admin"); err != nil {
		t.Fatal(err)
	}
	session.send("GET", "/api/admin", nil).is(200)
	token.bearer(a).send("GET", "/api/admin", nil).says(403, "role")
	b := token.send("POST", "/api/refresh", map[string]string{"refresh_token": a.get("refresh_token")}).is(200)
	token.bearer(b).send("GET", "/api/admin", nil).is(200)
	if err := h.service.SetRole(t.Context(), "alice", "user"); err != nil {
		t.Fatal(err)
	}
	session.send("GET", "/api/admin", nil).says(403, "role")
	token.bearer(b).send("GET", "/api/admin", nil).is(200)
	h.wait(5 * time.Minute)
	token.bearer(b).send("GET", "/api/admin", nil).says(401, "token")
}

// TestOwnRole: a role that was given before the login can be taken back after it, since the record keeps the account's own; and
// to be given none means to have the account's again.
func TestOwnRole(t *testing.T) {
	h := open(t)
	give := func(role string) {
		t.Helper()
		if err := h.service.SetRole(t.Context(), "alice", role); err != nil {
			t.Fatal(err)
		}
	}
	give("admin")
	session, token := h.client(), h.client()
	session.enter(login.Session)
	a := token.enter(login.Token)
	session.send("GET", "/api/admin", nil).is(200)
	token.bearer(a).send("GET", "/api/admin", nil).is(200)
	give("")
	session.send("GET", "/api/admin", nil).says(403, "role")
	token.bearer(a).send("GET", "/api/admin", nil).is(200) // until it ends
	b := token.send("POST", "/api/refresh", map[string]string{"refresh_token": a.get("refresh_token")}).is(200)
	token.bearer(b).send("GET", "/api/admin", nil).says(403, "role")
	all, err := h.store.Logins(t.Context(), "alice", "", 9, h.now)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d logins, %v", len(all), err)
	}
	for _, l := range all {
		if l.Attributes["role"] != "user" {
			t.Errorf("the record of a %s has the role %q, want the account's own", l.Mode, l.Attributes["role"])
		}
	}
}

// TestSessions sees one's own logins and ends them: one, and all.
func TestSessions(t *testing.T) {
	h := open(t)
	here, there, token, other := h.client(), h.client(), h.client(), h.client()
	here.enter(login.Session)
	there.enter(login.Cookie)
	a := token.enter(login.Token)
	other.send("POST", "/api/login", map[string]string{"username": "bob", "password": "the builder", "mode": "session"}).is(200)

	ids := map[string]string{}
	after := ""
	for range 3 {
		page := here.send("GET", "/api/sessions?limit=1&after="+after, nil).is(200)
		one := page.JSON["sessions"].([]any)[0].(map[string]any)
		ids[one["mode"].(string)] = one["id"].(string)
		if current := one["mode"] == "session"; one["current"] != current {
			t.Errorf("%v", one)
		}
		after = page.get("next")
	}
	if len(ids) != 3 {
		t.Fatalf("logins %v", ids)
	}
	here.send("GET", "/api/sessions?limit=0", nil).says(400, "limit")
	other.send("DELETE", "/api/sessions/"+ids["cookie"], nil).says(404, "session-unknown")
	there.send("GET", "/api/me", nil).is(200)
	here.send("DELETE", "/api/sessions/"+ids["cookie"], nil).is(204)
	there.send("GET", "/api/me", nil).is(401)
	here.send("DELETE", "/api/sessions", nil).is(204)
	here.send("GET", "/api/me", nil).is(401)
	token.bearer(a).send("GET", "/api/me", nil).is(401)
	other.send("GET", "/api/me", nil).is(200)
	if err := h.service.ForceOut(t.Context(), "bob"); err != nil {
		t.Fatal(err)
	}
	other.send("GET", "/api/me", nil).is(401)
}

// TestOneLogin has a browser change from one mode to another: the login that it had is over.
func TestOneLogin(t *testing.T) {
	h := open(t)
	c := h.client()
	c.enter(login.Session)
	old := *c.cookies["__Host-session"]
	c.enter(login.Cookie)
	if c.cookies["__Host-session"] != nil {
		t.Error("the session's cookie is still there")
	}
	thief := h.client()
	thief.cookies[old.Name] = &old
	thief.send("GET", "/api/me", nil).is(401)
	c.enter(login.Session)
	if len(c.cookies) != 1 {
		t.Errorf("cookies %v", c.cookies)
	}
	if got := c.send("GET", "/api/me", nil).is(200); got.get("mode") != "session" {
		t.Errorf("%s", got.text)
	}
}

// TestAccountPage is drawn by the server for whoever comes by a navigation.
func TestAccountPage(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Policy.CSRFToken = true })
	c := h.client()
	c.send("GET", "/account", nil).is(401)
	c.enter(login.Session)
	csrf := c.send("GET", "/api/me", nil).get("csrf_token")
	form := c.with("Content-Type", "application/x-www-form-urlencoded")
	form.send("POST", "/api/transfer", "to=%3Cscript%3E&amount=3").says(403, "csrf")
	form.send("POST", "/api/transfer", "to=%3Cscript%3E&amount=3&csrf_token="+csrf).is(200)
	page := c.with("Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8").send("GET", "/account", nil).is(200)
	for _, want := range []string{`lang="ko"`, "alice 님", "&lt;script&gt;", `value="` + csrf + `"`, "로그아웃"} { // the way out is on the page
		if !strings.Contains(page.text, want) {
			t.Errorf("the page lacks %q: %s", want, page.text)
		}
	}
	if strings.Contains(page.text, "<script>") {
		t.Error("the page runs what was typed")
	}
	form.send("POST", "/api/logout", "csrf_token="+csrf).is(204)
	c.send("GET", "/account", nil).is(401)
}
