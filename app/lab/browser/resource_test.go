package browser_test

import (
	"errors"
	"testing"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// TestResourcePolicy: who may put a response into its pages (Fetch §3.7), as Chromium answers too.
func TestResourcePolicy(t *testing.T) {
	for _, c := range []struct {
		page, asked, policy string
		lent                bool
	}{
		{evil, shop, "", true},
		{evil, shop, "cross-origin", true},
		{evil, shop, "same-site", false},
		{evil, shop, "same-origin", false},
		{evil, shop, "Same-Origin", true},
		{evil, shop, "same-origin, same-origin", true},
		{app, shop, "same-site", true},
		{app, shop, "same-origin", false},
		{shop, shop, "same-origin", true},
		{"http://shop.example", shop, "same-site", false},
	} {
		h := build(t)
		do := []string{"h=Set-Cookie:a=1; Secure; SameSite=None"}
		if c.policy != "" {
			do = append(do, "h=Cross-Origin-Resource-Policy:"+c.policy)
		}
		page := h.visit(c.page + "/")
		before := len(h.net.Messages)
		h.run(page, func(p *browser.Page) {
			_, err := p.Fetch(at(c.asked, "/api", do...), browser.Init{Mode: "no-cors", Credentials: "include"})
			if lent := err == nil; lent != c.lent || err != nil && !errors.Is(err, browser.ErrFetch) {
				t.Errorf("%s asks %s, %q: %v", c.page, c.asked, c.policy, err)
			}
			if got := p.Image(at(c.asked, "/img", do...)); got != c.lent {
				t.Errorf("%s has a picture of %s, %q: %t", c.page, c.asked, c.policy, got)
			}
		})
		if a := h.since(before, wire.Answer); len(a) != 2 || (a[0].Type == "error") == c.lent {
			t.Errorf("%s asks %s, %q: %d answers, the first of type %q", c.page, c.asked, c.policy, len(a), a[0].Type)
		}
		if len(h.Cookies()) != 1 {
			t.Errorf("%s asks %s, %q: the cookie is not kept", c.page, c.asked, c.policy)
		}
	}
}
