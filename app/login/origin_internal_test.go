package login

import (
	"net/http"
	"testing"
)

// TestLightProtection holds the protection in the page to that of the standard library.
func TestLightProtection(t *testing.T) {
	std, light := http.NewCrossOriginProtection(), &lightProtection{}
	for _, origin := range []string{"https://app.example", "https://app.example:8443", "app.example", "https://app.example/", "https://", "null", "", "https://a b", "https://app.example?x", "https://app.example#x", "%"} {
		if a, b := std.AddTrustedOrigin(origin), light.AddTrustedOrigin(origin); (a == nil) != (b == nil) {
			t.Errorf("trusting %q: %v and %v", origin, a, b)
		}
	}
	refused := 0
	for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "DELETE", "PUT", "TRACE"} {
		for _, site := range []string{"", "same-origin", "same-site", "cross-site", "none", "odd"} {
			for _, origin := range []string{"", "null", "https://login.example", "http://login.example", "https://login.example:443", "https://app.example", "https://app.example:8443", "https://evil.example", "%"} {
				r, err := http.NewRequest(method, "https://login.example/api/transfer", nil)
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Sec-Fetch-Site", site)
				r.Header.Set("Origin", origin)
				a, b := std.Check(r), light.Check(r)
				if (a == nil) != (b == nil) {
					t.Errorf("%s from %q (%q): %v and %v", method, origin, site, a, b)
				}
				if a != nil {
					refused++
				}
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}
