package login_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"jwtlab/app/login"
)

// TestRequestNamed has each event tell which request made it happen, down to the store that failed; what no request did has
// no name.
func TestRequestNamed(t *testing.T) {
	h := open(t)
	c := h.client()
	session, family := c.enter(login.Session), h.client().enter(login.Token)
	cookie := c.cookies["__Host-session"].String()
	away := open(t, func(c *login.Config) { c.Store = broken{h.store} })
	for _, r := range []struct {
		h                           *house
		method, path, body          string
		cookie, authorization, site string
		event                       string
	}{
		{h, "POST", "/api/login", `{"username":"alice","password":"x","mode":"session"}`, "", "", "", "login-refused"},
		{h, "POST", "/api/login", `{"username":"alice","password":"wonderland","mode":"cookie"}`, "", "", "", "login"},
		{h, "POST", "/api/refresh", `{"refresh_token":"` + family.get("refresh_token") + `"}`, "", "", "", "refresh"},
		{h, "POST", "/api/refresh", `{"refresh_token":"x"}`, "", "", "", "refresh-refused"},
		{h, "POST", "/api/transfer", `{"to":"bob","amount":1}`, cookie, "", "cross-site", "origin-refused"},
		{h, "POST", "/api/transfer", `{"to":"bob","amount":1}`, cookie, "", "", "transfer"},
		{away, "GET", "/api/me", "", cookie, "", "", "store-failed"},
		{away, "GET", "/api/me", "", "", "Bearer " + family.get("access_token"), "", "store-failed"},
		{h, "POST", "/api/logout", "", cookie, "", "", "logout"},
	} {
		q := httptest.NewRequest(r.method, host+r.path, strings.NewReader(r.body))
		q.RemoteAddr = "192.0.2.1:1"
		for name, value := range map[string]string{"Cookie": r.cookie, "Authorization": r.authorization, "Sec-Fetch-Site": r.site} {
			if value != "" {
				q.Header.Set(name, value)
			}
		}
		if r.body != "" {
			q.Header.Set("Content-Type", "application/json")
		}
		name := "of " + r.event
		r.h.events = nil
		r.h.service.ServeHTTP(httptest.NewRecorder(), q.WithContext(login.WithRequest(q.Context(), name)))
		if e := r.h.event(); e.Name != r.event || e.Request != name {
			t.Errorf("%s %s: %+v, want the event %s with its request", r.method, r.path, e, r.event)
		}
	}
	if err := h.service.ForceOut(t.Context(), session.get("user")); err != nil {
		t.Fatal(err)
	}
	if e := h.event(); e.Name != "force-out" || e.Request != "" {
		t.Errorf("what no request did: %+v", e)
	}
}
