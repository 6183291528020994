package login_test

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

const host = "https://login.example"

var start = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// A house is a service with a clock that is turned by hand.
type house struct {
	*testing.T
	service *login.Service
	store   login.Store
	now     time.Time
	hashes  int // how often a password was looked at
	events  []login.Event
}

// open opens a house; the changes are made to the configuration of a good service.
func open(t *testing.T, changes ...func(*login.Config)) *house {
	t.Helper()
	h := &house{T: t, now: start, store: memstore.New(10_000)}
	keys, err := login.ReadKeys(`{"keys":[` + edKey(1, "one", "") + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	c := login.Config{
		Now: func() time.Time { return h.now }, Rand: rand.NewChaCha8([32]byte{1}), Store: h.store, Keys: keys,
		Accounts: passwords{h}, Policy: login.Secure(), Issuer: host, Audience: host + "/api",
		Event: func(e login.Event) { h.events = append(h.events, e) },
	}
	for _, change := range changes {
		change(&c)
	}
	h.store = c.Store
	if h.service, err = login.New(c); err != nil {
		t.Fatal(err)
	}
	return h
}

// edKey is a private JWK made from one byte.
func edKey(seed byte, id, more string) string {
	k := ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune(seed)), 32)))
	b64 := base64.RawURLEncoding.EncodeToString
	return fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":%q,"x":%q,"d":%q%s}`, id, b64(k.Public().(ed25519.PublicKey)), b64(k.Seed()), more)
}

// locked is a random source for many.
type locked struct {
	mu   sync.Mutex
	from io.Reader
}

func (l *locked) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.from.Read(b)
}

// passwords are three accounts.
type passwords struct{ h *house }

func (p passwords) Verify(_ context.Context, name, password string) (login.Account, error) {
	p.h.hashes++
	switch {
	case name == "busy":
		return login.Account{}, login.ErrBusy
	case name == "alice" && password == "wonderland":
		return login.Account{Name: "alice", Role: "user"}, nil
	case name == "bob" && password == "the builder":
		return login.Account{Name: "bob", Role: "user"}, nil
	}
	return login.Account{}, login.ErrCredentials
}

func (h *house) wait(d time.Duration) { h.now = h.now.Add(d) }

// event is the last thing that happened.
func (h *house) event() login.Event {
	if len(h.events) == 0 {
		return login.Event{}
	}
	return h.events[len(h.events)-1]
}

// A client keeps cookies as they are set, by name, and sends them back where their path allows.
type client struct {
	h       *house
	cookies map[string]*http.Cookie
	headers map[string]string
	address string
}

func (h *house) client() *client {
	return &client{h: h, cookies: map[string]*http.Cookie{}, headers: map[string]string{}, address: "192.0.2.1:1"}
}

// with is a client that has the same cookies and one header more.
func (c *client) with(name, value string) *client {
	d := &client{h: c.h, cookies: c.cookies, headers: map[string]string{name: value}, address: c.address}
	for k, v := range c.headers {
		d.headers[k] = v
	}
	return d
}

// An answer is what came back.
type answer struct {
	t      *testing.T
	asked  string
	status int
	header http.Header
	text   string
	JSON   map[string]any
}

// send sends a request. A body that is a text goes as it is, with the type that the client has as a header; any other as JSON.
func (c *client) send(method, target string, body any) answer {
	c.h.Helper()
	text, raw := body.(string)
	if body != nil && !raw {
		b, err := json.Marshal(body)
		if err != nil {
			c.h.Fatal(err)
		}
		text = string(b)
	}
	r := httptest.NewRequest(method, host+target, strings.NewReader(text))
	r.RemoteAddr = c.address
	if body != nil && !raw {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range c.headers {
		r.Header.Set(name, value)
	}
	for _, k := range c.cookies {
		if strings.HasPrefix(r.URL.Path, k.Path) {
			r.AddCookie(&http.Cookie{Name: k.Name, Value: k.Value})
		}
	}
	w := httptest.NewRecorder()
	c.h.service.ServeHTTP(w, r)
	got := w.Result()
	for _, k := range got.Cookies() {
		if k.MaxAge < 0 {
			delete(c.cookies, k.Name)
		} else {
			c.cookies[k.Name] = k
		}
	}
	all, err := io.ReadAll(got.Body)
	if err != nil {
		c.h.Fatal(err)
	}
	a := answer{t: c.h.T, asked: method + " " + target, status: got.StatusCode, header: got.Header, text: string(all)}
	if strings.Contains(got.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(all, &a.JSON); err != nil {
			c.h.Fatalf("%s: %v in %q", a.asked, err, all)
		}
	}
	return a
}

// is fails unless the answer has the status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: %d %s, want %d", a.asked, a.status, a.text, status)
	}
	return a
}

// says fails unless the answer is the problem.
func (a answer) says(status int, code string) answer {
	a.t.Helper()
	if a.is(status).JSON["code"] != code || a.header.Get("Content-Type") != "application/problem+json" {
		a.t.Fatalf("%s: %s %s, want the problem %s", a.asked, a.header.Get("Content-Type"), a.text, code)
	}
	if title, _ := a.JSON["title"].(string); title == "" || strings.Contains(title, "⟨") || strings.Contains(title, "…") {
		a.t.Errorf("%s: the problem %s has the words %q", a.asked, code, title)
	}
	return a
}

func (a answer) get(member string) string {
	s, _ := a.JSON[member].(string)
	return s
}

// enter logs alice in.
func (c *client) enter(mode login.Mode) answer {
	c.h.Helper()
	return c.send("POST", "/api/login", map[string]string{"username": "alice", "password": "wonderland", "mode": string(mode)}).is(200)
}

// bearer is the client with an access token.
func (c *client) bearer(a answer) *client {
	return c.with("Authorization", "Bearer "+a.get("access_token"))
}
