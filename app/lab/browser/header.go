package browser

import (
	"strconv"
	"strings"

	"jwtlab/app/lab/wire"
)

const agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"

// compose is the header of a request: what every request of Chromium has over HTTP/1.1 (client hints aside), what the script
// has set, and what tells the server who asks.
func (r *request) compose(cookies string) []wire.Field {
	h := fields{{Name: "Host", Value: r.url.host()}, {Name: "Connection", Value: "keep-alive"}}
	if r.body != "" || r.method == "POST" || r.method == "PUT" {
		h.add("Content-Length", strconv.Itoa(len(r.body)))
	}
	h = append(h, r.header...)
	if r.anew {
		h.add("Cache-Control", "max-age=0")
	}
	if r.mode == "navigate" {
		h.add("Upgrade-Insecure-Requests", "1")
	}
	h.add("User-Agent", agent)
	if _, own := wire.Find(r.header, "Accept"); !own {
		h.add("Accept", accepts[r.dest])
	}
	h.add("Origin", r.originField())
	r.metadata(&h)
	h.add("Referer", r.refer.text)
	encodings := "gzip, deflate"
	if r.url.trustworthy() {
		encodings += ", br, zstd"
	}
	h.add("Accept-Encoding", encodings)
	if _, own := wire.Find(r.header, "Accept-Language"); !own {
		h.add("Accept-Language", "en-US,en;q=0.9")
	}
	h.add("Cookie", cookies)
	return h
}

const page = "text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8," +
	"application/signed-exchange;v=b3;q=0.7"

// accepts are what Chromium 156 takes.
var accepts = map[string]string{
	"document": page,
	"iframe":   page,
	"image":    "image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
	"empty":    "*/*",
}

// fields are a header in the making.
type fields []wire.Field

// add adds a field that is not empty.
func (h *fields) add(name, value string) {
	if value != "" {
		*h = append(*h, wire.Field{Name: name, Value: value})
	}
}

// metadata adds the fields of Fetch Metadata, which only trustworthy servers are told (Fetch Metadata §2, §5).
func (r *request) metadata(h *fields) {
	if !r.url.trustworthy() {
		return
	}
	h.add("Sec-Fetch-Site", r.site())
	h.add("Sec-Fetch-Mode", r.mode)
	if r.mode == "navigate" && r.user {
		h.add("Sec-Fetch-User", "?1")
	}
	h.add("Sec-Fetch-Dest", r.dest)
}

// site is the worst of the relations between who asks and the URLs on the way (Fetch Metadata §2.3).
func (r *request) site() string {
	if r.by == nil {
		return "none"
	}
	worst := closeness(&r.by.URL, &r.url.URL)
	for i := range r.chain {
		switch c := closeness(&r.by.URL, &r.chain[i].URL); {
		case c == "cross-site", worst == "same-origin":
			worst = c
		}
	}
	return worst
}

// originField is the Origin field, empty for none (Fetch §3.2, "append a request Origin header"). A script that asks for
// leave to read always tells its origin; what changes something tells it as far as the Referrer-Policy allows.
func (r *request) originField() string {
	switch {
	case r.tainting == "cors" && r.tainted:
		return "null"
	case r.tainting == "cors":
		return r.origin
	case r.method == "GET" || r.method == "HEAD" || r.by == nil:
		return ""
	case r.mode == "cors":
		return r.origin
	case r.crossed, r.origin == "null":
		return "null" // Chromium says so after any redirect to another origin, the first too
	}
	near, down := r.origin == r.url.Origin(), r.from.trustworthy() && !r.url.trustworthy()
	switch r.policy {
	case "no-referrer":
		return "null"
	case "same-origin":
		if !near {
			return "null"
		}
	case "strict-origin", "strict-origin-when-cross-origin", "no-referrer-when-downgrade":
		if down {
			return "null"
		}
	}
	return r.origin
}

// referrer is what the next hop is told of where the request comes from (Referrer Policy §8.3). What one hop was not told, the
// hops after it are not told either (Fetch §4.1).
func (r *request) referrer() address {
	whole := r.refer
	if r.by == nil || r.origin == "null" || whole.text == "" {
		return address{}
	}
	bare := whole
	bare.Path = "/"
	bare = addressOf(bare.URL, "")
	near, down := whole.SameOrigin(&r.url.URL), whole.trustworthy() && !r.url.trustworthy()
	if len(whole.text) > 4096 {
		whole = bare
	}
	switch r.policy {
	case "no-referrer":
		return address{}
	case "unsafe-url":
		return whole
	case "origin":
		return bare
	case "same-origin":
		bare, down = address{}, false
	case "origin-when-cross-origin":
		down = false
	case "strict-origin":
		near = false
	case "no-referrer-when-downgrade":
		near = true
	}
	switch {
	case down:
		return address{}
	case near:
		return whole
	}
	return bare
}

// policyOf is the last known policy of a Referrer-Policy field, or the one that held before (Referrer Policy §8.1).
func policyOf(header []wire.Field, before string) string {
	value, _ := wire.Joined(header, "Referrer-Policy")
	for token := range strings.SplitSeq(value, ",") {
		switch token = strings.ToLower(strings.TrimSpace(token)); token {
		case "no-referrer", "unsafe-url", "origin", "same-origin", "origin-when-cross-origin", "strict-origin",
			"no-referrer-when-downgrade", "strict-origin-when-cross-origin":
			before = token
		}
	}
	return before
}

// setCookies are the lines of the Set-Cookie fields.
func setCookies(header []wire.Field) (lines []string) {
	for _, f := range header {
		if strings.EqualFold(f.Name, "Set-Cookie") {
			lines = append(lines, f.Value)
		}
	}
	return lines
}
