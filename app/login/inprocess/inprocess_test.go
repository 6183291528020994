package inprocess_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login/inprocess"
)

// A tab is a browser with a clock that is turned by hand.
type tab struct {
	*testing.T
	*inprocess.Browser
	now time.Time
}

func open(t *testing.T) *tab {
	t.Helper()
	b := &tab{T: t, now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	var err error
	if b.Browser, err = inprocess.New(func() time.Time { return b.now }, rand.NewChaCha8([32]byte{7})); err != nil {
		t.Fatal(err)
	}
	return b
}

// ask sends a request and reads the answer's members; with a token it is sent as a script sends it.
func (b *tab) ask(method, path, token, body string) (int, map[string]any) {
	b.Helper()
	var h []inprocess.Line
	if token != "" {
		h = append(h, inprocess.Line{"Authorization", "Bearer " + token})
	}
	if body != "" {
		h = append(h, inprocess.Line{"Content-Type", "application/json"})
	}
	a, err := b.Do(method, path, h, body)
	if err != nil {
		b.Fatal(err)
	}
	if header(a, "Set-Cookie") != "" {
		b.Errorf("%s %s: a script sees Set-Cookie", method, path)
	}
	var members map[string]any
	if a.Body != "" {
		if err := json.Unmarshal([]byte(a.Body), &members); err != nil {
			b.Fatalf("%s %s: %v in %s", method, path, err, a.Body)
		}
	}
	return a.Status, members
}

func header(a inprocess.Answer, name string) string {
	for _, l := range a.Header {
		if l[0] == name {
			return l[1]
		}
	}
	return ""
}

func text(members map[string]any, name string) string {
	s, _ := members[name].(string)
	return s
}

func TestModes(t *testing.T) {
	for _, mode := range []string{"session", "cookie", "token"} {
		t.Run(mode, func(t *testing.T) {
			b := open(t)
			if status, _ := b.ask("GET", "/api/me", "", ""); status != 401 {
				t.Errorf("before login: %d", status)
			}
			status, in := b.ask("POST", "/api/login", "", `{"username":"alice","password":"wonderland","mode":"`+mode+`"}`)
			if status != 200 {
				t.Fatalf("login: %d %v", status, in)
			}
			token := text(in, "access_token")
			if (token != "") != (mode == "token") {
				t.Errorf("the script was told an access token: %t", token != "")
			}
			if status, me := b.ask("GET", "/api/me", token, ""); status != 200 || text(me, "user") != "alice" || text(me, "mode") != mode {
				t.Errorf("me: %d %v", status, me)
			}
			if b.Script() != "" {
				t.Errorf("document.cookie tells %q", b.Script())
			}
			if status, _ := b.ask("POST", "/api/logout", token, ""); status != 204 {
				t.Errorf("logout: %d", status)
			}
			if status, _ := b.ask("GET", "/api/me", token, ""); status != 401 {
				t.Errorf("after logout: %d", status)
			}
		})
	}
}

// TestExpiry: the access cookie is forgotten when it expires, and the refresh cookie brings another.
func TestExpiry(t *testing.T) {
	b := open(t)
	b.ask("POST", "/api/login", "", `{"username":"alice","password":"wonderland","mode":"cookie"}`)
	b.now = b.now.Add(5*time.Minute + time.Second)
	if status, _ := b.ask("GET", "/api/me", "", ""); status != 401 {
		t.Errorf("after the access token's end: %d", status)
	}
	if status, in := b.ask("POST", "/api/refresh", "", ""); status != 200 {
		t.Errorf("refresh: %d %v", status, in)
	}
	if status, _ := b.ask("GET", "/api/me", "", ""); status != 200 {
		t.Errorf("after the refresh: %d", status)
	}
}

func TestTold(t *testing.T) {
	b := open(t)
	a, err := b.Do("POST", "/api/login", []inprocess.Line{{"Content-Type", "application/json"}}, `{"username":"alice","password":"wonderland","mode":"session"}`)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := header(a, "X-Set-Cookie"), "__Host-session=***; Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Lax"; got != want {
		t.Errorf("X-Set-Cookie is %q, want %q", got, want)
	}
	if a, _ = b.Do("POST", "/api/logout", nil, ""); !strings.Contains(header(a, "X-Set-Cookie"), "__Host-session=; Path=/; Max-Age=0") {
		t.Errorf("X-Set-Cookie at logout is %q", header(a, "X-Set-Cookie"))
	}
}

func TestAddress(t *testing.T) {
	if _, err := open(t).Do("GET", "elsewhere.example/", nil, ""); err == nil {
		t.Error("a request for another host is sent")
	}
}
