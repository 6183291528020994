package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"jwtlab/app/site"
)

// built skips a test that needs the site inside.
func built(t *testing.T) {
	t.Helper()
	if _, err := site.Embedded(); errors.Is(err, site.ErrNoSite) {
		t.Skip("no site is built in: run make build")
	}
}

// A buffer is written by the server and read by the test.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// A running is a server that runs in the test, with its files in a folder of its own.
type running struct {
	*testing.T
	*server
	url      string
	home     string
	out, log buffer
	again    chan os.Signal
	end, now func() // stop, and stop without waiting
	code     chan int
	ahead    atomic.Int64 // how much later it is there
}

// start starts serve on a free port, with the real clock, until the test ends.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	return startWith(t, world{}, args...)
}

func startWith(t *testing.T, w world, args ...string) *running {
	t.Helper()
	built(t)
	r := &running{T: t, home: t.TempDir(), again: make(chan os.Signal), code: make(chan int, 1)}
	if home := w.env["HOME"]; home != "" {
		r.home = home
	}
	s := newServeCall(env{in: strings.NewReader(""), out: &r.out, err: &r.log, now: r.clock, rand: rand.Reader, getenv: func(name string) string {
		if name == "HOME" {
			return r.home
		}
		return w.env[name]
	}})
	if _, ok := s.read(append([]string{"-addr", "localhost:0"}, args...)); !ok {
		t.Fatalf("%q: %s", args, r.log.String())
	}
	stop, end := context.WithCancel(context.Background())
	hurry, now := context.WithCancel(context.Background())
	r.end, r.now = end, now
	up := make(chan *server, 1)
	go func() { r.code <- s.serve(signals{stop, hurry, r.again}, func(sv *server) { up <- sv }) }()
	select {
	case r.server = <-up:
	case code := <-r.code:
		t.Fatalf("%q: code %d, %s", args, code, r.log.String())
	}
	r.url = "http://localhost:" + portOf(r.port.listener.Addr())
	t.Cleanup(func() {
		end()
		now()
		if code, ok := <-r.code; ok && code != good {
			t.Errorf("%q ended with code %d: %s", args, code, r.log.String())
		}
	})
	return r
}

func (r *running) clock() time.Time { return time.Now().Add(time.Duration(r.ahead.Load())) }

// later lets time pass, and waits for a round of the watch after it.
func (r *running) later(d time.Duration) {
	r.ahead.Add(int64(d))
	r.again <- syscall.SIGHUP
	r.again <- syscall.SIGHUP // is taken when the first round is over
}

func portOf(at net.Addr) string {
	_, port, _ := net.SplitHostPort(at.String())
	return port
}

// stop stops the server, waits for its end and returns the exit code.
func (r *running) stop() int {
	r.end()
	code := <-r.code
	close(r.code)
	return code
}

// A visitor is a client with cookies.
type visitor struct {
	*running
	http.Client
	header http.Header
}

func (r *running) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		r.Fatal(err)
	}
	v := &visitor{running: r, header: http.Header{}}
	v.Client = http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{}}
	r.Cleanup(v.CloseIdleConnections)
	return v
}

// send sends JSON, or nothing, and returns the answer with its body.
func (v *visitor) send(method, path, body string) (*http.Response, string) {
	v.Helper()
	q, err := http.NewRequest(method, v.url+path, strings.NewReader(body))
	if err != nil {
		v.Fatal(err)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	for name, values := range v.header {
		q.Header[name] = values
		if name == "Host" {
			q.Host = values[0]
		}
	}
	a, err := v.Do(q)
	if err != nil {
		v.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		v.Fatal(err)
	}
	return a, string(text)
}

// is wants a status, and returns the body.
func (v *visitor) is(status int, method, path, body string) string {
	v.Helper()
	a, text := v.send(method, path, body)
	if a.StatusCode != status {
		v.Fatalf("%s %s: %d %s, want %d", method, path, a.StatusCode, text, status)
	}
	return text
}

const alice = `{"username":"alice","password":"wonderland","mode":"session"}`
