package idp_test

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/lab/idp"
	"jwtlab/app/login"
)

const (
	accounts = "https://accounts.example"
	shop     = "https://shop.example"
	blog     = "https://blog.example"
	evil     = "https://evil.example"
	secret   = "shop's own secret: 100% & more"
)

var start = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// A world is a provider, sites that trust it, and a clock that is turned by hand.
type world struct {
	testing.TB
	now      time.Time
	provider *idp.Provider
	sites    map[string]*site // by origin
	events   []idp.Event
	ids      []string                   // the ID tokens that passed by
	tamper   func(body string) string   // what somebody does to the answers of the back channel
	asked    []*http.Request            // the back channel's requests
	config   idp.Config                 // of the provider
	parties  map[string]idp.PartyConfig // by origin
	seen     []string                   // all that was sent and answered, as text
}

// A site has a party in front and sessions of its own.
type site struct {
	party    *idp.Party
	sessions map[string]string // the subject by session id
}

// edKey is a private key made from one byte.
func edKey(seed byte, id string) key.Key {
	k := ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune(seed)), 32)))
	b64 := base64.RawURLEncoding.EncodeToString
	text := fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":%q,"x":%q,"d":%q}`, id, b64(k.Public().(ed25519.PublicKey)), b64(k.Seed()))
	return key.Read(text, key.Auto).Keys[0]
}

// open opens a world in which all sites have one policy.
func open(t testing.TB, p idp.Policy) *world {
	return openWith(t, func(string) idp.Policy { return p })
}

func openWith(t testing.TB, policy func(origin string) idp.Policy) *world {
	t.Helper()
	w := &world{TB: t, now: start, sites: map[string]*site{}, parties: map[string]idp.PartyConfig{}}
	chance := rand.NewChaCha8([32]byte{1})
	now := func() time.Time { return w.now }
	event := func(e idp.Event) { w.events = append(w.events, e) }
	unproven := !policy(shop).Proof
	w.config = idp.Config{
		Now: now, Rand: chance, Issuer: accounts, Keys: []key.Key{edKey(1, "one"), edKey(2, "two")}, Accounts: passwords{}, Event: event,
		Clients: []idp.Client{
			{ID: "shop", Secret: secret, Redirects: []string{shop + "/login/callback"}, AfterLogout: []string{shop + "/bye"}, Unproven: unproven},
			{ID: "blog", Redirects: []string{blog + "/login/callback", blog + "/login/callback?x=1"}, Unproven: unproven},
			{ID: "evil", Redirects: []string{evil + "/login/callback"}},
			{ID: "app", Redirects: []string{"com.example.shop:/back"}, Audience: []string{"shop"}},
		},
	}
	var err error
	if w.provider, err = idp.New(w.config); err != nil {
		t.Fatal(err)
	}
	for origin, c := range map[string]idp.PartyConfig{
		shop: {ClientID: "shop", Secret: secret, Trusted: []string{"app"}}, blog: {ClientID: "blog"}, evil: {ClientID: "evil"},
	} {
		c.Now, c.Rand, c.Event, c.Ask = now, chance, event, w.ask
		c.Provider, c.JWKS, c.Redirect, c.Policy = w.provider.Metadata(), w.provider.JWKS(), origin+"/login/callback", policy(origin)
		s := &site{sessions: map[string]string{}}
		c.SignIn = s.signIn
		if s.party, err = idp.NewParty(c); err != nil {
			t.Fatal(err)
		}
		w.sites[origin], w.parties[origin] = s, c
	}
	return w
}

// passwords are two accounts.
type passwords struct{}

func (passwords) Verify(_ context.Context, name, password string) (login.Account, error) {
	for _, a := range [][2]string{{"alice", "wonderland"}, {"mallory", "malice"}} {
		if a[0] == name && a[1] == password {
			return login.Account{Name: name}, nil
		}
	}
	return login.Account{}, login.ErrCredentials
}

func (s *site) signIn(w http.ResponseWriter, _ *http.Request, subject string) {
	id := fmt.Sprint("s", len(s.sessions)+1)
	s.sessions[id] = subject
	http.SetCookie(w, &http.Cookie{Name: "session", Value: id, Path: "/", HttpOnly: true, Secure: true})
	fmt.Fprint(w, "welcome ", subject)
}

// ServeHTTP is the site: who am I, log me out, and the party.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := ""
	if k, err := r.Cookie("session"); err == nil {
		id = k.Value
	}
	switch {
	case r.URL.Path == "/me":
		fmt.Fprint(w, s.sessions[id])
	case r.URL.Path == "/logout":
		delete(s.sessions, id)
	default:
		s.party.ServeHTTP(w, r)
	}
}

// ask is the back channel.
func (w *world) ask(r *http.Request) (idp.Answer, error) {
	w.asked = append(w.asked, r)
	rec := httptest.NewRecorder()
	w.provider.ServeHTTP(rec, r)
	body := rec.Body.String()
	var got struct {
		ID string `json:"id_token"`
	}
	if json.Unmarshal([]byte(body), &got) == nil && got.ID != "" {
		w.ids = append(w.ids, got.ID)
	}
	if w.tamper != nil {
		body = w.tamper(body)
	}
	w.seen = append(w.seen, body)
	return idp.Answer{Status: rec.Code, Body: body}, nil
}

// event is the last thing that happened.
func (w *world) event() idp.Event {
	if len(w.events) == 0 {
		return idp.Event{}
	}
	return w.events[len(w.events)-1]
}

// A browser keeps cookies by host, and goes where it is told.
type browser struct {
	w       *world
	cookies map[string]map[string]string // by origin, by name
}

func (w *world) browser() *browser { return &browser{w, map[string]map[string]string{}} }

// An answer is what came back.
type answer struct {
	t       testing.TB
	asked   string
	status  int
	header  http.Header
	text    string
	cookies []*http.Cookie
}

// send sends one request and follows nothing.
func (b *browser) send(method, address string, form url.Values, headers ...string) answer {
	b.w.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	origin := r.URL.Scheme + "://" + r.URL.Host
	for _, name := range sorted(b.cookies[origin]) {
		r.AddCookie(&http.Cookie{Name: name, Value: b.cookies[origin][name]})
	}
	rec := httptest.NewRecorder()
	if s := b.w.sites[origin]; s != nil {
		s.ServeHTTP(rec, r)
	} else {
		b.w.provider.ServeHTTP(rec, r)
	}
	got := rec.Result()
	for _, k := range got.Cookies() {
		if b.cookies[origin] == nil {
			b.cookies[origin] = map[string]string{}
		}
		if k.MaxAge < 0 {
			delete(b.cookies[origin], k.Name)
		} else {
			b.cookies[origin][k.Name] = k.Value
		}
	}
	a := answer{b.w.TB, method + " " + address, rec.Code, got.Header, rec.Body.String(), got.Cookies()}
	b.w.seen = append(b.w.seen, fmt.Sprint(a.asked, form, a.status, a.header, a.text))
	return a
}

func sorted(m map[string]string) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (b *browser) get(address string) answer { b.w.Helper(); return b.send("GET", address, nil) }

// visit follows redirects until there is none, or until one leads to the address that it stops at.
func (b *browser) visit(address, stop string) answer {
	b.w.Helper()
	a := b.get(address)
	return b.follow(a, stop)
}

func (b *browser) follow(a answer, stop string) answer {
	b.w.Helper()
	for range 10 {
		to := a.header.Get("Location")
		if to == "" || stop != "" && strings.HasPrefix(to, stop) {
			return a
		}
		if strings.HasPrefix(to, "/") {
			to = accounts + to
		}
		a = b.get(to)
	}
	b.w.Fatalf("%s: redirects without end", a.asked)
	return a
}

var field = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// fields are the hidden fields of a page.
func (a answer) fields() url.Values {
	v := url.Values{}
	for _, m := range field.FindAllStringSubmatch(a.text, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	return v
}

// fill fills in the form of the provider.
func (b *browser) fill(page answer, name, password string) answer {
	b.w.Helper()
	v := page.is(200).fields()
	if v.Get("request") == "" {
		b.w.Fatalf("%s: no form to log in: %s", page.asked, page.text)
	}
	v.Set("username", name)
	v.Set("password", password)
	return b.send("POST", accounts+"/login", v)
}

// enter logs in at a site by password, and returns the last answer.
func (b *browser) enter(origin, name, password string) answer {
	b.w.Helper()
	return b.follow(b.fill(b.visit(origin+"/login/start", ""), name, password), "")
}

// until logs in at a site by password, up to the answer that leads back to it, which nobody follows: the address in it is
// what an attacker steals.
func (b *browser) until(origin, name, password string) string {
	b.w.Helper()
	a := b.visit(origin+"/login/start", origin)
	if a.header.Get("Location") == "" {
		a = b.fill(a, name, password)
	}
	return a.is(303).header.Get("Location")
}

// me is who somebody is at a site.
func (b *browser) me(origin string) string { b.w.Helper(); return b.get(origin + "/me").text }

// is fails unless the answer has the status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: %d %s, want %d", a.asked, a.status, a.text, status)
	}
	return a
}

// says fails unless the answer is a page about the problem.
func (a answer) says(status int, code string) answer {
	a.t.Helper()
	if a.is(status); !strings.Contains(a.text, "<code>"+code+"</code>") || strings.Contains(a.text, "⟨") {
		a.t.Fatalf("%s: %s, want the problem %s", a.asked, a.text, code)
	}
	return a
}

// refers fails unless the answer sends the browser back to an address with an error.
func (a answer) refers(to, oauth, code string) url.Values {
	a.t.Helper()
	v := a.back(to)
	if v.Get("error") != oauth || v.Get("error_description") != code || v.Has("code") {
		a.t.Fatalf("%s: %v, want %s: %s", a.asked, v, oauth, code)
	}
	return v
}

// back fails unless the answer sends the browser back to an address, and returns what it says there.
func (a answer) back(to string) url.Values {
	a.t.Helper()
	address, query, _ := strings.Cut(a.is(303).header.Get("Location"), "?")
	v, err := url.ParseQuery(query)
	if err != nil || address != to {
		a.t.Fatalf("%s: leads to %s, want %s", a.asked, address, to)
	}
	return v
}

// JSON is a member of the answer.
func (a answer) json(member string) string {
	a.t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(a.text), &all); err != nil {
		a.t.Fatalf("%s: %v in %q", a.asked, err, a.text)
	}
	return fmt.Sprint(all[member])
}
