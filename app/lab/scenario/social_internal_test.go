package scenario

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jwtlab/app/lab/wire"
)

// enters builds a world, puts something between the shop and the provider, and lets alice log in by it. It returns the world,
// and the answer of the shop to the browser that comes back.
func enters(t *testing.T, between func(*world, wire.Handler) wire.Handler) (*world, *wire.Message) {
	t.Helper()
	s, _ := begin(nil)
	w, err := build(s)
	if err == nil {
		err = w.meet()
	}
	if err != nil {
		t.Fatal(err)
	}
	w.net.Serve(accounts, between(w, w.social.provider.ServeHTTP))
	if err := w.enter("shop"); err != nil {
		t.Fatal(err)
	}
	for _, m := range w.net.Messages {
		if m.Kind == wire.Answer && strings.HasPrefix(m.URL, shop+"/login/callback") {
			return w, m
		}
	}
	return w, &wire.Message{}
}

// TestTamperedIDToken changes the ID token on the back channel, and signs it anew with the provider's own key, so that each check
// stands alone (OIDC Core §3.1.3.7). app/lab/idp holds the same for parties of every policy: TestIDToken, TestBackChannel.
func TestTamperedIDToken(t *testing.T) {
	for _, c := range []struct {
		name   string
		claims map[string]any
		why    string // empty: she is logged in
	}{
		{"as it was", nil, ""},
		{"another nonce", map[string]any{"nonce": "bm9uY2U"}, "party-nonce"},
		{"no nonce", map[string]any{"nonce": ""}, "party-nonce"},
		{"for the news", map[string]any{"aud": "news"}, "party-audience"},
		{"for both", map[string]any{"aud": []string{"shop", "news"}, "azp": "news"}, "party-audience"},
		{"of another issuer", map[string]any{"iss": evil}, "party-issuer"},
		{"ended", map[string]any{"exp": start.Unix() - 60}, "party-expired"},
	} {
		w, back := enters(t, func(w *world, honest wire.Handler) wire.Handler { return resigning(t, w, honest, c.claims) })
		want := map[bool]string{true: "alice"}[c.why == ""]
		if w.user != want || c.why != "" && !strings.Contains(back.Body, c.why) {
			t.Errorf("%s: logged in as %q, want %q; the shop says %d %s, want %s", c.name, w.user, want, back.Status, back.Body, c.why)
		}
	}
	// Without the key, the signature tells.
	w, back := enters(t, func(_ *world, honest wire.Handler) wire.Handler {
		return rewriting(honest, func(body string) string {
			return strings.Replace(body, `"id_token":"`, `"id_token":"eyJhbGciOiJub25lIn0.e30.","was":"`, 1)
		})
	})
	if w.user != "" || back.Status != http.StatusForbidden {
		t.Errorf("alg none on the back channel: logged in as %q, %d %s", w.user, back.Status, back.Body)
	}
}

// resigning answers as an honest provider does, but for some claims of the ID token.
func resigning(t *testing.T, w *world, honest wire.Handler, change map[string]any) wire.Handler {
	return rewriting(honest, func(body string) string {
		var answer map[string]any
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(err)
		}
		parts := strings.Split(answer["id_token"].(string), ".")
		raw, err := base64.RawURLEncoding.DecodeString(parts[1])
		claims := map[string]any{}
		if err != nil || json.Unmarshal(raw, &claims) != nil {
			t.Fatalf("%v: %s", err, answer["id_token"])
		}
		maps.Copy(claims, change)
		raw, _ = json.Marshal(claims)
		input := parts[0] + "." + encode(raw)
		signature, err := w.social.keys[0].Signer.Sign(nil, []byte(input), crypto.Hash(0))
		if err != nil {
			t.Fatal(err)
		}
		answer["id_token"] = input + "." + encode(signature)
		text, _ := json.Marshal(answer)
		return string(text)
	})
}

// rewriting changes what the token endpoint answers.
func rewriting(honest wire.Handler, change func(string) string) wire.Handler {
	return func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/token" {
			honest(out, r)
			return
		}
		kept := &keeping{aside: aside{header: out.Header()}}
		honest(kept, r)
		out.WriteHeader(kept.status)
		_, _ = out.Write([]byte(change(kept.body.String())))
	}
}

// A keeping is a response that is kept, and not sent.
type keeping struct {
	aside
	status int
	body   bytes.Buffer
}

func (k *keeping) WriteHeader(status int)      { k.status = status }
func (k *keeping) Write(b []byte) (int, error) { return k.body.Write(b) }

// TestStolenCode steals alice's code on its way, and tries it before she does: at the provider without the verifier, with the
// site's own secret even (RFC 7636 §4.6); and at the shop, from a browser that did not begin the login (RFC 9700 §4.5, §4.7). What
// stops it where is in app/lab/idp: TestAttacks, TestStolenCode, TestReuse.
func TestStolenCode(t *testing.T) {
	for _, c := range []struct {
		name  string
		steal func(w *world, code, state string) wire.Response
		says  string
	}{
		{"at the provider, without verifier", func(w *world, code, _ string) wire.Response { return w.redeem(code, "") }, "invalid_grant"},
		{"at the provider, another verifier", func(w *world, code, _ string) wire.Response {
			return w.redeem(code, strings.Repeat("guess", 10))
		}, "invalid_grant"},
		{"at the shop", func(w *world, code, state string) wire.Response { return w.bring(code, state, nil) }, "party-state"},
		{"at the shop, in a login of one's own", (*world).injected, "party-exchange"},
	} {
		stolen := wire.Response{}
		_, _ = enters(t, func(w *world, honest wire.Handler) wire.Handler {
			return func(out http.ResponseWriter, r *http.Request) {
				honest(out, r)
				to, err := url.Parse(out.Header().Get("Location"))
				if err == nil && to.Query().Get("code") != "" && stolen.Status == 0 {
					stolen = c.steal(w, to.Query().Get("code"), to.Query().Get("state"))
				}
			}
		})
		if stolen.Status < 400 || !strings.Contains(stolen.Body, c.says) || cookieIn(stolen.Header, "session") != "" {
			t.Errorf("%s: %d %s, want %s", c.name, stolen.Status, stolen.Body, c.says)
		}
	}
}

// bring brings a code to the shop, as the provider would have the browser do.
func (w *world) bring(code, state string, header []wire.Field) wire.Response {
	q := url.Values{"code": {code}, "state": {state}, "iss": {accounts}}
	return w.thief.Send("GET", shop+"/login/callback?"+q.Encode(), header, "")
}

// injected begins a login of the thief, and puts the stolen code into it.
func (w *world) injected(code, _ string) wire.Response {
	began := w.thief.Send("GET", shop+"/login/start", nil, "")
	asked, _ := url.Parse(w.net.Message(began.Asked).URL) // where it was sent on to: the provider
	for _, m := range w.net.Messages {
		if m.Kind == wire.Answer && m.To == "attacker" && strings.HasSuffix(m.URL, "/login/start") {
			pending := wire.Field{Name: "Cookie", Value: "__Host-login=" + cookieIn(m.Header, "__Host-login")}
			return w.bring(code, asked.Query().Get("state"), []wire.Field{pending})
		}
	}
	return wire.Response{}
}

// redeem brings a code to the provider, as the shop would that has lost its verifier.
func (w *world) redeem(code, verifier string) wire.Response {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {clients[0].Redirects[0]}}
	if verifier != "" {
		form.Set("code_verifier", verifier)
	}
	r := &http.Request{Header: http.Header{}}
	r.SetBasicAuth(url.QueryEscape(clients[0].ID), url.QueryEscape(clients[0].Secret))
	return w.thief.Send("POST", accounts+"/token", []wire.Field{
		{Name: "Authorization", Value: r.Header.Get("Authorization")}, {Name: "Content-Type", Value: "application/x-www-form-urlencoded"},
	}, form.Encode())
}
