package wire_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
	"jwtlab/app/witness"
)

const shop = "https://shop.example"

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// saying is a server that answers with a text.
func saying(text string) wire.Handler {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
}

func network(origin string, replicas ...wire.Handler) *wire.Network {
	n := &wire.Network{Clock: wire.At(noon)}
	n.Serve(origin, replicas...)
	return n
}

func get(url string) wire.Request {
	return wire.Request{From: "browser", Address: "192.0.2.7", Method: "GET", URL: url, Header: []wire.Field{{Name: "Host", Value: "shop.example"}}}
}

// TestOctets: a message is as long as HTTP/1.1 writes it.
func TestOctets(t *testing.T) {
	n := network(shop, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header()["X-B"] = []string{"2", "3"}
		w.Header().Set("X-A", "1")
		w.WriteHeader(201)
		w.Header().Set("X-Late", "1")
		_, _ = fmt.Fprintf(w, "%s %s %s %s %d %s", r.Method, r.RequestURI, r.Host, r.RemoteAddr, r.ContentLength, body)
	})
	q := get(shop + "/a?b=c")
	q.Method, q.Body = "POST", "한"
	q.Header = append(q.Header, wire.Field{Name: "X-C", Value: "한"})
	r := n.Send(q)
	const asked = "POST /a?b=c HTTP/1.1\r\nHost: shop.example\r\nX-C: 한\r\n\r\n한"
	const body = "POST /a?b=c shop.example 192.0.2.7:50000 3 한"
	answered := "HTTP/1.1 201 Created\r\nX-A: 1\r\nX-B: 2\r\nX-B: 3\r\nContent-Type: text/plain; charset=utf-8\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\nContent-Length: 47\r\n\r\n" + body
	if r.Status != 201 || r.Body != body {
		t.Errorf("%d %q", r.Status, r.Body)
	}
	if got := n.Message(r.Asked).Octets; got != len(asked) {
		t.Errorf("the request has %d octets, want %d", got, len(asked))
	}
	if got := n.Message(r.Message).Octets; got != len(answered) {
		t.Errorf("the response has %d octets, want %d: %v", got, len(answered), r.Header)
	}
	if _, late := wire.Find(r.Header, "x-late"); late {
		t.Error("a field that came after the status is sent")
	}
}

func TestNoBody(t *testing.T) {
	for _, c := range []struct {
		method string
		status int
		length string
	}{{"HEAD", 200, "4"}, {"GET", 204, ""}, {"GET", 304, ""}, {"GET", 200, "4"}} {
		n := network(shop, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte("text"))
		})
		q := get(shop + "/")
		q.Method = c.method
		r := n.Send(q)
		length, _ := wire.Find(r.Header, "Content-Length")
		if (r.Body != "") != (c.method == "GET" && c.status == 200) || length != c.length {
			t.Errorf("%s %d: %q, Content-Length %q", c.method, c.status, r.Body, length)
		}
	}
}

// TestReplicas: they take turns, unless one is chosen.
func TestReplicas(t *testing.T) {
	n := network(shop, saying("1"), saying("2"), saying("3"))
	said := ""
	step := func(times int) {
		for range times {
			r := n.Send(get(shop + "/"))
			if got := fmt.Sprint(n.Message(r.Message).Replica); got != r.Body {
				t.Errorf("replica %s has answered, the record says %s", r.Body, got)
			}
			said += r.Body
		}
	}
	step(4)
	n.Pin(shop, 3)
	step(2)
	n.Pin(shop, 0)
	step(2)
	n.Serve(shop, saying("1"))
	n.Pin(shop, 3)
	step(2)
	if said != "1231"+"33"+"23"+"11" {
		t.Errorf("answered: %s", said)
	}
	n.Serve(shop)
	if r := n.Send(get(shop + "/")); r.Status != 0 || n.Message(r.Asked).Notes[0].Code != "wire.no-server" {
		t.Errorf("nobody is there, and the answer is %+v", r)
	}
	n.Serve(shop, make([]wire.Handler, 9)...)
	n.Pin(shop, 9)
	n.Serve(shop, saying("1"), saying("2"))
}

// TestClearText: what goes by http can be heard and answered by others, what goes by https cannot.
func TestClearText(t *testing.T) {
	n := network(shop, saying("secret"))
	n.Serve("http://shop.example", saying("open"))
	n.Send(get("http://shop.example/before"))
	n.Tap = true
	n.Send(get(shop + "/"))
	n.Send(get("http://shop.example/heard"))
	heard := n.Overheard()
	if len(heard) != 2 || heard[0].Method != "GET" || !strings.HasSuffix(heard[0].URL, "/heard") || heard[1].Body != "open" {
		t.Errorf("heard: %+v", heard)
	}
	n.Attacker = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/inject" {
			return false
		}
		w.Header().Set("Set-Cookie", "session=attacker")
		return true
	}
	if r := n.Send(get("http://shop.example/inject")); r.Status != 200 || n.Message(r.Asked).To != "attacker" || n.Message(r.Message).From != "attacker" {
		t.Errorf("the attacker's answer: %+v", r)
	}
	for _, url := range []string{shop + "/inject", "http://shop.example/else"} {
		if r := n.Send(get(url)); n.Message(r.Message).From == "attacker" {
			t.Errorf("the attacker has answered %s", url)
		}
	}
}

// TestBackChannel: a server can ask another before it answers, and the record has the order in which it was.
func TestBackChannel(t *testing.T) {
	n := network("https://idp.example", saying("token"))
	n.Serve(shop, func(w http.ResponseWriter, _ *http.Request) {
		r := n.Send(wire.Request{From: shop, Method: "POST", URL: "https://idp.example/token"})
		_, _ = w.Write([]byte(r.Body))
	})
	if r := n.Send(get(shop + "/")); r.Body != "token" || r.Asked != 1 || r.Message != 4 {
		t.Errorf("%+v", r)
	}
	if m := n.Message(4); m.Cause != 1 || n.Message(3).Cause != 2 {
		t.Errorf("causes are mixed up: %+v", m)
	}
}

func TestBounds(t *testing.T) {
	n := network(shop, func(w http.ResponseWriter, _ *http.Request) {
		_, err := w.Write(make([]byte, 1<<20))
		if _, err2 := w.Write([]byte{0}); err != nil || err2 == nil {
			t.Errorf("writing: %v, then %v", err, err2)
		}
	})
	r := n.Send(get(shop + "/"))
	if m := n.Message(r.Message); len(m.Body)+m.Cut != 1<<20 || len(m.Body) != 64<<10 {
		t.Errorf("%d octets are kept, %d cut", len(m.Body), m.Cut)
	}
	for _, bad := range []wire.Request{get("data:,x"), get("/x"), get("https://%zz/"), {Method: "POST", URL: shop, Body: strings.Repeat("a", 2<<20)}} {
		if r := n.Send(bad); r.Status != 0 || n.Message(r.Asked).Kind != wire.Inside {
			t.Errorf("%.30s is sent", bad.URL)
		}
	}
	n.Serve(shop, saying(""))
	for range 12_000 {
		n.Send(get(shop + "/"))
	}
	last := n.Messages[len(n.Messages)-1].ID
	if len(n.Messages) > 20_000 || n.Forgotten == 0 || last != 2+4+24_000 || n.Message(last).ID != last || n.Message(1) != nil || n.Message(last+1) != nil {
		t.Errorf("%d messages, %d forgotten, the last is %d", len(n.Messages), n.Forgotten, last)
	}
	for range 100 {
		n.Note(last, check.Check{Code: "wire.address"})
		n.Cookies(last, make([]cookie.Decision, 9)...)
	}
	if m := n.Message(last); len(m.Notes) != 64 || len(m.Cookies) != 200 {
		t.Errorf("%d notes, %d decisions", len(m.Notes), len(m.Cookies))
	}
	n.Note(1, check.Check{}) // forgotten: nothing to note it with
}

// TestClone: neither hears of what happens to the other, and chance goes on alike.
func TestClone(t *testing.T) {
	n := network(shop, saying("1"), saying("2"))
	id := n.Send(get(shop + "/")).Message
	c := n.Clone()
	c.Pass(time.Hour)
	c.Pass(-time.Hour)
	c.Serve(shop, saying("clone"))
	c.Note(id, check.Check{Code: "wire.address"})
	c.Judge(id, "basic", true)
	if r := c.Send(get(shop + "/")); r.Body != "clone" {
		t.Errorf("the clone's server says %q", r.Body)
	}
	if r := n.Send(get(shop + "/")); r.Body != "2" || n.Now() != noon || len(n.Messages) != 4 || n.Message(id).Notes != nil || n.Message(id).Readable {
		t.Errorf("the original has changed: %q, %v, %+v", r.Body, n.Now(), n.Message(id))
	}
	if c.Now() != noon.Add(time.Hour) {
		t.Errorf("the clone's clock: %v", c.Now())
	}
	text, err := json.Marshal(&n.Record)
	var read wire.Record
	if err != nil || json.Unmarshal(text, &read) != nil || len(read.Messages) != 4 || read.Messages[1].Value("content-length") != "1" {
		t.Errorf("the record as JSON: %v %s", err, text)
	}
}

func TestChance(t *testing.T) {
	a, b, other := wire.NewChance(1), wire.NewChance(1), wire.NewChance(2)
	draw := func(c *wire.Chance, n int) string {
		p := make([]byte, n)
		if _, err := c.Read(p); err != nil {
			t.Fatal(err)
		}
		return string(p)
	}
	if draw(a, 5) != draw(b, 5) {
		t.Error("one seed, two streams")
	}
	c := a.Clone()
	if draw(a, 50) != draw(c, 50) || draw(a, 9) == draw(other, 9) {
		t.Error("a clone draws something else, or another seed the same")
	}
}

func TestEveryNoteIsGiven(t *testing.T) {
	witness.Given(t, witness.Source(t, "reasons.go"), wire.Codes())
}
