package browser

import (
	"slices"
	"strings"

	"jwtlab/app/lab/wire"
)

// serialized is the origin as a CORS request tells it (Fetch §2.2.5, "serializing a request origin").
func (r *request) serialized() string {
	if r.tainted {
		return "null"
	}
	return r.origin
}

// admits is the CORS check: whether a server lets the script's origin read its response (Fetch §4.9).
func (b *Browser) admits(r *request, response wire.Response) bool {
	var v judge
	allowed, ok := wire.Joined(response.Header, "Access-Control-Allow-Origin")
	credentials, _ := wire.Joined(response.Header, "Access-Control-Allow-Credentials")
	with := r.credentials == "include"
	switch own := r.serialized(); {
	case !ok:
		v.No("browser.cors-missing", own)
	case allowed == "*" && !with:
		v.Yes("browser.cors-any")
	case allowed == "*":
		v.No("browser.cors-wildcard")
	case allowed != own:
		v.No("browser.cors-other", own, clip(allowed))
	case with && credentials != "true":
		v.No("browser.cors-credentials")
	default:
		v.Yes("browser.cors-allowed", own)
	}
	b.net.Note(response.Message, v.checks...)
	return v.good()
}

// filter is what of a response's header the script may read (Fetch §2.2.6).
func (r *request) filter(header []wire.Field) (seen []wire.Field) {
	exposed, _ := wire.Joined(header, "Access-Control-Expose-Headers")
	names := list(exposed)
	all := r.credentials != "include" && slices.Contains(names, "*")
	for _, f := range header {
		name := strings.ToLower(f.Name)
		switch {
		case name == "set-cookie" || name == "set-cookie2":
		case r.tainting == "basic", r.tainting == "cors" && (all || slices.Contains(safeResponse, name) || slices.Contains(names, name)):
			seen = append(seen, f)
		}
	}
	return seen
}

// safeResponse are the CORS-safelisted response-header names (Fetch §2.2.2).
var safeResponse = []string{"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"}

// list reads a comma-separated list of names, in lower case.
func list(value string) (names []string) {
	for name := range strings.SplitSeq(value, ",") {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// unsafeNames are the names, sorted, that take a preflight to be sent: those that no form could cause (Fetch §2.2.2,
// "CORS-unsafe request-header names").
func unsafeNames(header []wire.Field) (names []string) {
	size := 0
	var safe []string
	for _, f := range header {
		name := strings.ToLower(f.Name)
		if safelisted(name, f.Value) {
			safe = append(safe, name)
			size += len(f.Value)
		} else {
			names = append(names, name)
		}
	}
	if size > 1024 {
		names = append(names, safe...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// safelisted reports whether a form could cause such a field (Fetch §2.2.2, "CORS-safelisted request-header"). The name is
// in lower case.
func safelisted(name, value string) bool {
	if len(value) > 128 {
		return false
	}
	switch name {
	case "accept":
		return !strings.ContainsFunc(value, unsafeByte)
	case "accept-language", "content-language":
		return !strings.ContainsFunc(value, func(c rune) bool {
			return !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || strings.ContainsRune(" *,-.;=", c))
		})
	case "content-type":
		essence, _, _ := strings.Cut(strings.ToLower(value), ";")
		switch strings.TrimSpace(essence) {
		case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
			return !strings.ContainsFunc(value, unsafeByte)
		}
	}
	return false
}

// unsafeByte reports whether a character is a CORS-unsafe request-header byte.
func unsafeByte(c rune) bool {
	return c < ' ' && c != '\t' || strings.ContainsRune("\"():<>?@[\\]{}\x7f", c)
}

// forbidden reports whether scripts cannot set a field of the name, which is in lower case (Fetch §2.2.2, "forbidden request-header").
func forbidden(name, value string) bool {
	switch name {
	case "x-http-method", "x-http-method-override", "x-method-override":
		return slices.ContainsFunc(list(value), forbiddenMethod)
	}
	return slices.Contains(forbiddenNames, name) || strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}

var forbiddenNames = []string{
	"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method", "connection",
	"content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie",
	"te", "trailer", "transfer-encoding", "upgrade", "via",
}

// forbiddenMethod reports whether scripts cannot use a method (Fetch §2.2.1).
func forbiddenMethod(method string) bool {
	switch strings.ToUpper(method) {
	case "CONNECT", "TRACE", "TRACK":
		return true
	}
	return false
}
