package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jwtlab/app/login"
)

// A slowStore lets a request that has come to it wait.
type slowStore struct {
	login.Store
	came    chan bool
	release chan bool
}

func (s *slowStore) Logins(ctx context.Context, user, after string, limit int, now time.Time) ([]login.Login, error) {
	s.came <- true
	<-s.release
	return s.Store.Logins(ctx, user, after, limit, now)
}

// told to stop, the server is not ready, answers what is under way, takes nothing new, and closes its store last.
func TestStopsGently(t *testing.T) {
	r := start(t, "-demo", "-drain", "1h")
	slow := &slowStore{Store: r.shelf.Store, came: make(chan bool), release: make(chan bool)}
	r.shelf.Store = slow
	closed, close_ := make(chan bool), r.shelf.close
	r.shelf.close = func() error {
		close(closed)
		return close_()
	}
	v := r.visitor()
	v.is(200, "POST", "/api/login", alice)
	v.is(200, "GET", "/readyz", "")
	var under sync.WaitGroup
	under.Go(func() {
		if body := v.is(200, "GET", "/api/sessions", ""); !strings.Contains(body, `"current":true`) {
			t.Errorf("the request under way got %s", body)
		}
	})
	<-slow.came
	r.end()
	for { // in the drain it still answers, and says to whoever asks that it is about to go
		a, body := r.visitor().send("GET", "/readyz", "")
		if a.StatusCode == 200 {
			continue
		}
		if a.StatusCode != 503 || !strings.Contains(body, "about to stop") {
			t.Errorf("R-28: /readyz in the drain: %d %s", a.StatusCode, body)
		}
		break
	}
	r.visitor().is(200, "GET", "/healthz", "")
	r.now()
	for { // until the port is closed
		c, err := net.Dial("tcp", r.port.listener.Addr().String())
		if err != nil {
			break
		}
		c.Close()
	}
	select {
	case <-closed:
		t.Error("R-28: the store was closed with a request under way")
	default:
	}
	close(slow.release)
	under.Wait()
	if code := r.stop(); code != good {
		t.Errorf("R-28: code %d: %s", code, r.log.String())
	}
	<-closed
}

// small are limits that a test can see the end of.
func small(t *testing.T, lim limits, h http.HandlerFunc) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop, end := context.WithCancel(context.Background())
	done := make(chan error, 1)
	j := newJournal(io.Discard, "text", time.Now)
	t.Cleanup(j.pen.close)
	p := newPort(l, h, lim, nil, j)
	go func() { done <- p.run(signals{stop: stop, hurry: stop}, func() {}, 0) }()
	t.Cleanup(func() {
		end()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// whoever sends slowly is left, and holds up nobody meanwhile.
func TestSlowClients(t *testing.T) {
	lim := usual(10)
	lim.header, lim.read, lim.idle = 50*time.Millisecond, 100*time.Millisecond, 50*time.Millisecond
	addr := small(t, lim, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			http.Error(w, "cut", http.StatusBadRequest)
			return
		}
		io.WriteString(w, "whole")
	})
	for what, c := range map[string]struct{ sent, want string }{
		"no header":   {"", ""},
		"half header": {"POST / HTTP/1.1\r\nHost: x\r\n", ""},
		"half body":   {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{", "HTTP/1.1 400"},
		"no body":     {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", "HTTP/1.1 400"},
		"chunks":      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", "HTTP/1.1 400"},
		"idle":        {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200"},
	} {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, c.sent)
		if got := get(t, "http://"+addr); got != "whole" {
			t.Errorf("%s: others get %q", what, got)
		}
		got, err := io.ReadAll(conn) // ends when the server leaves
		if err != nil && !strings.Contains(err.Error(), "reset") || !strings.HasPrefix(string(got), c.want) || c.want == "" && strings.Contains(string(got), "200") {
			t.Errorf("%s: %q, %v", what, got, err)
		}
		conn.Close()
	}
}

// nobody fills the memory with one header.
func TestLargeHeader(t *testing.T) {
	addr := small(t, usual(10), func(http.ResponseWriter, *http.Request) {})
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n", strings.Repeat("x", 64<<10))
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || !strings.Contains(line, "431") {
		t.Errorf("a header of 64 KB: %q, %v", line, err)
	}
}

// beyond its limit the server takes a connection only when another one ends.
func TestConnectionLimit(t *testing.T) {
	came, release := make(chan string, 3), make(chan bool)
	addr := small(t, usual(2), func(_ http.ResponseWriter, r *http.Request) {
		came <- r.URL.Path
		<-release
	})
	var clients sync.WaitGroup
	for i := range 3 {
		clients.Go(func() {
			c := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			if a, err := c.Get(fmt.Sprintf("http://%s/%d", addr, i)); err != nil {
				t.Error(err)
			} else {
				a.Body.Close()
			}
		})
	}
	<-came
	<-came
	select {
	case path := <-came:
		t.Errorf("a third connection was taken, for %s", path)
	default:
	}
	release <- true
	<-came
	close(release)
	clients.Wait()
}
