package idp_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/lab/idp"
)

// serve answers a request that may be broken in any way, and holds the answer to what is true of all: no error of the server,
// and no redirect but to an address that is registered, or to the provider itself.
func serve(t *testing.T, h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r, err := http.NewRequest(method, target, strings.NewReader(body))
	if err != nil {
		return nil
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	if rec.Code >= 500 || rec.Code < 200 {
		t.Errorf("%s %s: %d %s", method, target, rec.Code, rec.Body)
	}
	if to := rec.Header().Get("Location"); to != "" {
		registered := false
		for _, known := range []string{shop + "/login/callback?", blog + "/login/callback?", evil + "/login/callback?", "com.example.shop:/back?", shop + "/bye", accounts + "/authorize?", "/authorize"} {
			registered = registered || strings.HasPrefix(to, known)
		}
		if !registered {
			t.Errorf("%s %s leads to %s", method, target, to)
		}
	}
	return rec
}

func FuzzAuthorize(f *testing.F) {
	for _, path := range []string{"/authorize", "/logout", "/login", "/userinfo"} {
		f.Add("GET", path, asking().Encode(), "")
		f.Add("POST", path, asking("prompt", "none", "max_age", "1").Encode(), "__Host-idp=x; __Host-idp-form=y")
	}
	f.Add("GET", "/authorize", "client_id=blog&redirect_uri=%00", "")
	f.Add("POST", "/login", "request=client_id%3Dblog&csrf_token=x", "__Host-idp-form=\"")
	f.Add("GET", "/logout", "post_logout_redirect_uri=https://shop.example/bye&client_id=shop&id_token_hint=a.b.c", "")
	w := open(f, idp.Strict())
	b := w.browser()
	b.enter(shop, "alice", "wonderland")
	session := b.cookies[accounts]["__Host-idp"]
	f.Fuzz(func(t *testing.T, method, path, query, cookie string) {
		if !strings.HasPrefix(path, "/") {
			return
		}
		if cookie == "" {
			cookie = "__Host-idp=" + session // somebody is logged in
		}
		p, err := w.provider.Clone(w.config)
		if err != nil {
			t.Fatal(err)
		}
		if method == http.MethodPost {
			serve(t, p, method, accounts+path, query, "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie)
			return
		}
		rec := serve(t, p, method, accounts+path+"?"+query, "", "Cookie", cookie)
		if v, _ := url.ParseQuery(query); rec != nil && strings.Contains(rec.Header().Get("Location"), "code=") && v.Get("code_challenge_method") != "S256" && path == "/authorize" {
			t.Errorf("a code without PKCE for %s", query)
		}
	})
}

func FuzzToken(f *testing.F) {
	w := open(f, idp.Strict())
	code := w.browser().code()
	f.Add(redeeming(code).Encode(), "application/x-www-form-urlencoded", "")
	f.Add(redeeming(code, "client_id", "-").Encode(), "application/x-www-form-urlencoded", basic("shop", secret))
	f.Add("code=%", "application/x-www-form-urlencoded; charset=x", "Basic Og==")
	f.Add("", "", "Basic JTo=")
	f.Fuzz(func(t *testing.T, body, media, authorization string) {
		p, err := w.provider.Clone(w.config)
		if err != nil {
			t.Fatal(err)
		}
		rec := serve(t, p, "POST", accounts+"/token", body, "Content-Type", media, "Authorization", authorization)
		if v, _ := url.ParseQuery(body); rec.Code == 200 && (v.Get("code") != code || v.Get("code_verifier") != verifier) {
			t.Errorf("tokens for %q, %q", body, authorization)
		}
		if rec.Code != 200 && answerOf(t, rec).json("error") == "" {
			t.Errorf("%d %s", rec.Code, rec.Body)
		}
	})
}

func answerOf(t *testing.T, rec *httptest.ResponseRecorder) answer {
	return answer{t: t, status: rec.Code, header: rec.Header(), text: rec.Body.String()}
}

// FuzzParty holds that nobody is signed in who does not come from the provider, whatever comes to a strict party.
func FuzzParty(f *testing.F) {
	w := open(f, without(func(p *idp.Policy) { p.Hearsay = true }))
	f.Add("GET", "/login/callback", "code=x&state=a&iss="+accounts, "__Host-login=a.b.c", "")
	f.Add("GET", "/login/callback", "error=x", "__Host-login=..", "")
	f.Add("POST", "/login/token", "state=a&id_token=a.b.c", "__Host-login=a.b.c", "x")
	f.Add("POST", "/login/token", "id_token="+forge(f, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "", nil, nil), "", "")
	f.Fuzz(func(t *testing.T, method, path, query, cookie, token string) {
		c := w.parties[shop]
		c.SignIn = func(http.ResponseWriter, *http.Request, string) { t.Errorf("%s %s %s is a login", method, path, query) }
		c.Ask = func(*http.Request) (idp.Answer, error) {
			return idp.Answer{Status: 200, Body: `{"token_type":"Bearer","id_token":"` + token + `"}`}, nil
		}
		p, err := idp.NewParty(c)
		if err != nil || !strings.HasPrefix(path, "/") {
			return
		}
		target, body := shop+path+"?"+query, ""
		if method == http.MethodPost {
			target, body = shop+path, query
		}
		serve(t, p, method, target, body, "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie)
	})
}
