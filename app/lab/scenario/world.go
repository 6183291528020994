package scenario

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
	"jwtlab/app/login"
)

// Who is where.
const (
	shop     = "https://shop.example"
	plain    = "http://shop.example"
	sibling  = "https://app.shop.example" // the same site, another origin
	evil     = "https://evil.example"
	accounts = "https://accounts.example" // the OpenID provider
	news     = "https://news.example"     // another site that trusts the provider
)

// Where the clients are in the network (RFC 5737).
var networks = map[string]string{
	"home": "192.0.2.10", "office": "192.0.2.77", "cafe": "198.51.100.20", "phone": "192.0.2.11", "thief": "203.0.113.66",
}

// start is when every run begins.
var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// A world is all that a script plays with. It can be cloned, and follows from the script alone.
type world struct {
	settings
	policy login.Policy

	net      *wire.Network
	chance   *wire.Chance
	browser  *browser.Browser
	tab      int          // that the user looks at
	side     int          // that an attacker has opened; 0 if none has
	phone    *browser.App // nil if the client is a page
	thief    *browser.App
	replicas []*replica
	turn     int     // of the replica that answers, from 0
	social   *social // nil until somebody logs in by the provider

	served *int // how many requests the service has answered, in this world and in those that it was cloned from or to
	loot   []Loot
	events []Event
	gone   int    // how many of the first events are not there any more
	ticket string // lets one login in without a password: by the word of the provider
	status int    // of the last response that the client had; 0 if it had none
	user   string // whom it was for, if it said so
}

// settings are the lines of a script before its first move.
type settings struct {
	setup    Setup
	seed     uint64
	replicas int
	shared   bool
	client   string // "browser", "app", "app-jar"
	page     string // the origin that the shop's page is of
	trust    []string
	profile  string
	blocking bool // of third-party cookies
}

// build makes a world at its beginning.
func build(s settings) (*world, error) {
	w := &world{settings: s, policy: Policy(s.setup), chance: wire.NewChance(s.seed), served: new(int)}
	w.net = &wire.Network{Clock: wire.At(start)}
	p, _ := cookie.ProfileNamed(s.profile)
	if s.blocking {
		p.ThirdParty = cookie.Blocked
	}
	w.browser = browser.New(w.net, browser.Config{Name: "browser", Address: networks["home"], Profile: p})
	w.tab = w.browser.Open()
	w.thief = browser.NewApp(w.net, "attacker", networks["thief"])
	if s.client != "browser" {
		w.phone = browser.NewApp(w.net, "phone", networks["phone"])
		if s.client == "app-jar" {
			w.phone.KeepCookies(p)
		}
	}
	keys, err := w.makeKeys()
	if err != nil {
		return nil, err
	}
	if err := w.deploy(keys, s.replicas, s.shared); err != nil {
		return nil, err
	}
	w.serve()
	return w, nil
}

// clone returns an independent world that stands as this one does.
func (w *world) clone() *world {
	c := *w
	c.net, c.chance = w.net.Clone(), w.chance.Clone()
	c.browser, c.thief = w.browser.Clone(c.net), w.thief.Clone(c.net)
	if w.phone != nil {
		c.phone = w.phone.Clone(c.net)
	}
	c.loot, c.events = slices.Clone(w.loot), slices.Clone(w.events)
	c.cloneServers(w)
	c.cloneSocial(w)
	c.serve()
	return &c
}

// serve puts the servers of this world on its network.
func (w *world) serve() {
	handlers := make([]wire.Handler, len(w.replicas))
	for i := range handlers {
		handlers[i] = w.front(i)
	}
	w.net.Serve(shop, handlers...)
	w.net.Serve(plain, toTLS)
	for _, origin := range []string{sibling, evil, "http://evil.example"} {
		w.net.Serve(origin, w.blank)
	}
	w.serveSocial()
}

// front is a replica of the shop: the login service, with the pages of the shop around it.
func (w *world) front(i int) wire.Handler {
	service := w.replicas[i].service
	return func(out http.ResponseWriter, r *http.Request) {
		*w.served++
		w.turn = i
		switch {
		case w.social != nil && w.social.shop.Handles(r.URL.Path):
			w.social.shop.ServeHTTP(out, r)
		case service.Handles(r.URL.Path):
			service.ServeHTTP(out, r)
		default:
			login.StrictTransport(out.Header(), r.Host, w.policy.HSTS)
			if w.policy.Framing {
				w.blank(out, r)
				return
			}
			out.Header().Set("Content-Security-Policy", "frame-ancestors 'none'")
			w.blank(out, r)
		}
	}
}

// blank is a page without content: what it does is done by the scripts that run in it.
func (w *world) blank(out http.ResponseWriter, r *http.Request) {
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.Write([]byte("<!doctype html><title>" + r.Host + "</title>"))
}

// toTLS sends everybody to https, as servers do that want nothing else (RFC 9110 §15.4.2).
func toTLS(out http.ResponseWriter, r *http.Request) {
	out.Header().Set("Location", shop+r.URL.RequestURI())
	out.WriteHeader(http.StatusMovedPermanently)
}

// at returns the document that the user looks at, after going to the page of the shop if it is of another origin.
func (w *world) at(origin string) int {
	if d, ok := w.browser.Top(w.tab); ok && d.Origin == origin && !d.Failed {
		return d.ID
	}
	return w.browser.Visit(w.tab, origin+"/").Document
}

// cookieName is the name of the cookie for a kind of credential.
func (w *world) cookieName(kind string) string {
	switch {
	case !w.policy.Cookie.Prefix:
		return kind
	case kind == "refresh":
		return "__Secure-" + kind
	}
	return "__Host-" + kind
}

// kinds are the credentials, by the names that their cookies have without prefix.
var kinds = []string{"session", "access", "refresh"}

// kindOf is the credential that a cookie holds; empty for another one.
func kindOf(cookie string) string {
	bare := strings.TrimPrefix(strings.TrimPrefix(cookie, "__Host-"), "__Secure-")
	if slices.Contains(kinds, bare) {
		return bare
	}
	return ""
}
