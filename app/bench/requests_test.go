package bench_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	requestRounds = 6
	requestTime   = 300 * time.Millisecond
	people        = 16      // log in for each row; the connections share them
	ring          = 1 << 14 // access tokens in turns: more than the service remembers of them
)

// BenchmarkRequests measures GET /api/me, which is what any request of somebody who is logged in costs beside its own work.
func BenchmarkRequests(b *testing.B) {
	all := deploy(b, filled)
	floor := bareRow(b, "bare hello")
	var rows []*row
	for _, way := range ways {
		for _, d := range all {
			rows = append(rows, &row{name: way.name + ", " + d.name, server: d.process, redis: d.redis, callers: way.callers(b, d)})
		}
	}
	guarded, alone := bareRow(b, "hello with the deadlines and headers of serve", "guarded"), signatureAlone(b, all[0])
	shown := append(append([]*row{guarded}, rows...), alone)
	alternate(b, requestRounds, requestTime, floor, shown...)
	publish(b, "Login service: requests", fmt.Sprintf("`GET /api/me` of `jwtlab serve` as `make build` makes it, with its log in a file and with metrics, on plain http; each server\n"+
		"is a process of its own, CPU is that of all its threads. The floor is a bare `net/http` server that says hello\n"+
		"(`app/bench/testdata/bare`), measured before each window of each row; ratios are of such neighbours. %d connections send as\n"+
		"fast as they are answered, and share the cores with the server: the load takes about half of the machine, and latency is\n"+
		"mostly the wait for a turn. Medians of %d windows of %v. bbolt and Redis hold 10,000 logins beside. %s\n"+
		"\"First seen\" are access tokens that the server has not met, signed with its own key (EdDSA); what it has met it knows again\n"+
		"by a hash. The last row verifies such a signature with golang-jwt's method in the bench, and nothing else.\n\n%s\n%s",
		connections, requestRounds, requestTime, redisNote(all), requestTable(floor, shown), requestVerdicts(rows, guarded.ratio(window.each), alone.ratio(window.each))))
}

// bareRow is the floor, or what is guarded as serve is and does nothing.
func bareRow(b *testing.B, name string, args ...string) *row {
	b.Helper()
	p := spawnBare(b, args...)
	r := &row{name: name, server: p}
	for range connections {
		w, ask := newWire(b, p.address), request("GET", "/", p.address, "", "")
		r.callers = append(r.callers, func() error { return sure(w, ask) })
	}
	return r
}

// A way is how a request says whose it is.
type way struct {
	name    string
	budgets map[string]float64 // by store
	callers func(*testing.B, *deployment) []func() error
}

var ways = []way{
	{"session cookie", map[string]float64{"memory": 1.6, "bbolt": 1.8}, again("session")},
	{"JWT in a cookie", map[string]float64{"memory": 2.2, "bbolt": 2.2}, again("cookie")},
	{"access token, first seen", map[string]float64{"memory": 5.5, "bbolt": 5.5}, first},
	{"access token, seen again", map[string]float64{"memory": 2.2, "bbolt": 2.2}, again("token")},
}

// again are callers who show the same over and over.
func again(mode string) func(*testing.B, *deployment) []func() error {
	return func(b *testing.B, d *deployment) (all []func() error) {
		b.Helper()
		var asks [][]byte
		for i := range connections {
			p := meet(b, d)
			if i < people {
				if err := p.login(mode); err != nil {
					b.Fatal(err)
				}
				asks = append(asks, p.me)
			}
			p.me = asks[i%people]
			all = append(all, p.who)
		}
		return all
	}
}

// first are callers who show an access token that was never seen, or so long ago that the service has forgotten it.
func first(b *testing.B, d *deployment) (all []func() error) {
	b.Helper()
	p := meet(b, d)
	if err := p.login("token"); err != nil {
		b.Fatal(err)
	}
	asks := p.strangers(b, d, ring)
	var next atomic.Uint64
	for range connections {
		w := newWire(b, d.address)
		all = append(all, func() error { return sure(w, asks[next.Add(1)%ring]) })
	}
	return all
}

func requestTable(floor *row, rows []*row) string {
	cells := [][]string{{"", "CPU, µs", "÷ hello", "of Redis, µs", "requests/s", "÷ hello", "p99, ms"},
		{floor.name, fmt.Sprintf("%.1f", floor.median(window.each)), "", "", fmt.Sprintf("%.0f", floor.median(window.rate)), "", fmt.Sprintf("%.1f", floor.median(window.p99))}}
	for _, r := range rows {
		redis := ""
		if r.redis != nil {
			redis = fmt.Sprintf("%.1f", r.median(window.store))
		}
		cells = append(cells, []string{r.name, fmt.Sprintf("%.1f", r.median(window.each)), figure(r.ratio(window.each), "×"), redis,
			fmt.Sprintf("%.0f", r.median(window.rate)), figure(r.ratio(window.rate), "×"), fmt.Sprintf("%.1f", r.median(window.p99))})
	}
	return table(cells...)
}

// requestVerdicts judges the rows that have a budget; a hello that is guarded, and a signature alone, are so many times a bare
// one.
func requestVerdicts(rows []*row, guarded, signature float64) (text string) {
	for _, way := range ways {
		for _, store := range []string{"memory", "bbolt"} {
			for _, r := range rows {
				if name := way.name + ", " + store; r.name == name {
					text += judge("CPU, "+name+" ÷ hello", r.ratio(window.each), way.budgets[store], "×", "")
				}
			}
		}
	}
	if strings.Contains(text, "Over budget") {
		text += "\n" + whyRequests(guarded, signature)
	}
	return text
}

// whyRequests is shown when a request is over budget.
func whyRequests(guarded, signature float64) string {
	return "Deadlines (R-28) and headers (R-26) alone make a hello " + figure(guarded, "×") + ". Beside those a request has a cookie or a token to read, a\n" +
		"look at the store for the login and one for the role (in bbolt each is a transaction), an answer in JSON, a line in the log\n" +
		"and two metrics. Of a token that is first seen the signature alone is " + figure(signature, "×") + ", and most of the rest golang-jwt's reading of two\n" +
		"JSON texts.\n"
}

// signatureAlone is a row that verifies a signature of the service and does nothing else.
func signatureAlone(b *testing.B, d *deployment) *row {
	b.Helper()
	p := meet(b, d)
	if err := p.login("token"); err != nil {
		b.Fatal(err)
	}
	dot := strings.LastIndexByte(p.access, '.')
	signature, public := segment(b, p.access, 2), d.key(b).Public
	return &row{name: "EdDSA alone", server: self(b), callers: []func() error{func() error {
		return jwt.SigningMethodEdDSA.Verify(p.access[:dot], signature, public)
	}}}
}
