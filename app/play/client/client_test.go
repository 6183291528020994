package client_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login/inprocess"
	"jwtlab/app/play/client"
)

// A visit is the page of the server without a page: its effects are done at once, by the real service.
type visit struct {
	*testing.T
	client.State
	service *inprocess.Browser
	now     time.Time
	away    bool // nobody answers
	shown   []client.Show
}

func begin(t *testing.T) *visit {
	t.Helper()
	v := &visit{T: t, State: client.New(), now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	var err error
	if v.service, err = inprocess.New(func() time.Time { return v.now }, rand.NewChaCha8([32]byte{3})); err != nil {
		t.Fatal(err)
	}
	v.Lang = "en"
	v.send(client.Began{Place: "server", Demo: true})
	return v
}

// send applies an intent and all that follows from it.
func (v *visit) send(i client.Intent) {
	v.Helper()
	s, effects := client.Update(v.State, i)
	v.State = s
	for _, e := range effects {
		switch e := e.(type) {
		case client.Show:
			v.shown = append(v.shown, e)
		case client.Send:
			v.send(v.answer(e))
		}
	}
}

func (v *visit) answer(e client.Send) client.Answered {
	a := client.Answered{Number: e.Number, Now: v.now.Unix()}
	if v.away {
		a.Failed = true
		return a
	}
	var header []inprocess.Line
	for _, l := range e.Header {
		header = append(header, inprocess.Line{l.Name, l.Value})
	}
	got, err := v.service.Do(e.Method, e.Path, header, e.Body)
	if err != nil {
		v.Fatal(err)
	}
	a.Status, a.Body, a.Readable = got.Status, got.Body, v.service.Script()
	for _, l := range got.Header {
		a.Header = append(a.Header, client.Line{Name: l[0], Value: l[1]})
	}
	return a
}

func (v *visit) do(action string) { v.send(client.Did{Action: action}) }

func (v *visit) login(mode string) {
	v.Helper()
	v.send(client.ChoseMode{Mode: mode})
	v.send(client.Filled{Name: "alice", Password: "wonderland"})
	v.do("login")
	if v.Who == nil || v.Who.User != "alice" || v.Who.Mode != mode {
		v.Fatalf("after the login by %s: %+v, said %+v", mode, v.Who, v.Said)
	}
}

// last is the newest exchange of an action.
func (v *visit) last(action string) client.Exchange {
	v.Helper()
	for i := len(v.Exchanges) - 1; i >= 0; i-- {
		if v.Exchanges[i].Action == action {
			return v.Exchanges[i]
		}
	}
	v.Fatalf("nothing was asked for by %s", action)
	return client.Exchange{}
}

// names are the cookies that the page believes the browser to have.
func (v *visit) names() string {
	var all []string
	for _, c := range v.Cookies {
		all = append(all, c.Name)
	}
	return strings.Join(all, " ")
}

func TestModes(t *testing.T) {
	for mode, want := range map[string]struct {
		cookies string
		tokens  bool
	}{
		"session": {"__Host-session", false},
		"cookie":  {"__Host-access __Secure-refresh", false},
		"token":   {"", true},
	} {
		t.Run(mode, func(t *testing.T) {
			v := begin(t)
			if v.Who != nil || v.last("me").Status != 401 || v.Said.Action != "" {
				t.Fatalf("at the start: %+v, %+v", v.Who, v.Said)
			}
			v.login(mode)
			if v.names() != want.cookies || (v.Held.Access != "" && v.Held.Refresh != "") != want.tokens {
				t.Errorf("cookies %q, tokens held: %t", v.names(), v.Held.Access != "")
			}
			if len(v.Logins) != 1 || !v.Logins[0].Current {
				t.Errorf("the list of logins is %+v", v.Logins)
			}
			v.send(client.Typed{Field: "to", Text: "bob"})
			v.send(client.Typed{Field: "amount", Text: "5"})
			v.do("transfer")
			if v.Said.Status != 200 {
				t.Errorf("transfer: %+v", v.Said)
			}
			if mode != "session" {
				v.do("refresh")
				if v.Said.Status != 200 || v.Who == nil {
					t.Errorf("refresh: %+v", v.Said)
				}
			}
			v.do("admin")
			if v.Said.Status != 403 || v.Said.Why.Title == "" {
				t.Errorf("admin: %+v", v.Said)
			}
			v.do("logout")
			if v.Who != nil || v.Held != (client.Held{}) || v.names() != "" || v.Logins != nil || v.Said.Status != 204 {
				t.Errorf("after logout: %+v", v.State)
			}
			if v.do("me"); v.Said.Status != 401 {
				t.Errorf("me after logout: %+v", v.Said)
			}
		})
	}
}

// TestPassword: the password leaves the state with the login, and stands in no exchange.
func TestPassword(t *testing.T) {
	v := begin(t)
	v.login("session")
	if v.Password != "" {
		t.Error("the password is still there after the login")
	}
	for _, x := range v.Exchanges {
		if strings.Contains(x.Body+x.Answer, "wonderland") {
			t.Errorf("the password stands in the exchange %d", x.Number)
		}
	}
	v.send(client.Filled{Name: "alice", Password: "wrong"})
	v.do("login")
	if v.Password != "wrong" || v.Said.Status != 401 || v.Who == nil {
		t.Errorf("after a wrong password: said %+v, who %+v", v.Said, v.Who)
	}
}

// TestWire: what the script sends, what the browser is known to add, what the server told.
func TestWire(t *testing.T) {
	v := begin(t)
	v.login("cookie")
	x := v.last("login")
	if x.Body != `{"username":"alice","password":"•••","mode":"cookie"}` || len(x.Set) != 2 || x.Set[1].Path != "/api/refresh" || !x.Set[0].HTTPOnly {
		t.Errorf("the login is told as %+v", x)
	}
	v.do("me")
	if got := strings.Join(v.last("me").Added, " "); got != "__Host-access" {
		t.Errorf("to /api/me go %q", got)
	}
	v.do("refresh")
	if got := strings.Join(v.last("refresh").Added, " "); got != "__Host-access __Secure-refresh" {
		t.Errorf("to /api/refresh go %q", got)
	}
	v = begin(t)
	v.login("token")
	v.do("me")
	if x := v.last("me"); len(x.Added) != 0 || x.Sent[len(x.Sent)-1] != (client.Line{Name: "Authorization", Value: "Bearer " + v.Held.Access}) {
		t.Errorf("me is asked with %+v", x)
	}
}

// TestRefreshInCookie keeps the refresh token from the script.
func TestRefreshInCookie(t *testing.T) {
	v := begin(t)
	v.send(client.ChoseRefresh{Refresh: "cookie"})
	v.login("token")
	if v.Held.Refresh != "" || v.names() != "__Secure-refresh" {
		t.Errorf("the script holds %q, cookies %q", v.Held.Refresh, v.names())
	}
	before := v.Held.Access
	v.now = v.now.Add(6 * time.Minute)
	if v.do("me"); v.Who != nil {
		t.Error("an access token that expired still serves")
	}
	if v.do("refresh"); v.Who == nil || v.Held.Access == before {
		t.Errorf("after the refresh: %+v", v.Said)
	}
}

// TestForcedOut ends another login of one's own, then this one.
func TestForcedOut(t *testing.T) {
	v := begin(t)
	v.login("token")
	v.Held = client.Held{} // as another tab that was closed
	v.login("session")
	if len(v.Logins) != 2 {
		t.Fatalf("%d logins", len(v.Logins))
	}
	for _, l := range v.Logins {
		if !l.Current {
			v.send(client.Did{Action: "end", ID: l.ID})
		}
	}
	if len(v.Logins) != 1 || v.Said.Status != 204 || v.Who == nil {
		t.Errorf("after ending the other: %+v, %+v", v.Logins, v.Said)
	}
	if v.send(client.Did{Action: "end", ID: v.Logins[0].ID}); v.Who != nil || v.names() != "" {
		t.Errorf("after ending this one: %+v, cookies %q", v.Who, v.names())
	}
}

// TestInspect hands the debugger a token with the server's keys.
func TestInspect(t *testing.T) {
	v := begin(t)
	v.login("token")
	v.send(client.Inspected{Token: v.Held.Access})
	if len(v.shown) != 1 || v.shown[0].Token != v.Held.Access || !strings.Contains(v.shown[0].Keys, `"kty":"OKP"`) {
		t.Errorf("shown: %+v", v.shown)
	}
	v.away = true
	v.send(client.Inspected{Token: v.Held.Access})
	if len(v.shown) != 1 || !v.Said.Failed {
		t.Errorf("without an answer: %d shown, said %+v", len(v.shown), v.Said)
	}
}

// TestAway: what is known stays when the server does not answer.
func TestAway(t *testing.T) {
	v := begin(t)
	v.login("token")
	v.away = true
	v.do("logout")
	if !v.Said.Failed || v.Who == nil || v.Held.Access == "" || v.Pending != 0 {
		t.Errorf("after a logout that nobody heard: said %+v, who %+v", v.Said, v.Who)
	}
}

// TestBounded: the list of exchanges does not grow for ever, and an answer to a forgotten one does no harm.
func TestBounded(t *testing.T) {
	v := begin(t)
	for range 100 {
		v.do("me")
	}
	if len(v.Exchanges) != 40 {
		t.Errorf("%d exchanges are kept", len(v.Exchanges))
	}
	v.send(client.Answered{Number: 1, Status: 200, Body: `{"user":"mallory"}`})
	if v.Who != nil {
		t.Error("an answer to a forgotten request is believed")
	}
	v.send(client.Cleared{})
	if len(v.Exchanges) != 0 {
		t.Error("the list is not empty")
	}
}

// TestNonsense: a server that answers nonsense breaks nothing.
func TestNonsense(t *testing.T) {
	for _, action := range client.Actions() {
		for _, body := range []string{"", "null", "[]", "{", `{"user":1}`, `{"sessions":null}`, strings.Repeat("x", 1<<20)} {
			for _, status := range []int{200, 204, 400, 401, 500, 503} {
				s, effects := client.Update(client.New(), client.Did{Action: action, ID: "a/b?c"})
				sent := effects[0].(client.Send)
				if strings.Contains(sent.Path, "?") || sent.Method == "" {
					t.Fatalf("%s goes to %q", action, sent.Path)
				}
				s, _ = client.Update(s, client.Answered{Number: sent.Number, Status: status, Body: body, Header: []client.Line{{Name: "x-set-cookie", Value: "; , =, a=; b, c=1; Path=/x"}}})
				if s.Who != nil || len(s.Exchanges[0].Answer) > 16<<10 {
					t.Errorf("%s, %d, %.20q: %+v", action, status, body, s.Who)
				}
			}
		}
	}
}
