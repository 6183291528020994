package boltstore_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
	"jwtlab/app/login/boltstore"
	"jwtlab/app/login/storetest"
)

// opened opens a file, and closes it when the test ends.
func opened(t testing.TB, path string) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func file(t testing.TB) string { return filepath.Join(t.TempDir(), "logins.db") }

func open(t *testing.T) login.Store { return opened(t, file(t)) }

func TestStore(t *testing.T) {
	storetest.Run(t, open)
	t.Run("sweep", func(t *testing.T) { storetest.Sweep(t, open) })
	t.Run("closed and opened", func(t *testing.T) {
		storetest.Reopen(t, func(t *testing.T) (login.Store, func() login.Store) {
			path := file(t)
			s := opened(t, path)
			return s, func() login.Store {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
				return opened(t, path)
			}
		})
	})
	t.Run("copied while open", func(t *testing.T) {
		storetest.Reopen(t, func(t *testing.T) (login.Store, func() login.Store) {
			path := file(t)
			s := opened(t, path)
			return s, func() login.Store { return opened(t, copied(t, path)) }
		})
	})
}

// copied copies a file as a crash would leave it.
func copied(t testing.TB, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := file(t)
	if err := os.WriteFile(other, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return other
}

var start = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

func at(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

// someone is a login that idles for 30 minutes.
func someone(id string) login.Login {
	return login.Login{ID: id, User: "amy", Created: start, Seen: start, Idle: at(30), Expires: at(1000)}
}

func create(t testing.TB, s login.Store, id string, secret login.Hash) {
	t.Helper()
	if err := s.Create(t.Context(), someone(id), secret, login.Hash{}); err != nil {
		t.Fatal(err)
	}
}

// idles checks until when a login in a file may idle.
func idles(t *testing.T, path string, secret login.Hash, want time.Time) {
	t.Helper()
	l, err := opened(t, path).Find(t.Context(), secret, start)
	if err != nil || !l.Idle.Equal(want) {
		t.Errorf("idle until %v, want %v (%v)", l.Idle, want, err)
	}
}

func TestTouchIsWritten(t *testing.T) {
	touch := func(t *testing.T, s login.Store) {
		t.Helper()
		create(t, s, "a", login.Hash{1})
		if err := s.Touch(t.Context(), "a", at(5), at(35)); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("with another step", func(t *testing.T) {
		path := file(t)
		s := opened(t, path)
		touch(t, s)
		create(t, s, "b", login.Hash{2})
		idles(t, copied(t, path), login.Hash{1}, at(35))
	})
	t.Run("at the end", func(t *testing.T) {
		path := file(t)
		s := opened(t, path)
		touch(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		idles(t, path, login.Hash{1}, at(35))
	})
	t.Run("a second later", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			path := file(t)
			s := opened(t, path)
			touch(t, s)
			synctest.Wait()
			idles(t, copied(t, path), login.Hash{1}, at(30))
			<-time.After(time.Second) // of the bubble's clock, which goes on when all wait
			synctest.Wait()
			idles(t, copied(t, path), login.Hash{1}, at(35))
		})
	})
}

func TestOpenMakesPrivateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jwtlab", "state", "logins.db")
	opened(t, path)
	for name, want := range map[string]os.FileMode{
		path:                             0o600,
		filepath.Dir(path):               0o700 | os.ModeDir,
		filepath.Dir(filepath.Dir(path)): 0o700 | os.ModeDir,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode(), want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	refused := func(t *testing.T, path, want string) {
		t.Helper()
		s, err := boltstore.Open(path)
		if err == nil {
			s.Close()
			t.Fatal("the file was opened")
		}
		if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%v; want the file's name and %q", err, want)
		}
	}
	t.Run("held", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			path := file(t)
			opened(t, path)
			before := time.Now()
			refused(t, path, "another program has it open; end that one")
			if waited := time.Since(before); waited < 900*time.Millisecond || waited > 1100*time.Millisecond {
				t.Errorf("waited %v for the lock", waited)
			}
		})
	})
	t.Run("newer", func(t *testing.T) {
		path := foreign(t, "login", "2")
		refused(t, path, `version "2", this program knows "1"`)
		refused(t, path, `version "2"`) // and it is not held open
	})
	t.Run("without a version", func(t *testing.T) { refused(t, foreign(t, "login", ""), `version ""`) })
	t.Run("another program's", func(t *testing.T) { refused(t, foreign(t, "things", "1"), "another program") })
	t.Run("no bbolt file", func(t *testing.T) {
		path := file(t)
		if err := os.WriteFile(path, []byte(strings.Repeat("something else\n", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, path, "no whole bbolt file")
	})
	t.Run("a directory", func(t *testing.T) { refused(t, t.TempDir(), "is a directory") })
	t.Run("below a file", func(t *testing.T) {
		path := file(t)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, filepath.Join(path, "logins.db"), "not a directory")
	})
}

// foreign makes a bbolt file with one bucket and its version.
func foreign(t *testing.T, bucket, version string) string {
	path := file(t)
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket([]byte(bucket))
		if err != nil {
			return err
		}
		return b.Put([]byte("v"), []byte(version))
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestClosed(t *testing.T) {
	s := opened(t, file(t))
	create(t, s, "a", login.Hash{1})
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"Create": func() error { return s.Create(ctx, someone("b"), login.Hash{2}, login.Hash{}) },
		"Find":   func() error { _, err := s.Find(ctx, login.Hash{1}, start); return err },
		"Touch":  func() error { return s.Touch(ctx, "a", at(1), at(2)) },
		"Rotate": func() error {
			_, err := s.Rotate(ctx, login.Rotation{Old: login.Hash{1}, New: login.Hash{2}, Now: at(1), Idle: at(2)})
			return err
		},
		"End":     func() error { _, err := s.End(ctx, login.Ending{User: "amy", Now: at(1)}); return err },
		"Logins":  func() error { _, err := s.Logins(ctx, "amy", "", 9, at(1)); return err },
		"Deny":    func() error { return s.Deny(ctx, at(1), "j") },
		"Denied":  func() error { _, err := s.Denied(ctx, at(1), "j"); return err },
		"SetRole": func() error { return s.SetRole(ctx, "amy", "admin") },
		"Role":    func() error { _, err := s.Role(ctx, "amy"); return err },
		"Sweep":   func() error { _, err := s.Sweep(ctx, at(1), 9); return err },
	} {
		if err := call(); err == nil || errors.Is(err, login.ErrUnknown) || errors.Is(err, login.ErrFull) {
			t.Errorf("%s of a closed store: %v", name, err)
		}
	}
}
