package site

import (
	"net"
	"net/http"
	"strings"
)

// policy is the Content-Security-Policy of every page. The program needs 'wasm-unsafe-eval' to be compiled; nothing may
// be inline, nothing may go to another host, and scripts have to pass the page's own Trusted Types policy.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
	"require-trusted-types-for 'script'; trusted-types jwtlab"

// headers are sent with every answer. A page on a plain file host has only the policy, from its meta element, where
// frame-ancestors would be ignored (CSP3 §6.4.2).
var headers = [][2]string{
	{"Content-Security-Policy", policy + "; frame-ancestors 'none'"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
		"magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=(), " +
		"clipboard-read=(self), clipboard-write=(self)"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Content-Type-Options", "nosniff"},
}

// secure sets the security headers. Strict-Transport-Security goes out only where the request came over https, by
// itself or through a proxy that says so, and never for a loopback name: other programs use that host without TLS.
func secure(h http.Header, r *http.Request) {
	for _, pair := range headers {
		h.Set(pair[0], pair[1])
	}
	https := r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
	if https && !loopback(r.Host) {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// loopback reports whether a Host header names this machine.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
