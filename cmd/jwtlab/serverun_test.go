package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
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
	p := newPort(l, h, lim, nil, newJournal(io.Discard, "text", time.Now))
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

// Beyond its limit the server takes a connection only when another one ends.
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

// A certificate that was renewed is used after SIGHUP; one that is broken is not.
func TestTLS(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	issue(t, cert, key, "first")
	r := start(t, "-demo", "-tls-cert", cert, "-tls-key", key)
	subject := func(version uint16) (string, error) {
		conn, err := tls.Dial("tcp", r.port.listener.Addr().String(), &tls.Config{InsecureSkipVerify: true, MaxVersion: version, NextProtos: []string{"h2"}})
		if err != nil {
			return "", err
		}
		defer conn.Close()
		if p := conn.ConnectionState().NegotiatedProtocol; p != "h2" {
			t.Errorf("the protocol is %q", p)
		}
		return conn.ConnectionState().PeerCertificates[0].Subject.CommonName, nil
	}
	if name, err := subject(tls.VersionTLS13); name != "first" {
		t.Errorf("the certificate is %s, %v", name, err)
	}
	if _, err := subject(tls.VersionTLS11); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
	issue(t, cert, key, "second")
	r.later(0)
	if name, err := subject(tls.VersionTLS12); name != "second" {
		t.Errorf("after SIGHUP the certificate is %s, %v", name, err)
	}
	if err := os.WriteFile(cert, []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.later(0)
	if name, err := subject(0); name != "second" || !strings.Contains(r.log.String(), "task=certificate") {
		t.Errorf("with a broken file the certificate is %s, %v: %s", name, err, r.log.String())
	}
}

// With TLS the policy is the good one: cookies with prefix, and HSTS for all that has a name.
func TestSecurePolicy(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	issue(t, cert, key, "lab.example")
	r := start(t, "-demo", "-tls-cert", cert, "-tls-key", key, "-origin", "https://lab.example")
	r.url = strings.Replace(r.url, "http:", "https:", 1)
	v := r.visitor()
	v.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	for host, want := range map[string]bool{"lab.example": true, "lab.example:8443": true, "localhost": false, "127.0.0.1": false, "192.0.2.1": false, "[::1]:1": false, "app.localhost": false} {
		v.header.Set("Host", host)
		for _, path := range []string{"/", "/nowhere", "/healthz", "/api/me"} {
			a, _ := v.send("GET", path, "")
			if got := a.Header.Get("Strict-Transport-Security"); (got != "") != want {
				t.Errorf("R-26: %s%s: Strict-Transport-Security is %q", host, path, got)
			}
		}
	}
	a, _ := v.send("POST", "/api/login", alice)
	if k := a.Cookies(); len(k) != 1 || k[0].Name != "__Host-session" || !k[0].Secure || !k[0].HttpOnly || k[0].SameSite != http.SameSiteLaxMode {
		t.Errorf("R-11: the cookies are %v", k)
	}
}

// Behind a proxy with TLS, what comes by plain http is sent there, and nothing with a secret is answered.
func TestBehindProxy(t *testing.T) {
	r := start(t, "-demo", "-origin", "https://lab.example", "-proxies", "127.0.0.1,::1")
	v := r.visitor()
	v.header.Set("Host", "lab.example")
	v.header.Set("X-Forwarded-Proto", "https")
	a, _ := v.send("POST", "/api/login", alice)
	if k := a.Cookies(); a.StatusCode != 200 || len(k) != 1 || k[0].Name != "__Host-session" || a.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("by https: %d, %v", a.StatusCode, a.Header)
	}
	if a, _ = v.send("GET", "/", ""); a.StatusCode != 200 || a.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("the page by https: %d, %v", a.StatusCode, a.Header)
	}
	v.header.Set("X-Forwarded-Proto", "http")
	if a, _ = v.send("GET", "/ko/?a=b", ""); a.StatusCode != 308 || a.Header.Get("Location") != "https://lab.example/ko/?a=b" {
		t.Errorf("the page by http: %d, %v", a.StatusCode, a.Header)
	}
	for _, proto := range []string{"http", ""} {
		v.header.Set("X-Forwarded-Proto", proto)
		for _, path := range []string{"/api/login", "/api/refresh", "/account"} {
			if a, _ = v.send("POST", path, alice); a.StatusCode != 403 || len(a.Cookies()) > 0 {
				t.Errorf("R-12: %s by plain http: %d", path, a.StatusCode)
			}
		}
		v.is(200, "GET", "/healthz", "")
		v.is(200, "GET", "/readyz", "")
	}
}

// whoever is no proxy cannot choose its address, and so not escape the limit of failures.
func TestSpoofedAddress(t *testing.T) {
	for _, c := range []struct {
		proxies string
		ends    bool // in 429
	}{{"192.0.2.1", true}, {"127.0.0.1,::1", false}} {
		v := start(t, "-demo", "-store", "memory", "-login-burst", "2", "-proxies", c.proxies).visitor()
		status := 0
		for i := range 9 { // the limit for an address is 8
			v.header.Set("X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i))
			a, _ := v.send("POST", "/api/login", fmt.Sprintf(`{"username":"name%d","password":"my-Passw0rd","mode":"session"}`, i))
			status = a.StatusCode
		}
		if (status == 429) != c.ends {
			t.Errorf("R-5: with the proxies %s the ninth failure is %d", c.proxies, status)
		}
	}
}
