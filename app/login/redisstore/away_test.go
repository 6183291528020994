package redisstore_test

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/redisstore"
)

// patience is how long a test waits for what must come at once, so that it ends where that never comes.
const patience = time.Minute

// calls are all methods that ask the server.
func calls(ctx context.Context, s *redisstore.Store) map[string]func() error {
	return map[string]func() error{
		"Create":   func() error { return s.Create(ctx, someone("b"), login.Hash{99}, login.Hash{}) },
		"Find":     func() error { _, err := s.Find(ctx, login.Hash{1}, begin); return err },
		"Touch":    func() error { return s.Touch(ctx, "a", at(1), at(2)) },
		"Rotate":   func() error { _, err := s.Rotate(ctx, rotation(1, 2)); return err },
		"End":      func() error { _, err := s.End(ctx, login.Ending{User: "amy", Now: at(1)}); return err },
		"Logins":   func() error { _, err := s.Logins(ctx, "amy", "", 9, at(1)); return err },
		"Deny":     func() error { return s.Deny(ctx, at(1), "j") },
		"Denied":   func() error { _, err := s.Denied(ctx, at(1), "j", "k"); return err },
		"SetRole":  func() error { return s.SetRole(ctx, "amy", "admin") },
		"Role":     func() error { _, err := s.Role(ctx, "amy"); return err },
		"Announce": func() error { _, err := s.Announce(ctx, "one", "k", at(1)); return err },
	}
}

// TestAway stops the server while it is used, and starts it again on the same port, without what it knew.
func TestAway(t *testing.T) {
	redis := start(t, "")
	s := opened(t, redis.url())
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var used sync.WaitGroup
	var newest [8]login.Hash
	busy := use(ctx, t, s, &used, &newest)
	<-busy
	redis.stop()
	used.Wait()
	for range 3 * 32 { // more than the pool has connections
		for name, call := range calls(ctx, s) {
			if err := call(); err == nil || errors.Is(err, login.ErrUnknown) || errors.Is(err, login.ErrFull) {
				t.Fatalf("%s without a server: %v", name, err)
			}
		}
	}
	again := start(t, redis.address)
	back := errors.New("not yet")
	for !errors.Is(back, login.ErrUnknown) && ctx.Err() == nil {
		if _, back = s.Find(ctx, newest[0], begin); back == nil {
			t.Fatal("a login was found that the server does not know")
		}
	}
	for i, secret := range newest {
		r := rotation(0, 200)
		r.Old = secret
		if got, err := s.Rotate(ctx, r); !errors.Is(err, login.ErrUnknown) {
			t.Errorf("family %d is rotated to %+v, %v", i, got, err)
		}
	}
	create(t, s, someone("new"), login.Hash{77})
	if l, err := opened(t, again.url()).Find(ctx, login.Hash{77}, begin); err != nil || l.ID != "new" {
		t.Errorf("after the server came back: %q, %v", l.ID, err)
	}
}

// use rotates families until the server goes, and closes busy after a good many.
func use(ctx context.Context, t *testing.T, s login.Store, used *sync.WaitGroup, newest *[8]login.Hash) (busy chan struct{}) {
	var fresh atomic.Int64
	busy = make(chan struct{})
	for i := range newest {
		newest[i] = login.Hash{byte(i + 1)}
		create(t, s, someone(string(rune('a'+i))), newest[i])
		used.Go(func() {
			for n := byte(1); ; n++ {
				r := rotation(0, 0)
				r.Old, r.New = newest[i], login.Hash{byte(i + 1), n, byte(fresh.Load())}
				got, err := s.Rotate(ctx, r)
				if err != nil {
					if errors.Is(err, login.ErrUnknown) {
						t.Errorf("a server that goes knows nothing of family %d", i)
					}
					return
				}
				if got.Outcome != login.Fresh {
					t.Errorf("outcome %d of family %d", got.Outcome, i)
				}
				newest[i] = r.New
				if fresh.Add(1) == 500 {
					close(busy)
				}
			}
		})
	}
	return busy
}

// A relay stands before a server. It counts how often a client and the server take turns, and may keep answers back.
type relay struct {
	address string
	mode    atomic.Int32 // what it does with an answer
	trips   atomic.Int32
}

// What a relay does with answers.
const (
	pass int32 = iota
	cut        // closes the connection instead
	hold       // never hands it on
)

func before(t *testing.T, s *server) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	r := &relay{address: l.Addr().String()}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go r.serve(client, s.address)
		}
	}()
	return r
}

func (r *relay) serve(client net.Conn, address string) {
	defer client.Close()
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer server.Close()
	var asked atomic.Bool
	go func() {
		defer server.Close()
		_, _ = io.Copy(server, meter{client, func() {
			if asked.CompareAndSwap(false, true) {
				r.trips.Add(1)
			}
		}})
	}()
	answer := make([]byte, 64<<10)
	for {
		n, err := server.Read(answer)
		if err != nil {
			return
		}
		switch r.mode.Load() {
		case cut:
			return
		case hold:
			continue
		}
		asked.Store(false)
		if _, err := client.Write(answer[:n]); err != nil {
			return
		}
	}
}

// A meter notes each read before it is handed on.
type meter struct {
	io.Reader
	note func()
}

func (m meter) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.note()
	return n, err
}

// TestRoundTrips counts them: one a call, once the server has the script.
func TestRoundTrips(t *testing.T) {
	redis := start(t, "")
	relay := before(t, redis)
	s := opened(t, "redis://"+relay.address+"?pool_size=1")
	for _, call := range calls(t.Context(), s) {
		_ = call() // loads the script
	}
	for name, call := range calls(t.Context(), s) {
		relay.trips.Store(0)
		if err := call(); err != nil && !errors.Is(err, login.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
		if n := relay.trips.Load(); n != 1 {
			t.Errorf("%s took %d round trips", name, n)
		}
	}
}

// TestLostAnswer loses the answer to a rotation. It must not be sent again: that would be reuse.
func TestLostAnswer(t *testing.T) {
	for name, mode := range map[string]int32{"cut": cut, "held back": hold} {
		t.Run(name, func(t *testing.T) {
			redis := start(t, "")
			relay, direct := before(t, redis), opened(t, redis.url())
			s := opened(t, "redis://"+relay.address+"?read_timeout=50ms")
			create(t, s, someone("a"), login.Hash{1})
			if _, err := s.Rotate(t.Context(), rotation(1, 2)); err != nil {
				t.Fatal(err)
			}
			relay.mode.Store(mode)
			got, err := s.Rotate(t.Context(), rotation(2, 3))
			if err == nil || errors.Is(err, login.ErrUnknown) || got.Outcome != 0 {
				t.Errorf("without an answer: %+v, %v", got, err)
			}
			if l, err := direct.Find(t.Context(), login.Hash{3}, at(11)); err != nil || l.ID != "a" {
				t.Errorf("the login is gone: %v", err)
			}
			relay.mode.Store(pass)
			if _, err := s.Rotate(t.Context(), rotation(3, 4)); err != nil {
				t.Errorf("later: %v", err)
			}
		})
	}
}

// TestDeadline gives up when the context does.
func TestDeadline(t *testing.T) {
	redis := start(t, "")
	relay := before(t, redis)
	s := opened(t, "redis://"+relay.address+"?read_timeout=1h")
	create(t, s, someone("a"), login.Hash{1})
	relay.mode.Store(hold)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.Find(ctx, login.Hash{1}, begin); err == nil || errors.Is(err, login.ErrUnknown) {
		t.Errorf("without an answer: %v", err)
	}
}
