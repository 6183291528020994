package browser

import (
	"net/url"
	"strings"

	"jwtlab/app/cookie"
)

// An address is a URL as a browser keeps it: its parts that origins and cookies are about, and all of it as text, without a
// fragment and without a user.
type address struct {
	cookie.URL
	text string
}

const maxAddress = 64 << 10 // octets; Chromium takes 2 MiB

// read reads a URL, relative to a base if there is one. It is false for one that cannot be asked for.
func read(text string, base *address) (address, bool) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || len(text) > maxAddress {
		return address{}, false
	}
	if base != nil {
		from, err := url.Parse(base.text)
		if err != nil {
			return address{}, false
		}
		u = from.ResolveReference(u)
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	parts, err := cookie.ParseURL(u.String())
	if err != nil || !parts.Network() || parts.Scheme != "http" && parts.Scheme != "https" {
		return address{}, false
	}
	return addressOf(parts, u.RawQuery), true
}

// addressOf puts an address together.
func addressOf(parts cookie.URL, query string) address {
	text := parts.Origin() + parts.Path
	if query != "" {
		text += "?" + query
	}
	return address{parts, text}
}

// query is what follows the question mark.
func (a *address) query() string {
	_, query, _ := strings.Cut(a.text, "?")
	return query
}

// upgraded is the same address by https.
func (a *address) upgraded() address {
	parts := a.URL
	parts.Scheme = "https"
	if parts.Port == "443" {
		parts.Port = ""
	}
	return addressOf(parts, a.query())
}

// trustworthy reports whether nobody on the way can have a hand in the address (Secure Contexts §3.1).
func (a *address) trustworthy() bool { return a.Encrypted() || a.Loopback() }

// host is the address without its scheme and path, as it stands in the Host field.
func (a *address) host() string {
	_, host, _ := strings.Cut(a.Origin(), "://")
	return host
}

// closeness is how near two origins are, in the words of Sec-Fetch-Site.
func closeness(a, b *cookie.URL) string {
	switch {
	case a.SameOrigin(b):
		return "same-origin"
	case a.SameSite(b):
		return "same-site"
	}
	return "cross-site"
}
