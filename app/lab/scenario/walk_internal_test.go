package scenario

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// A dice writes scripts by chance, of lines that are all valid.
type dice struct{ *rand.Rand }

func throw(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 6))} }

func (d dice) of(list ...string) string { return list[d.IntN(len(list))] }

// settings are the first lines of a script.
func (d dice) settings() []string { return d.settingsOf(d.of(credentials...), d.of(storages...)) }

// settingsOf are those with a credential in a storage, if the two go together.
func (d dice) settingsOf(credential, storage string) []string {
	if together(credential, storage) != nil {
		storage = Memory
	}
	lines := []string{"setup " + d.setup(credential, storage), "seed " + strconv.Itoa(d.IntN(1000))}
	maybe := func(one int, line string) {
		if d.IntN(one) == 0 {
			lines = append(lines, line)
		}
	}
	maybe(3, "replicas "+strconv.Itoa(1+d.IntN(maxReplicas))+d.of("", " own", " shared"))
	maybe(6, "client "+d.of("app", "app-jar", "browser"))
	maybe(6, "page "+sibling)
	maybe(6, "trust "+d.of(sibling, evil))
	maybe(4, "profile "+d.of("chromium", "firefox", "safari"))
	maybe(6, "third-party "+d.of("allow", "block"))
	maybe(6, "lifetime "+d.of("access", "idle", "session", "refresh")+" "+d.of("1s", "90s", "1h", "90d"))
	return lines
}

// setup is one with some defences.
func (d dice) setup(credential, storage string) string {
	id := credential + "/" + storage
	for _, defence := range defences {
		if d.IntN(5) == 0 {
			id += "+" + defence
		}
	}
	return id
}

// moves are those that need no argument, those that come with one, and what is seldom.
var moves = []string{
	"visit", "login", "call", "retry", "account", "admin", "link", "refresh", "logout", "logout-everywhere", "sso", "sso news", "sso-logout",
	"sso-logout news", "sso-logout accounts", "reload", "new-tab", "close", "restore", "restart", "wait expiry", "wait 1s", "wait 90s",
	"wait 20m", "wait 6d", "login admin", "login mallory", "role alice admin", "role alice none", "force-out", "force-out mallory",
	"transfer bob 1", "form bob 2", "change-network home", "change-network cafe", "change-network office", "visit http://shop.example/", "visit https://evil.example/x",
	"visit https://news.example/", "visit https://accounts.example/logout", "pin 0", "pin 2", "replicas 1", "replicas 3 own", "replicas 8 shared",
	"expect user alice", "expect not accepted", "expect status 200", "expect stored cookie", "expect sent Cookie", "expect event logout", "expect private",
}

// line is any line but a setting.
func (d dice) line() string {
	switch d.IntN(10) {
	case 0, 1:
		return "attack " + d.of(Attacks()...)
	case 2, 3:
		return d.of("login", "call", "call", "transfer mallory 3")
	}
	return d.of(moves...)
}

func (d dice) lines(n int) (all []string) {
	for range n {
		all = append(all, d.line())
	}
	return all
}

func text(lines []string) string { return strings.Join(lines, "\n") + "\n" }

// A walk plays a script line by line, and looks after each at what every page can see.
type walk struct {
	t      *testing.T
	point  point
	hidden map[string]bool // values that only HttpOnly cookies have
	seen   int             // messages that have been looked at
}

const total = 10_000 // moves of all walks together

// TestWalks: whatever is done, no script sees what is another origin's, or HttpOnly, and the record keeps to its rules.
func TestWalks(t *testing.T) {
	walks := len(credentials) * len(storages)
	sent, opened := 0, 0
	for i := range walks {
		d := throw(uint64(i))
		w := setOut(t, text(d.settingsOf(credentials[i/len(storages)], storages[i%len(storages)])))
		for range total/walks + 1 {
			w.step(d.line())
			if t.Failed() {
				t.Fatalf("seed %d, %s", i, w.point.world.setup.ID())
			}
		}
		sent += len(w.hidden)
		opened += w.point.world.last()
	}
	if sent < 500 || opened < 20_000 {
		t.Errorf("%d secrets and %d messages only", sent, opened)
	}
}

// setOut begins a walk, with the settings played.
func setOut(t *testing.T, script string) *walk {
	t.Helper()
	lines, err := Read(script)
	if err != nil {
		t.Fatal(err)
	}
	s, rest := begin(lines)
	w, err := build(s)
	if err != nil || len(rest) > 0 {
		t.Fatal(err, rest)
	}
	return &walk{t: t, point: point{world: w}, hidden: map[string]bool{}}
}

func (w *walk) step(line string) {
	lines, err := Read(line)
	if err == nil {
		err = w.point.play(lines[0])
	}
	if err != nil {
		w.t.Errorf("%s: %v", line, err)
	}
	w.messages()
	w.pages()
	world := w.point.world
	if len(world.net.Messages) > 20_000 || len(world.events) > maxEvents {
		w.t.Errorf("%d messages, %d events", len(world.net.Messages), len(world.events))
	}
}

// messages looks at those that are new: which values are hidden, and what a script could read.
func (w *walk) messages() {
	world := w.point.world
	for _, m := range world.since(w.seen) {
		for _, c := range m.Cookies {
			kept := c.Outcome == "stored" || c.Outcome == "replaced"
			if m.To != "browser" || !kept || !c.Cookie.HTTPOnly {
				continue
			}
			if value := c.Cookie.Value.Text(); value != "" && value != fixed {
				w.hidden[value] = true
			}
		}
		if m.Kind == wire.Answer && m.Readable {
			w.look("the response from "+m.URL, m.Body+fmt.Sprint(readable(m.Header)))
		}
		if m.Overheard && !m.Plain || m.Cause >= m.ID {
			w.t.Errorf("message %d is no message: %+v", m.ID, m)
		}
		for _, c := range m.Cookies {
			if c.Outcome == "sent" && (m.Why == "cookie-read" && c.Cookie.HTTPOnly || m.Plain && c.Cookie.Secure) {
				w.t.Errorf("%s by %s tells %s", m.Why, m.By, c.Cookie.Name)
			}
		}
	}
	w.seen = world.last()
}

// readable are the fields that scripts are not kept from (Fetch, forbidden response-header name).
func readable(header []wire.Field) (all []wire.Field) {
	for _, f := range header {
		if f.Name != "Set-Cookie" {
			all = append(all, f)
		}
	}
	return all
}

// pages lets a spy run in every document, of a copy of the world: it looks at all that a script can see, and leaves its mark.
func (w *walk) pages() {
	world := w.point.world.clone()
	for _, d := range world.browser.State().Documents {
		world.browser.Run(d.ID, func(p *browser.Page) {
			w.look("document.cookie of "+p.Origin(), p.Cookie())
			w.look("the text of "+p.URL(), p.Text())
			for _, s := range []*browser.Storage{p.Local(), p.Session(), p.Memory()} {
				w.storage(p, s)
			}
			url := []string{shop + "/api/me", shop + "/account", news + "/", "/"}[w.seen%4]
			if r, err := p.Fetch(url, browser.Init{Credentials: "include"}); err == nil {
				w.look("what "+p.Origin()+" fetches from "+url, r.Body+fmt.Sprint(r.Header))
			}
		})
	}
	// The marks are left in the world itself, where they are to be found later.
	for _, d := range w.point.world.browser.State().Documents {
		w.point.world.browser.Run(d.ID, func(p *browser.Page) {
			for _, s := range []*browser.Storage{p.Local(), p.Session(), p.Memory()} {
				_ = s.Set("mark", "mark of "+p.Origin())
			}
		})
	}
}

// storage holds that a page sees its own marks only, and credentials only where the shop's page is.
func (w *walk) storage(p *browser.Page, s *browser.Storage) {
	items, _ := s.Items()
	for _, f := range items {
		w.look("the storage of "+p.Origin(), f.Value)
		mine := f.Name == "mark" && f.Value == "mark of "+p.Origin()
		credential := slices.Contains([]string{keySession, keyAccess, keyRefresh}, f.Name) && p.Origin() == w.point.world.page
		if !mine && !credential {
			w.t.Errorf("a script of %s sees %s = %s", p.Origin(), f.Name, f.Value)
		}
	}
}

func (w *walk) look(where, text string) {
	if text == "" {
		return
	}
	for value := range w.hidden {
		if strings.Contains(text, value) {
			w.t.Errorf("%s has what only HttpOnly cookies have: %s", where, value)
		}
	}
}

// digest is what a record comes to, octet for octet.
func digest(t *testing.T, r Record, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(r); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d steps, %d messages, %x", len(r.Steps), len(r.Messages), h.Sum(nil)[:8])
}
