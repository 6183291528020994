package browser

import (
	"slices"
	"strconv"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// An App is a client that is no browser: a program on a phone. It has no documents and no origin, and so no CORS, no
// Sec-Fetch-Site and no SameSite: nobody else's page can ask in its name. What it keeps, it keeps by itself, in the
// keychain of the phone for example.
type App struct {
	Address string

	name string
	net  *wire.Network
	jar  *cookie.Jar // nil if it has none
	keep area
}

const appAgent = "okhttp/4.12.0"

// NewApp returns an app without a cookie jar: it ignores Set-Cookie.
func NewApp(net *wire.Network, name, address string) *App {
	return &App{Address: address, name: name, net: net}
}

// KeepCookies gives the app an empty cookie jar.
func (a *App) KeepCookies(p cookie.Profile) { a.jar = cookie.New(p) }

// Clone returns an independent app of the same state in another network, which is a clone of this one's.
func (a *App) Clone(net *wire.Network) *App {
	c := *a
	c.net, c.keep = net, *a.keep.clone()
	if a.jar != nil {
		c.jar = a.jar.Clone()
	}
	return &c
}

// Cookies are those in the jar, as of [Browser.Cookies].
func (a *App) Cookies() []*cookie.Cookie {
	if a.jar == nil {
		return nil
	}
	return slices.Clone(a.jar.Cookies)
}

// Keep keeps a value under a key, until it is replaced; an empty one is forgotten.
func (a *App) Keep(key, value string) {
	at, ok := a.keep.find(key)
	switch {
	case ok && value == "":
		a.keep.items = slices.Delete(a.keep.items, at, at+1)
	case ok:
		a.keep.items[at].Value = value
	case value != "":
		a.keep.items = slices.Insert(a.keep.items, at, wire.Field{Name: key, Value: value})
	}
}

// Kept is the value of a key, empty if there is none.
func (a *App) Kept(key string) string {
	if at, ok := a.keep.find(key); ok {
		return a.keep.items[at].Value
	}
	return ""
}

// Send asks for an address, follows redirects, and returns what came; the status is 0 if nothing did. Authorization does not
// follow a redirect to another origin.
func (a *App) Send(method, url string, header []wire.Field, body string) wire.Response {
	to, ok := read(url, nil)
	if !ok {
		return wire.Response{Asked: a.net.Inside(wire.Request{From: a.name, Address: a.Address, Why: "app", Method: method, URL: clip(url)})}
	}
	r := &request{why: "app", method: normal(method), url: to, header: header, body: body, redirect: "follow"}
	b := &Browser{net: a.net, name: a.name}
	for {
		response := a.hop(r)
		location, redirects := redirection(response)
		if response.Status == 0 || !redirects || !b.follow(r, response, location) {
			b.net.Judge(response.Message, "basic", true)
			return response
		}
		b.net.Judge(response.Message, "redirect", false)
	}
}

// hop sends one request.
func (a *App) hop(r *request) wire.Response {
	q := wire.Request{From: a.name, Address: a.Address, Cause: r.cause, Why: r.why, Method: r.method, URL: r.url.text, Body: r.body}
	h := fields{{Name: "Host", Value: r.url.host()}, {Name: "Connection", Value: "Keep-Alive"}}
	if r.body != "" || r.method == "POST" || r.method == "PUT" {
		h.add("Content-Length", strconv.Itoa(len(r.body)))
	}
	h = append(h, r.header...)
	h.add("User-Agent", appAgent)
	h.add("Accept-Encoding", "gzip")
	scene := cookie.Request{URL: r.url.URL, Method: r.method, Now: a.net.Now()}
	if a.jar != nil {
		chosen := a.jar.Select(scene)
		q.Cookies = chosen.Decisions
		h.add("Cookie", string(chosen.Field))
	}
	q.Header, q.Notes = h, r.notes.take()
	response := a.net.Send(q)
	for _, line := range setCookies(response.Header) {
		if a.jar != nil {
			a.net.Cookies(response.Message, a.jar.Set(scene, line))
		} else {
			var v judge
			v.No("browser.no-jar", clip(name(line)))
			a.net.Note(response.Message, v.checks...)
		}
	}
	return response
}
