package main

import (
	"net/http"
	"strings"
	"testing"
)

func TestMeant(t *testing.T) {
	for _, c := range []struct {
		origin, yes, no string
	}{
		{"http://localhost:8080", "localhost:8080 localhost LOCALHOST:9 127.0.0.1:8080 127.1.2.3 [::1]:8080 [::ffff:127.0.0.1] app.localhost:1",
			"evil.example evil.example:8080 localhost.evil.example 127.0.0.1.evil.example 192.0.2.1 0.0.0.0:8080 a@localhost localhost/x localhost:x [::1 %"},
		{"http://127.0.1.1:8080", "127.0.1.1:8080 localhost:8080", "myhost:8080"}, // a name that others may have for something else
		{"https://lab.example", "lab.example lab.example:443 lab.example:8443 Lab.Example", "www.lab.example lab.example.evil.example localhost 127.0.0.1 192.0.2.1 lab.example."},
		{"https://lab.example:8443", "lab.example:8443 lab.example", "other.example:8443"},
		{"http://192.0.2.1", "192.0.2.1 192.0.2.1:8080", "192.0.2.2 localhost"},
	} {
		st := stance{origin: c.origin}
		for _, host := range strings.Fields(c.yes) {
			if !st.meant(host) {
				t.Errorf("%s is refused at %s", host, c.origin)
			}
		}
		for _, host := range append(strings.Fields(c.no), "") {
			if st.meant(host) {
				t.Errorf("%q is taken for %s", host, c.origin)
			}
		}
	}
}

// A page of an attacker's, whose name leads here now (DNS rebinding), is of one origin with the server to its browser, and by
// its Host and Origin. It gets nothing, neither the service nor the site; probes get their answer by any name.
func TestRebinding(t *testing.T) {
	const right, wrong = alice, `{"username":"alice","password":"guess","mode":"session"}`
	for _, c := range []struct {
		args, host, origin string
		taken              bool
	}{
		{"", "evil.example:8080", "http://evil.example:8080", false},
		{"", "localhost:8080", "http://localhost:8080", true},
		{"-proxies 127.0.0.1,::1 -origin https://lab.example", "other.example", "https://other.example", false},
		{"-proxies 127.0.0.1,::1 -origin https://lab.example", "lab.example", "https://lab.example", true},
	} {
		v := start(t, append([]string{"-demo", "-store", "memory"}, strings.Fields(c.args)...)...).visitor()
		v.header = http.Header{"Host": {c.host}, "Origin": {c.origin}, "X-Forwarded-Proto": {"https"}}
		for _, q := range [][3]string{{"GET", "/", ""}, {"GET", "/sw.js", ""}, {"GET", "/.well-known/jwks.json", ""}, {"POST", "/api/login", right}, {"POST", "/api/login", wrong}} {
			a, body := v.send(q[0], q[1], q[2])
			if (a.StatusCode == http.StatusMisdirectedRequest) == c.taken || !c.taken && (len(a.Cookies()) > 0 || strings.Contains(body, "<")) {
				t.Errorf("%s %s at %s with %q: %d %.100s", q[0], q[1], c.host, c.args, a.StatusCode, body)
			}
		}
		v.is(200, "GET", "/healthz", "")
		v.is(200, "GET", "/readyz", "")
	}
}
