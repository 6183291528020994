package site_test

import (
	"errors"
	"path"
	"strings"
	"testing"

	"jwtlab/app/site"
)

// What a first visit may cost, in bytes as brotli at level 11 packs them.
const (
	programBudget = 2_150_000
	othersBudget  = 60_000
)

// mine reports whether a file has texts of the first page, in the language that has more of them.
func mine(name string) bool {
	return strings.HasPrefix(name, "words-page.ko.") || strings.HasPrefix(name, "words-desk.ko.")
}

// TestBudgets weighs the site that was built. Every visitor waits for these bytes, so they may not grow unnoticed.
func TestBudgets(t *testing.T) {
	s, err := site.Embedded()
	if errors.Is(err, site.ErrNoSite) {
		t.Skip("no site is built in: run make build")
	}
	if err != nil {
		t.Fatal(err)
	}
	files, err := s.For(site.Host{Base: "/", Server: true})
	if err != nil {
		t.Fatal(err)
	}
	program, others := 0, 0
	for _, f := range files {
		size := len(f.Body)
		if f.Brotli != nil {
			size = len(f.Brotli)
		}
		switch {
		case path.Ext(f.Path) == ".wasm":
			program += size
		case strings.HasPrefix(path.Base(f.Path), "lab."), path.Base(f.Path) == "index.html" && f.Path != "index.html", strings.HasPrefix(path.Base(f.Path), "words-") && !mine(path.Base(f.Path)):
			// Another page, with what it has of its own, another language: the service worker brings it later, to have it offline.
		default:
			others += size
		}
	}
	t.Logf("program %d bytes, all else %d", program, others)
	if program > programBudget {
		t.Errorf("app.wasm is %d bytes in brotli, over the budget of %d", program, programBudget)
	}
	if others > othersBudget {
		t.Errorf("the other files of a first visit are %d bytes in brotli, over the budget of %d", others, othersBudget)
	}
}
