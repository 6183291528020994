package login_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jwtlab/app/locale"
	"jwtlab/app/login"
)

// TestOrigin holds R-13: what another origin asks for is refused whatever the content type, and reads are harmless.
func TestOrigin(t *testing.T) {
	h := open(t, func(c *login.Config) { c.TrustedOrigins = []string{"https://app.example"} })
	c := h.client()
	c.enter(login.Session)
	pay := func(c *client) answer {
		return c.with("Content-Type", "application/x-www-form-urlencoded").send("POST", "/api/transfer", "to=eve&amount=9")
	}
	for _, from := range []*client{
		c.with("Sec-Fetch-Site", "cross-site"), c.with("Sec-Fetch-Site", "same-site"), c.with("Origin", "https://evil.example"),
		c.with("Origin", "null"), c.with("Origin", "https://login.example.evil.example"),
	} {
		pay(from).says(403, "origin")
		if e := h.event(); e.Name != "origin-refused" {
			t.Errorf("the event is %+v", e)
		}
	}
	if sent := h.service.Transfers("alice", 10); len(sent) != 0 {
		t.Errorf("money went to %v", sent)
	}
	c.with("Sec-Fetch-Site", "cross-site").send("GET", "/api/transfer?to=eve&amount=9", nil).says(405, "method")
	for _, from := range []*client{c, c.with("Sec-Fetch-Site", "same-origin"), c.with("Origin", host), c.with("Origin", "https://app.example")} {
		pay(from).is(200)
	}
	weak := open(t, func(c *login.Config) { c.Policy.CheckOrigin, c.Policy.TransferByGET = false, true })
	c = weak.client()
	c.enter(login.Session)
	pay(c.with("Origin", "https://evil.example")).is(200)
	c.send("GET", "/api/transfer?to=eve&amount=9", nil).is(200)
	if sent := weak.service.Transfers("alice", 10); len(sent) != 2 {
		t.Errorf("the weak service sent %v", sent)
	}
}

// TestCSRFToken asks for it where a cookie tells who it is, and not where a script has put a token in a header.
func TestCSRFToken(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Policy.CSRFToken, c.Policy.CheckOrigin = true, false })
	pay := map[string]any{"to": "bob", "amount": 5}
	for _, mode := range []login.Mode{login.Session, login.Cookie} {
		c, other := h.client(), h.client()
		c.enter(mode)
		other.enter(mode)
		mine, foreign := c.send("GET", "/api/me", nil).get("csrf_token"), other.send("GET", "/api/me", nil).get("csrf_token")
		c.send("POST", "/api/transfer", pay).says(403, "csrf")
		c.with("X-CSRF-Token", foreign).send("POST", "/api/transfer", pay).says(403, "csrf")
		c.with("X-CSRF-Token", mine).send("POST", "/api/transfer", pay).is(200)
		c.send("POST", "/api/logout", nil).says(403, "csrf")
		c.send("DELETE", "/api/sessions", nil).says(403, "csrf")
		c.with("X-CSRF-Token", mine).send("POST", "/api/logout", nil).is(204)
	}
	c := h.client()
	c.bearer(c.enter(login.Token)).send("POST", "/api/transfer", pay).is(200)
}

// TestCORS lets the listed origins read answers with credentials, and nobody else.
func TestCORS(t *testing.T) {
	h := open(t, func(c *login.Config) { c.TrustedOrigins = []string{"https://app.example"} })
	c := h.client()
	c.enter(login.Session)
	for origin, want := range map[string]string{"https://app.example": "https://app.example", "https://evil.example": "", "null": "", "": ""} {
		got := c.with("Origin", origin).send("GET", "/api/me", nil).is(200)
		if have := got.header.Get("Access-Control-Allow-Origin"); have != want || got.header.Get("Vary") != "Origin" {
			t.Errorf("from %q: %q, vary %q", origin, have, got.header.Get("Vary"))
		}
		asked := c.with("Origin", origin).with("Access-Control-Request-Method", "DELETE").send("OPTIONS", "/api/sessions", nil).is(204)
		if have := asked.header.Get("Access-Control-Allow-Credentials"); (have == "true") != (want != "") {
			t.Errorf("preflight from %q: credentials %q", origin, have)
		}
		if want != "" && asked.header.Get("Access-Control-Allow-Methods") != "DELETE, GET" {
			t.Errorf("preflight: %v", asked.header)
		}
	}
	if got := open(t).client().with("Origin", "https://app.example").send("GET", "/healthz", nil); got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("CORS without trusted origins")
	}
	if got := c.with("Origin", "https://evil.example").send("GET", "/.well-known/jwks.json", nil).is(200); got.header.Get("Access-Control-Allow-Origin") != "*" || got.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("public keys: %v", got.header)
	}
}

// TestHeaders holds R-26.
func TestHeaders(t *testing.T) {
	h := open(t)
	got := h.client().send("GET", "/account", nil)
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security": "max-age=63072000",
	} {
		if got.header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.header.Get(name), want)
		}
	}
	if csp := got.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Errorf("CSP %q", csp)
	}
	for _, plain := range []string{"localhost:8080", "127.0.0.1", "[::1]:8080", "app.localhost", "192.0.2.7"} {
		r := httptest.NewRequest("GET", "/healthz", nil)
		r.Host = plain
		w := httptest.NewRecorder()
		if h.service.ServeHTTP(w, r); w.Header().Get("Strict-Transport-Security") != "" {
			t.Errorf("HSTS for %s", plain)
		}
	}
	framed := open(t, func(c *login.Config) { c.Policy.Framing, c.Policy.HSTS = true, 0 }).client().send("GET", "/account", nil)
	if framed.header.Get("Strict-Transport-Security") != "" || strings.Contains(framed.header.Get("Content-Security-Policy"), "frame-ancestors") {
		t.Errorf("the weak service: %v", framed.header)
	}
}

// TestThrottle holds R-5: failures wear a limit out, successes do not, and it grows back.
func TestThrottle(t *testing.T) {
	h := open(t, func(c *login.Config) {
		c.PerAccount = login.Limit{Burst: 3, Every: 10 * time.Second}
		c.PerAddress = login.Limit{Burst: 5, Every: time.Second}
	})
	try := func(address, name, password string) answer {
		c := h.client()
		c.address = address + ":1234"
		return c.send("POST", "/api/login", map[string]string{"username": name, "password": password, "mode": "token"})
	}
	for range 20 {
		try("192.0.2.1", "alice", "wonderland").is(200)
	}
	for i := range 3 {
		try("192.0.2."+itoa(int64(i)), "alice", "guess").says(401, "credentials")
	}
	before := h.hashes
	if got := try("192.0.2.9", "alice", "wonderland").says(429, "throttled"); got.header.Get("Retry-After") != "10" || h.hashes != before {
		t.Errorf("Retry-After %q, %d hashes", got.header.Get("Retry-After"), h.hashes-before)
	}
	try("192.0.2.9", "bob", "the builder").is(200)
	h.wait(10 * time.Second)
	try("192.0.2.9", "alice", "wonderland").is(200)
	for i := range 5 {
		try("198.51.100.1", "name"+itoa(int64(i)), "guess").says(401, "credentials")
	}
	try("198.51.100.1", "bob", "the builder").says(429, "throttled")
	h.wait(time.Second)
	try("198.51.100.1", "bob", "the builder").is(200)
}

// TestNoEnumeration holds R-2: an unknown name and a wrong password get the same, for the same work.
func TestNoEnumeration(t *testing.T) {
	h := open(t)
	try := func(name string) (answer, int) {
		before := h.hashes
		return h.client().send("POST", "/api/login", map[string]string{"username": name, "password": "wrong", "mode": "session"}), h.hashes - before
	}
	known, work := try("alice")
	unknown, same := try("nobody")
	known.says(401, "credentials")
	if known.text != unknown.text || work != 1 || same != 1 {
		t.Errorf("%s after %d hashes, %s after %d", known.text, work, unknown.text, same)
	}
	for name := range known.header {
		if known.header.Get(name) != unknown.header.Get(name) {
			t.Errorf("header %s: %q and %q", name, known.header.Get(name), unknown.header.Get(name))
		}
	}
}

// TestBusy holds R-4 for the service: a full queue of hashes is said, and costs no attempt.
func TestBusy(t *testing.T) {
	h := open(t, func(c *login.Config) { c.PerAddress = login.Limit{Burst: 1, Every: time.Hour} })
	for range 3 {
		got := h.client().send("POST", "/api/login", map[string]string{"username": "busy", "password": "x", "mode": "session"}).says(503, "busy")
		if got.header.Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	}
}

// TestBodies refuses what is not exactly what is asked for, and says what is wrong with it.
func TestBodies(t *testing.T) {
	h := open(t)
	const good = `{"username":"alice","password":"wonderland","mode":"session"}`
	for _, c := range []struct {
		media, body string
		status      int
		code        string
	}{
		{"application/json", good, 200, ""},
		{"application/json; charset=UTF-8", " " + good + "\n", 200, ""},
		{"application/json; charset=latin1", good, 415, "media-type"},
		{"text/plain", good, 415, "media-type"},
		{"", good, 415, "media-type"},
		{"application/x-www-form-urlencoded", "username=alice&password=wonderland&mode=session", 415, "media-type"},
		{"application/json", "", 400, "json"},
		{"application/json", `[1]`, 400, "json"},
		{"application/json", good + good, 400, "json"},
		{"application/json", good[:20], 400, "json"},
		{"application/json", `{"username":"alice\xff","password":"x","mode":"session"}`, 400, "json"},
		{"application/json", `{"username":"a` + "\xff" + `","password":"x","mode":"session"}`, 400, "json"},
		{"application/json", `{"Username":"alice"}`, 400, "member-unknown"},
		{"application/json", `{"username":"alice","username":"bob"}`, 400, "member-twice"},
		{"application/json", `{"username":["alice"]}`, 400, "member-type"},
		{"application/json", `{"username":null}`, 400, "member-type"},
		{"application/json", `{"username":"alice","mode":"session"}`, 400, "member-missing"},
		{"application/json", `{"username":"` + strings.Repeat("a", 65) + `","password":"x","mode":"session"}`, 400, "credentials-long"},
		{"application/json", strings.Replace(good, "session", "magic", 1), 400, "mode"},
		{"application/json", strings.Replace(good, "session", "token\",\"refresh\":\"elsewhere", 1), 400, "refresh"},
		{"application/json", strings.Replace(good, "session", "session\",\"refresh\":\"body", 1), 400, "refresh"},
		{"application/json", `{"username":"` + strings.Repeat("a", 16<<10) + `"}`, 413, "body-long"},
	} {
		got := h.client().with("Content-Type", c.media).send("POST", "/api/login", c.body)
		if c.code == "" {
			got.is(c.status)
		} else {
			got.says(c.status, c.code)
		}
	}
	c := h.client()
	c.enter(login.Session)
	for body, code := range map[string]string{
		"to=a&amount=1&amount=2": "member-twice", "to=a&amount=0": "amount", "to=a&amount=1.5": "amount", "to=a&amount=9999999": "amount", "amount=1": "to",
		"to=%zz&amount=1": "form", "to=a&amount=1&next=x": "member-unknown", "to=%ff&amount=1": "to",
	} {
		c.with("Content-Type", "application/x-www-form-urlencoded").send("POST", "/api/transfer", body).says(400, code)
	}
	c.send("POST", "/api/transfer", map[string]any{"to": "bob", "amount": 1e3}).is(200)
}

// TestNotThere holds too: there is no token endpoint that takes passwords, and no introspection to ask.
func TestNotThere(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/", "/api", "/api/", "/api/token", "/api/revoke", "/api/introspect", "/api/sessions/", "/api/me/", "/api/metrics", "//api/me", "/api/../api/me"} {
		h.client().send("GET", path, nil).says(404, "not-found")
		h.client().send("POST", path, nil).says(404, "not-found")
	}
	got := h.client().send("GET", "/api/login", nil).says(405, "method")
	if got.header.Get("Allow") != "POST" {
		t.Errorf("Allow: %q", got.header.Get("Allow"))
	}
	h.client().send("TRACE", "/api/me", nil).says(405, "method")
	for path, want := range map[string]bool{"/api/x": true, "/account": true, "/healthz": true, "/readyz": true, "/.well-known/jwks.json": true, "/": false, "/server": false, "/apis": false} {
		if h.service.Handles(path) != want {
			t.Errorf("Handles(%q) is %v", path, !want)
		}
	}
}

// TestLanguages answers in the language of the request.
func TestLanguages(t *testing.T) {
	h := open(t)
	for asked, want := range map[string]locale.Lang{"": "en", "ko": "ko", "ko-KR,en;q=0.5": "ko", "fr, KO;q=0.3": "ko", "de,en;q=0.9,ko": "en", "*": "en"} {
		got := h.client().with("Accept-Language", asked).send("GET", "/api/me", nil).says(401, "login-needed")
		if got.get("title") != locale.Text(want, "login.problem.login-needed") || got.header.Get("Content-Language") != string(want) {
			t.Errorf("%q: %s", asked, got.text)
		}
	}
}

// TestSecrets holds R-27 for events: they hold nothing that opens anything, and nothing that a stranger typed.
func TestSecrets(t *testing.T) {
	h := open(t)
	var secrets []string
	for _, mode := range []login.Mode{login.Session, login.Cookie, login.Token} {
		c := h.client()
		a := c.enter(mode)
		for _, k := range c.cookies {
			secrets = append(secrets, k.Value)
		}
		if mode == login.Token {
			secrets = append(secrets, a.get("access_token"), a.get("refresh_token"))
			c.renew(a)
			c.renew(a)
		}
		c.send("POST", "/api/logout", nil)
	}
	h.client().send("POST", "/api/login", map[string]string{"username": "typed in the wrong box", "password": "hunter2", "mode": "session"}).is(401)
	secrets = append(secrets, "wonderland", "hunter2", "typed in the wrong box")
	text, err := json.Marshal(h.events)
	if err != nil || len(h.events) < 8 {
		t.Fatalf("%d events, %v", len(h.events), err)
	}
	for _, s := range secrets {
		if strings.Contains(string(text), s) {
			t.Errorf("the events hold %q", s)
		}
	}
}

// TestPolicies holds that the good policies are good, and that each way to be bad is seen.
func TestPolicies(t *testing.T) {
	if w := login.Secure().Weaknesses(); len(w) != 0 {
		t.Errorf("Secure has %v", w)
	}
	codes := func(p login.Policy) string {
		var all []string
		for _, w := range p.Weaknesses() {
			all = append(all, w.Code)
			for _, l := range locale.Langs() {
				if words := w.Text(l); strings.Contains(words, "⟨") || w.Ref == "" {
					t.Errorf("%s: %q (%s)", w.Code, words, w.Ref)
				}
			}
		}
		return strings.Join(all, " ")
	}
	if got := codes(login.Loopback()); got != "cookie-secure cookie-prefix no-hsts" {
		t.Errorf("Loopback has %s", got)
	}
	if got := strings.Count(codes(login.Policy{SessionInBody: true, Grace: time.Minute, TransferByGET: true, Framing: true, Cookie: login.CookiePolicy{Domain: "x"}}), " "); got != 16 {
		t.Errorf("the worst policy has %d weaknesses", got+1)
	}
	none := open(t, func(c *login.Config) {
		c.Policy = login.Loopback()
		c.Issuer, c.Audience = "http://localhost", "http://localhost"
	})
	c := none.client()
	c.enter(login.Session)
	if k := c.cookies["session"]; k == nil || k.Secure || !k.HttpOnly {
		t.Errorf("on loopback the cookies are %v", c.cookies)
	}
}

// TestAddress binds a login to where it began, where the policy says so.
func TestAddress(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Policy.BindAddress = true })
	c := h.client()
	c.enter(login.Session)
	c.send("GET", "/api/me", nil).is(200)
	c.with("X-Forwarded-For", "192.0.2.1").send("GET", "/api/me", nil).is(200) // nobody asked for that header
	c.address = "203.0.113.1:1"
	c.with("X-Forwarded-For", "192.0.2.1").send("GET", "/api/me", nil).says(401, "login-needed")
}

// TestSessionInBody tells the id to scripts, where the policy is so weak.
func TestSessionInBody(t *testing.T) {
	h := open(t, func(c *login.Config) { c.Policy.SessionInBody = true })
	id := h.client().enter(login.Session).get("session_id")
	h.client().with("X-Session-Id", id).send("GET", "/api/me", nil).is(200)
	open(t).client().with("X-Session-Id", id).send("GET", "/api/me", nil).is(401)
}

// TestSweep removes what has ended.
func TestSweep(t *testing.T) {
	h := open(t)
	for range 5 {
		h.client().enter(login.Session)
	}
	h.wait(13 * time.Hour)
	for swept := 0; ; {
		n, err := h.service.Sweep(t.Context(), 2)
		if err != nil || n > 2 {
			t.Fatalf("swept %d, %v", n, err)
		}
		if swept += n; n < 2 {
			if swept < 5 {
				t.Errorf("swept %d records of 5 logins", swept)
			}
			return
		}
	}
}

// TestNew refuses a service that could not work.
func TestNew(t *testing.T) {
	if _, err := login.New(login.Config{}); err == nil {
		t.Error("an empty configuration is taken")
	}
}

// FuzzRequests holds that no request, however broken, is answered with an error of the server, and that each refusal is a
// problem document.
func FuzzRequests(f *testing.F) {
	f.Add("POST", "/api/login", "application/json", `{"username":"alice","password":"wonderland","mode":"session"}`, "", "")
	f.Add("POST", "/api/transfer", "application/x-www-form-urlencoded", "to=bob&amount=1", "session=x; access=y.z.w", "Bearer a.b.c")
	f.Add("DELETE", "/api/sessions/x", "", "", "__Host-session=\"", "bearer")
	f.Add("GET", "/api/sessions?limit=1&after=%00", "", "", "", "Basic YTpi")
	f.Fuzz(func(t *testing.T, method, target, media, body, cookie, authorization string) {
		r, err := http.NewRequest(method, host+"/"+strings.TrimPrefix(target, "/"), strings.NewReader(body))
		if err != nil {
			return
		}
		h := open(t)
		r.RemoteAddr = "192.0.2.1:1"
		for name, value := range map[string]string{"Content-Type": media, "Cookie": cookie, "Authorization": authorization} {
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		h.service.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w.Code >= 400 && !strings.HasPrefix(r.URL.Path, "/account") {
			var d struct{ Code, Title string }
			if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || d.Code == "" || d.Title == "" {
				t.Errorf("%d %s: %v", w.Code, w.Body, err)
			}
		}
	})
}
