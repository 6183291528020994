package browser

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/lab/wire"
)

// A permit is what a preflight was answered with, for as long as it may be remembered (Fetch §4.10).
type permit struct {
	top, origin, url string // top is the site of the top-level document
	credentials      bool
	methods, headers []string
	until            time.Time
}

const (
	maxPermits    = 500
	permitDefault = 5 * time.Second
	permitMost    = 2 * time.Hour // Chromium's
)

// safeMethod reports whether a method needs no leave (Fetch §2.2.1, "CORS-safelisted method").
func safeMethod(method string) bool { return method == "GET" || method == "HEAD" || method == "POST" }

// needsPreflight reports whether no form could send such a request (Fetch §4.3 step 1).
func (r *request) needsPreflight() bool {
	return !safeMethod(r.method) || len(unsafeNames(r.header)) > 0
}

// preflight asks the server for leave to send the request, unless it has given it already (Fetch §4.8). It is false if
// there is none.
func (b *Browser) preflight(r *request) bool {
	names := unsafeNames(r.header)
	b.preflights = slices.DeleteFunc(slices.Clone(b.preflights), func(p permit) bool { return !b.net.Now().Before(p.until) })
	for i := range b.preflights {
		if b.preflights[i].covers(b.permit(r)) && b.preflights[i].allows(r, names, nil) {
			r.notes.Yes("browser.preflight-remembered")
			return true
		}
	}
	ask := *r
	ask.why, ask.method, ask.body, ask.credentials, ask.notes = "preflight", "OPTIONS", "", "same-origin", judge{}
	ask.header = []wire.Field{{Name: "Access-Control-Request-Method", Value: r.method}}
	if len(names) > 0 {
		ask.header = append(ask.header, wire.Field{Name: "Access-Control-Request-Headers", Value: strings.Join(names, ",")})
	}
	reason := "browser.preflight-method"
	arg := r.method
	if safeMethod(r.method) {
		reason, arg = "browser.preflight-header", strings.Join(names, ", ")
	}
	ask.notes.Yes(reason, clip(arg))
	response := b.send(&ask)
	good := response.Status != 0 && b.grants(r, names, response)
	if response.Status != 0 {
		kind := "error"
		if good {
			kind = "preflight"
		}
		b.net.Judge(response.Message, kind, false)
		r.cause = response.Message
	}
	if !good {
		r.notes.No("browser.preflight-failed")
	}
	return good
}

// permit is the request as a key of the cache.
func (b *Browser) permit(r *request) permit {
	top := r.by.URL
	if n := len(r.by.Around); n > 0 {
		top = r.by.Around[n-1]
	}
	return permit{top: top.Site().String(), origin: r.serialized(), url: r.url.text, credentials: r.credentials == "include"}
}

// covers reports whether what was granted counts for a request of that key.
func (p *permit) covers(key permit) bool {
	return p.top == key.top && p.origin == key.origin && p.url == key.url && (p.credentials || !key.credentials)
}

// grants judges the answer to a preflight, and remembers it (Fetch §4.8 step 7).
func (b *Browser) grants(r *request, names []string, response wire.Response) bool {
	if !b.admits(r, response) {
		return false
	}
	var v judge
	p := b.permit(r)
	methods, _ := wire.Joined(response.Header, "Access-Control-Allow-Methods")
	for method := range strings.SplitSeq(methods, ",") {
		p.methods = append(p.methods, strings.TrimSpace(method)) // case matters
	}
	headers, _ := wire.Joined(response.Header, "Access-Control-Allow-Headers")
	p.headers = list(headers)
	if response.Status < 200 || response.Status > 299 {
		v.No("browser.preflight-status", strconv.Itoa(response.Status))
	} else if p.allows(r, names, &v) {
		v.Yes("browser.preflight-granted")
		b.remember(p, response)
	}
	b.net.Note(response.Message, v.checks...)
	return v.good()
}

// allows reports whether a permit is enough for a request, and says to v, if there is one, what is not. A star stands for
// all where no credentials go: for Authorization too, which Fetch §4.8 would have named and Chromium (seen in 156) has not.
func (p *permit) allows(r *request, names []string, v *judge) bool {
	star := r.credentials != "include"
	if v == nil {
		v = &judge{}
	}
	if !safeMethod(r.method) && !slices.Contains(p.methods, r.method) && !(star && slices.Contains(p.methods, "*")) {
		v.No("browser.preflight-no-method", r.method)
	}
	for _, name := range names {
		switch named := slices.Contains(p.headers, name); {
		case named:
		case !star || !slices.Contains(p.headers, "*"):
			v.No("browser.preflight-no-header", clip(name))
		case name == "authorization":
			v.Remark("browser.preflight-star")
		}
	}
	return v.good()
}

// remember keeps a permit for as long as the answer says.
func (b *Browser) remember(p permit, response wire.Response) {
	life := permitDefault
	if value, ok := wire.Find(response.Header, "Access-Control-Max-Age"); ok {
		seconds, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		if err == nil {
			life = min(time.Duration(min(max(seconds, 0), 1<<30))*time.Second, permitMost)
		}
	}
	if p.until = b.net.Now().Add(life); life == 0 {
		return
	}
	if len(b.preflights) >= maxPermits {
		b.preflights = b.preflights[1:]
	}
	b.preflights = append(slices.Clip(b.preflights), p)
}
