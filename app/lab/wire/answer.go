package wire

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const maxAnswer = 1 << 20 // octets of a body

var errLong = errors.New("answer is too long: 1 MiB is the most")

// An answer is the [http.ResponseWriter] of the servers here. What is put into the header after the status is written does
// not count, as with any server.
type answer struct {
	header, sent http.Header
	status       int
	body         strings.Builder
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status, a.sent = status, a.header.Clone()
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.body.Len()+len(b) > maxAnswer {
		return 0, errLong
	}
	return a.body.Write(b)
}

// finish returns the response as a server of the standard library writes it: header by name, then what the server adds.
func (a *answer) finish(method string, now time.Time) Response {
	a.WriteHeader(http.StatusOK)
	r := Response{Status: a.status}
	bare := a.status == http.StatusNoContent || a.status == http.StatusNotModified // RFC 9110 §6.4.1
	body := a.body.String()
	if _, typed := a.sent["Content-Type"]; !typed && !bare && body != "" {
		a.sent.Set("Content-Type", http.DetectContentType([]byte(body)))
	}
	for _, name := range slices.Sorted(maps.Keys(a.sent)) {
		for _, value := range a.sent[name] {
			r.Header = append(r.Header, Field{name, value})
		}
	}
	if a.sent.Get("Date") == "" {
		r.Header = append(r.Header, Field{"Date", now.UTC().Format(http.TimeFormat)})
	}
	if bare {
		return r
	}
	if a.sent.Get("Content-Length") == "" {
		r.Header = append(r.Header, Field{"Content-Length", strconv.Itoa(len(body))})
	}
	if method != http.MethodHead {
		r.Body = body
	}
	return r
}
