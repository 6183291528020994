package browser

import (
	"strings"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// A Script is a program of a document. What it holds on to is of no use to it once the document is gone.
type Script func(*Page)

// A Page is all that a script can reach: its own document, and what the browser gives to its origin.
type Page struct {
	browser  *Browser
	document int
}

// Run lets a script run in a document, and then goes where the script has said, if anywhere. It is false if there is no
// such document, or it is an error page.
func (b *Browser) Run(document int, s Script) ([]Arrival, bool) {
	d := b.document(document)
	if d == nil || d.failed {
		return nil, false
	}
	s(&Page{b, document})
	jumps := b.jumps
	b.jumps = nil
	var arrivals []Arrival
	for i, j := range jumps {
		if i+1 < len(jumps) && jumps[i+1].document == j.document && jumps[i+1].target == j.target {
			continue // the later one takes its place
		}
		arrivals = append(arrivals, b.jump(j, false))
	}
	return arrivals, true
}

// here is the page's document; nil if it is gone.
func (p *Page) here() *document { return p.browser.document(p.document) }

// URL is the document's, without a fragment; empty if it is gone.
func (p *Page) URL() string {
	if d := p.here(); d != nil {
		return d.url.text
	}
	return ""
}

// Origin is the document's.
func (p *Page) Origin() string {
	if d := p.here(); d != nil {
		return d.origin()
	}
	return "null"
}

// Text is what the document shows: the body of the response that it came with.
func (p *Page) Text() string {
	if d := p.here(); d != nil {
		return d.text
	}
	return ""
}

// Now is the time.
func (p *Page) Now() time.Time { return p.browser.net.Now() }

// Cookie reads document.cookie. The reasons for what it tells are in the record.
func (p *Page) Cookie() string {
	d := p.here()
	if d == nil {
		return ""
	}
	b := p.browser
	read := b.jar.Read(b.context(d), b.net.Now())
	b.inside(d, "cookie-read", read.Decisions)
	return read.Field.Text()
}

// SetCookie assigns to document.cookie.
func (p *Page) SetCookie(line string) {
	if d := p.here(); d != nil {
		b := p.browser
		b.inside(d, "cookie-write", []cookie.Decision{b.jar.Write(b.context(d), b.net.Now(), line)})
	}
}

// inside records what a script did with cookies.
func (b *Browser) inside(d *document, why string, decisions []cookie.Decision) {
	b.net.Inside(wire.Request{From: b.name, Address: b.Address, Cause: d.message, Why: why, By: d.origin(), URL: d.url.text, Cookies: decisions})
}

// Local is localStorage.
func (p *Page) Local() *Storage { return &Storage{browser: p.browser, document: p.document} }

// Session is sessionStorage.
func (p *Page) Session() *Storage {
	s := &Storage{browser: p.browser, document: p.document}
	if d := p.here(); d != nil {
		s.tab = d.tab
	}
	return s
}

// Memory is what the page's scripts have in variables; it is gone with the document.
func (p *Page) Memory() *Storage {
	return &Storage{browser: p.browser, document: p.document, memory: true}
}

// Navigate goes to an address once the script has ended.
func (p *Page) Navigate(url string) { p.jump(jump{url: url}) }

// Submit submits a form once the script has ended.
func (p *Page) Submit(f Form) { p.jump(jump{url: f.Action, target: f.Target, form: &f}) }

const maxJumps = 100

func (p *Page) jump(j jump) {
	if b := p.browser; p.here() != nil && len(b.jumps) < maxJumps {
		j.document = p.document
		b.jumps = append(b.jumps, j)
	}
}

// Image asks for a picture and reports whether one came.
func (p *Page) Image(url string) bool {
	d := p.here()
	if d == nil {
		return false
	}
	to, ok := read(url, &d.url)
	if !ok {
		return false
	}
	r := p.browser.asks(d, "image", to)
	r.mode, r.dest, r.credentials = "no-cors", "image", "include"
	out := p.browser.fetch(r)
	kind, _ := wire.Find(out.Header, "Content-Type")
	return !out.failed && strings.HasPrefix(strings.ToLower(kind), "image/")
}

const maxFrames = 100 // of a tab

// Embed puts a frame of a name into the document, and loads an address in it; a frame without an address is blank, and of
// the document's own origin, and so is one in which nothing could be loaded. It returns the frame's document; 0 if there is
// none.
func (p *Page) Embed(name, url string) int {
	b, d := p.browser, p.here()
	if d == nil || len(b.documents) >= maxFrames*max(b.tabs, 1) {
		return 0
	}
	to, ok := read(url, &d.url)
	if !ok {
		return 0
	}
	var shown *document
	for _, e := range b.frames(d) {
		if e.name == name {
			shown = e
		}
	}
	if url != "" {
		if a := b.navigate(b.asks(d, "frame", to), shown, d.tab, d.id, name); a.Document != 0 {
			return a.Document
		} else if shown != nil {
			return shown.id
		}
	}
	return b.show(shown, &document{tab: d.tab, parent: d.id, name: name, url: d.url, policy: d.policy, made: *b.asks(d, "frame", to)})
}

// Frame returns the page in a frame, which scripts can reach into if it is of their origin.
func (p *Page) Frame(name string) (*Page, error) {
	d := p.here()
	if d == nil {
		return nil, ErrGone
	}
	for _, e := range p.browser.frames(d) {
		if e.name == name {
			return p.reach(d, e)
		}
	}
	return nil, ErrGone
}

// Parent returns the page that frames this one, if it is of its origin.
func (p *Page) Parent() (*Page, error) {
	d := p.here()
	if d == nil || d.parent == 0 {
		return nil, ErrGone
	}
	return p.reach(d, p.browser.document(d.parent))
}

func (p *Page) reach(from, to *document) (*Page, error) {
	if !from.sameOrigin(to) {
		return nil, ErrSecurity
	}
	return &Page{p.browser, to.id}, nil
}
