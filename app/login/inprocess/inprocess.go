// Package inprocess has a login service and the browser that asks it in one program: what the page of the server uses where
// there is no server. No request leaves the program.
//
// It is the very service that `jwtlab serve` runs, under the same policy, with logins in memory. Two things are not as there:
// the accounts are those of the demonstration, whose passwords are compared and not hashed, and the cookies are kept by
// [Browser] and not by a real one.
package inprocess

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

// Origin is where the service pretends to be.
const Origin = "https://login.example"

const (
	maxLogins = 1000
	maxAnswer = 1 << 20
	address   = "192.0.2.1:50000" // RFC 5737: nobody's
)

// A Browser sends requests to the service and keeps its cookies. It is for one caller at a time.
type Browser struct {
	service *login.Service
	now     func() time.Time
	cookies []kept
}

// New begins a service without logins, with a key of its own.
func New(now func() time.Time, rand io.Reader) (*Browser, error) {
	k, err := key.Generate(key.Spec{Alg: "EdDSA"}, rand)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	keys, err := login.ReadKeys(`{"keys":[` + k.JWK() + `]}`)
	if err != nil {
		return nil, err
	}
	service, err := login.New(login.Config{
		Now: now, Rand: rand, Store: memstore.New(maxLogins), Keys: keys, Accounts: accounts{}, Policy: login.Secure(),
		Issuer: Origin, Audience: Origin,
		PerAccount: login.Limit{Burst: 5, Every: 30 * time.Second},
		PerAddress: login.Limit{Burst: 50, Every: time.Second},
	})
	if err != nil {
		return nil, err
	}
	return &Browser{service: service, now: now}, nil
}

// accounts are those of `jwtlab serve -demo`.
type accounts struct{}

func (accounts) Verify(_ context.Context, name, password string) (login.Account, error) {
	for _, a := range []struct{ name, password, role string }{{"alice", "wonderland", ""}, {"admin", "looking-glass", "admin"}} {
		if a.name == name && subtle.ConstantTimeCompare([]byte(a.password), []byte(password)) == 1 {
			return login.Account{Name: a.name, Role: a.role}, nil
		}
	}
	return login.Account{}, login.ErrCredentials
}

// A Line is a header line: its name and its value.
type Line [2]string

// An Answer is what came back.
type Answer struct {
	Status int
	Header []Line // sorted by name, and without Set-Cookie, as a script sees it
	Body   string
}

// Do sends a request of a script of the service's own origin, with the cookies that belong to it, and keeps those that the
// answer sets.
func (b *Browser) Do(method, path string, header []Line, body string) (Answer, error) {
	u, err := url.Parse(Origin + path)
	if err != nil || !strings.HasPrefix(path, "/") {
		return Answer{}, errors.New("the address is none of the service's")
	}
	r := &http.Request{
		Method: method, URL: u, Host: u.Host, RequestURI: path, RemoteAddr: address,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Sec-Fetch-Site": {"same-origin"}},
		Body:   io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
	for _, l := range header {
		r.Header.Set(l[0], l[1])
	}
	if method != http.MethodGet {
		r.Header.Set("Origin", Origin)
	}
	if line := b.line(u.Path); line != "" {
		r.Header.Set("Cookie", line)
	}
	w := answer{header: http.Header{}}
	b.service.ServeHTTP(&w, r)
	for _, line := range w.header.Values("Set-Cookie") {
		b.keep(line)
	}
	return Answer{Status: max(w.status, http.StatusOK), Header: readable(w.header), Body: w.body.String()}, nil
}

// readable are the headers that a script sees: values of one name are joined (Fetch, "get a header value"), and Set-Cookie
// is hidden.
func readable(h http.Header) []Line {
	var all []Line
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if name != "Set-Cookie" {
			all = append(all, Line{name, strings.Join(h[name], ", ")})
		}
	}
	return all
}

// answer is the service's [http.ResponseWriter].
type answer struct {
	header http.Header
	status int
	body   strings.Builder
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.body.Len()+len(b) > maxAnswer {
		return 0, errors.New("the answer is too long")
	}
	return a.body.Write(b)
}
