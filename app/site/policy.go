package site

import "net/http"

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

// secure sets the security headers. Strict-Transport-Security is not among them: whether requests come by https is known to
// the server around this, not to the request.
func secure(h http.Header) {
	for _, pair := range headers {
		h.Set(pair[0], pair[1])
	}
}
