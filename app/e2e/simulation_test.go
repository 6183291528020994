package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// noon is when the simulation begins.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// A simulation plays steps in the lab.
type simulation struct {
	*testing.T
	*browser.Browser
	c       *conformance
	net     *wire.Network
	current int // the tab
	told    int // messages that are in the transcript
}

func simulate(t *testing.T, c *conformance) *simulation {
	t.Helper()
	net := &wire.Network{Clock: wire.At(noon)}
	for origin, serve := range c.servers(t, net.Now, wire.NewChance(1)) {
		net.Serve(origin, wire.Handler(serve))
	}
	rules, _ := cookie.ProfileNamed("chromium")
	if c.engine == "blocked" {
		rules.ThirdParty = cookie.Blocked
	}
	b := browser.New(net, browser.Config{Name: "browser", Address: "127.0.0.1", Profile: rules})
	return &simulation{T: t, Browser: b, c: c, net: net, current: b.Open()}
}

// exchanges are the messages since the last call, of which a server would know.
func (w *simulation) exchanges() (all []exchange) {
	for _, a := range w.net.Messages[w.told:] {
		if q := w.net.Message(a.Cause); a.Kind == wire.Answer {
			all = append(all, exchange{a.Method, a.URL, q.Header, a.Header, a.Status, a.Body})
		}
	}
	w.told = len(w.net.Messages)
	return all
}

// jar is what the browser keeps.
func (w *simulation) jar() (lines []string) {
	for _, c := range w.Cookies() {
		k := kept{Name: string(c.Name), Value: string(c.Value), Domain: c.Domain, Path: string(c.Path), Secure: c.Secure, HTTPOnly: c.HTTPOnly, SameSite: string(c.SameSite)}
		if !c.HostOnly {
			k.Domain = "." + c.Domain
		}
		if (c.Partition != cookie.Partition{}) {
			k.Partition = fmt.Sprint(c.Partition.Top, " ", c.Partition.Cross)
		}
		lines = append(lines, k.String())
	}
	return lines
}

// play does a step and returns what the user or the script sees of it.
func (w *simulation) play(s step) string {
	w.Helper()
	switch s.op {
	case "visit":
		return w.shown(w.Visit(w.current, s.url))
	case "reload":
		return w.shown(w.Reload(w.current))
	case "new tab":
		w.current = w.Open()
		return ""
	case "to tab":
		w.current = s.tab
		return ""
	case "wait":
		w.net.Pass(s.wait)
		return ""
	case "age":
		w.net.Pass(2*time.Minute + time.Second)
		return ""
	}
	return w.inDocument(s, w.document(s.frame))
}

// document is the id of the tab's document, or of a frame's in it.
func (w *simulation) document(frame string) int {
	for _, d := range w.State().Documents {
		if d.Tab == w.current && (frame == "" && d.Parent == 0 || frame != "" && d.Name == frame) {
			return d.ID
		}
	}
	w.Fatalf("the simulation shows no document %q", frame)
	return 0
}

// inDocument is play for what a document does.
func (w *simulation) inDocument(s step, document int) (saw string) {
	w.Helper()
	switch {
	case s.op == "click":
		return w.shown(w.Click(document, s.url, ""))
	case s.op == "form":
		return w.shown(w.Submit(document, s.form))
	}
	arrivals, ok := w.Browser.Run(document, func(p *browser.Page) { saw = w.script(s, p) })
	if !ok {
		w.Fatalf("%s: no script runs there", s)
	}
	if len(arrivals) > 0 {
		return w.shown(arrivals[0])
	}
	return saw
}

// shown says what is to be seen after a navigation.
func (w *simulation) shown(a browser.Arrival) string {
	for _, d := range w.State().Documents {
		switch {
		case d.ID != a.Document:
		case d.Failed:
			return "an error is shown"
		case d.Status == 0:
			return "nothing new is shown" // but a blank frame
		default:
			return bare(d.URL) + " is shown"
		}
	}
	return "nothing new is shown"
}

// script is what the page's script does in a step.
func (w *simulation) script(s step, p *browser.Page) string {
	w.Helper()
	op, where, _ := strings.Cut(s.op, " ")
	switch {
	case op == "location":
		p.Navigate(s.url)
	case op == "form":
		p.Submit(s.form)
	case op == "image":
		return fmt.Sprintf("a picture: %t", p.Image(s.url))
	case op == "frame":
		return w.shown(browser.Arrival{Document: p.Embed(s.name, s.url)})
	case op == "fetch":
		return w.fetch(p, s.url, s.init).String()
	case op == "read" && where == "cookie":
		return fmt.Sprintf("reads %q", p.Cookie())
	case op == "write" && where == "cookie":
		p.SetCookie(s.value)
	case op == "read":
		v, ok := shelf(p, where).Get(s.name)
		return fmt.Sprintf("reads %t %q", ok, v)
	case op == "write":
		if err := shelf(p, where).Set(s.name, s.value); err != nil {
			return "cannot write"
		}
	case op == "login":
		return w.logIn(p).String()
	case op == "call":
		return w.call(p, s.init.Method, s.url, s.init.Body).String()
	case op == "renew":
		return w.renew(p).String()
	default:
		w.Fatalf("unknown step %s", s)
	}
	return ""
}

func shelf(p *browser.Page, where string) *browser.Storage {
	switch where {
	case "localStorage":
		return p.Local()
	case "sessionStorage":
		return p.Session()
	}
	return p.Memory()
}

// fetch is fetch(), and holds the record to what the script is given.
func (w *simulation) fetch(p *browser.Page, url string, i browser.Init) sight {
	w.Helper()
	before := len(w.net.Messages)
	r, err := p.Fetch(url, i)
	saw := sight{Type: "error"}
	if err == nil {
		saw = sight{Type: r.Type, Status: r.Status, Redirected: r.Redirected, Body: r.Body}
		for _, f := range r.Header {
			saw.Names = append(saw.Names, strings.ToLower(f.Name))
		}
		slices.Sort(saw.Names)
		saw.Names = slices.Compact(saw.Names)
	}
	if last := w.net.Messages[len(w.net.Messages)-1]; len(w.net.Messages) > before && last.Kind == wire.Answer {
		readable := saw.Type == "basic" || saw.Type == "cors"
		if last.Readable != readable || last.Type != saw.Type {
			w.Errorf("the record says of %s that it is %s, readable %t; the script had %s", last.URL, last.Type, last.Readable, saw)
		}
	}
	return saw
}

// call is what the shop's script does: see shopScript.
func (w *simulation) call(p *browser.Page, method, path, body string) sight {
	w.Helper()
	i := browser.Init{Method: method, Body: body}
	add := func(name, key, prefix string, s *browser.Storage) {
		if v, ok := s.Get(key); ok {
			i.Header = append(i.Header, wire.Field{Name: name, Value: prefix + v})
		}
	}
	if body != "" {
		i.Header = append(i.Header, wire.Field{Name: "Content-Type", Value: "application/json"})
	}
	place := shelf(p, w.c.place())
	add("Authorization", "access_token", "Bearer ", place)
	add("X-Session-Id", "session_id", "", place)
	if method != http.MethodGet {
		add("X-CSRF-Token", "csrf_token", "", p.Memory())
	}
	saw := w.fetch(p, path, i)
	var members map[string]any
	_ = json.Unmarshal([]byte(saw.Body), &members)
	for _, name := range []string{"session_id", "access_token", "refresh_token", "csrf_token"} {
		if v, ok := members[name].(string); ok && name == "csrf_token" {
			_ = p.Memory().Set(name, v)
		} else if ok {
			_ = place.Set(name, v)
		}
	}
	return saw
}

func (w *simulation) logIn(p *browser.Page) sight {
	w.Helper()
	return w.call(p, "POST", "/api/login", w.c.login())
}

func (w *simulation) renew(p *browser.Page) sight {
	w.Helper()
	body := "{}"
	if v, ok := shelf(p, w.c.place()).Get("refresh_token"); ok {
		body = `{"refresh_token":"` + v + `"}`
	}
	return w.call(p, "POST", "/api/refresh", body)
}
