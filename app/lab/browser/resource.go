package browser

import (
	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// lends reports whether a server lets pages of other origins put its response into themselves, as pictures and the like: the
// cross-origin resource policy check (Fetch §3.7). It is about requests that ask for no leave; frames are asked about by
// [Browser.framing].
func (b *Browser) lends(r *request, response wire.Response) bool {
	if r.mode != "no-cors" {
		return true
	}
	policy, _ := wire.Joined(response.Header, "Cross-Origin-Resource-Policy")
	near := true
	switch policy { // case matters, and a list is none of them
	case "same-origin":
		near = r.origin == r.url.Origin()
	case "same-site":
		near = r.by != nil && lendsToSite(&r.by.URL, &r.url.URL)
	}
	if !near {
		var v judge
		v.No("browser.resource-policy", policy, r.origin)
		b.net.Note(response.Message, v.checks...)
	}
	return near
}

// lendsToSite reports whether "same-site" lends to a page: schemes do not count there, but for what came encrypted and would
// be put into a page that did not.
func lendsToSite(page, resource *cookie.URL) bool {
	own, other := page.Site(), resource.Site()
	return own.Domain != "" && own.Domain == other.Domain && (page.Encrypted() || !resource.Encrypted())
}
