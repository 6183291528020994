package browser_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/key"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

type accounts struct{}

func (accounts) Verify(_ context.Context, name, password string) (login.Account, error) {
	if name == "alice" && password == "wonderland" {
		return login.Account{Name: name}, nil
	}
	return login.Account{}, login.ErrCredentials
}

// serve lets a login service answer at the shop.
func serve(h *house, p login.Policy) {
	h.t.Helper()
	chance := wire.NewChance(1)
	k, err := key.Generate(key.Spec{Alg: "EdDSA"}, chance)
	if err != nil {
		h.t.Fatal(err)
	}
	keys, err := login.ReadKeys(`{"keys":[` + k.JWK() + `]}`)
	if err != nil {
		h.t.Fatal(err)
	}
	s, err := login.New(login.Config{
		Now: h.net.Now, Rand: chance, Store: memstore.New(100), Keys: keys, Accounts: accounts{}, Policy: p, Issuer: shop, Audience: shop,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.net.Serve(shop, s.ServeHTTP)
}

// call asks the service as the script of its page does, with the access token that localStorage has.
func call(p *browser.Page, method, path, body string) (int, map[string]any) {
	var i browser.Init
	if i.Method = method; body != "" {
		i.Body, i.Header = body, field("Content-Type", "application/json")
	}
	if token, ok := p.Local().Get("access"); ok {
		i.Header = append(i.Header, wire.Field{Name: "Authorization", Value: "Bearer " + token})
	}
	r, err := p.Fetch(path, i)
	if err != nil {
		return 0, nil
	}
	var members map[string]any
	_ = json.Unmarshal([]byte(r.Body), &members)
	return r.Status, members
}

// TestLogin: the service as it is, its three modes, from a page of its own origin.
func TestLogin(t *testing.T) {
	for _, c := range []struct{ mode, account, after string }{
		{"session", "200", ""},
		{"cookie", "200", `{}`},
		{"token", "401", "refresh"}, // what a script holds cannot sign a navigation
	} {
		t.Run(c.mode, func(t *testing.T) {
			h := build(t)
			serve(h, login.Secure())
			d := h.visit(shop + "/account")
			h.run(d, func(p *browser.Page) {
				if status, _ := call(p, "GET", "/api/me", ""); status != 401 {
					t.Errorf("before login: %d", status)
				}
				status, in := call(p, "POST", "/api/login", `{"username":"alice","password":"wonderland","mode":"`+c.mode+`"}`)
				if status != 200 {
					t.Fatalf("login: %d %v", status, in)
				}
				for store, member := range map[string]string{"access": "access_token", "refresh": "refresh_token"} {
					if v, ok := in[member].(string); ok {
						_ = p.Local().Set(store, v)
					}
				}
				if status, me := call(p, "GET", "/api/me", ""); status != 200 || me["user"] != "alice" {
					t.Errorf("me: %d %v", status, me)
				}
				if p.Cookie() != "" {
					t.Errorf("document.cookie tells %q", p.Cookie())
				}
			})
			if top := h.Reload(h.tab); (top.Status == 200) != (c.account == "200") {
				t.Errorf("the page that the server draws: %d, want %s", top.Status, c.account)
			}
			later(h, c.after)
		})
	}
}

// later lets the access token end, renews it, and logs out.
func later(h *house, refresh string) {
	top, _ := h.Top(h.tab)
	h.run(top.ID, func(p *browser.Page) {
		if refresh != "" {
			h.net.Pass(6 * time.Minute)
			if status, _ := call(p, "GET", "/api/me", ""); status != 401 {
				h.t.Errorf("after the access token's end: %d", status)
			}
			_ = p.Local().Remove("access")
			body := refresh
			if token, ok := p.Local().Get("refresh"); ok {
				body = `{"refresh_token":"` + token + `"}`
			}
			status, in := call(p, "POST", "/api/refresh", body)
			if status != 200 {
				h.t.Errorf("refresh: %d %v", status, in)
			}
			if v, ok := in["access_token"].(string); ok {
				_ = p.Local().Set("access", v)
			}
			if status, _ := call(p, "GET", "/api/me", ""); status != 200 {
				h.t.Errorf("after the refresh: %d", status)
			}
		}
		if status, _ := call(p, "POST", "/api/logout", ""); status != 204 {
			h.t.Errorf("logout: %d", status)
		}
		if status, _ := call(p, "GET", "/api/me", ""); status != 401 {
			h.t.Errorf("after logout: %d", status)
		}
	})
}

// TestForgery: a form of another site, against a service with and without defences.
func TestForgery(t *testing.T) {
	weak := login.Secure()
	weak.CheckOrigin, weak.Cookie.SameSite = false, "None"
	checked := weak
	checked.CheckOrigin = true
	strict := weak
	strict.Cookie.SameSite = "Strict"
	for name, c := range map[string]struct {
		policy login.Policy
		status int
	}{"defenceless": {weak, 200}, "origin check": {checked, 403}, "SameSite=Strict": {strict, 401}} {
		h := build(t)
		serve(h, c.policy)
		d := h.visit(shop + "/account")
		h.run(d, func(p *browser.Page) {
			if status, in := call(p, "POST", "/api/login", `{"username":"alice","password":"wonderland","mode":"session"}`); status != 200 {
				t.Errorf("login: %d %v", status, in)
			}
		})
		d = h.visit(evil)
		a := h.run(d, func(p *browser.Page) {
			p.Submit(browser.Form{Action: shop + "/api/transfer", Method: "POST", Fields: []wire.Field{{Name: "to", Value: "mallory"}, {Name: "amount", Value: "9"}}})
		})
		if len(a) != 1 || a[0].Status != c.status {
			t.Errorf("%s: %+v, want %d", name, a, c.status)
		}
	}
}

// TestApp: an app with and without a cookie jar logs in.
func TestApp(t *testing.T) {
	for _, jar := range []bool{false, true} {
		h := build(t)
		serve(h, login.Secure())
		a := browser.NewApp(h.net, "phone", "192.0.2.8")
		if jar {
			p, _ := cookie.ProfileNamed("chromium")
			a.KeepCookies(p)
		}
		json := field("Content-Type", "application/json")
		if r := a.Send("POST", shop+"/api/login", json, `{"username":"alice","password":"wonderland","mode":"session"}`); r.Status != 200 {
			t.Fatalf("login: %d %s", r.Status, r.Body)
		}
		r := a.Send("GET", shop+"/api/me", nil, "")
		if want := map[bool]int{false: 401, true: 200}[jar]; r.Status != want || len(a.Cookies()) != map[bool]int{true: 1}[jar] {
			t.Errorf("with a jar %t: %d, %d cookies", jar, r.Status, len(a.Cookies()))
		}
		if m := h.net.Message(r.Asked); m.Value("Origin") != "" || m.Value("Sec-Fetch-Site") != "" || m.From != "phone" || m.Address != "192.0.2.8" {
			t.Errorf("the request is not an app's: %+v", m)
		}
		twin := a.Clone(h.net)
		a.Keep("token", "x")
		if a.Kept("token") != "x" || twin.Kept("token") != "" {
			t.Error("what is kept is not kept, or by the clone too")
		}
		if a.Keep("token", ""); a.Kept("token") != "" {
			t.Error("what is to be forgotten is kept")
		}
	}
	h := build(t)
	a := browser.NewApp(h.net, "phone", "192.0.2.8")
	a.Send("POST", at(shop, "/", to("307", evil+"/")...), field("Authorization", "Bearer x"), "a")
	if got := h.sums(0); !strings.HasSuffix(got, "POST evil.example/") {
		t.Errorf("over a redirect: %s", got)
	}
}
