package lint

import "strings"

// An address is the parts of a URL that the rules look at (RFC 3986 §3). The host is in small letters, without brackets
// and port.
type address struct {
	scheme, user, host, rest string
}

// parseURL reads "scheme://user@host:port/rest". It reports false for anything else.
func parseURL(s string) (address, bool) {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || scheme == "" || strings.ContainsAny(scheme, " /?#:") {
		return address{}, false
	}
	a := address{scheme: strings.ToLower(scheme)}
	authority := rest
	if i := strings.IndexAny(rest, `/?#\`); i >= 0 { // browsers and some libraries end the authority at a backslash
		authority, a.rest = rest[:i], rest[i:]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		a.user, authority = authority[:i+1], authority[i+1:]
	}
	switch {
	case strings.HasPrefix(authority, "["):
		authority, _, _ = strings.Cut(authority[1:], "]")
	default:
		authority, _, _ = strings.Cut(authority, ":")
	}
	a.host = strings.TrimSuffix(strings.ToLower(authority), ".")
	return a, a.host != "" || a.scheme == "file"
}

// site is what a host and its siblings have in common, without the public suffix list: the last two labels, or three
// where the second to last is one as in co.kr.
func site(host string) string {
	labels := strings.Split(host, ".")
	n := len(labels)
	take := 2
	if n > 2 && len(labels[n-1]) == 2 && len(labels[n-2]) <= 3 {
		take = 3
	}
	return strings.Join(labels[max(0, n-take):], ".")
}

// isLocal reports whether a host is this machine or in a private network, where a server's request should never be
// sent by a stranger (RFC 1918, RFC 3927, RFC 4193, RFC 6761).
func isLocal(host string) bool {
	for _, end := range []string{"localhost", ".local", ".internal", ".lan"} {
		if host == end || strings.HasSuffix(host, end) && (end[0] == '.' || strings.HasSuffix(host, "."+end)) {
			return true
		}
	}
	for _, start := range []string{"127.", "10.", "192.168.", "169.254.", "0.", "fc", "fd", "fe80:"} {
		if strings.HasPrefix(host, start) && isAddress(host) {
			return true
		}
	}
	if second, ok := strings.CutPrefix(host, "172."); ok && isAddress(host) {
		n, _, _ := strings.Cut(second, ".")
		return len(n) == 2 && n >= "16" && n <= "31"
	}
	return host == "::1" || host == "0" || strings.HasPrefix(host, "0x") || host != "" && strings.Trim(host, "0123456789") == ""
}

// isAddress reports whether a host is written as an IP address.
func isAddress(host string) bool {
	return strings.Contains(host, ":") || strings.Trim(host, "0123456789.") == ""
}
