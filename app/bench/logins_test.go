package bench_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"
)

const (
	loginRounds = 3
	loginTime   = time.Second
	enterers    = 8 // connections that log in
)

// BenchmarkLogins measures logins, which are hashing passwords and little else, against as much hashing alone.
func BenchmarkLogins(b *testing.B) {
	all := deploy(b, 0)
	hash := &row{name: "argon2id alone"}
	for range runtime.NumCPU() { // as many at once as serve hashes: see userfile.Options.Room
		hash.callers = append(hash.callers, func() error {
			argon2.IDKey([]byte("wonderland"), make([]byte, 16), 2, 19<<10, 1, 32)
			return nil
		})
	}
	var rows []*row
	for _, d := range all {
		for _, mode := range []string{"session", "token"} {
			if mode == "token" && d != all[0] {
				continue // what its signature adds is the same with every store
			}
			r := &row{name: "mode " + mode + ", " + d.name, server: d.process, redis: d.redis}
			for range enterers {
				p := meet(b, d)
				r.callers = append(r.callers, func() error { return p.login(mode) })
			}
			rows = append(rows, r)
		}
	}
	alternate(b, loginRounds, loginTime, hash, rows...)
	cells := [][]string{{"", "logins/s", "÷ argon2id alone", "CPU, ms", "p99, ms"},
		{hash.name, fmt.Sprintf("%.1f", hash.median(window.rate)), "", "", fmt.Sprintf("%.0f", hash.median(window.p99))}}
	for _, r := range rows {
		cells = append(cells, []string{r.name, fmt.Sprintf("%.1f", r.median(window.rate)), figure(r.ratio(window.rate), "×"),
			fmt.Sprintf("%.1f", r.median(window.each)/1e3), fmt.Sprintf("%.0f", r.median(window.p99))})
	}
	publish(b, "Login service: logins", fmt.Sprintf("`POST /api/login` with a right password, %d connections, the servers as above. serve hashes with argon2id, 19 MiB, two\n"+
		"passes, one lane, as many at once as there are cores; the floor is that hash alone, on as many goroutines of the bench.\n"+
		"Medians of %d windows of %v, each with one of the floor before. %s\n\n%s", enterers, loginRounds, loginTime, redisNote(all), table(cells...)))
}
