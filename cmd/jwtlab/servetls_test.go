package main

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
	v.header.Set("Host", "lab.example")
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
