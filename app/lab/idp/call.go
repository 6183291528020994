package idp

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jwtlab/app/locale"
)

const (
	maxBody  = 16 << 10 // bytes
	maxQuery = 8 << 10
)

// A call is one request under way.
type call struct {
	*http.Request
	w    http.ResponseWriter
	now  time.Time
	lang locale.Lang
}

// A route answers one method at one address. It returns a problem instead of writing an answer.
type route func(c *call) *problem

// routes are all that a handler answers to: by path, then by method.
type routes map[string]map[string]route

func (t routes) serve(c *call) {
	c.shield()
	if p := t.answer(c); p != nil {
		c.refuse(p)
	}
}

func (t routes) answer(c *call) *problem {
	methods, ok := t[c.URL.Path]
	if !ok {
		return &problem{status: http.StatusNotFound, code: "not-found"}
	}
	method := c.Method
	if method == http.MethodHead {
		method = http.MethodGet // the server leaves out the body
	}
	if answer, ok := methods[method]; ok {
		return answer(c)
	}
	var allowed []string
	for name := range methods {
		allowed = append(allowed, name)
	}
	slices.Sort(allowed)
	c.w.Header().Set("Allow", strings.Join(allowed, ", "))
	return &problem{status: http.StatusMethodNotAllowed, code: "method"}
}

// A problem is why a request was refused.
type problem struct {
	status int
	code   string // its words are "idp.problem." and this
	args   []string
	oauth  string // the member "error" where a program asked (RFC 6749 §4.1.2.1, §5.2); pages have none
}

// refusal is the answer to a program that was refused.
type refusal struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// refuse answers with a problem: to a program in JSON, to a person by a page.
func (c *call) refuse(p *problem) {
	if p.oauth != "" {
		c.reply(p.status, refusal{p.oauth, p.code})
		return
	}
	c.page(p.status, "idp.problem.title", "<p>"+c.say("idp.problem."+p.code, p.args...)+"</p><p><code>"+p.code+"</code></p>")
}

// reply answers with JSON.
func (c *call) reply(status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // a bug: all bodies are structs of ours
	}
	c.w.Header().Set("Content-Type", "application/json")
	c.w.WriteHeader(status)
	c.w.Write(append(text, '\n'))
}

// form reads the body as a form.
func (c *call) form() (url.Values, *problem) {
	media, _, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" || c.Body == nil {
		return nil, &problem{status: http.StatusUnsupportedMediaType, code: "media-type"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.w, c.Body, maxBody))
	if err != nil {
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return nil, &problem{status: http.StatusRequestEntityTooLarge, code: "long"}
		}
		return nil, &problem{status: http.StatusBadRequest, code: "form"}
	}
	return parse(string(body))
}

func (c *call) query() (url.Values, *problem) { return parse(c.URL.RawQuery) }

func parse(text string) (url.Values, *problem) {
	if len(text) > maxBody {
		return nil, &problem{status: http.StatusRequestEntityTooLarge, code: "long"}
	}
	v, err := url.ParseQuery(text)
	if err != nil {
		return nil, &problem{status: http.StatusBadRequest, code: "form"}
	}
	return v, nil
}

// twice reports whether one of these parameters is there more than once, which no request may have (RFC 6749 §3.1).
func twice(v url.Values, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return len(v[name]) > 1 })
}

// redirect sends the browser on. By 303 it comes with GET and leaves the password behind (RFC 9700 §4.12).
func (c *call) redirect(status int, address string, more url.Values) {
	joint := "?"
	if strings.Contains(address, "?") {
		joint = "&"
	}
	if text := more.Encode(); text != "" {
		address += joint + text
	}
	c.w.Header().Set("Location", address)
	c.w.WriteHeader(status)
}

// presented is the value of a cookie that the request has, or "".
func (c *call) presented(name string) string {
	k, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return k.Value
}

// give sets a cookie that only this host gets, by https, and no script reads. It comes along when a link of another site
// leads here, as the way back from a provider does: Strict would lose it. No life takes it away.
func (c *call) give(name, value string, life time.Duration) {
	k := &http.Cookie{Name: name, Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(life.Seconds())}
	if life == 0 {
		k.MaxAge = -1
	}
	http.SetCookie(c.w, k)
}
