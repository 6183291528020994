package scenario

import (
	"jwtlab/app/lab/wire"
)

// A Cost is what a setup costs and what it bears, measured.
type Cost struct {
	Setup      string  `json:"setup"`
	Request    int     `json:"request_octets"`           // GET /api/me as HTTP/1.1 writes it
	Credential int     `json:"credential_octets"`        // of which the credential makes
	Reads      float64 `json:"reads"`                    // look-ups in the store a request, of ten in five minutes
	Writes     float64 `json:"writes"`                   // and changes
	Memory     int     `json:"server_octets_per_login"`  // that the store keeps for a login
	FirstPage  bool    `json:"first_page"`               // the page that the server draws knows its visitor: a navigation carries the credential
	Reload     bool    `json:"survives_reload"`          // one is still logged in after a reload,
	NewTab     bool    `json:"survives_new_tab"`         // in another tab,
	Close      bool    `json:"survives_browser_restart"` // after the browser was closed,
	Restart    bool    `json:"survives_server_restart"`  // after the server was restarted that keeps logins in its memory,
	Replica    bool    `json:"second_replica"`           // at a second replica with a store of its own,
	Retry      bool    `json:"retry_elsewhere"`          // and at one with the same store
	Private    bool    `json:"private"`                  // answers may be kept by no shared cache
}

// measure runs what tells the cost of a setup, in a world where the shop was visited and one where alice has logged in.
func measure(setup string, visited, in *world) Cost {
	c := Cost{Setup: setup, Memory: in.octets() - visited.octets()}
	w := visited.clone()
	w.client().call("GET", "/api/me", "")
	c.measureRequests(in, w.lastRequest().Octets)
	c.measureBearing(in)
	return c
}

// octets are those of the first replica's store.
func (w *world) octets() int { return octets(w.replicas[0].store.Content(w.net.Now())) }

// lastRequest is the last one to the shop.
func (w *world) lastRequest() *wire.Message {
	for i := len(w.net.Messages) - 1; i >= 0; i-- {
		if m := w.net.Messages[i]; m.Kind == wire.Ask && m.To == shop && m.Method == "GET" {
			return m
		}
	}
	return &wire.Message{}
}

func (c *Cost) measureRequests(from *world, anonymous int) {
	const requests = 10
	w := from.clone()
	s := w.replicas[0].store
	reads, writes := s.reads, s.writes
	for range requests {
		w.client().call("GET", "/api/me", "")
		w.net.Pass(w.policy.AccessLifetime / (requests + 1))
	}
	c.Reads, c.Writes = float64(s.reads-reads)/requests, float64(s.writes-writes)/requests
	m := w.lastRequest()
	c.Request, c.Credential = m.Octets, m.Octets-anonymous
	for _, a := range w.since(m.ID) {
		if a.Cause == m.ID && a.Value("Cache-Control") != "" {
			c.Private = a.Value("Cache-Control") == "no-store"
		}
	}
}

// measureBearing does to worlds what happens to logins, and looks whether they are there still.
func (c *Cost) measureBearing(from *world) {
	first := from.clone()
	c.FirstPage = first.browser.Visit(first.browser.Open(), shop+"/account").Status == 200
	for _, b := range []struct {
		answer *bool
		do     func(*world)
	}{
		{&c.Reload, func(w *world) { _ = w.doReload(nil) }},
		{&c.NewTab, func(w *world) { _ = w.doNewTab(nil) }},
		{&c.Close, func(w *world) { _ = w.doClose(nil) }},
		{&c.Restart, func(w *world) { w.shared = false; _ = w.restart() }},
		{&c.Replica, func(w *world) { w.shared = false; _ = w.resize(2, false); w.net.Pin(shop, 2) }},
		{&c.Retry, func(w *world) { _ = w.resize(2, true); w.net.Pin(shop, 2) }},
	} {
		w := from.clone()
		b.do(w)
		*b.answer = members(w.client().call("GET", "/api/me", "").body)["user"] == "alice"
	}
}
