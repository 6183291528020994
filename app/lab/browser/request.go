package browser

import (
	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// A request is one as Fetch §2.2.5 has it, while it goes from hop to hop.
type request struct {
	why         string
	method      string
	url         address
	header      []wire.Field // what scripts and forms have set
	body        string
	mode        string // "navigate", "cors", "no-cors", "same-origin"
	dest        string // "document", "iframe", "image", "empty"
	credentials string // "include", "same-origin", "omit"
	redirect    string // "follow", "error", "manual"
	policy      string // Referrer-Policy
	user        bool   // a user wants it, not only a script
	anew        bool   // and from the server itself, past all caches
	cause       int

	// Who asks: nobody if the user does by the address bar. A reload asks as the first time.
	by     *cookie.Document
	origin string
	from   address
	refer  address // what is left of it for Referer

	around []cookie.URL // for the document of a frame

	chain    []address // the URLs before this one
	tainting string    // "basic", "cors", "opaque"
	tainted  bool      // the origin is, by redirects between others (Fetch §2.2.5)
	crossed  bool      // some redirect was between origins
	hops     int
	notes    judge // what is to be noted with the next message
}

// A result is what a request has come to.
type result struct {
	wire.Response
	url    address
	kind   string // as in wire.Message.Type
	failed bool
	kept   bool // back by the browser itself: nobody was asked
}

// asks makes a request of a document.
func (b *Browser) asks(d *document, why string, url address) *request {
	context := b.context(d)
	return &request{
		why: why, method: "GET", url: url, policy: d.policy, redirect: "follow", cause: d.message,
		by: &context, origin: d.origin(), from: d.url, refer: d.url, tainting: "basic",
	}
}

// fetch sends a request and what follows from it (Fetch §4.1 main fetch, §4.3 HTTP fetch).
func (b *Browser) fetch(r *request) result {
	for {
		if !b.secure(r) || !r.taint() {
			return b.blocked(r)
		}
		if r.tainting == "cors" && r.needsPreflight() && !b.preflight(r) {
			return b.blocked(r)
		}
		response := b.send(r)
		out := result{Response: response, url: r.url, kind: r.tainting}
		if response.Status == 0 {
			out.failed, out.kind = true, "error"
			return out
		}
		if r.tainting == "cors" && !b.admits(r, response) || !b.lends(r, response) {
			b.net.Judge(response.Message, "error", false)
			return result{Response: response, url: r.url, failed: true, kind: "error"}
		}
		location, redirects := redirection(response)
		if !redirects || r.redirect == "manual" && r.mode != "navigate" {
			if redirects {
				out.kind = "opaqueredirect"
			}
			b.net.Judge(response.Message, out.kind, out.kind == "basic" || out.kind == "cors")
			return out
		}
		if !b.follow(r, response, location) {
			b.net.Judge(response.Message, "error", false)
			return result{Response: response, url: r.url, failed: true, kind: "error"}
		}
		b.net.Judge(response.Message, "redirect", false)
	}
}

// blocked is the end of a request that is not sent.
func (b *Browser) blocked(r *request) result {
	id := b.net.Inside(b.outgoing(r), r.notes.take()...)
	return result{Response: wire.Response{Asked: id}, url: r.url, failed: true, kind: "error", kept: true}
}

// taint decides how much of the response the script may see (Fetch §4.1 step 12). It is false if the request must not go.
func (r *request) taint() bool {
	near := r.origin == r.url.Origin()
	switch {
	case r.mode == "navigate", near && r.tainting == "basic":
	case r.mode == "same-origin":
		r.notes.No("browser.mode-same-origin", r.url.Origin())
		return false
	case r.mode == "no-cors":
		r.tainting = "opaque"
	default:
		r.tainting = "cors"
	}
	return true
}

// credentialed reports whether cookies go with the request, and are taken from its response (Fetch §4.5).
func (r *request) credentialed() bool {
	return r.credentials == "include" || r.credentials == "same-origin" && r.tainting == "basic"
}

// anonymous notes why no cookies go.
func (r *request) anonymous() {
	switch {
	case r.why == "preflight":
		r.notes.No("browser.credentials-preflight")
	case r.credentials == "omit":
		r.notes.No("browser.credentials-omit")
	default:
		r.notes.No("browser.credentials-origin", r.url.Origin())
	}
}

// outgoing is the request as the network takes it, without its header.
func (b *Browser) outgoing(r *request) wire.Request {
	q := wire.Request{From: b.name, Address: b.Address, Cause: r.cause, Why: r.why, Method: r.method, URL: r.url.text}
	if r.by != nil {
		q.By = r.origin
	}
	return q
}

// send is one hop (Fetch §4.5, §4.6).
func (b *Browser) send(r *request) wire.Response {
	q := b.outgoing(r)
	q.Body = r.body
	r.refer = r.referrer()
	scene := b.scene(r)
	field := ""
	if r.credentialed() {
		chosen := b.jar.Select(scene)
		field, q.Cookies = string(chosen.Field), chosen.Decisions
	} else {
		r.anonymous()
	}
	q.Header = r.compose(field)
	q.Notes = r.notes.take()
	response := b.net.Send(q)
	if response.Status == 0 {
		return response
	}
	if r.credentialed() {
		b.store(scene, response)
	}
	b.learn(r, response)
	return response
}

// store keeps the cookies of a response.
func (b *Browser) store(scene cookie.Request, response wire.Response) {
	for _, line := range setCookies(response.Header) {
		b.net.Cookies(response.Message, b.jar.Set(scene, line))
	}
}

// scene is the request as package cookie wants to know it.
func (b *Browser) scene(r *request) cookie.Request {
	c := cookie.Request{URL: r.url.URL, Method: r.method, Target: cookie.Subresource, From: r.by, Now: b.net.Now()}
	switch r.dest {
	case "document":
		c.Target = cookie.TopLevel
	case "iframe":
		c.Target, c.Around = cookie.Frame, r.around
	}
	for i := range r.chain {
		c.Chain = append(c.Chain, r.chain[i].URL)
	}
	return c
}
