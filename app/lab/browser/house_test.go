package browser_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const (
	shop = "https://shop.example"
	app  = "https://app.shop.example"
	evil = "https://evil.example"
)

// origins are those that the test's house answers at.
var origins = []string{shop, app, evil, "http://shop.example", "http://evil.example", "https://api.other.example", "http://localhost", "http://plain.example"}

// A house is a network whose servers do as the query says, and a browser with one tab.
type house struct {
	t   *testing.T
	net *wire.Network
	*browser.Browser
	tab int
}

func build(t *testing.T) *house {
	t.Helper()
	net := &wire.Network{Clock: wire.At(noon)}
	for _, o := range origins {
		net.Serve(o, echo)
	}
	p, _ := cookie.ProfileNamed("chromium")
	b := browser.New(net, browser.Config{Name: "browser", Address: "192.0.2.7", Profile: p})
	return &house{t, net, b, b.Open()}
}

// echo answers as the query says: "status=302" is the status, "h=Name:Value" a field; /img is a picture.
func echo(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	for _, h := range q["h"] {
		name, value, _ := strings.Cut(h, ":")
		w.Header().Add(name, value)
	}
	if r.Method == "OPTIONS" {
		for _, h := range q["p"] {
			name, value, _ := strings.Cut(h, ":")
			w.Header().Add(name, value)
		}
	}
	status := http.StatusOK
	switch s := q.Get("status"); {
	case r.Method == "OPTIONS" && q.Get("preflight") == "500":
		status = 500
	case r.Method == "OPTIONS":
		status = 204
	case s != "":
		status = int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
	}
	if r.URL.Path == "/img" {
		w.Header().Set("Content-Type", "image/png")
	} else {
		w.Header().Set("Content-Type", "text/html")
	}
	w.WriteHeader(status)
	if status != 204 {
		_, _ = w.Write([]byte("body of " + r.Host + r.URL.Path))
	}
}

// at builds the address of an answer: path, then what echo is to do.
func at(origin, path string, do ...string) string {
	var b strings.Builder
	b.WriteString(origin + path)
	for i, d := range do {
		b.WriteString(map[bool]string{true: "?", false: "&"}[i == 0])
		name, value, _ := strings.Cut(d, "=")
		b.WriteString(name + "=")
		for _, c := range []byte(value) {
			if c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' {
				b.WriteByte(c)
			} else {
				b.WriteString("%" + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
			}
		}
	}
	return b.String()
}

// to is a redirect.
func to(status, url string) []string { return []string{"status=" + status, "h=Location:" + url} }

// visit opens an address and returns the document.
func (h *house) visit(url string) int {
	h.t.Helper()
	a := h.Visit(h.tab, url)
	if a.Document == 0 {
		h.t.Fatalf("%s is not shown: %+v", url, a)
	}
	return a.Document
}

// visitIn opens an address in a new tab.
func (h *house) visitIn(url string) int {
	h.tab = h.Open()
	return h.visit(url)
}

// run lets a script run in a document that has to be there.
func (h *house) run(document int, s browser.Script) []browser.Arrival {
	h.t.Helper()
	arrivals, ok := h.Browser.Run(document, s)
	if !ok {
		h.t.Fatalf("no script runs in document %d", document)
	}
	return arrivals
}

// since returns the messages of a kind after the first n.
func (h *house) since(n int, kind wire.Kind) (all []*wire.Message) {
	for _, m := range h.net.Messages[n:] {
		if m.Kind == kind {
			all = append(all, m)
		}
	}
	return all
}

// sums are the requests after the first n messages, a line each, as a run in another browser can be compared with.
func (h *house) sums(n int) string {
	var b strings.Builder
	for _, m := range h.since(n, wire.Ask) {
		u := strings.TrimPrefix(m.URL, "https://")
		if at := strings.IndexByte(u, '?'); at >= 0 {
			u = u[:at]
		}
		b.WriteString(m.Method + " " + u)
		for _, name := range []string{"Origin", "Sec-Fetch-Site", "Referer", "Cookie", "Authorization"} {
			if v := m.Value(name); v != "" {
				b.WriteString(" " + name[:1] + "=" + v)
			}
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// codes are those of the notes of all messages after the first n.
func (h *house) codes(n int) string {
	var all []string
	for _, m := range h.net.Messages[n:] {
		for _, c := range m.Notes {
			all = append(all, c.Code)
		}
	}
	return strings.Join(all, " ")
}

// give sets cookies at an origin, by opening it.
func (h *house) give(origin string, lines ...string) {
	var do []string
	for _, l := range lines {
		do = append(do, "h=Set-Cookie:"+l)
	}
	h.visit(at(origin, "/set", do...))
}
