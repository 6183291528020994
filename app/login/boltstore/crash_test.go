package boltstore_test

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
	"jwtlab/app/login/boltstore"
)

// The test program runs itself as a writer that can be killed.
const (
	writerPath = "JWTLAB_TEST_WRITER"
	families   = 8
)

// secret is the n-th secret of a family.
func secret(family, n int) (h login.Hash) {
	binary.BigEndian.PutUint64(h[:], uint64(family)+1)
	binary.BigEndian.PutUint64(h[8:], uint64(n))
	return h
}

func rotation(family, n int) login.Rotation {
	return login.Rotation{Old: secret(family, n), New: secret(family, n+1), Now: at(1), Idle: at(30), Deny: at(999)}
}

// TestWriter is the program that TestCrash kills: it rotates without end, and says what it was told is durable.
func TestWriter(t *testing.T) {
	path := os.Getenv(writerPath)
	if path == "" {
		t.Skip("only as the program of TestCrash")
	}
	s, err := boltstore.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for f := range families {
		create(t, s, fmt.Sprint(f), secret(f, 0))
		go func() {
			for n := 0; ; n++ {
				if r, err := s.Rotate(t.Context(), rotation(f, n)); err != nil || r.Outcome != login.Fresh {
					fmt.Println("failed:", r.Outcome, err)
				}
				fmt.Println("rotated", f, n+1)
			}
		}()
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed, or whoever started it is gone
}

// TestCrash kills a writer and holds it to its word.
func TestCrash(t *testing.T) {
	path := file(t)
	for round := range 3 {
		path := fmt.Sprint(path, round)
		newest := killed(t, path, 400)
		whole(t, path)
		s := opened(t, path)
		for f, n := range newest {
			l, err := s.Find(t.Context(), secret(f, n), at(1))
			if errors.Is(err, login.ErrUnknown) { // one rotation may be durable that nobody was told of
				n++
				l, err = s.Find(t.Context(), secret(f, n), at(1))
			}
			if err != nil || l.ID != fmt.Sprint(f) {
				t.Errorf("secret %d of family %d is gone: %v", n, f, err)
				continue
			}
			r, err := s.Rotate(t.Context(), rotation(f, 0))
			if want := login.Outcome(login.Reused); n > 0 && (err != nil || r.Outcome != want) {
				t.Errorf("the first secret of family %d, rotated %d times, is %v, %v", f, n, r.Outcome, err)
			}
		}
	}
}

// killed starts a writer, kills it after so many rotations, and returns how many each family had.
func killed(t *testing.T, path string, rotations int) [families]int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriter$")
	cmd.Env = append(os.Environ(), writerPath+"="+path)
	if _, err := cmd.StdinPipe(); err != nil { // it ends with this program
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var newest [families]int
	lines := bufio.NewScanner(out)
	for all := 0; lines.Scan(); all++ {
		if all == rotations {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
		var f, n int
		if _, err := fmt.Sscanf(lines.Text(), "rotated %d %d", &f, &n); err == nil {
			newest[f] = n
		} else if all < rotations {
			t.Errorf("the writer says %q", lines.Text())
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the writer ended by itself")
	}
	return newest
}

// whole looks at each page of a file.
func whole(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin(false)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	for fault := range tx.Check() {
		t.Errorf("%s: %v", path, fault)
	}
}
