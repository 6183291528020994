package browser

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// A pin is a host that is asked by https alone (RFC 6797 §8.1).
type pin struct {
	host  string
	below bool // and all hosts below it
	until time.Time
}

// secure judges whether a request may go in clear text, and takes it to https where that is the way (Fetch §4.1 steps 6 to
// 10). It is false if the request must not go.
func (b *Browser) secure(r *request) bool {
	if r.url.trustworthy() {
		return true
	}
	if b.mixed(r) {
		if r.dest != "image" {
			r.notes.No("browser.mixed-blocked", r.url.Origin())
			return false
		}
		r.notes.Remark("browser.mixed-upgraded", r.url.Origin())
		r.url = r.url.upgraded() // Mixed Content §4.1: no redirect
		return true
	}
	if b.pinned(r.url.Host) {
		r.notes.Remark("browser.hsts-upgraded", r.url.Host)
		r.onto(r.url.upgraded()) // which is a redirect by the browser itself in Chromium
		r.hops--
	}
	return true
}

// mixed reports whether the request would put what came by http into a page that came by https (Mixed Content §4.3).
func (b *Browser) mixed(r *request) bool {
	switch {
	case r.dest == "document" || r.by == nil:
		return false
	case r.dest == "iframe":
		for i := range r.around {
			if r.around[i].Encrypted() {
				return true
			}
		}
		return false
	case r.by.URL.Encrypted():
		return true
	}
	for i := range r.by.Around {
		if r.by.Around[i].Encrypted() {
			return true
		}
	}
	return false
}

// pinned reports whether a host is to be asked by https alone.
func (b *Browser) pinned(host string) bool {
	return slices.ContainsFunc(b.hsts, func(p pin) bool {
		return b.net.Now().Before(p.until) && (p.host == host || p.below && strings.HasSuffix(host, "."+p.host))
	})
}

const maxPins = 1000

// learn keeps what a response says of its host. What comes by http, or of an address, says nothing (RFC 6797 §8.1).
func (b *Browser) learn(r *request, response wire.Response) {
	value, ok := wire.Find(response.Header, "Strict-Transport-Security")
	p, valid := readPin(value)
	if !ok || !valid || !r.url.Encrypted() || cookie.IsAddress(r.url.Host) {
		return
	}
	p.host, p.until = r.url.Host, b.net.Now().Add(p.until.Sub(time.Time{}))
	known := b.pinned(p.host)
	b.hsts = slices.DeleteFunc(slices.Clone(b.hsts), func(o pin) bool { return o.host == p.host })
	switch {
	case !p.until.After(b.net.Now()):
		if known {
			b.note(response.Message, "browser.hsts-forgotten", p.host)
		}
		return
	case len(b.hsts) >= maxPins:
		b.hsts = b.hsts[1:]
	}
	if b.hsts = append(b.hsts, p); !known {
		b.note(response.Message, "browser.hsts-learned", p.host)
	}
}

// readPin reads a Strict-Transport-Security field (RFC 6797 §6.1). Its end is counted from the zero time.
func readPin(value string) (p pin, ok bool) {
	for directive := range strings.SplitSeq(value, ";") {
		name, value, _ := strings.Cut(directive, "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "max-age":
			seconds, err := strconv.ParseInt(strings.Trim(strings.TrimSpace(value), `"`), 10, 64)
			if err != nil || seconds < 0 || ok {
				return pin{}, false
			}
			p.until, ok = time.Time{}.Add(time.Duration(min(seconds, 100*365*24*60*60))*time.Second), true
		case "includesubdomains":
			p.below = true
		}
	}
	return p, ok
}
