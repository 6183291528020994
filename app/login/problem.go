package login

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"time"

	"jwtlab/app/locale"
)

// A problem is why a request was refused. It goes out as a problem document (RFC 9457) in the language of the request.
type problem struct {
	status    int
	code      string // its words are "login.problem." and this
	args      []string
	oauth     string        // the member "error" (RFC 6749 §5.2), if any
	retry     time.Duration // when to ask again; 0 for never
	challenge string        // WWW-Authenticate (RFC 6750 §3)
	allow     string        // the methods that the address knows
	clear     []string      // the cookies that are of no use any more
}

// document is the body of a problem.
type document struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   string `json:"code"`
	Error  string `json:"error,omitempty"`
}

func (p *problem) write(w http.ResponseWriter, l locale.Lang) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Language", string(l))
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.retry.Seconds()))))
	}
	if p.challenge != "" {
		h.Set("WWW-Authenticate", p.challenge)
	}
	if p.allow != "" {
		h.Set("Allow", p.allow)
	}
	reply(w, p.status, document{
		Type: "tag:jwtlab,2026:" + p.code, Title: locale.Text(l, "login.problem."+p.code, p.args...),
		Status: p.status, Code: p.code, Error: p.oauth,
	})
}

var jsonType = []string{"application/json"} // shared: who wants another sets another

// reply answers with JSON; the type may have been set to a narrower one.
func reply(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // a bug: all bodies are structs of ours
	}
	if h := w.Header(); h["Content-Type"] == nil {
		h["Content-Type"] = jsonType
	}
	w.WriteHeader(status)
	w.Write(append(text, '\n'))
}

// The problems that more than one place has.
var (
	away     = &problem{status: http.StatusServiceUnavailable, code: "store", retry: 2 * time.Second}
	noLogin  = &problem{status: http.StatusUnauthorized, code: "login-needed", challenge: `Bearer realm="jwtlab"`}
	badToken = &problem{status: http.StatusUnauthorized, code: "token", oauth: "invalid_token",
		challenge: `Bearer realm="jwtlab", error="invalid_token"`}
	// grant says nothing of why: whoever holds a stolen token must not learn what it was (RFC 6749 §5.2).
	grant = &problem{status: http.StatusBadRequest, code: "grant", oauth: "invalid_grant"}
)
