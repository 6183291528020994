// Package browser is a browser of the lab: it has documents, cookies and storage, and sends requests over a [wire.Network],
// by the rules of the Fetch standard and HTML, and as Chromium does where it differs.
//
// A user acts by the methods of [Browser]: opens an address, follows a link, submits a form, closes the browser. A script is
// a Go function that is given a [Page], and can reach what a script of that document's origin could reach and nothing else;
// a script that an attacker has injected (XSS) is such a function too. There is no HTML, no JavaScript and no cache: a
// document is the text that the server sent, and what a page would do is done by the script that the caller runs in it.
//
// What goes and what is kept is decided here and, for cookies, in package cookie; each decision is a note of the message in
// the record of the network. A browser is plain data but for the network, and can be cloned. It is deterministic and for
// one caller at a time.
//
// An [App] is the other kind of client: one that is no browser, on a phone.
//
// Not simulated: sandboxed frames, document.domain, windows with an opener, postMessage, workers, history, CSP but for
// frame-ancestors, COEP, private network access, and storage limits of a site as a whole.
package browser

import (
	"slices"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// A Config says which browser it is.
type Config struct {
	Name    string         // in the record, as in "browser"
	Address string         // in the network, without a port
	Profile cookie.Profile // how it keeps cookies
}

// A Browser is one person's. Address can be changed at any time, as when its user goes to another network.
type Browser struct {
	Address string

	name       string
	net        *wire.Network
	jar        *cookie.Jar
	documents  []*document // those that are shown, in the order of their ids
	areas      []*area     // localStorage, and sessionStorage of the tabs
	hsts       []pin
	preflights []permit
	jumps      []jump // that scripts have asked for, and that wait for their end
	tabs       int    // how many there have ever been
	ids        int    // how many documents there have ever been
}

// New returns a browser without a tab, with nothing stored.
func New(net *wire.Network, c Config) *Browser {
	return &Browser{Address: c.Address, name: c.Name, net: net, jar: cookie.New(c.Profile)}
}

// Clone returns an independent browser of the same state in another network, which is a clone of this one's.
func (b *Browser) Clone(net *wire.Network) *Browser {
	c := *b
	c.net, c.jar = net, b.jar.Clone()
	c.documents, c.areas = slices.Clone(b.documents), slices.Clone(b.areas)
	for i, d := range c.documents {
		c.documents[i] = d.clone()
	}
	for i, a := range c.areas {
		c.areas[i] = a.clone()
	}
	c.hsts, c.preflights, c.jumps = slices.Clone(b.hsts), slices.Clone(b.preflights), slices.Clone(b.jumps)
	return &c
}

// Open opens an empty tab and returns its number.
func (b *Browser) Open() int {
	b.tabs++
	return b.tabs
}

// CloseTab closes a tab: its documents are gone, and its sessionStorage with them.
func (b *Browser) CloseTab(tab int) {
	b.documents = slices.DeleteFunc(b.documents, func(d *document) bool { return d.tab == tab })
	b.areas = slices.DeleteFunc(b.areas, func(a *area) bool { return a.tab == tab })
}

// Restart closes the browser and starts it anew: tabs, session cookies and sessionStorage are gone; localStorage, cookies
// with an end and HSTS are kept.
func (b *Browser) Restart() {
	b.jar.EndSession()
	b.documents, b.preflights, b.jumps = nil, nil, nil
	b.areas = slices.DeleteFunc(b.areas, func(a *area) bool { return a.tab != 0 })
}

// Restore closes the browser and starts it where it was, as after a crash or with "Continue where you left off": session
// cookies and sessionStorage are kept too, page memory is not, and each tab asks for its page again.
func (b *Browser) Restore() {
	b.preflights, b.jumps = nil, nil
	for _, d := range b.documents {
		d.memory = &area{}
	}
	for _, d := range slices.Clone(b.documents) {
		if d.parent == 0 {
			b.Reload(d.tab)
		}
	}
}

// Cookies are those in the jar, in the order in which they were made. They must not be changed.
func (b *Browser) Cookies() []*cookie.Cookie { return slices.Clone(b.jar.Cookies) }

// DeleteCookie takes a cookie out of the jar, as the browser's own tools can.
func (b *Browser) DeleteCookie(c *cookie.Cookie) {
	b.jar.Cookies = slices.DeleteFunc(slices.Clone(b.jar.Cookies), func(d *cookie.Cookie) bool { return d == c })
}
