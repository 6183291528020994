package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// A life is a login as its owner knows it: from what was answered, and nothing else.
type life struct {
	mode    string // session, cookie or token
	id      string // "" where it was not told yet
	session string
	access  []string // oldest first
	refresh []string
	fresh   bool // it began, or was renewed, since it was last held to its answers
	over    bool // its end was answered
	doubt   bool // no answer came to what changes it: that may have happened
	settled bool // it is over, and was held to that
}

// take keeps what an answer hands out.
func (l *life) take(a reply) {
	given := map[string]string{"access": field(a.text, "access_token"), "refresh": field(a.text, "refresh_token")}
	for _, k := range (&http.Response{Header: a.header}).Cookies() {
		given[k.Name] = k.Value
	}
	l.fresh = true
	if l.mode == "session" {
		l.session = given["session"]
		return
	}
	l.access, l.refresh = append(l.access, given["access"]), append(l.refresh, given["refresh"])
}

// proof is the header that says whose request it is; with an access token, unless it is a session.
func (l *life) proof(access string) (name, value string) {
	switch l.mode {
	case "session":
		return "Cookie", "session=" + l.session
	case "cookie":
		return "Cookie", "access=" + access
	}
	return "Authorization", "Bearer " + access
}

func newest(tokens []string) string {
	if len(tokens) == 0 {
		return ""
	}
	return tokens[len(tokens)-1]
}

// ends are the first and the last.
func ends(tokens []string) []string {
	if len(tokens) < 2 {
		return tokens
	}
	return []string{tokens[0], newest(tokens)}
}

// A mishap is what a customer expects to happen at some moment.
type mishap int

const (
	none      mishap = iota
	crash            // no answer comes any more
	storeAway        // the answer is that the store is away
)

// A customer has logins under a name of its own, makes one request at a time, and remembers what was answered.
type customer struct {
	*testing.T
	name    string
	url     string
	client  *http.Client
	dice    *rand.Rand
	expects mishap
	tally   *tally
	lives   []*life
}

// A tally counts answers, and at one of them does something.
type tally struct {
	all, logins, refreshes, ends atomic.Int64

	at   int64
	then func()
}

// cheap is the hash of the password wonderland, of the least cost that a users' file may have.
const cheap = "$argon2id$v=19$m=8,t=1,p=1$c29tZSBzYWx0LCAxNiBieQ$SeZG/VkTso3J4FFSJQaiBerH1V+5TNTGW++G6JeSCXA"

// customers are n of them, and the file of users that has them. The file has so long a name that none fits beside it: so
// nobody can replace the cheap hashes by good ones, and logging in loads the store more than the processor.
func customers(t *testing.T, n int) (all []*customer, users string) {
	t.Helper()
	text := ""
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: n}}
	t.Cleanup(client.CloseIdleConnections)
	for i := range n {
		c := &customer{T: t, name: fmt.Sprintf("customer%d", i), client: client, dice: rand.New(rand.NewPCG(uint64(i), 28)), tally: &tally{}}
		all, text = append(all, c), text+c.name+"::"+cheap+"\n"
	}
	return all, file(t, strings.Repeat("u", 250), text)
}

// A reply is an answer that came whole.
type reply struct {
	status int
	header http.Header
	text   string
}

// ask reports whether the answer is one: not if none came, and not if it is that the store is away.
func (c *customer) ask(method, path, body string, header ...string) (reply, bool) {
	q, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.Error(err)
		return reply{}, false
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		q.Header.Set(header[i], header[i+1])
	}
	got, err := c.client.Do(q)
	var text []byte
	if err == nil {
		text, err = io.ReadAll(got.Body)
		got.Body.Close()
	}
	if err != nil {
		if c.expects != crash {
			c.Errorf("%s %s: %v", method, path, err)
		}
		return reply{}, false
	}
	a := reply{got.StatusCode, got.Header, string(text)}
	if a.status == http.StatusServiceUnavailable {
		c.away(path, a)
		return a, false
	}
	if c.tally.all.Add(1) == c.tally.at {
		c.tally.then()
	}
	return a, true
}

// away checks an answer that says to come again later.
func (c *customer) away(path string, a reply) {
	if c.expects != storeAway || a.header.Get("Retry-After") == "" || a.header.Get("Content-Type") != "application/problem+json" || field(a.text, "code") != "store" {
		c.Errorf("%s: %d %v %s", path, a.status, a.header, a.text)
	}
}

// is wants a status.
func (c *customer) is(a reply, status int, what string) bool {
	if a.status != status {
		c.Errorf("%s of %s: %d %s, want %d", what, c.name, a.status, a.text, status)
	}
	return a.status == status
}

// me asks who a login is: a family by one of its access tokens.
func (c *customer) me(l *life, access string) (reply, bool) {
	name, value := l.proof(access)
	return c.ask("GET", "/api/me", "", name, value)
}

// show shows a refresh token of a family.
func (c *customer) show(method string, l *life, refresh string) (reply, bool) {
	if l.mode == "cookie" {
		return c.ask(method, "/api/refresh", "", "Cookie", "refresh="+refresh)
	}
	return c.ask(method, "/api/refresh", fmt.Sprintf(`{"refresh_token":%q}`, refresh))
}
