package scenario_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
)

// written is a request as HTTP/1.1 writes it (RFC 9112 §2.1, §3, §5).
func written(t *testing.T, m *wire.Message) string {
	t.Helper()
	u, err := url.Parse(m.URL)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\n", m.Method, u.RequestURI())
	for _, f := range m.Header {
		fmt.Fprintf(&b, "%s: %s\r\n", f.Name, f.Value)
	}
	return b.String() + "\r\n" + m.Body
}

// asked is the last request of a run to an address of the shop.
func asked(r scenario.Record, path string) (found *wire.Message) {
	for _, m := range r.Messages {
		if m.Kind == wire.Ask && m.URL == "https://shop.example"+path {
			found = m
		}
	}
	return found
}

// TestCostOfRequests counts the octets of a request by hand, and those of the line that has the credential.
func TestCostOfRequests(t *testing.T) {
	for _, c := range computed.Costs {
		r, err := scenario.Run("setup " + c.Setup + "\nlogin\ncall\n")
		m := asked(r, "/api/me")
		if err != nil || m == nil {
			t.Fatal(c.Setup, err)
		}
		text := written(t, m)
		if len(text) != m.Octets || len(text) != c.Request {
			t.Errorf("%s: %d octets in the cost, %d in the record, want %d:\n%s", c.Setup, c.Request, m.Octets, len(text), text)
		}
		credential := 0
		for _, f := range m.Header {
			if f.Name == "Cookie" || f.Name == "Authorization" || f.Name == "X-Session-Id" {
				credential += len(f.Name) + len(": \r\n") + len(f.Value)
			}
		}
		if credential == 0 || credential != c.Credential {
			t.Errorf("%s: the credential has %d octets, want %d", c.Setup, c.Credential, credential)
		}
		store := false
		for _, a := range r.Messages {
			store = store || a.Kind == wire.Answer && a.Cause == m.ID && a.Value("Cache-Control") == "no-store"
		}
		if c.Private != store || !store { // RFC 9111 §5.2.2.5, and §3.5 for Authorization; a Cookie alone keeps no cache from it
			t.Errorf("%s: private %t, no-store %t", c.Setup, c.Private, store)
		}
	}
}

// TestCostOfStore counts what a store is asked, and keeps, by the state of two runs.
func TestCostOfStore(t *testing.T) {
	for _, c := range computed.Costs {
		before := server(t, c.Setup, "visit")
		in := server(t, c.Setup, "visit\nlogin")
		after := server(t, c.Setup, "visit\nlogin"+strings.Repeat("\ncall\nwait 27s", 10))
		if got := in.Octets - before.Octets; got != c.Memory {
			t.Errorf("%s: %d octets a login, want %d", c.Setup, c.Memory, got)
		}
		if reads, writes := float64(after.Reads-in.Reads)/10, float64(after.Writes-in.Writes)/10; reads != c.Reads || writes != c.Writes {
			t.Errorf("%s: %g reads and %g writes, want %g and %g", c.Setup, c.Reads, c.Writes, reads, writes)
		}
		stateless := strings.HasPrefix(c.Setup, "jwt")
		if stateless != (c.Memory == 0) || stateless && !strings.Contains(c.Setup, scenario.DenyList) && c.Reads+c.Writes > 0 {
			t.Errorf("%s: what is signed needs no store: %+v", c.Setup, c)
		}
	}
}

func server(t *testing.T, setup, moves string) scenario.Server {
	t.Helper()
	r, err := scenario.Run("setup " + setup + "\n" + moves + "\n")
	if err != nil {
		t.Fatal(err)
	}
	return r.State.Servers[0]
}

// TestCostOfMoves plays as scripts what the costs have measured.
func TestCostOfMoves(t *testing.T) {
	for _, c := range computed.Costs {
		for _, move := range []struct {
			name, script string
			holds        bool
		}{
			{"first page", "login\naccount\nexpect status 200", c.FirstPage},
			{"reload", "login\nreload\ncall\nexpect user alice", c.Reload},
			{"new tab", "login\nnew-tab\ncall\nexpect user alice", c.NewTab},
			{"browser restart", "login\nclose\ncall\nexpect user alice", c.Close},
			{"server restart", "replicas 1 own\nlogin\nrestart\ncall\nexpect user alice", c.Restart},
			{"second replica", "replicas 1 own\nlogin\nreplicas 2 own\npin 2\ncall\nexpect user alice", c.Replica},
			{"retry elsewhere", "login\nreplicas 2 shared\npin 2\ncall\nexpect user alice", c.Retry},
		} {
			r, err := scenario.Run("setup " + c.Setup + "\n" + move.script + "\n")
			if err != nil {
				t.Fatal(err)
			}
			if got := r.Steps[len(r.Steps)-1].Failed == nil; got != move.holds {
				t.Errorf("%s: %s measured %t, played %t", c.Setup, move.name, move.holds, got)
			}
		}
	}
}

// TestUntil holds how long a copy serves to what is written in the token, or is the lifetime of the login, after some time has
// gone by.
func TestUntil(t *testing.T) {
	for _, c := range []struct {
		setup string
		life  time.Duration // of what the copy lives by; 0 for the exp of the token
	}{
		{"session/cookie-lax", 12 * time.Hour},
		{"session/localstorage", 12 * time.Hour},
		{"jwt/cookie-strict", 0},
		{"jwt/localstorage", 0},
		{"jwt-weak/memory", 0},
		{"refresh/localstorage", 30 * 24 * time.Hour},
		{"refresh/memory-refresh-cookie+rotation", 30 * 24 * time.Hour},
		{"refresh/localstorage+bind", 0},
	} {
		for _, waits := range []time.Duration{time.Second, 100 * time.Second, 299 * time.Second} {
			r := play(t, fmt.Sprintf("setup %s\nlogin\nwait %s\nattack replay-elsewhere\nexpect accepted\n", c.setup, waits))
			want := c.life - waits
			if c.life == 0 {
				want = exp(t, r).Sub(r.Steps[2].Time)
			}
			if got := time.Duration(r.Steps[2].Outcome.Until) * time.Second; got != want {
				t.Errorf("%s after %s: serves %s, want %s", c.setup, waits, got, want)
			}
		}
	}
}

// exp is the exp of the access token that was given at the login.
func exp(t *testing.T, r scenario.Record) time.Time {
	t.Helper()
	for _, m := range r.Messages {
		if m.Kind != wire.Answer || !strings.HasSuffix(m.URL, "/api/login") {
			continue
		}
		_, token, _ := strings.Cut(m.Value("Set-Cookie")+m.Body, "eyJ")
		raw, _ := base64.RawURLEncoding.DecodeString(append(strings.Split(token, "."), "")[1])
		var claims struct{ Exp int64 }
		if err := json.Unmarshal(raw, &claims); err != nil {
			t.Fatal(err)
		}
		return time.Unix(claims.Exp, 0)
	}
	return time.Time{}
}
