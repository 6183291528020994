//go:build unix

package boltstore_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"jwtlab/app/login"
	"jwtlab/app/login/boltstore"
)

const fullPath = "JWTLAB_TEST_FULL"

// TestFull fills a file up to where the system lets it grow, in a program of its own, for that limit is for good.
func TestFull(t *testing.T) {
	path := os.Getenv(fullPath)
	if path == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFull$", "-test.v")
		cmd.Env = append(os.Environ(), fullPath+"="+file(t))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	s, err := boltstore.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = 1 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for err == nil && kept < 100_000 {
		if err = s.Create(t.Context(), someone(fmt.Sprint(kept)), secret(1, kept), login.Hash{}); err == nil {
			kept++
		}
	}
	if kept < 100 || !errors.Is(err, login.ErrFull) {
		t.Fatalf("after %d logins: %v", kept, err)
	}
	complete(t, s, kept)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := opened(t, path)
	complete(t, again, kept)
	// What ends makes room.
	if n, err := again.End(t.Context(), login.Ending{User: "amy", ID: "1", Now: start}); n != 1 || err != nil {
		t.Errorf("%d ended, %v", n, err)
	}
}

// complete checks that a store has the logins that it kept and no other.
func complete(t *testing.T, s login.Store, kept int) {
	t.Helper()
	for n := range kept + 1 {
		l, err := s.Find(t.Context(), secret(1, n), start)
		if n < kept && (err != nil || l.ID != fmt.Sprint(n)) || n == kept && !errors.Is(err, login.ErrUnknown) {
			t.Fatalf("login %d of %d: %q, %v", n, kept, l.ID, err)
		}
	}
}
