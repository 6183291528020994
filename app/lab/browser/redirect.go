package browser

import (
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/lab/wire"
)

// redirection returns where a response sends the request on; false if it does not.
func redirection(response wire.Response) (string, bool) {
	switch response.Status {
	case 301, 302, 303, 307, 308:
		return wire.Find(response.Header, "Location")
	}
	return "", false
}

// follow makes the request the next one (Fetch §4.4 HTTP-redirect fetch). It is false if there is to be none.
func (b *Browser) follow(r *request, response wire.Response, location string) bool {
	next, ok := read(location, &r.url)
	far := ok && !r.url.SameOrigin(&next.URL)
	switch {
	case !ok:
		r.notes.No("browser.redirect-address", clip(location))
	case r.redirect == "error":
		r.notes.No("browser.redirect-error")
	case r.hops >= r.limit():
		r.notes.No("browser.redirect-limit", strconv.Itoa(r.limit()))
	}
	if failed := r.notes.take(); len(failed) > 0 {
		b.net.Note(response.Message, failed...)
		return false
	}
	r.policy = policyOf(response.Header, r.policy)
	post := response.Status == 301 || response.Status == 302
	if post && r.method == "POST" || response.Status == 303 && r.method != "GET" && r.method != "HEAD" {
		r.notes.Remark("browser.redirect-method", r.method, strconv.Itoa(response.Status))
		r.method, r.body = "GET", ""
		r.drop("content-encoding", "content-language", "content-location", "content-type")
	}
	if far && r.drop("authorization") {
		r.notes.No("browser.redirect-authorization", next.Origin())
	}
	r.cause, r.why = response.Message, "redirect"
	r.onto(next)
	return true
}

const maxHops = 20 // Fetch §4.4

// limit is how often a request can be redirected. Chromium stops navigations one earlier than the rest.
func (r *request) limit() int {
	if r.mode == "navigate" {
		return maxHops - 1
	}
	return maxHops
}

// onto takes the request to its next URL.
func (r *request) onto(next address) {
	if !r.url.SameOrigin(&next.URL) {
		r.crossed = true
		r.tainted = r.tainted || r.origin != r.url.Origin()
	}
	r.chain = append(slices.Clip(r.chain), r.url)
	r.url = next
	r.hops++
}

// drop takes fields out of what the script has set, by their names in lower case, and reports whether there were any.
func (r *request) drop(names ...string) bool {
	before := len(r.header)
	r.header = slices.DeleteFunc(slices.Clone(r.header), func(f wire.Field) bool { return slices.Contains(names, strings.ToLower(f.Name)) })
	return len(r.header) < before
}
