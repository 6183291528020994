package redisstore_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"os/exec"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"jwtlab/app/login/redisstore"
)

// A server is a real Redis on a port of the loopback, which keeps nothing on disk.
type server struct {
	address string // HOST:PORT
	cmd     *exec.Cmd
}

// start starts a server, on a free port for "".
func start(t testing.TB, address string) *server {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Skip("no redis-server: the store for replicas is not tested")
	}
	if address == "" {
		address = free(t)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--bind", host, "--port", port, "--save", "", "--appendonly", "no", "--dir", t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{address, cmd}
	t.Cleanup(s.stop)
	said, lines := "", bufio.NewScanner(out)
	for !strings.Contains(said, "Ready to accept connections") {
		if !lines.Scan() {
			t.Fatalf("redis-server ended:\n%s", said)
		}
		said += lines.Text() + "\n"
	}
	go io.Copy(io.Discard, out)
	return s
}

func (s *server) stop() {
	_ = s.cmd.Process.Kill() // by its id; it may have been stopped before
	_ = s.cmd.Wait()
}

// free returns an address of the loopback that nobody listens on.
func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// opened opens a store and closes it when the test ends.
func opened(t testing.TB, url string) *redisstore.Store {
	t.Helper()
	s, err := redisstore.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func (s *server) url() string { return "redis://" + s.address }

// raw is a client that sees the keys.
func (s *server) raw(t testing.TB) *redis.Client {
	c := redis.NewClient(&redis.Options{Addr: s.address})
	t.Cleanup(func() { c.Close() })
	return c
}

// flush removes everything, the scripts too.
func (s *server) flush(t testing.TB) {
	t.Helper()
	c, ctx := s.raw(t), context.Background()
	if err := c.FlushAll(ctx).Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.ScriptFlush(ctx).Err(); err != nil {
		t.Fatal(err)
	}
}
