package dpop

import (
	"net/url"
	"strings"
)

// normal writes an http or https URI in the one way that equal ones share, and without query and fragment: scheme and
// host in small letters, no default port, no dot segments, nothing percent-encoded that need not be, a path of / rather
// than none (RFC 3986 §6.2.2 and §6.2.3). It reports false for what is no such URI.
func normal(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || u.User != nil || u.Hostname() == "" {
		return "", false
	}
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()
	switch {
	case scheme != "https" && scheme != "http":
		return "", false
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	usual := "443"
	if scheme == "http" {
		usual = "80"
	}
	if port != "" && port != usual {
		host += ":" + port
	}
	return scheme + "://" + host + noDots(sparse(u.EscapedPath())), true
}

// sparse decodes the percent-encoding of unreserved characters and writes the rest in capitals (RFC 3986 §6.2.2.1 and
// §6.2.2.2). The text is valid: each percent sign has two hexadecimal digits behind it.
func sparse(path string) string {
	if !strings.Contains(path, "%") {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] != '%' || i+2 >= len(path) {
			b.WriteByte(path[i])
			continue
		}
		code := strings.ToUpper(path[i : i+3])
		if c := unhex(code[1])<<4 | unhex(code[2]); unreserved(c) {
			b.WriteByte(c)
		} else {
			b.WriteString(code)
		}
		i += 2
	}
	return b.String()
}

func unhex(c byte) byte {
	if c >= 'A' {
		return c - 'A' + 10
	}
	return c - '0'
}

// unreserved is of RFC 3986 §2.3.
func unreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// noDots resolves the segments . and .. of an absolute path (RFC 3986 §5.2.4).
func noDots(path string) string {
	var out []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case s != "." && s != "..":
			out = append(out, s)
			continue
		case s == ".." && len(out) > 0:
			out = out[:len(out)-1]
		}
		if last {
			out = append(out, "")
		}
	}
	return "/" + strings.Join(out, "/")
}
