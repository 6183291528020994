package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// The metrics count by labels that no client can multiply, and are asked for at their own address only.
func TestMetrics(t *testing.T) {
	r := start(t, "-demo", "-store", "memory", "-metrics", "127.0.0.1:0")
	at := "http://" + r.metricsPort.listener.Addr().String()
	r.tour().all()
	v := r.visitor()
	series := func() int { return strings.Count(get(t, at+"/metrics"), "\njwtlab_") }
	for _, path := range []string{"/nowhere/1", "/api/nowhere/1", "/static/1", "/api/sessions/1"} {
		v.send("GET", path, "")
		v.send("PURGE", path, "")
	}
	before := series()
	for _, path := range []string{"/nowhere/2", "/api/nowhere/2", "/static/2", "/api/sessions/2", "/wp-login.php"} {
		v.send("GET", path, "")
		v.send("BREW", path, "")
	}
	if after := series(); after != before {
		t.Errorf("new addresses and methods made %d series of %d", after, before)
	}
	figures := get(t, at+"/metrics")
	for _, want := range []string{
		`jwtlab_http_requests_total\{method="POST",route="/api/login",status="2xx"\} [1-9]`,
		`jwtlab_http_requests_total\{method="POST",route="/api/login",status="4xx"\} [1-9]`,
		`jwtlab_http_requests_total\{method="OTHER",route="…",status="4xx"\} [1-9]`,
		`jwtlab_http_requests_total\{method="GET",route="/api/sessions/\{id\}",status="4xx"\} [1-9]`,
		`jwtlab_http_request_duration_seconds_bucket\{route="/api/me",le="0.01"\}`,
		`jwtlab_login_events_total\{event="login",mode="cookie"\} 1`,
		`jwtlab_login_events_total\{event="refresh-reused",mode="token"\} 1`, // counted
		`jwtlab_login_events_total\{event="address-refused",mode=""\} 0`,
		`go_goroutines [1-9]`, `go_build_info\{`,
	} {
		if !regexp.MustCompile(want).MatchString(figures) {
			t.Errorf("no %s", want)
		}
	}
	v.is(404, "GET", "/metrics", "")
	for _, path := range []string{"/", "/api/me", "/debug/pprof/"} {
		if a, err := http.Get(at + path); err != nil || a.StatusCode != 404 {
			t.Errorf("%s at the address of the metrics: %v, %v", path, a, err)
		}
	}
}
