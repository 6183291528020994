package bench_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A wire is a connection to one of our servers. It takes as little as can be of the CPU that it shares with the server:
// requests go out as they stand, and of an answer no more is read than is asked for.
type wire struct {
	address string
	conn    net.Conn // nil before the first request: serve waits for that but a few seconds
	in      *bufio.Reader
	body    []byte
}

// An answer is what came back.
type answer struct {
	status  int
	cookies []string // NAME=VALUE
	body    []byte   // until the next answer
}

// newWire makes a wire that ends with the benchmark.
func newWire(b testing.TB, address string) *wire {
	w := &wire{address: address}
	b.Cleanup(func() {
		if w.conn != nil {
			w.conn.Close()
		}
	})
	return w
}

// send sends a request and waits for the answer.
func (w *wire) send(request []byte) (answer, error) {
	if w.conn == nil {
		conn, err := net.Dial("tcp", w.address)
		if err != nil {
			return answer{}, err
		}
		w.conn, w.in = conn, bufio.NewReader(conn)
	}
	if err := w.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return answer{}, err
	}
	if _, err := w.conn.Write(request); err != nil {
		return answer{}, err
	}
	return w.read()
}

var errForm = errors.New("the answer has another form than net/http gives it")

// read reads an answer as net/http writes short ones: with a length, unless there is no body.
func (w *wire) read() (a answer, err error) {
	length := -1
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return a, err
		}
		line = bytes.TrimRight(line, "\r\n")
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case a.status == 0 && len(line) < len("HTTP/1.1 200"):
			return a, errForm
		case a.status == 0:
			a.status, err = strconv.Atoi(string(line[9:12]))
		case len(line) == 0:
			a.body, err = w.rest(a.status, length)
			return a, err
		case string(name) == "Content-Length":
			length, err = strconv.Atoi(string(value))
		case string(name) == "Set-Cookie":
			pair, _, _ := bytes.Cut(value, []byte(";"))
			a.cookies = append(a.cookies, string(pair))
		}
		if err != nil {
			return a, errForm
		}
	}
}

func (w *wire) rest(status, length int) ([]byte, error) {
	if status == http.StatusNoContent {
		return nil, nil
	}
	if length < 0 {
		return nil, errForm
	}
	w.body = slices.Grow(w.body[:0], length)[:length]
	_, err := io.ReadFull(w.in, w.body)
	return w.body, err
}

// request writes a request down; a body is JSON.
func request(method, path, host, header, body string) []byte {
	if body != "" {
		header += "Content-Type: application/json\r\n"
	}
	if method != http.MethodGet {
		header += "Content-Length: " + strconv.Itoa(len(body)) + "\r\n"
	}
	return []byte(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\n" + body)
}

func TestWire(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		text, _ := io.ReadAll(r.Body)
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1", Path: "/", HttpOnly: true})
		http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
		fmt.Fprint(w, r.Method, r.URL.Path, " ", r.Header.Get("Content-Type"), string(text))
	}))
	defer s.Close()
	host := strings.TrimPrefix(s.URL, "http://")
	w := newWire(t, host)
	for _, c := range []struct{ method, body, want string }{
		{"GET", "", `200 ["a=1" "b=2"] "GET/x "`},
		{"POST", "{}", `200 ["a=1" "b=2"] "POST/x application/json{}"`},
		{"DELETE", "", `204 [] ""`},
		{"GET", "", `200 ["a=1" "b=2"] "GET/x "`},
	} {
		a, err := w.send(request(c.method, "/x", host, "", c.body))
		if got := fmt.Sprintf("%d %q %q", a.status, a.cookies, a.body); err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.method, got, err, c.want)
		}
	}
	for _, broken := range []string{"no\r\n", "HTTP/1.1 twohundred\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n", "HTTP/1.1 200"} {
		w := &wire{in: bufio.NewReader(strings.NewReader(broken))}
		if a, err := w.read(); err == nil {
			t.Errorf("%q is read as %v", broken, a)
		}
	}
}
