package lint

import "strings"

// An address is the parts of a URL that the rules look at (RFC 3986 §3). The host is in small letters, without brackets
// and port.
type address struct {
	scheme, user, host, rest string
}

// parseURL reads "scheme://user@host:port/rest"; of anything else it returns the zero address.
func parseURL(s string) (a address) {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || strings.ContainsAny(scheme, " /?#:") {
		return address{}
	}
	a.scheme, a.host = strings.ToLower(scheme), strings.ToLower(rest)
	if i := strings.IndexAny(rest, `/?#\`); i >= 0 { // browsers and some libraries end the authority at a backslash
		a.host, a.rest = a.host[:i], rest[i:]
	}
	if i := strings.LastIndexByte(a.host, '@'); i >= 0 {
		a.user, a.host = a.host[:i], a.host[i+1:]
	}
	if i := strings.LastIndexByte(a.host, ':'); i > strings.LastIndexByte(a.host, ']') {
		a.host = a.host[:i]
	}
	return a
}

// site is what a host and its siblings have in common, without the public suffix list: the last two labels, or three
// where the second to last is one as in co.kr.
func site(host string) string {
	labels := strings.Split(host, ".")
	take := len(labels) - 2
	if take > 0 && len(labels[take+1]) == 2 && len(labels[take]) <= 3 {
		take--
	}
	return strings.Join(labels[max(0, take):], ".")
}

// locals are beginnings and ends of the hosts of this machine and of private networks, where a server's request should
// never be sent by a stranger (RFC 1918, RFC 3927, RFC 4193, RFC 6761).
var locals = struct{ addresses, names []string }{
	[]string{"127.", "10.", "192.168.", "169.254.", "0.", "172.1", "172.2", "172.3", "[::1", "[fc", "[fd", "[fe80"},
	[]string{"localhost", ".local", ".internal", ".lan"},
}

func isLocal(host string) bool {
	for _, start := range locals.addresses {
		if strings.HasPrefix(host, start) && strings.Trim(host, "0123456789abcdef.:[]") == "" {
			return true
		}
	}
	for _, end := range locals.names {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}
