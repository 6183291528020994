package bench_test

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

const (
	refreshRounds = 5
	refreshTime   = 500 * time.Millisecond
	refreshBudget = 4.0 // times bbolt's plain Update
)

// BenchmarkRefreshes measures rotations of refresh tokens: from the request to an answer that is on disk, where the store
// has one.
func BenchmarkRefreshes(b *testing.B) {
	all, hello, plain := deploy(b, filled), bareRow(b, "bare hello"), plainUpdates(b)
	cells := [][]string{{"", "connections", "refreshes/s", "÷ hello", "÷ plain Update", "CPU, µs", "of Redis, µs", "p99, ms"}}
	verdict := ""
	for _, n := range []int{1, connections} {
		floor, update := &row{name: hello.name, server: hello.server, callers: hello.callers[:n]}, &row{name: "bbolt's plain Update", callers: plain[:n]}
		var rows, turns []*row
		for _, d := range all {
			rows = append(rows, refreshRow(b, d, n))
			if d.file != "" {
				turns = append(turns, update) // next to what is to be compared with it
			}
			turns = append(turns, rows[len(rows)-1])
		}
		alternate(b, refreshRounds, refreshTime, floor, turns...)
		cells = append(cells, refreshCells(floor, update, n), refreshCells(update, update, n))
		for i, r := range rows {
			cells = append(cells, refreshCells(r, update, n))
			if all[i].file != "" && n > 1 {
				verdict = atLeast(fmt.Sprintf("%s at %d connections ÷ bbolt's plain Update at as many", r.name, n), against(r, update), refreshBudget, "×", whyRefreshes)
			}
		}
	}
	publish(b, "Login service: refreshes", fmt.Sprintf("`POST /api/refresh` with the token in the body, each connection with a family of its own, the servers as above. A refresh\n"+
		"reads the login, rotates its token and looks up the user's role, and signs an access token. What bbolt answers is on disk.\n"+
		"The floor of a durable one is `Update` of bbolt itself, writing two small values from as many goroutines of the bench, on\n"+
		"the same disk and in turns. Medians of %d windows of %v. bbolt and Redis hold 10,000 logins beside. %s\n\n%s\n%s",
		refreshRounds, refreshTime, redisNote(all), table(cells...), verdict))
}

// refreshRow is a row of so many people with a refresh token each.
func refreshRow(b *testing.B, d *deployment, n int) *row {
	b.Helper()
	r := &row{name: d.name, server: d.process, redis: d.redis}
	for range n {
		p := meet(b, d)
		if err := p.login("token"); err != nil {
			b.Fatal(err)
		}
		r.callers = append(r.callers, p.renew)
	}
	return r
}

// plainUpdates are callers that write two small values with bbolt's own Update, with its own settings.
func plainUpdates(b *testing.B) (all []func() error) {
	b.Helper()
	db, err := bolt.Open(filepath.Join(b.TempDir(), "plain.db"), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	var count atomic.Uint64
	for range connections {
		all = append(all, func() error {
			return db.Update(func(tx *bolt.Tx) error {
				bucket, err := tx.CreateBucketIfNotExists([]byte("plain"))
				if err != nil {
					return err
				}
				i := count.Add(1)
				key := binary.BigEndian.AppendUint64(make([]byte, 0, 32), i*0x9E3779B97F4A7C15)[:32] // as hashes lie: anywhere
				if err := bucket.Put(key, make([]byte, 64)); err != nil {
					return err
				}
				return bucket.Put(binary.BigEndian.AppendUint64(nil, i%filled), make([]byte, 200))
			})
		})
	}
	return all
}

// against is the median of how many times another row's rate of the same round a row's is.
func against(r, other *row) float64 {
	var all []float64
	for i, w := range r.windows {
		all = append(all, w.rate()/other.windows[i].rate())
	}
	return median(all)
}

func refreshCells(r, update *row, n int) []string {
	cells := []string{r.name, fmt.Sprint(n), fmt.Sprintf("%.0f", r.median(window.rate)), "", "", "", "", fmt.Sprintf("%.1f", r.median(window.p99))}
	if len(r.floors) > 0 {
		cells[3] = figure(r.ratio(window.rate), "×")
	}
	if r.server != nil {
		cells[5] = fmt.Sprintf("%.1f", r.median(window.each))
	}
	if len(r.floors) > 0 && r != update {
		cells[4] = figure(against(r, update), "×")
	}
	if r.redis != nil {
		cells[6] = fmt.Sprintf("%.1f", r.median(window.store))
	}
	return cells
}

// whyRefreshes is shown when there are fewer.
const whyRefreshes = "Each refresh is a request with\n" +
	"  a signature too, and the load takes its share of the cores: where a sync is fast, CPU is what there is too little of. See the\n" +
	"  row of the store in memory, which syncs nothing, and p99, which is the longer the fewer share a sync."
