package scenario

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/idp"
	"jwtlab/app/lab/wire"
)

// A social has all that is there when one logs in by the word of somebody else: the provider, the shop's half of it, and a
// second site that trusts the same provider.
type social struct {
	provider   *idp.Provider
	keys       []key.Key
	shop, news *idp.Party
	readers    map[string]string // who is logged in at the news, by the value of the cookie
}

const newsCookie = "__Host-reader"

// clients are the sites that the provider knows.
var clients = []idp.Client{
	{ID: "shop", Secret: "known to the shop and the provider", Redirects: []string{shop + "/login/callback"}},
	{ID: "news", Secret: "known to the news and the provider", Redirects: []string{news + "/login/callback"}},
}

// meet brings the provider up, when somebody first asks for it.
func (w *world) meet() error {
	if w.social != nil {
		return nil
	}
	k, err := key.Generate(key.Spec{Alg: "EdDSA"}, w.chance)
	if err != nil {
		return err
	}
	s := &social{keys: []key.Key{k}, readers: map[string]string{}}
	if s.provider, err = idp.New(w.provider(s)); err != nil {
		return err
	}
	if err := s.trust(w); err != nil {
		return err
	}
	w.social = s
	w.serve()
	return nil
}

// cloneSocial takes over what another world has.
func (w *world) cloneSocial(from *world) {
	if from.social == nil {
		return
	}
	s := &social{keys: from.social.keys, readers: maps.Clone(from.social.readers)}
	provider, err := from.social.provider.Clone(w.provider(s))
	if err != nil {
		panic(err) // the same configuration has served
	}
	s.provider = provider
	if err := s.trust(w); err != nil {
		panic(err)
	}
	w.social = s
}

func (w *world) provider(s *social) idp.Config {
	return idp.Config{Now: w.net.Now, Rand: w.chance, Keys: s.keys, Accounts: people{new(string)}, Issuer: accounts, Clients: clients}
}

// trust makes the halves of the two sites.
func (s *social) trust(w *world) (err error) {
	half := func(c idp.Client, in func(http.ResponseWriter, *http.Request, string)) (*idp.Party, error) {
		return idp.NewParty(idp.PartyConfig{
			Now: w.net.Now, Rand: w.chance, Provider: s.provider.Metadata(), JWKS: s.provider.JWKS(),
			ClientID: c.ID, Secret: c.Secret, Redirect: c.Redirects[0], Policy: idp.Strict(), SignIn: in,
			Ask: func(r *http.Request) (idp.Answer, error) {
				return w.ask(strings.TrimSuffix(c.Redirects[0], "/login/callback"), r)
			},
		})
	}
	if s.shop, err = half(clients[0], w.signIn); err != nil {
		return err
	}
	s.news, err = half(clients[1], s.read(w))
	return err
}

// ask carries a question of a site to the provider: the back channel, which no browser sees.
func (w *world) ask(from string, r *http.Request) (idp.Answer, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return idp.Answer{}, err
	}
	header := []wire.Field{{Name: "Host", Value: r.Host}}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		header = append(header, wire.Field{Name: name, Value: r.Header.Get(name)})
	}
	got := w.net.Send(wire.Request{From: from, Address: "192.0.2.80", Why: "back-channel", Method: r.Method, URL: r.URL.String(), Header: header, Body: string(body)})
	if got.Status == 0 {
		return idp.Answer{}, errors.New("the provider does not answer")
	}
	return idp.Answer{Status: got.Status, Body: got.Body}, nil
}

// signIn begins a login at the shop for whom the provider has vouched, as if with a password that serves once. What the login hands
// to scripts comes as the page of the callback.
func (w *world) signIn(out http.ResponseWriter, r *http.Request, subject string) {
	secret := make([]byte, 16)
	_, _ = w.chance.Read(secret)
	w.ticket = encode(secret)
	defer func() { w.ticket = "" }()
	answer := &aside{header: http.Header{}}
	w.replicas[w.turn].service.ServeHTTP(answer, w.asPassword(r, subject))
	for _, line := range answer.header["Set-Cookie"] {
		if w.setup.usesCookies() { // else it is for scripts, which ask for none
			out.Header().Add("Set-Cookie", line)
		}
	}
	if w.setup.Cookies() {
		out.Header().Set("Location", "/")
		out.WriteHeader(http.StatusSeeOther)
		return
	}
	out.Header().Set("Content-Type", "application/json")
	out.Header().Set("Cache-Control", "no-store")
	_, _ = out.Write(answer.body)
}

// asPassword is the request of a login by ticket, which the site makes to itself.
func (w *world) asPassword(r *http.Request, subject string) *http.Request {
	body := object("username", subject, "password", w.ticket, "mode", string(w.setup.mode()))
	inner := r.Clone(context.Background())
	inner.Method, inner.URL, inner.RequestURI = http.MethodPost, &url.URL{Path: "/api/login"}, "/api/login"
	inner.Body, inner.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	inner.Header.Set("Content-Type", "application/json")
	inner.Header.Set("Sec-Fetch-Site", "same-origin")
	return inner
}

// An aside is an answer that the site gives to itself.
type aside struct {
	header http.Header
	body   []byte
}

func (a *aside) Header() http.Header { return a.header }
func (a *aside) WriteHeader(int)     {}
func (a *aside) Write(b []byte) (int, error) {
	a.body = append(a.body, b...)
	return len(b), nil
}

// read begins a session at the news.
func (s *social) read(w *world) func(http.ResponseWriter, *http.Request, string) {
	return func(out http.ResponseWriter, _ *http.Request, subject string) {
		secret := make([]byte, 16)
		_, _ = w.chance.Read(secret)
		s.readers[encode(secret)] = subject
		http.SetCookie(out, &http.Cookie{Name: newsCookie, Value: encode(secret), Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		out.Header().Set("Location", "/")
		out.WriteHeader(http.StatusSeeOther)
	}
}

// newsroom is the second site: it says who reads it.
func (s *social) newsroom(out http.ResponseWriter, r *http.Request) {
	if s.news.Handles(r.URL.Path) {
		s.news.ServeHTTP(out, r)
		return
	}
	reader := ""
	if k, err := r.Cookie(newsCookie); err == nil {
		if reader = s.readers[k.Value]; r.URL.Path == "/logout" && r.Method == http.MethodPost {
			delete(s.readers, k.Value)
			reader = ""
		}
	}
	out.Header().Set("Content-Type", "application/json")
	_, _ = out.Write([]byte(object("user", reader)))
}

// serveSocial puts the provider and the second site on the network, if they are there.
func (w *world) serveSocial() {
	if w.social != nil {
		w.net.Serve(accounts, w.social.provider.ServeHTTP)
		w.net.Serve(news, w.social.newsroom)
	}
}

// sites are those that one can log in to by the provider.
var sites = map[string]string{"shop": shop, "news": news}

// enter logs in to a site by the provider, filling in the form if it asks.
func (w *world) enter(site string) error {
	if err := w.meet(); err != nil {
		return err
	}
	a := w.browser.Visit(w.tab, sites[site]+"/login/start")
	if m := w.net.Message(a.Message); m != nil && m.From == accounts && a.Status == http.StatusOK {
		form, ok := formIn(m.Body, "/login")
		if ok {
			form.Action = accounts + form.Action
			form.Fields = append(form.Fields, wire.Field{Name: "username", Value: "alice"}, wire.Field{Name: "password", Value: passwordOf("alice")})
			a = w.browser.Submit(a.Document, form)
		}
	}
	w.status, w.user = a.Status, ""
	if site == "news" {
		w.took(reply{status: a.Status, body: w.bodyOf(a.Message)})
		return nil
	}
	if w.phone != nil || w.page == shop { // what came to one origin is not another's
		w.client().keep(reply{status: a.Status, body: w.bodyOf(a.Message)})
	}
	w.took(w.client().call("GET", "/api/me", ""))
	return nil
}

// exit logs out at one of the sites, or at the provider, and nowhere else.
func (w *world) exit(site string) error {
	if err := w.meet(); err != nil {
		return err
	}
	switch site {
	case "shop":
		w.took(w.client().logout())
	case "news":
		w.took(w.fetchAt(news, "POST", "/logout"))
	default:
		a := w.browser.Visit(w.tab, accounts+"/logout")
		if form, ok := formIn(w.bodyOf(a.Message), "/logout"); ok {
			form.Action = accounts + form.Action
			a = w.browser.Submit(a.Document, form)
		}
		w.status, w.user = a.Status, ""
	}
	return nil
}

// fetchAt asks a site as a script of its own page.
func (w *world) fetchAt(origin, method, path string) (got reply) {
	w.browser.Run(w.at(origin), func(p *browser.Page) {
		r, err := p.Fetch(path, browser.Init{Method: method})
		if err == nil {
			got = reply{status: r.Status, body: r.Body}
		}
	})
	return got
}

func (w *world) bodyOf(message int) string {
	if m := w.net.Message(message); m != nil {
		return m.Body
	}
	return ""
}
