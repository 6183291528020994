package cookie

import "strings"

// DefaultPath returns the path of a cookie that names none: that of the request up to its last slash (RFC 6265bis §5.1.4).
func DefaultPath(requestPath string) string {
	last := strings.LastIndexByte(requestPath, '/')
	if last <= 0 || requestPath[0] != '/' {
		return "/"
	}
	return requestPath[:last]
}

// PathMatch reports whether a request's path lies in a cookie's (RFC 6265bis §5.1.4). Both are compared as they are
// written: nothing is decoded, and case matters.
func PathMatch(requestPath, cookiePath string) bool {
	rest, ok := strings.CutPrefix(requestPath, cookiePath)
	return ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(cookiePath, "/"))
}
