package browser_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

const secret = "value-of-an-httponly-cookie"

// hide is a server that sets an HttpOnly cookie wherever it can, lets anyone read it, and redirects now and then.
func hide(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("Set-Cookie", "a="+secret+"; HttpOnly; Secure; SameSite=None")
	h.Add("Set-Cookie", "b="+secret+"; HttpOnly; Path=/p")
	h.Add("Set-Cookie", "c=seen; Domain="+strings.TrimPrefix(r.Host, "app."))
	if origin := r.Header.Get("Origin"); origin != "" {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "Set-Cookie, *")
		h.Set("Access-Control-Allow-Methods", "PUT")
		h.Set("Access-Control-Allow-Headers", "cookie, x-a")
	}
	if next := r.URL.Query().Get("to"); next != "" {
		h.Set("Location", next)
		w.WriteHeader(307)
	}
	_, _ = w.Write([]byte("at " + r.Host))
}

// A walk does things at random, and looks at all that scripts get to see.
type walk struct {
	*house
	dice *rand.Rand
}

func begin(t *testing.T, seed uint64) *walk {
	w := &walk{build(t), rand.New(rand.NewPCG(seed, 1))}
	for _, o := range origins {
		w.net.Serve(o, hide)
	}
	return w
}

func (w *walk) origin() string { return origins[w.dice.IntN(len(origins))] }

func (w *walk) url() string {
	u := w.origin() + []string{"/", "/p/q", "/img"}[w.dice.IntN(3)]
	if w.dice.IntN(4) == 0 {
		u += "?to=" + w.origin() + "/"
	}
	return u
}

// document is one of those that are shown; 0 if there is none.
func (w *walk) document() int {
	all := w.State().Documents
	if len(all) == 0 {
		return 0
	}
	return all[w.dice.IntN(len(all))].ID
}

func (w *walk) step() {
	w.net.Move++
	switch w.dice.IntN(12) {
	case 0:
		w.Visit(w.tab, w.url())
	case 1:
		w.Reload(w.tab)
	case 2:
		w.Click(w.document(), w.url(), []string{"", "_top", "_blank", "f"}[w.dice.IntN(4)])
	case 3:
		w.Submit(w.document(), browser.Form{Action: w.url(), Method: []string{"GET", "POST"}[w.dice.IntN(2)], Target: []string{"", "f"}[w.dice.IntN(2)]})
	case 4:
		w.net.Pass(time.Duration(w.dice.IntN(200)) * time.Second)
	case 5:
		switch w.dice.IntN(12) {
		case 0:
			w.Restart()
		case 1:
			w.Restore()
		default:
			w.CloseTab(w.tab)
		}
		w.tab = w.Open()
	case 6:
		w.net.Tap = !w.net.Tap
	default:
		w.Browser.Run(w.document(), w.script)
	}
}

// script is one of any origin: it stores its own mark everywhere, asks around, and may see nobody else's.
func (w *walk) script(p *browser.Page) {
	mark := "mark of " + p.Origin()
	for _, s := range []*browser.Storage{p.Local(), p.Session(), p.Memory()} {
		items, err := s.Items()
		for _, f := range items {
			if f.Value != mark || err != nil {
				w.t.Errorf("%s sees %q, %v", p.Origin(), f, err)
			}
		}
		if err := s.Set(fmt.Sprint(w.dice.IntN(3)), mark); err != nil {
			w.t.Errorf("%s: %v", p.Origin(), err)
		}
	}
	p.SetCookie([]string{"a=mine", "b=mine; HttpOnly", "d=1; SameSite=None; Secure"}[w.dice.IntN(3)])
	seen := []string{p.Cookie(), p.Text()}
	r, _ := p.Fetch(w.url(), browser.Init{
		Method:      []string{"GET", "POST", "PUT"}[w.dice.IntN(3)],
		Mode:        []string{"", "no-cors", "same-origin"}[w.dice.IntN(3)],
		Credentials: []string{"", "include", "omit"}[w.dice.IntN(3)],
		Header:      []wire.Field{{Name: "Cookie", Value: "forged=1"}},
	})
	seen = append(seen, r.Body, r.URL, fmt.Sprint(r.Header))
	if r.Type == "opaque" && (r.Body != "" || r.Status != 0) {
		w.t.Errorf("an opaque response tells %+v", r)
	}
	p.Image(w.url())
	if len(w.State().Documents) < 20 {
		p.Embed("f", w.url())
	}
	if f, err := p.Frame("f"); err == nil && f.Origin() != p.Origin() {
		w.t.Errorf("%s reaches into %s", p.Origin(), f.Origin())
	}
	if w.dice.IntN(4) == 0 {
		p.Navigate(w.url())
	}
	for _, s := range seen {
		if strings.Contains(s, secret) {
			w.t.Errorf("a script of %s sees an HttpOnly cookie: %q", p.Origin(), s)
		}
	}
}

// check holds the record to what must be so whatever happens.
func (w *walk) check() {
	for _, m := range w.net.Messages {
		if m.Kind == wire.Ask && strings.Contains(m.Value("Cookie"), "forged") {
			w.t.Errorf("a script forged a Cookie field: %+v", m)
		}
		for _, d := range m.Cookies {
			if d.Outcome == "sent" && d.Cookie.HTTPOnly && m.Why == "cookie-read" {
				w.t.Errorf("document.cookie tells %q", d.Cookie.Name)
			}
			if m.Kind == wire.Ask && d.Outcome == "sent" && d.Cookie.Secure && m.Plain && !strings.Contains(m.URL, "//localhost") {
				w.t.Errorf("a Secure cookie goes in clear text to %s", m.URL)
			}
		}
		if m.Overheard && !m.Plain {
			w.t.Errorf("what is encrypted is overheard: %s", m.URL)
		}
		if m.Cause >= m.ID {
			w.t.Errorf("message %d is caused by %d", m.ID, m.Cause)
		}
	}
}

func TestWalks(t *testing.T) {
	for seed := range uint64(10) {
		w := begin(t, seed)
		for range 1000 {
			w.step()
		}
		w.check()
		if len(w.net.Messages) < 500 {
			t.Errorf("seed %d: %d messages only", seed, len(w.net.Messages))
		}
	}
}

// all is what there is to know of a world, as JSON.
func (w *walk) all() string {
	text, err := json.Marshal(struct {
		Record *wire.Record
		State  browser.State
	}{&w.net.Record, w.State()})
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

func TestSameSeedSameRecord(t *testing.T) {
	var before string
	for range 2 {
		w := begin(t, 7)
		for range 300 {
			w.step()
		}
		if before != "" && w.all() != before {
			t.Error("two runs of one seed differ")
		}
		before = w.all()
	}
}

// TestClones: a clone goes its own way, and the same way as the original if the same is done to it.
func TestClones(t *testing.T) {
	w := begin(t, 3)
	for range 200 {
		w.step()
	}
	at := w.all()
	twin := func(seed uint64) *walk {
		net := w.net.Clone()
		return &walk{&house{t, net, w.Clone(net), w.tab}, rand.New(rand.NewPCG(seed, 2))}
	}
	one, two, other := twin(1), twin(1), twin(2)
	for range 200 {
		one.step()
		other.step()
	}
	if w.all() != at {
		t.Error("what is done to a clone changes the original")
	}
	for range 200 {
		two.step()
	}
	if one.all() != two.all() {
		t.Error("two clones to which the same is done differ")
	}
	if other.all() == one.all() {
		t.Error("two walks are the same")
	}
}
