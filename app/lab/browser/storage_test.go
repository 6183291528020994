package browser_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"jwtlab/app/lab/browser"
)

// look reads a key everywhere: localStorage, sessionStorage, memory, and says which have it.
func look(h *house, d int, key string) (has string) {
	h.run(d, func(p *browser.Page) {
		for i, s := range []*browser.Storage{p.Local(), p.Session(), p.Memory()} {
			if _, ok := s.Get(key); ok {
				has += string("LSM"[i])
			}
		}
	})
	return has
}

func put(h *house, d int, key string) {
	h.run(d, func(p *browser.Page) {
		for _, s := range []*browser.Storage{p.Local(), p.Session(), p.Memory()} {
			if err := s.Set(key, "1"); err != nil {
				h.t.Error(err)
			}
		}
	})
}

// TestScope: who sees what was stored, and what is left of it (HTML §12.2).
func TestScope(t *testing.T) {
	frame := func(h *house, d int, url string) (f int) {
		h.run(d, func(p *browser.Page) { f = p.Embed("f", url) })
		return f
	}
	for _, c := range []struct {
		name string
		then func(h *house, d int) int // where to look
		want string
	}{
		{"the same document", func(_ *house, d int) int { return d }, "LSM"},
		{"another page of the origin", func(h *house, _ int) int { return h.visit(shop + "/other") }, "LS"},
		{"another page and back", func(h *house, _ int) int { h.visit(evil); return h.visit(shop + "/") }, "LS"},
		{"reload", func(h *house, _ int) int { return h.Reload(h.tab).Document }, "LS"},
		{"another tab", func(h *house, _ int) int { return h.Visit(h.Open(), shop).Document }, "L"},
		{"a link into another tab", func(h *house, d int) int { return h.Click(d, "/", "_blank").Document }, "L"},
		{"another scheme", func(h *house, _ int) int { return h.visit("http://shop.example/") }, ""},
		{"a subdomain", func(h *house, _ int) int { return h.visit(app) }, ""},
		{"another site", func(h *house, _ int) int { return h.visit(evil) }, ""},
		{"a frame of the origin", func(h *house, d int) int { return frame(h, d, "/x") }, "LS"},
		{"a blank frame", func(h *house, d int) int { return frame(h, d, "") }, "LS"},
		{"framed by the own site", func(h *house, _ int) int { return frame(h, h.visit(app), shop) }, "LS"},
		{"framed by another site", func(h *house, _ int) int { return frame(h, h.visit(evil), shop) }, ""},
		{"a new start", func(h *house, _ int) int { h.Restart(); return h.Visit(h.Open(), shop).Document }, "L"},
		{"a restored session", func(h *house, _ int) int { h.Restore(); d, _ := h.Top(h.tab); return d.ID }, "LS"},
		{"the tab closed", func(h *house, _ int) int { h.CloseTab(h.tab); return h.visit(shop) }, "L"},
		{"an answer without a page", func(h *house, d int) int { h.Click(d, at(shop, "/", "status=204"), ""); return d }, "LSM"},
	} {
		h := build(t)
		d := h.visit(shop + "/")
		put(h, d, "key")
		if got := look(h, c.then(h, d), "key"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQuota(t *testing.T) {
	h := build(t)
	d := h.visit(shop)
	h.run(d, func(p *browser.Page) {
		s := p.Local()
		half := strings.Repeat("한", 5<<19-1) // UTF-16 code units count, not octets
		for _, key := range []string{"a", "b"} {
			if err := s.Set(key, half); err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
		if err := s.Set("c", ""); !errors.Is(err, browser.ErrQuota) {
			t.Errorf("one unit too many: %v", err)
		}
		if err := s.Set("a", half+"x"); !errors.Is(err, browser.ErrQuota) {
			t.Errorf("a longer value: %v", err)
		}
		if v, _ := s.Get("a"); v != half {
			t.Error("a value that is refused has replaced the one before")
		}
		if err := p.Session().Set("c", "1"); err != nil {
			t.Errorf("the other storage has a quota of its own: %v", err)
		}
		if err := s.Remove("b"); err != nil {
			t.Error(err)
		}
		if err := s.Set("😀", strings.Repeat("😀", 5<<18-1)); err != nil {
			t.Errorf("what is outside the BMP has two units: %v", err)
		}
		if err := s.Set("d", ""); !errors.Is(err, browser.ErrQuota) {
			t.Errorf("full again: %v", err)
		}
	})
}

// TestGone: what a script holds on to does not work any more once its document is gone, and an error page has none.
func TestGone(t *testing.T) {
	h := build(t)
	d := h.visit(shop)
	var old *browser.Page
	var local *browser.Storage
	h.run(d, func(p *browser.Page) { old, local = p, p.Local() })
	h.visit(shop)
	if err := local.Set("a", "1"); !errors.Is(err, browser.ErrGone) {
		t.Errorf("storage: %v", err)
	}
	if _, err := old.Fetch("/", browser.Init{}); !errors.Is(err, browser.ErrGone) {
		t.Errorf("fetch: %v", err)
	}
	before := len(h.net.Messages)
	old.SetCookie("a=1")
	if old.Cookie() != "" || old.Text() != "" || old.URL() != "" || old.Image("/img") || old.Embed("f", "/") != 0 || len(h.Cookies()) != 0 {
		t.Error("a page that is gone still acts")
	}
	old.Navigate("/x")
	if len(h.net.Messages) != before {
		t.Error("a page that is gone still sends")
	}
	a := h.Visit(h.tab, "https://nobody.example/")
	if _, ok := h.Browser.Run(a.Document, func(*browser.Page) {}); ok || a.Status != 0 {
		t.Error("a script runs in an error page")
	}
	if _, ok := h.Browser.Run(d, func(*browser.Page) {}); ok {
		t.Error("a script runs in a document that is gone")
	}
}

// TestReach: a script reaches into frames of its own origin only.
func TestReach(t *testing.T) {
	h := build(t)
	d := h.visit(shop + "/")
	frames := map[string]int{}
	h.run(d, func(p *browser.Page) {
		frames["near"], frames["far"] = p.Embed("near", "/near"), p.Embed("far", app+"/far")
		if f, err := p.Frame("near"); err != nil || f.Text() != "body of shop.example/near" {
			t.Errorf("a frame of the own origin: %v", err)
		}
		if f, err := p.Frame("far"); !errors.Is(err, browser.ErrSecurity) || f != nil {
			t.Errorf("a frame of another origin: %v", err)
		}
		if _, err := p.Frame("none"); err == nil {
			t.Error("a frame that is not there")
		}
	})
	h.run(frames["near"], func(p *browser.Page) {
		if up, err := p.Parent(); err != nil || up.URL() != shop+"/" {
			t.Errorf("the parent: %v", err)
		}
	})
	h.run(frames["far"], func(p *browser.Page) {
		if _, err := p.Parent(); !errors.Is(err, browser.ErrSecurity) {
			t.Errorf("the parent of another origin: %v", err)
		}
		if p.Origin() != app {
			t.Errorf("origin is %q", p.Origin())
		}
	})
}

// TestRestart: cookies without an end are gone after a new start, and are kept by a restored session.
func TestRestart(t *testing.T) {
	h := build(t)
	h.give(shop, "session=1; Secure", "kept=1; Secure; Max-Age=60")
	names := func() (all string) {
		for _, c := range h.Cookies() {
			all += string(c.Name) + " "
		}
		return all
	}
	h.Restore()
	if got := names(); got != "session kept " {
		t.Errorf("after a restored session: %q", got)
	}
	h.Restart()
	if got := names(); got != "kept " {
		t.Errorf("after a new start: %q", got)
	}
	if s := h.State(); len(s.Documents) != 0 {
		t.Errorf("documents are left: %+v", s.Documents)
	}
	for _, c := range h.Cookies() {
		h.DeleteCookie(c)
	}
	if names() != "" {
		t.Error("a cookie that was deleted is there")
	}
}

// TestState: all of it can be written as JSON and read again.
func TestState(t *testing.T) {
	h := build(t)
	h.give(shop, "a=1; Secure")
	d := h.visit(at(shop, "/", "h=Strict-Transport-Security:max-age=9; includeSubDomains"))
	put(h, d, "key")
	text, err := json.Marshal(h.State())
	if err != nil {
		t.Fatal(err)
	}
	var s browser.State
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Documents) != 1 || len(s.Documents[0].Memory) != 1 || len(s.Cookies) != 1 || len(s.Storage) != 2 || len(s.HSTS) != 1 || s.HSTS[0] != "*.shop.example" {
		t.Errorf("%s", text)
	}
}
