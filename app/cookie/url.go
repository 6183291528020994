package cookie

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
)

// A URL has the parts of one that cookies are about. One without a network scheme (data:, about:) has nothing but its
// scheme: its origin is opaque.
type URL struct {
	Scheme string `json:"scheme"`         // in lower case
	Host   string `json:"host,omitempty"` // in A-labels, an IPv6 address without brackets
	Port   string `json:"port,omitempty"` // empty for that of the scheme
	Path   string `json:"path,omitempty"` // encoded, without the query
}

var errURL = errors.New("URL is not absolute: it needs a scheme and a host, as in https://app.example/")
var errHost = errors.New("URL has a host that is none")

// portOf is the port of a network scheme; empty for another scheme.
func portOf(scheme string) string {
	switch scheme {
	case "http", "ws":
		return "80"
	case "https", "wss":
		return "443"
	}
	return ""
}

// ParseURL reads an absolute URL. Dots in the path are resolved as a browser does; what no URL may have in it is an error,
// though a browser would mend some of that, and addresses have to be in their usual form.
func ParseURL(text string) (URL, error) {
	read, err := url.Parse(text)
	if err != nil || read.Scheme == "" {
		return URL{}, errURL
	}
	u := URL{Scheme: read.Scheme, Port: read.Port()}
	own := portOf(u.Scheme)
	if own == "" {
		return URL{Scheme: u.Scheme}, nil
	}
	if u.Port == own {
		u.Port = ""
	}
	u.Path = read.ResolveReference(read).EscapedPath()
	if u.Path == "" {
		u.Path = "/"
	}
	host, ok := CanonicalHost(read.Hostname())
	last := strings.TrimSuffix(host, ".")
	last = last[strings.LastIndexByte(last, '.')+1:]
	if !ok || host == "" || allDigits(last) && !IsAddress(host) { // what ends in a number has to be an address
		return URL{}, errHost
	}
	u.Host = host
	return u, nil
}

// Network reports whether the URL is one of those that have cookies.
func (u *URL) Network() bool { return u.Host != "" }

// Encrypted reports whether what is asked of the URL goes by TLS.
func (u *URL) Encrypted() bool { return portOf(u.Scheme) == "443" }

// Loopback reports whether the host is this machine itself.
func (u *URL) Loopback() bool {
	if address, err := netip.ParseAddr(u.Host); err == nil {
		return address.IsLoopback()
	}
	return strings.HasSuffix("."+strings.TrimSuffix(u.Host, "."), ".localhost")
}

// Origin is the URL's scheme, host and port (RFC 6454 §4), without the port if it is the scheme's own; "null" if it is
// opaque.
func (u *URL) Origin() string {
	if !u.Network() {
		return "null"
	}
	host := u.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if u.Port != "" {
		host += ":" + u.Port
	}
	return u.Scheme + "://" + host
}

// SameOrigin reports whether both have one origin; an opaque one is the same as no other.
func (u *URL) SameOrigin(v *URL) bool { return u.Network() && u.Origin() == v.Origin() }
