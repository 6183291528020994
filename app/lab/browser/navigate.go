package browser

import (
	"slices"

	"jwtlab/app/lab/wire"
)

// An Arrival is what became of a navigation.
type Arrival struct {
	Document int // the id of the document that is shown now; 0 if the one before is shown still
	Status   int // of the last response; 0 if there was none
	Message  int // that response
}

// A jump is a navigation that waits for its script to end.
type jump struct {
	document int    // that of the script
	target   string // "", "_top", "_blank" or the name of a frame
	url      string
	form     *Form // nil for none
}

// Visit opens an address that the user types, or a bookmark.
func (b *Browser) Visit(tab int, url string) Arrival {
	to, ok := read(url, nil)
	if !ok || tab < 1 || tab > b.tabs {
		return b.refuse(url, "browser.address", clip(url))
	}
	r := &request{why: "typed", method: "GET", url: to, user: true, policy: defaultPolicy}
	return b.navigate(r, b.top(tab), tab, 0, "")
}

// Reload asks for a tab's page again, in the name of whoever asked for it the first time, as Chromium does; a form is sent
// again.
func (b *Browser) Reload(tab int) Arrival {
	d := b.top(tab)
	if d == nil {
		return Arrival{}
	}
	r := d.made
	r.why, r.url, r.user, r.anew = "reload", d.url, true, true
	return b.navigate(&r, d, tab, 0, "")
}

// Click follows a link of a document. The target is "" for where the document is, "_top", "_blank" for a new tab, or the name
// of a frame in it.
func (b *Browser) Click(document int, url, target string) Arrival {
	return b.jump(jump{document: document, target: target, url: url}, true)
}

// Submit submits a form of a document, as its user does.
func (b *Browser) Submit(document int, f Form) Arrival {
	return b.jump(jump{document: document, target: f.Target, url: f.Action, form: &f}, true)
}

// refuse records an address that cannot be opened.
func (b *Browser) refuse(url, code string, args ...string) Arrival {
	var v judge
	v.No(code, args...)
	b.net.Inside(wire.Request{From: b.name, Address: b.Address, Why: "navigate", URL: clip(url)}, v.checks...)
	return Arrival{}
}

// jump navigates in the name of a document, by its user or by a script alone.
func (b *Browser) jump(j jump, user bool) Arrival {
	d := b.document(j.document)
	if d == nil || d.failed {
		return Arrival{}
	}
	to, ok := read(j.url, &d.url)
	if !ok {
		return b.refuse(j.url, "browser.address", clip(j.url))
	}
	r := b.asks(d, "link", to)
	r.user = user
	if !user {
		r.why = "script"
	}
	if j.form != nil {
		r.why = "form"
		j.form.fill(r)
		if d.url.Encrypted() && !r.url.trustworthy() { // Chromium warns first; nobody goes on here
			return b.refuse(r.url.text, "browser.mixed-form", r.url.Origin())
		}
	}
	if !user && b.opens(d, j.target) {
		return b.refuse(r.url.text, "browser.popup-refused", d.origin()) // HTML §7.3.1.7
	}
	shown, tab, parent, name := b.target(d, j.target)
	if shown != nil && shown.parent == 0 && shown != d && !user && !shown.sameOrigin(d) {
		return b.refuse(r.url.text, "browser.top-refused", shown.origin()) // HTML §7.4.2.4
	}
	return b.navigate(r, shown, tab, parent, name)
}

// target is what a name means for a document: what is shown there now, and where that is.
func (b *Browser) target(d *document, name string) (shown *document, tab, parent int, frame string) {
	switch name {
	case "", "_self":
		return d, d.tab, d.parent, d.name
	case "_top":
		return b.top(d.tab), d.tab, 0, ""
	}
	for _, e := range b.frames(d) {
		if e.name == name {
			return e, d.tab, d.id, name
		}
	}
	return nil, b.Open(), 0, ""
}

// opens reports whether a name means a new tab.
func (b *Browser) opens(d *document, name string) bool {
	switch name {
	case "", "_self", "_top":
		return false
	}
	return !slices.ContainsFunc(b.frames(d), func(e *document) bool { return e.name == name })
}

// navigate sends the request and shows what comes in the place of a document, which is nil where nothing was shown.
func (b *Browser) navigate(r *request, shown *document, tab, parent int, name string) Arrival {
	r.mode, r.credentials, r.redirect, r.tainting, r.dest = "navigate", "include", "follow", "basic", "document"
	if parent != 0 {
		r.dest = "iframe"
		framer := b.document(parent)
		r.around = append(partsOf([]*document{framer}), partsOf(b.ancestors(framer))...)
	}
	made := *r
	out := b.fetch(r)
	if !out.failed {
		b.net.Judge(out.Message, "document", false)
	}
	arrival := Arrival{Status: out.Status, Message: out.Message}
	if out.Status == 204 || out.Status == 205 || out.kept {
		return arrival // HTML §7.4.5: nothing new is shown; nor is there in Chromium in the place of mixed content
	}
	made.url, made.method, made.body, made.header, made.cause = r.url, r.method, r.body, r.header, 0
	d := &document{
		tab: tab, parent: parent, name: name, url: r.url, policy: policyOf(out.Header, defaultPolicy),
		status: out.Status, message: out.Message, text: out.Body, failed: out.failed, made: made,
	}
	if parent != 0 && !d.failed && !b.framing(d, out.Response, r.around) {
		d.failed = true
	}
	if d.failed {
		d.text = ""
	}
	arrival.Document = b.show(shown, d)
	return arrival
}

// show puts a document in the place of another, which is nil where there was none, and returns its id.
func (b *Browser) show(shown, d *document) int {
	b.ids++
	d.id, d.memory = b.ids, &area{}
	if shown != nil {
		b.remove(shown)
	}
	b.documents = append(slices.Clip(b.documents), d)
	return d.id
}

const defaultPolicy = "strict-origin-when-cross-origin" // Referrer Policy §3.8
