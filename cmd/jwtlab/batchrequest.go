package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jwtlab/app/cookie"
	"jwtlab/app/token"
)

// A requestKind is how a document makes a request of some type (Fetch standard; HTML): where the answer goes, and with
// whose credentials.
type requestKind struct {
	method  string
	target  cookie.Target // of a navigation; it is the own frame of a document that is in one
	opens   bool          // a window of its own, or a frame inside
	form    bool
	cors    bool // the response is read across origins
	creds   credentials
	authTag bool // an Authorization header goes along
}

// credentials is the credentials mode of a request.
type credentials int

const (
	include credentials = iota
	sameOrigin
	omit
)

var subresource = cookie.Subresource

// requestKinds are the types of requests.
var requestKinds = map[string]requestKind{
	"link":                        {},
	"link-blank":                  {opens: true},
	"location":                    {},
	"window-open":                 {opens: true},
	"meta-refresh":                {},
	"form-get":                    {form: true},
	"form-post":                   {form: true, method: "POST"},
	"iframe":                      {target: cookie.Frame, opens: true},
	"iframe-form-post":            {target: cookie.Frame, opens: true, form: true, method: "POST"},
	"img":                         {target: subresource},
	"img-crossorigin-anonymous":   {target: subresource, cors: true, creds: sameOrigin},
	"script":                      {target: subresource},
	"stylesheet":                  {target: subresource},
	"beacon":                      {target: subresource, method: "POST"},
	"xhr":                         {target: subresource, cors: true, creds: sameOrigin},
	"xhr-with-credentials":        {target: subresource, cors: true},
	"fetch-default":               {target: subresource, cors: true, creds: sameOrigin},
	"fetch-omit":                  {target: subresource, cors: true, creds: omit},
	"fetch-same-origin":           {target: subresource, cors: true, creds: sameOrigin},
	"fetch-include":               {target: subresource, cors: true},
	"fetch-include-post":          {target: subresource, cors: true, method: "POST"},
	"fetch-include-no-cors":       {target: subresource},
	"fetch-include-authorization": {target: subresource, cors: true, authTag: true},
}

// A seenRequest is what one sees of a request.
type seenRequest struct {
	Cookie    *cookie.Octets  `json:"cookie"`
	Sent      []cookie.Octets `json:"sent"`
	Preflight bool            `json:"preflight"`
	Reached   bool            `json:"reached"`
}

// request makes a request, through all its redirects; sets says that the response sets cookies, and nothing is seen.
func (c *cookieCase) request(step token.Value, sets bool) error {
	kind, r, err := c.start(step)
	if err != nil {
		return err
	}
	urls, err := urlsOf(step.Get("redirect_via"))
	if err != nil {
		return err
	}
	last, err := cookie.ParseURL(step.Get("url").Text())
	seen := seenRequest{Sent: []cookie.Octets{}}
	if err == nil {
		status, ok := step.Get("redirect_status").Int()
		if !ok {
			status = 302
		}
		seen = c.follow(kind, r, append(urls, last), status)
	}
	if !sets {
		c.result = seen
		return nil
	}
	if err != nil {
		return err
	}
	lines, err := fieldsOf(step.Get("set_cookie"))
	if err != nil || !seen.Reached {
		return err
	}
	r.URL, r.Chain = last, urls
	for _, line := range lines {
		if kind.trusts(&r) {
			c.tell(c.jar.Set(r, line))
		}
	}
	return nil
}

// fieldsOf are the Set-Cookie fields of a response as they come over the network: CR or LF ends a field, and NUL makes
// the whole response invalid (RFC 9110 §5.5).
func fieldsOf(list token.Value) (lines []string, err error) {
	for item := range list.Items() {
		octets, err := cookie.ReadOctets(item.Text())
		if err != nil {
			return nil, err
		}
		line, _, _ := strings.Cut(strings.ReplaceAll(string(octets), "\r", "\n"), "\n")
		if strings.Contains(line, "\x00") {
			return nil, nil
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// start reads who asks, and how.
func (c *cookieCase) start(step token.Value) (kind requestKind, r cookie.Request, err error) {
	r.Now = c.now
	if !step.Get("initiator").Exists() {
		return kind, r, nil
	}
	kind, known := requestKinds[step.Get("type").Text()]
	if !known {
		return kind, r, fmt.Errorf("no request is of the type %q", step.Get("type").Text())
	}
	top, err := cookie.ParseURL(step.Get("initiator").Text())
	if err != nil {
		return kind, r, err
	}
	r.From = &cookie.Document{URL: top}
	if frame := step.Get("initiator_frame"); frame.Exists() {
		inside, err := cookie.ParseURL(frame.Text())
		if err != nil {
			return kind, r, err
		}
		r.From = &cookie.Document{URL: inside, Around: []cookie.URL{top}}
	}
	r.Method, r.Target = kind.method, kind.target
	switch {
	case kind.target == cookie.Frame:
		r.Around = append([]cookie.URL{r.From.URL}, r.From.Around...)
	case kind.target == cookie.TopLevel && !kind.opens && len(r.From.Around) > 0:
		r.Target, r.Around = cookie.Frame, r.From.Around
	}
	return kind, r, nil
}

func urlsOf(list token.Value) (urls []cookie.URL, err error) {
	if list.Exists() && list.Kind() != token.Array {
		return nil, errors.New(`member "redirect_via" is not an array`)
	}
	for item := range list.Items() {
		u, err := cookie.ParseURL(item.Text())
		if err != nil {
			return nil, err
		}
		urls = append(urls, u)
	}
	return urls, nil
}

// follow goes from one URL to the next, and says what is seen at the last.
func (c *cookieCase) follow(kind requestKind, r cookie.Request, urls []cookie.URL, status int64) seenRequest {
	seen := seenRequest{Sent: []cookie.Octets{}}
	for i, u := range urls {
		r.URL, r.Chain = u, urls[:i]
		if kind.mixed(&r) {
			return seen
		}
		if i > 0 && (status == 303 || r.Method == "POST" && (status == 301 || status == 302)) {
			r.Method = "GET" // Fetch, HTTP-redirect fetch
		}
		if i > 0 && !urls[i-1].SameOrigin(&u) {
			kind.authTag = false
		}
		if !kind.trusts(&r) {
			continue
		}
		selected := c.jar.Select(r)
		if i == len(urls)-1 {
			c.tell(selected.Decisions...)
			seen.Cookie, seen.Sent = fieldOf(selected.Field)
		}
	}
	seen.Reached = true
	seen.Preflight = kind.cors && kind.authTag && !r.From.URL.SameOrigin(&r.URL)
	return seen
}

// fieldOf is a Cookie field, and the names in it.
func fieldOf(field cookie.Octets) (*cookie.Octets, []cookie.Octets) {
	if field == "" {
		return nil, []cookie.Octets{}
	}
	var names []cookie.Octets
	for pair := range strings.SplitSeq(string(field), "; ") {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, cookie.Octets(name))
	}
	slices.Sort(names)
	return &field, names
}

// trusts reports whether the request carries credentials, and its response may store some (Fetch, HTTP-network-or-cache
// fetch). Another origin on the way spoils same-origin.
func (k requestKind) trusts(r *cookie.Request) bool {
	switch k.creds {
	case omit:
		return false
	case sameOrigin:
		for _, u := range r.Chain {
			if !r.From.URL.SameOrigin(&u) {
				return false
			}
		}
		return r.From.URL.SameOrigin(&r.URL)
	}
	return true
}

// mixed reports whether an encrypted page may not ask for this without encryption (Mixed Content). A link may.
func (k requestKind) mixed(r *cookie.Request) bool {
	if r.From == nil || r.URL.Encrypted() || r.URL.Loopback() || r.Target == cookie.TopLevel && !k.form {
		return false
	}
	if r.From.URL.Encrypted() {
		return true
	}
	return slices.ContainsFunc(r.From.Around, func(u cookie.URL) bool { return u.Encrypted() })
}
