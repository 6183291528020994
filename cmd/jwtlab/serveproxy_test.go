package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// what X-Forwarded-For says counts only as far as proxies of ours wrote it.
func TestClient(t *testing.T) {
	p, err := readProxies("10.0.0.0/8, 2001:db8:1::/48,192.0.2.7")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		peer string
		hops []string
		want string
	}{
		{"203.0.113.9:1", nil, "203.0.113.9"},
		{"203.0.113.9:1", []string{"198.51.100.1"}, "203.0.113.9"}, // whoever comes by itself may say what it wants
		{"203.0.113.9:1", []string{"10.0.0.1"}, "203.0.113.9"},
		{"10.0.0.1:1", nil, "10.0.0.1"},
		{"10.0.0.1:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"1.1.1.1, 198.51.100.1"}, "198.51.100.1"}, // the first is invented
		{"10.0.0.1:1", []string{"1.1.1.1", "198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"1.1.1.1, 198.51.100.1, 10.9.9.9"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"1.1.1.1, 10.9.9.9, 198.51.100.1, 10.2.2.2"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"10.2.2.2"}, "10.2.2.2"},
		{"10.0.0.1:1", []string{"1.1.1.1, unknown"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"1.1.1.1, unknown, 10.2.2.2"}, "10.2.2.2"},
		{"10.0.0.1:1", []string{"198.51.100.1:4711"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"\n198.51.100.1\t"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{""}, "10.0.0.1"},
		{"192.0.2.7:1", []string{"2001:db8:9::1"}, "2001:db8:9::"},
		{"192.0.2.8:1", []string{"2001:db8:9::1"}, "192.0.2.8"},
		{"[::ffff:10.0.0.1]:1", []string{"[2001:db8:9:1:2:3:4:5]:99"}, "2001:db8:9:1::"},
		{"[2001:db8:1::5%eth0]:1", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"[2001:db8:2:3:4:5:6:7]:1", nil, "2001:db8:2:3::"}, // who has one address of the network has all
		{"@", nil, "?"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header["X-Forwarded-For"] = c.hops
		if got := p.address(r); got != c.want && got != c.want+"/64" {
			t.Errorf("%s by %q is %s, want %s", c.peer, c.hops, got, c.want)
		}
	}
}

func TestScheme(t *testing.T) {
	p, err := readProxies("10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		peer  string
		said  []string
		https bool
	}{
		{"10.0.0.1:1", []string{"https"}, true},
		{"10.0.0.1:1", []string{"HTTPS "}, true},
		{"10.0.0.1:1", []string{"http"}, false},
		{"10.0.0.1:1", nil, false},
		{"10.0.0.1:1", []string{"https, http"}, false},
		{"10.0.0.1:1", []string{"https", "http"}, false},
		{"10.0.0.1:1", []string{"http, https"}, true},
		{"10.0.0.2:1", []string{"https"}, false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header["X-Forwarded-Proto"] = c.said
		if got := p.secure(r); got != c.https {
			t.Errorf("%s saying %q: https %v", c.peer, c.said, got)
		}
	}
}

func FuzzClient(f *testing.F) {
	f.Add("10.0.0.1:1", "1.1.1.1, 2.2.2.2", "https")
	f.Add("[::1]:1", "[::1]:5,,unknown", "http,https")
	p, err := readProxies("10.0.0.0/8,::1")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, peer, hops, proto string) {
		r := &http.Request{RemoteAddr: peer, Header: http.Header{"X-Forwarded-For": {hops}, "X-Forwarded-Proto": {proto}}}
		got := p.address(r)
		if !p.trusts(r) && (p.secure(r) || got != (proxies)(nil).address(r)) {
			t.Errorf("%q is no proxy, and what it says is believed: %s", peer, got)
		}
		if len(got) > 45+3 {
			t.Errorf("an address of %d bytes: %q", len(got), got)
		}
	})
}
