package boltstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
)

func opened(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "logins.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func put(key, value string) func(b *bolt.Bucket) error {
	return func(b *bolt.Bucket) error { return b.Put([]byte(key), []byte(value)) }
}

// holds checks a value in the file.
func holds(t *testing.T, s *Store, key, want string) {
	t.Helper()
	err := s.view(func(b *bolt.Bucket) error {
		if got := string(b.Get([]byte(key))); got != want {
			t.Errorf("%s holds %q, want %q", key, got, want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestNeighbours has steps in one group fail after they have written.
func TestNeighbours(t *testing.T) {
	s := opened(t)
	refused := errors.New("refused")
	failing := func(b *bolt.Bucket) error { return errors.Join(put("bad", "x")(b), put("a", "bad")(b), refused) }
	var group []*step
	for _, do := range []func(b *bolt.Bucket) error{failing, put("a", "1"), failing, put("b", "2"), failing} {
		group = append(group, &step{do: do, done: make(chan struct{})})
	}
	all := append([]*step(nil), group...)
	s.commit(group)
	for i, w := range all {
		<-w.done
		if want := i%2 == 0; errors.Is(w.err, refused) != want {
			t.Errorf("step %d: %v", i, w.err)
		}
	}
	holds(t, s, "a", "1")
	holds(t, s, "b", "2")
	holds(t, s, "bad", "")
}

// TestDoneAgain has a step done twice, because its neighbour failed.
func TestDoneAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, ctx := opened(t), t.Context()
		for i := range byte(3) {
			l := login.Login{ID: string('a' + rune(i)), User: "amy"}
			if err := s.Create(ctx, l, login.Hash{i + 1}, login.Hash{}); err != nil {
				t.Fatal(err)
			}
		}
		goOn := make(chan struct{})
		begin := func(do func()) { go do(); synctest.Wait() }
		begin(func() { _ = s.write(ctx, func(*bolt.Bucket) error { <-goOn; return nil }) })
		ended := make(chan int, 1)
		begin(func() {
			n, err := s.End(ctx, login.Ending{User: "amy", Except: "c"})
			if err != nil {
				t.Error(err)
			}
			ended <- n
		})
		begin(func() { _ = s.write(ctx, func(*bolt.Bucket) error { return errors.New("refused") }) })
		close(goOn)
		if n := <-ended; n != 2 {
			t.Errorf("%d ended, want 2", n)
		}
	})
}

// TestNothingLeft ends whatever it began, in every way, and sweeps it.
func TestNothingLeft(t *testing.T) {
	now := time.UnixMilli(4e12)
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
	for limit := range 9 {
		s, ctx := opened(t), t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		for f := range byte(4) {
			l := login.Login{ID: string('a' + rune(f)), User: "amy", Created: now, Seen: now, Idle: at(10), Expires: at(100)}
			must(s.Create(ctx, l, login.Hash{f + 1}, login.Hash{}))
			for n := range f * 3 {
				_, err := s.Rotate(ctx, login.Rotation{Old: login.Hash{f + 1, n}, New: login.Hash{f + 1, n + 1}, Now: at(1), Idle: at(11)})
				must(err)
			}
			must(s.Touch(ctx, l.ID, at(2), at(30)))
		}
		must(s.Deny(ctx, at(5), "j"))
		must(s.Deny(ctx, at(50), "j", "k"))
		must(s.SetRole(ctx, "amy", "admin"))
		must(s.SetRole(ctx, "amy", ""))
		_, err := s.End(ctx, login.Ending{User: "amy", ID: "d", Now: at(3), Deny: at(60)})
		must(err)
		r, err := s.Rotate(ctx, login.Rotation{Old: login.Hash{3}, New: login.Hash{99}, Now: at(3), Deny: at(60)})
		if must(err); r.Outcome != login.Reused {
			t.Fatalf("the outcome is %d", r.Outcome)
		}
		all := 0
		for n := limit + 1; n == limit+1; all += n {
			n, err = s.Sweep(ctx, at(60), limit+1)
			must(err)
		}
		if want := 2 + (1 + 4 + 7 + 10) + 4; all != want { // the logins a and b, all secrets, and what is denied
			t.Errorf("in steps of %d: %d swept, want %d", limit+1, all, want)
		}
		keys := 0
		must(s.view(func(b *bolt.Bucket) error { return b.ForEach(func(k, _ []byte) error { keys++; return nil }) }))
		if keys != 1 {
			t.Errorf("in steps of %d: %d keys are left, want that of the version only", limit+1, keys)
		}
	}
}

// TestTooLarge has the file refuse a login in the middle of its step.
func TestTooLarge(t *testing.T) {
	s, ctx := opened(t), t.Context()
	start := time.UnixMilli(4e12)
	l := login.Login{ID: strings.Repeat("x", 40_000), User: "amy", Idle: start.Add(1e9), Expires: start.Add(1e9)}
	if err := s.Create(ctx, l, login.Hash{1}, login.Hash{}); err == nil {
		t.Fatal("an id of 40,000 bytes was kept")
	}
	if _, err := s.Find(ctx, login.Hash{1}, start); !errors.Is(err, login.ErrUnknown) {
		t.Errorf("half a login was kept: %v", err)
	}
	if n, err := s.Sweep(ctx, start.Add(1e12), 10); n != 0 || err != nil {
		t.Errorf("%d records were kept, %v", n, err)
	}
}

// TestCancel cancels steps before the writer begins them, and after.
func TestCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := opened(t)
		begun, goOn := make(chan struct{}), make(chan struct{})
		answers := make(chan error, 2)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			answers <- s.write(ctx, func(b *bolt.Bucket) error {
				close(begun)
				<-goOn
				return put("begun", "1")(b)
			})
		}()
		<-begun
		waiting, giveUp := context.WithCancel(t.Context())
		go func() { answers <- s.write(waiting, put("waiting", "1")) }()
		synctest.Wait()
		giveUp()
		if err := <-answers; !errors.Is(err, context.Canceled) {
			t.Errorf("a step that had to wait: %v", err)
		}
		cancel()
		synctest.Wait()
		close(goOn)
		if err := <-answers; err != nil {
			t.Errorf("a step that was begun: %v", err)
		}
		holds(t, s, "begun", "1")
		holds(t, s, "waiting", "")
	})
}

// TestCancelTaken gives up a step that was handed over and is not begun.
func TestCancelTaken(t *testing.T) {
	s := opened(t)
	w := &step{do: put("a", "1"), done: make(chan struct{})}
	w.taken.Store(true)
	s.commit([]*step{w})
	holds(t, s, "a", "")
}

// TestTouchesSettle has a login touched again while its touch is written.
func TestTouchesSettle(t *testing.T) {
	s, ctx := opened(t), t.Context()
	now := time.UnixMilli(4e12).UTC()
	if err := s.Create(ctx, login.Login{ID: "a", Seen: now}, login.Hash{'a'}, login.Hash{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Touch(ctx, "a", now, now.Add(1e9)); err != nil {
		t.Fatal(err)
	}
	err := s.write(ctx, func(*bolt.Bucket) error { return s.Touch(ctx, "a", now.Add(1e6), now.Add(2e9)) })
	if err != nil {
		t.Fatal(err)
	}
	if l, err := s.Find(ctx, login.Hash{'a'}, now); err != nil || !l.Idle.Equal(now.Add(2e9)) {
		t.Errorf("idle until %v, %v", l.Idle, err)
	}
	if err := s.write(ctx, put("x", "1")); err != nil {
		t.Fatal(err)
	}
	if n := len(s.touches.pending()); n != 0 {
		t.Errorf("%d touches wait after they were written", n)
	}
}

// TestTouchesAreBounded touches more logins than may wait.
func TestTouchesAreBounded(t *testing.T) {
	s, ctx := opened(t), t.Context()
	start := time.UnixMilli(4e12).UTC()
	for i, id := range []string{"a", "b"} {
		l := login.Login{ID: id, Seen: start, Idle: start.Add(1e9), Expires: start.Add(1e12)}
		if err := s.Create(ctx, l, login.Hash{byte(i + 1)}, login.Hash{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Touch(ctx, "a", start, start.Add(2e9)); err != nil {
		t.Fatal(err)
	}
	for i := 0; len(s.touches.byID) < touchMost; i++ {
		s.touches.byID[fmt.Sprint("other", i)] = touch{}
	}
	for _, id := range []string{"a", "b"} {
		if err := s.Touch(ctx, id, start.Add(1e6), start.Add(3e9)); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []time.Time{start.Add(3e9), start.Add(1e9)} {
		if l, err := s.Find(ctx, login.Hash{byte(i + 1)}, start); err != nil || !l.Idle.Equal(want) {
			t.Errorf("login %d idles until %v, want %v (%v)", i, l.Idle, want, err)
		}
	}
	if len(s.touches.byID) > touchMost {
		t.Errorf("%d touches wait", len(s.touches.byID))
	}
}
