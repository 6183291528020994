package browser

import (
	"errors"
	"slices"
	"strings"

	"jwtlab/app/lab/wire"
)

// An Init is what a script says of a request beside its URL (Fetch §5.4). The zero value asks by GET, with the defaults of
// fetch().
type Init struct {
	Method      string
	Header      []wire.Field
	Body        string
	Mode        string // "cors" if empty; "no-cors", "same-origin"
	Credentials string // "same-origin" if empty; "include", "omit"
	Redirect    string // "follow" if empty; "error", "manual"
	Policy      string // a Referrer-Policy; that of the document if empty
}

// A Response is one as its script sees it (Fetch §2.2.6). An opaque one has nothing but its type.
type Response struct {
	Type       string // "basic", "cors", "opaque", "opaqueredirect"
	URL        string
	Redirected bool
	Status     int
	Header     []wire.Field
	Body       string
}

// What fetch rejects with. A script is not told why a request has failed.
var (
	ErrFetch = errors.New("TypeError: Failed to fetch")
	ErrInit  = errors.New("TypeError: Failed to execute 'fetch'")
)

// Fetch asks for an address, by fetch().
func (p *Page) Fetch(url string, i Init) (Response, error) {
	b, d := p.browser, p.here()
	if d == nil {
		return Response{}, ErrGone
	}
	to, ok := read(url, &d.url)
	if !ok {
		return Response{}, ErrFetch
	}
	r := b.asks(d, "fetch", to)
	r.dest = "empty"
	if !r.take(i) {
		return Response{}, ErrInit
	}
	out := b.fetch(r)
	switch {
	case out.failed:
		return Response{}, ErrFetch
	case out.kind == "opaque":
		return Response{Type: "opaque"}, nil
	case out.kind == "opaqueredirect":
		return Response{Type: "opaqueredirect", URL: r.url.text}, nil
	}
	return Response{
		Type: out.kind, URL: r.url.text, Redirected: r.hops > 0,
		Status: out.Status, Header: r.filter(out.Header), Body: out.Body,
	}, nil
}

// take reads what a script says of its request; false if that is a TypeError (Fetch §5.4, the constructor).
func (r *request) take(i Init) bool {
	r.method, r.body = normal(i.Method), i.Body
	r.mode, r.credentials, r.redirect = or(i.Mode, "cors"), or(i.Credentials, "same-origin"), or(i.Redirect, "follow")
	r.policy = or(i.Policy, r.policy)
	bodiless := r.method == "GET" || r.method == "HEAD"
	switch {
	case !isToken(r.method) || forbiddenMethod(r.method),
		bodiless && r.body != "",
		!slices.Contains([]string{"cors", "no-cors", "same-origin"}, r.mode),
		!slices.Contains([]string{"include", "same-origin", "omit"}, r.credentials),
		!slices.Contains([]string{"follow", "error", "manual"}, r.redirect),
		r.mode == "no-cors" && (!safeMethod(r.method) || r.redirect != "follow"):
		return false
	}
	for _, f := range i.Header {
		f.Value = strings.Trim(f.Value, " \t\r\n")
		if !isToken(f.Name) || strings.ContainsAny(f.Value, "\r\n\x00") {
			return false
		}
		r.set(f)
	}
	if _, typed := wire.Find(r.header, "Content-Type"); r.body != "" && !typed {
		r.header = append(r.header, wire.Field{Name: "Content-Type", Value: "text/plain;charset=UTF-8"})
	}
	return true
}

// set takes a field from a script, unless scripts cannot have it; one of the same name is joined with it (Fetch §5.1).
func (r *request) set(f wire.Field) {
	name := strings.ToLower(f.Name)
	if forbidden(name, f.Value) || r.mode == "no-cors" && !safelisted(name, f.Value) {
		return
	}
	for i := range r.header {
		if strings.EqualFold(r.header[i].Name, name) {
			r.header[i].Value += ", " + f.Value
			return
		}
	}
	r.header = append(r.header, f)
}

// normal writes the methods in upper case that are (Fetch §2.2.1, "normalize").
func normal(method string) string {
	switch upper := strings.ToUpper(method); upper {
	case "":
		return "GET"
	case "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT":
		return upper
	}
	return method
}

// isToken reports whether a text can be a method or a field's name (RFC 9110 §5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != "" && len(s) <= 4096
}

// or is the first text, or the second if that is empty.
func or(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
