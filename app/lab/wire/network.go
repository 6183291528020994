// Package wire is the network of the lab: it carries a request of a client to the server of an origin and the response back,
// and keeps a record of all that passed and why.
//
// Nothing leaves the program, and nothing happens by itself: the clock is moved by hand ([Network.Pass]), chance follows
// from a seed ([Chance]), and a server is a function that answers while [Network.Send] waits. So the same calls give the
// same record, octet for octet. The record is plain data; the network is not, since it holds the servers.
//
// The server of an origin can have several replicas, which take turns unless one is chosen. What goes by http can be
// overheard, and answered by an attacker in the server's place; what goes by https cannot.
package wire

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
)

// A Handler answers requests; it is what the method ServeHTTP of an [http.Handler] is. Services are handed over as
// functions, and never as interfaces, so that the linker can leave out what they do not use.
type Handler func(http.ResponseWriter, *http.Request)

// An Attacker sees each request that goes by http. It reports whether it has answered; if not, the server does.
type Attacker func(http.ResponseWriter, *http.Request) bool

// A Network has servers and a record. Its zero value has none, and stands at the zero time.
type Network struct {
	Clock
	Record
	Move     int      // is noted in each message
	Tap      bool     // whether somebody listens to what goes by http
	Attacker Attacker // nil for none

	servers []server
}

// A server is what answers at an origin.
type server struct {
	origin   string
	replicas []Handler
	next     int // whose turn it is
	pinned   int // the one that answers all, from 1; 0 for turns
}

const (
	maxReplicas = 8
	maxRequest  = 2 << 20 // octets
	port        = ":50000"
)

// Clone returns an independent network with the same servers, which are to be replaced by clones of theirs with
// [Network.Serve].
func (n *Network) Clone() *Network {
	c := *n
	c.Record = n.clone()
	c.servers = append([]server(nil), n.servers...) // and no generic function, whose dictionary would keep all of *http.Request
	return &c
}

// Serve lets the replicas answer at an origin, as in "https://shop.example", instead of those that did. More than eight
// are not taken; none takes the server away. Whose turn it is stays.
func (n *Network) Serve(origin string, replicas ...Handler) {
	replicas = append([]Handler(nil), replicas[:min(len(replicas), maxReplicas)]...)
	if s := n.server(origin); s != nil {
		s.replicas = replicas
		return
	}
	n.servers = append(n.servers, server{origin: origin, replicas: replicas})
}

// Pin lets one replica of an origin answer everything, from 1; 0 lets them take turns.
func (n *Network) Pin(origin string, replica int) {
	if s := n.server(origin); s != nil {
		s.pinned = replica
	}
}

func (n *Network) server(origin string) *server {
	for i := range n.servers {
		if n.servers[i].origin == origin {
			return &n.servers[i]
		}
	}
	return nil
}

// A Request is what a client sends. Its header is sent as it is, so it should have a Host.
type Request struct {
	From, Address string
	Cause         int
	Why, By       string
	Method, URL   string // the URL is absolute and without a fragment
	Header        []Field
	Body          string
	Notes         []check.Check
	Cookies       []cookie.Decision
}

// A Response is what comes back. The status is 0 if there was no answer.
type Response struct {
	Status  int
	Header  []Field
	Body    string
	Asked   int // the id of the request's message
	Message int // and of the response's; 0 if there was no answer
}

// Send carries a request to the server of its URL, and the response back.
func (n *Network) Send(r Request) Response {
	u, err := cookie.ParseURL(r.URL)
	full, err2 := url.Parse(r.URL)
	if err != nil || err2 != nil || !u.Network() {
		return Response{Asked: n.Inside(r, note("wire.address"))}
	}
	m := Message{
		Kind: Ask, Time: n.now, Move: n.Move, From: r.From, To: u.Origin(), Address: r.Address,
		Cause: r.Cause, Why: r.Why, By: r.By, Method: r.Method, URL: r.URL, Header: r.Header, Body: r.Body,
		Octets: octets(r.Method+" "+full.RequestURI()+" HTTP/1.1", r.Header, r.Body),
		Plain:  !u.Encrypted(), Notes: r.Notes, Cookies: r.Cookies,
	}
	m.Overheard = m.Plain && n.Tap
	if m.Octets > maxRequest {
		return Response{Asked: n.Inside(r, note("wire.too-long"))}
	}
	asked := n.add(m) // first, since a server may send requests of its own before it answers
	answer, by, replica := n.answer(&m, full)
	n.amend(asked, func(m *Message) { m.To, m.Replica = by, replica })
	if answer == nil {
		n.Note(asked, note("wire.no-server", u.Origin()))
		return Response{Asked: asked}
	}
	if by == attacker {
		n.Note(asked, note("wire.intercepted"))
	}
	response := answer.finish(r.Method, n.now)
	response.Asked = asked
	status := "HTTP/1.1 " + itoa(response.Status) + " " + http.StatusText(response.Status)
	response.Message = n.add(Message{
		Kind: Answer, Time: n.now, Move: n.Move, From: by, To: r.From, Address: r.Address, Replica: replica,
		Cause: asked, Why: r.Why, By: r.By, Method: r.Method, URL: r.URL,
		Status: response.Status, Header: response.Header, Body: response.Body,
		Octets: octets(status, response.Header, response.Body), Plain: m.Plain, Overheard: m.Overheard,
	})
	return response
}

const attacker = "attacker"

// answer asks whoever is to answer a request, and says who that was.
func (n *Network) answer(m *Message, u *url.URL) (a *answer, by string, replica int) {
	if m.Plain && n.Attacker != nil {
		a = &answer{header: http.Header{}}
		if n.Attacker(a, incoming(m, u)) {
			return a, attacker, 0
		}
	}
	s := n.server(m.To)
	if s == nil || len(s.replicas) == 0 {
		return nil, m.To, 0
	}
	at := s.next % len(s.replicas)
	if 1 <= s.pinned && s.pinned <= len(s.replicas) {
		at = s.pinned - 1
	} else {
		s.next = at + 1
	}
	a = &answer{header: http.Header{}}
	s.replicas[at](a, incoming(m, u))
	return a, m.To, at + 1
}

// incoming is the request as a server sees it.
func incoming(m *Message, u *url.URL) *http.Request {
	target := *u
	r := &http.Request{
		Method: m.Method, URL: &target, Host: u.Host, RequestURI: u.RequestURI(), RemoteAddr: joined(m.Address),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(m.Body)), ContentLength: int64(len(m.Body)),
	}
	for _, f := range m.Header {
		if !strings.EqualFold(f.Name, "Host") {
			r.Header.Add(f.Name, f.Value)
		}
	}
	return r
}

// joined is a network address with a port.
func joined(address string) string {
	if strings.Contains(address, ":") {
		return "[" + address + "]" + port
	}
	return address + port
}

// Inside records what a client did without a word on the wire: a request that was not sent, or something that a script
// did. It returns the message's id.
func (n *Network) Inside(r Request, notes ...check.Check) int {
	return n.add(Message{
		Kind: Inside, Time: n.now, Move: n.Move, From: r.From, Address: r.Address, Cause: r.Cause, Why: r.Why, By: r.By,
		Method: r.Method, URL: r.URL, Notes: slices.Concat(r.Notes, notes), Cookies: r.Cookies,
	})
}
