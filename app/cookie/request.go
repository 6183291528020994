package cookie

import "time"

// A Target is where the answer to a request goes.
type Target string

// The targets. Requests of scripts, pictures, fetch and the like are subresources.
const (
	TopLevel    Target = ""
	Frame       Target = "frame"
	Subresource Target = "subresource"
)

// A Request is one that may carry cookies and whose response may set some. With nothing but a URL and Now it is a user who
// opens the URL.
type Request struct {
	URL    URL    `json:"url"`
	Method string `json:"method,omitempty"` // empty is GET
	Target Target `json:"target,omitempty"`
	// From is the document that asks; nil if the user does, by the address bar or a bookmark.
	From *Document `json:"from,omitempty"`
	// Around are the documents that a frame stands in, the nearest first. Only for Target [Frame].
	Around []URL `json:"around,omitempty"`
	// Chain are the URLs that redirected here, the first first.
	Chain []URL     `json:"chain,omitempty"`
	Now   time.Time `json:"now"`
}

// A level is how close to the site a request comes from.
type level int

const (
	crossSite level = iota
	topUnsafe       // another site navigates the top-level document, by POST
	topSafe         // or by a safe method
	sameSite
)

// A scene is what a request, or a script, means for all cookies alike.
type scene struct {
	url        *URL
	secure     bool // the connection is (RFC 6265bis §5.8.3)
	script     bool
	method     string
	level      level
	schemeless level // what the level would be if schemes did not count
	thirdParty bool
	partition  Partition
	now        time.Time
}

// scene judges who asks, and whose partition it is. Whether the URL is a third party goes by domains alone.
func (p *Profile) scene(r *Request) *scene {
	s := &scene{url: &r.URL, now: r.Now, method: r.Method}
	s.secure = r.URL.Encrypted() || p.LoopbackSecure && r.URL.Loopback()
	if s.method == "" {
		s.method = "GET"
	}
	here := r.URL.Site()
	documents := []Site{here}
	switch {
	case r.Target == Frame && len(r.Around) > 0:
		documents = sitesOf(r.Around)
	case r.Target == Subresource && r.From != nil:
		documents = append([]Site{r.From.URL.Site()}, sitesOf(r.From.Around)...)
	}
	s.level, s.schemeless = p.level(r, documents, p.Schemeless), p.level(r, documents, true)
	s.partition.Top = documents[len(documents)-1]
	s.partition.Cross = !here.same(siteForCookies(documents, false), false)
	s.thirdParty = !here.same(siteForCookies(documents, true), true)
	return s
}

// level judges who asks (RFC 6265bis §5.2): the site for cookies has to be that of the URL, and so has the initiator's,
// unless it navigates the top-level document.
func (p *Profile) level(r *Request, documents []Site, schemeless bool) level {
	here := r.URL.Site()
	if !here.same(siteForCookies(documents, schemeless), schemeless) {
		return crossSite
	}
	same := r.From == nil || here.same(r.From.URL.Site(), schemeless)
	for i := range r.Chain {
		same = same && (!p.CountsRedirects || here.same(r.Chain[i].Site(), schemeless))
	}
	switch {
	case same:
		return sameSite
	case r.Target != TopLevel:
		return crossSite
	case isSafe(r.Method):
		return topSafe
	}
	return topUnsafe
}

// isSafe reports whether a method changes nothing (RFC 9110 §9.2.1).
func isSafe(method string) bool {
	switch method {
	case "", "GET", "HEAD", "OPTIONS", "TRACE":
		return true
	}
	return false
}

// scriptScene is that of document.cookie: as if the document asked for itself.
func (p *Profile) scriptScene(d *Document, now time.Time) *scene {
	s := p.scene(&Request{URL: d.URL, Target: Subresource, From: d, Now: now})
	s.script = true
	return s
}
