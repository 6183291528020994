package main

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login"
)

// what serve serves, and what it refuses; R-21: a grace of more than ten seconds, too.
func TestStand(t *testing.T) {
	const tls = "-tls-cert=c -tls-key=k"
	for _, c := range []struct {
		at, args string
		way      way
		origin   string // or the id of the refusal
		weak     int
	}{
		{"127.0.0.1:8080", "", byLoop, "http://localhost:8080", 3},
		{"[::1]:8080", "-addr [::1]:0", byLoop, "http://[::1]:8080", 3},
		{"127.0.1.1:8080", "-addr myhost:0", byLoop, "http://127.0.1.1:8080", 3},
		{"127.0.0.1:8080", "-grace 1m", byLoop, "http://localhost:8080", 4},
		{"127.0.0.1:80", "-addr localhost:80", byLoop, "http://localhost", 3},
		{"127.0.0.1:8443", tls, byTLS, "https://localhost:8443", 0},
		{"0.0.0.0:8443", tls + " -origin HTTPS://Lab.Example:443/", byTLS, "https://lab.example", 0},
		{"0.0.0.0:8443", tls + " -origin https://lab.example:8443 -insecure", byTLS, "https://lab.example:8443", 0},
		{"0.0.0.0:80", "-origin https://lab.example -proxies 10.0.0.1", byProxy, "https://lab.example", 0},
		{"127.0.0.1:80", "-origin https://lab.example -proxies 127.0.0.1", byProxy, "https://lab.example", 0},
		{"0.0.0.0:80", "-origin http://lab.example -insecure", byPlain, "http://lab.example", 3},
		{"0.0.0.0:80", "-origin http://lab.example -proxies 10.0.0.1 -insecure", byPlain, "http://lab.example", 3},

		{"0.0.0.0:80", "", 0, "serve.error.no-origin", 0},
		{"0.0.0.0:80", tls, 0, "serve.error.no-origin", 0},
		{"0.0.0.0:80", "-origin http://lab.example", 0, "serve.error.plain", 0},
		{"0.0.0.0:80", "-origin http://localhost", 0, "serve.error.plain", 0},
		{"0.0.0.0:80", "-origin http://lab.example -proxies 10.0.0.1", 0, "serve.error.plain", 0},
		{"127.0.0.1:80", "-origin http://lab.example", 0, "serve.error.plain", 0},
		{"0.0.0.0:80", "-origin https://lab.example", 0, "serve.error.origin-https", 0},
		{"0.0.0.0:80", "-origin https://lab.example -insecure", 0, "serve.error.origin-https", 0},
		{"0.0.0.0:80", tls + " -origin http://lab.example", 0, "serve.error.origin-http", 0},
		{"0.0.0.0:80", tls + " -origin lab.example", 0, "serve.error.origin", 0},
		{"0.0.0.0:80", tls + " -origin https://a@lab.example", 0, "serve.error.origin", 0},
		{"0.0.0.0:80", tls + " -origin https://lab.example/x", 0, "serve.error.origin", 0},
		{"0.0.0.0:80", tls + " -origin https://lab.example -trusted-origins http://app.example", 0, "serve.error.trusted-http", 0},
		{"0.0.0.0:80", tls + " -origin https://lab.example -grace 11s", 0, "weak", 1},
		{"0.0.0.0:80", "-origin http://lab.example -insecure -grace 11s", 0, "weak", 1},
	} {
		s := newServeCall(env{getenv: func(string) string { return "" }, now: time.Now})
		if code, ok := s.read(strings.Fields(c.args)); !ok {
			t.Fatalf("%s: code %d", c.args, code)
		}
		at, err := net.ResolveTCPAddr("tcp", c.at)
		if err != nil {
			t.Fatal(err)
		}
		st, err := s.stand(at)
		var no *refusal
		var weak *weakPolicy
		switch {
		case errors.As(err, &weak):
			if c.origin != "weak" || len(weak.list) != c.weak {
				t.Errorf("%s %s: weak %v", c.at, c.args, weak.list)
			}
		case errors.As(err, &no):
			if no.id != c.origin || no.code != usage {
				t.Errorf("%s %s: refused by %v, want %s", c.at, c.args, no, c.origin)
			}
		case err != nil || st.origin != c.origin || st.way != c.way || len(st.weak) != c.weak:
			t.Errorf("%s %s: %s by %d, weak %v, %v; want %s by %d", c.at, c.args, st.origin, st.way, st.weak, err, c.origin, c.way)
		case c.weak == 0 && (st.policy.Cookie != login.Secure().Cookie || st.policy.HSTS == 0):
			t.Errorf("%s %s: the policy is %+v", c.at, c.args, st.policy)
		}
	}
}

// The refusal is a list in words, in both languages, and nothing is served.
func TestRefusalInWords(t *testing.T) {
	built(t)
	args := []string{"serve", "-addr", "localhost:0", "-origin", "https://lab.example", "-proxies", "::1", "-grace", "1m"}
	for lang, want := range map[string]string{"en": "A replaced refresh token serves for more than ten seconds more. (RFC 9700 §4.14.2)", "ko": "(RFC 9700 §4.14.2)"} {
		code, out, said := world{env: map[string]string{"HOME": t.TempDir()}}.call(append(args, "-lang", lang)...)
		said = strings.Join(strings.Fields(said), " ")
		if code != bad || out != "" || !strings.Contains(said, want) || !strings.Contains(said, "-grace") || strings.Contains(said, "⟨") {
			t.Errorf("%s: code %d, %q, %s", lang, code, out, said)
		}
	}
}

func TestEnvironment(t *testing.T) {
	read := func(env_ map[string]string, args ...string) (*serveCall, int) {
		var said buffer
		s := newServeCall(env{err: &said, out: &said, getenv: func(name string) string { return env_[name] }, now: time.Now})
		code, _ := s.read(args)
		if code != good && !strings.Contains(said.String(), "JWTLAB_") {
			t.Errorf("it says %s", said.String())
		}
		return s, code
	}
	all := map[string]string{"JWTLAB_ADDR": ":1", "JWTLAB_TLS_CERT": "c", "JWTLAB_TLS_KEY": "k", "JWTLAB_LOGIN_EVERY": "90s", "JWTLAB_DEMO": "true",
		"JWTLAB_PROXIES": "10.0.0.0/8", "JWTLAB_LANG": "xx"}
	s, code := read(all, "-addr", ":2", "-login-burst", "7")
	if code != good || s.addr != ":2" || s.cert != "c" || s.key != "k" || s.limit != (login.Limit{Burst: 7, Every: 90 * time.Second}) || !s.demo || len(s.proxies) != 1 {
		t.Errorf("code %d, %+v", code, s)
	}
	if _, code := read(map[string]string{"JWTLAB_LOG": "secret"}); code != usage {
		t.Errorf("a variable that does not fit: code %d", code)
	}
	if s, code := read(map[string]string{"JWTLAB_LOG": "secret"}, "-log", "json"); code != good || s.log != "json" {
		t.Errorf("a flag does not win: code %d, %s", code, s.log)
	}
}
