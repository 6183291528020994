package e2e_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"jwtlab/app/lab/wire"
)

// The names of the town. All are served by TLS and by plain http.
const (
	theShop  = "https://shop.example"
	plain    = "http://shop.example"
	theApp   = "https://app.shop.example" // the same site, another origin
	theEvil  = "https://evil.example"
	theOther = "https://api.other.example"
)

// theHosts are those that scenarios may ask; the last two are for tests of time alone, and stand in no record.
var theHosts = []string{"shop.example", "app.shop.example", "evil.example", "api.other.example", "clock.example", "watch.example"}

// pixel is a picture of one pixel.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// echo is a server that does as the query says: "status=302" is the status, "h=Name:Value" a field, "p=Name:Value" one of
// the answer to a preflight; /img is a picture, and /loop a redirect to itself. Both worlds are served by it.
func echo(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	fields, status := q["h"], http.StatusOK
	if s, err := strconv.Atoi(q.Get("status")); err == nil {
		status = s
	}
	if r.Method == http.MethodOptions {
		fields, status = q["p"], http.StatusNoContent
	}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, ":")
		w.Header().Add(name, value)
	}
	body := "<!doctype html><title>page</title><p>" + r.Host + r.URL.Path
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.URL.Path == "/img" {
		w.Header().Set("Content-Type", "image/gif")
		body = pixel
	}
	if r.URL.Path == "/loop" {
		w.Header().Set("Location", "/loop")
		status = http.StatusFound
	}
	w.WriteHeader(status)
	if status != http.StatusNoContent {
		_, _ = io.WriteString(w, body)
	}
}

// at is an address that echo answers as told.
func at(origin, path string, do ...string) string {
	for i, d := range do {
		name, value, _ := strings.Cut(d, "=")
		path += map[bool]string{true: "?", false: "&"}[i == 0] + name + "=" + escaped(value)
	}
	return origin + path
}

// escaped leaves nothing in a text that two browsers could write differently.
func escaped(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '-' || c == '.' {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
		}
	}
	return b.String()
}

// sets is the answer that sets a cookie.
func sets(line string) string { return "h=Set-Cookie:" + line }

// to is a redirect.
func to(status int, url string) []string {
	return []string{"status=" + strconv.Itoa(status), "h=Location:" + url}
}

// A town is the servers of all names on this machine, and a record of what they are asked and answer.
type town struct {
	tls, plain *httptest.Server

	mu      sync.Mutex
	servers map[string]http.HandlerFunc // by origin
	came    []exchange
	canary  string // the Cookie of the latest request to clock.example
}

func newTown(t *testing.T) *town {
	t.Helper()
	made := &town{}
	made.plain = httptest.NewServer(made)
	made.tls = httptest.NewUnstartedServer(made)
	made.tls.Config.ErrorLog = log.New(io.Discard, "", 0)
	made.tls.StartTLS()
	t.Cleanup(func() {
		for _, s := range []*httptest.Server{made.plain, made.tls} {
			s.CloseClientConnections()
			s.Close()
		}
	})
	return made
}

// fingerprint names the public key of the town's certificate, for browsers to take it as if it were an authority's: HSTS
// counts then, which it does not where errors are passed over.
func (tw *town) fingerprint() string {
	sum := sha256.Sum256(tw.tls.Certificate().RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// rules map the names to the servers' addresses, and all other names to nowhere.
func (tw *town) rules() string {
	var rules []string
	for _, h := range theHosts {
		rules = append(rules, "MAP "+h+":443 "+tw.tls.Listener.Addr().String(), "MAP "+h+":80 "+tw.plain.Listener.Addr().String())
	}
	return strings.Join(append(rules, "MAP * ~NOTFOUND"), ",")
}

// found lets servers answer from now on, and begins a new record.
func (tw *town) found(servers map[string]http.HandlerFunc) {
	tw.mu.Lock()
	defer tw.mu.Unlock()
	tw.servers, tw.came = servers, nil
}

// since returns what came after the first n exchanges.
func (tw *town) since(n int) []exchange {
	tw.mu.Lock()
	defer tw.mu.Unlock()
	return append([]exchange{}, tw.came[n:]...)
}

// unasked are requests that browsers send by themselves, for no page and no script.
var unasked = []string{"/favicon.ico"}

func (tw *town) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	origin := map[bool]string{true: "https://", false: "http://"}[r.TLS != nil] + r.Host
	tw.mu.Lock()
	serve := tw.servers[origin]
	if r.Host == "clock.example" {
		tw.canary = r.Header.Get("Cookie")
	}
	tw.mu.Unlock()
	for _, path := range unasked {
		if r.URL.Path == path {
			http.NotFound(w, r)
			return
		}
	}
	switch {
	case r.Host == "clock.example", r.Host == "watch.example":
		echo(w, r)
	case serve == nil:
		http.Error(w, "nobody is there", http.StatusNotFound)
	default:
		e := exchange{method: r.Method, url: origin + r.URL.RequestURI(), asked: fieldsOf(r.Header)}
		t := &tee{ResponseWriter: w, status: http.StatusOK}
		serve(t, r)
		e.status, e.answered, e.body = t.status, fieldsOf(w.Header()), t.body.String()
		tw.mu.Lock()
		tw.came = append(tw.came, e) // before the answer is sent, as it is a short one
		tw.mu.Unlock()
	}
}

// A tee keeps what is written.
type tee struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (t *tee) WriteHeader(status int) {
	t.status = status
	t.ResponseWriter.WriteHeader(status)
}

func (t *tee) Write(b []byte) (int, error) {
	t.body.Write(b)
	return t.ResponseWriter.Write(b)
}

func fieldsOf(h http.Header) (fields []wire.Field) {
	for name, values := range h {
		for _, v := range values {
			fields = append(fields, wire.Field{Name: name, Value: v})
		}
	}
	return fields
}
