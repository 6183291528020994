package bench_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"jwtlab/app/key"
)

// filled is how many logins of others the stores hold that can be filled from outside; the reports say it too.
const filled = 10_000

// A deployment is `jwtlab serve` as it is built, with one of its stores.
type deployment struct {
	*process
	name  string
	keys  string   // the file of its signing keys
	file  string   // that of bbolt, else empty
	redis *process // nil for none
}

// deploy starts a server for each store: in memory, in a file and, where there is one, in Redis.
func deploy(b *testing.B, hold int) []*deployment {
	b.Helper()
	file := filepath.Join(b.TempDir(), "logins.db")
	all := []*deployment{{name: "memory"}, {name: "bbolt", file: file}}
	if r := spawnRedis(b); r != nil {
		all = append(all, &deployment{name: "Redis", redis: r})
	}
	sessions := compile(b, "./app/bench/testdata/sessions")
	for _, d := range all {
		if d.name != "memory" && hold > 0 {
			sat(b, sessions, d.store(), hold)
		}
		d.keys = filepath.Join(b.TempDir(), "keys.json")
		d.process = spawnServe(b, "-store", d.store(), "-keys", d.keys)
	}
	return all
}

// store is what -store is told.
func (d *deployment) store() string {
	switch {
	case d.redis != nil:
		return "redis://" + d.redis.address
	case d.file != "":
		return "bolt:" + d.file
	}
	return "memory"
}

// spawnServe starts serve as it is for everybody, with metrics and a log in a file. What is different is for the load: all
// of it comes from one address, and the same account logs in many times at once.
func spawnServe(b *testing.B, flags ...string) *process {
	b.Helper()
	program, err := filepath.Abs("../../bin/jwtlab")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		b.Skip("there is no bin/jwtlab: make build")
	}
	if _, err := os.Stat("/proc/self/schedstat"); err != nil {
		b.Skip("CPU and memory of other processes are read from Linux's /proc")
	}
	return spawn(b, "/metrics", program, append([]string{"serve", "-demo", "-addr", "127.0.0.1:0", "-metrics", "127.0.0.1:0",
		"-login-burst", "1000", "-sweep", "10s"}, flags...)...)
}

// spawnBare starts the floor; with "guarded" it has the deadlines and headers of serve.
func spawnBare(b *testing.B, args ...string) *process {
	b.Helper()
	return spawn(b, "http://", compile(b, "./app/bench/testdata/bare"), args...)
}

// spawnRedis starts a real Redis that has what it answers on disk, as bbolt does; nil where there is none.
func spawnRedis(b *testing.B) *process {
	b.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return nil
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that is free
	if err != nil {
		b.Fatal(err)
	}
	at := l.Addr().(*net.TCPAddr)
	l.Close()
	p := spawn(b, "Ready to accept connections", path, "--bind", at.IP.String(), "--port", strconv.Itoa(at.Port),
		"--save", "", "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0", "--maxmemory-policy", "noeviction")
	p.address = at.String()
	return p
}

// key is the one that the server signs with.
func (d *deployment) key(b *testing.B) key.Key {
	b.Helper()
	text, err := os.ReadFile(d.keys)
	if err != nil {
		b.Fatal(err)
	}
	all := key.Read(string(text), key.Auto).Keys
	if len(all) != 1 {
		b.Fatalf("serve has %d keys, want one", len(all))
	}
	return all[0]
}

// redisNote says which Redis was measured, or why none was.
func redisNote(all []*deployment) string {
	for _, d := range all {
		if d.redis != nil {
			return "Redis is a `redis-server` of this machine,\nwith `appendonly yes` and `appendfsync always`."
		}
	}
	return "There is no `redis-server` here:\nthe rows of Redis are missing."
}

// kept is how many bytes Redis says that it uses, or those of bbolt's file.
func (d *deployment) kept(b *testing.B) float64 {
	b.Helper()
	if d.redis == nil {
		info, err := os.Stat(d.file)
		if err != nil {
			b.Fatal(err)
		}
		return float64(info.Size())
	}
	client := redis.NewClient(&redis.Options{Addr: d.redis.address})
	defer client.Close()
	text, err := client.Info(context.Background(), "memory").Result()
	if err != nil {
		b.Fatal(err)
	}
	return number(b, strings.ReplaceAll(text, ":", " "), "used_memory")
}

// sat runs the program that puts sessions into a store, and returns the bytes by which its heap grew, and its own memory.
func sat(b *testing.B, program, store string, count int) (heap, own float64) {
	b.Helper()
	out, err := exec.Command(program, store, strconv.Itoa(count)).CombinedOutput()
	fields := strings.Fields(string(out))
	if err != nil || len(fields) != 2 {
		b.Fatalf("filling a store: %v\n%s", err, out)
	}
	line := "heap " + fields[0] + "\nown " + fields[1]
	return number(b, line, "heap"), number(b, line, "own")
}
