package userfile_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/ownerfile"
	"jwtlab/app/login/userfile"
)

// A bench is accounts in a file of a test, with a clock that the test turns and a hasher that counts.
type bench struct {
	*userfile.File
	path   string
	now    time.Time
	hashes atomic.Int32
	costs  map[userfile.Cost]int
	before func() // each hash, if not nil
	warned []error
	mu     sync.Mutex
}

// counted is a cheap hash, which depends on all that argon2id does.
func (b *bench) counted(password, salt []byte, c userfile.Cost, size int) []byte {
	b.hashes.Add(1)
	b.mu.Lock()
	b.costs[c]++
	b.mu.Unlock()
	if b.before != nil {
		b.before()
	}
	sum := sha256.Sum256([]byte(string(password) + "\x00" + string(salt) + string(rune(c.Memory)) + string(rune(c.Passes))))
	return append(sum[:], make([]byte, 64)...)[:size]
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(i)
	}
	return len(p), nil
}

func newBench(t *testing.T) (*bench, userfile.Options) {
	b := &bench{path: filepath.Join(t.TempDir(), "users"), now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), costs: map[userfile.Cost]int{}}
	return b, userfile.Options{
		Path: b.path, Now: func() time.Time { return b.now }, Rand: endless{}, Hash: b.counted, Room: 1, Queue: 2,
		Warn: func(err error) { b.warned = append(b.warned, err) },
	}
}

func (b *bench) open(t *testing.T, o userfile.Options) *bench {
	t.Helper()
	f, err := userfile.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	b.File = f
	return b
}

// open makes accounts with amy, whose password is "correct horse", and bob.
func open(t *testing.T) *bench {
	t.Helper()
	b, o := newBench(t)
	b.open(t, o)
	if err := errors.Join(b.Add("amy", "admin", "correct horse"), b.Add("bob", "", "battery staple")); err != nil {
		t.Fatal(err)
	}
	b.hashes.Store(0)
	return b
}

// verify tries a login, and holds it to its answer and the hashes that it may cost.
func (b *bench) verify(t *testing.T, name, password string, want login.Account, wantErr error, hashes int32) {
	t.Helper()
	before := b.hashes.Load()
	got, err := b.Verify(t.Context(), name, password)
	if got != want || !errors.Is(err, wantErr) {
		t.Errorf("%s, %.20q: %v, %v; want %v, %v", name, password, got, err, want, wantErr)
	}
	if n := b.hashes.Load() - before; n != hashes {
		t.Errorf("%s, %.20q: %d hashes, want %d", name, password, n, hashes)
	}
}

func TestVerify(t *testing.T) {
	b := open(t)
	none := login.Account{}
	b.verify(t, "amy", "correct horse", login.Account{Name: "amy", Role: "admin"}, nil, 1)
	b.verify(t, "bob", "battery staple", login.Account{Name: "bob"}, nil, 1)
	for _, try := range []struct{ name, password string }{
		{"amy", "battery staple"}, {"amy", ""}, {"amy", "correct horse "}, {"amy", "Correct horse"}, {"amy", "correct horse\x00"},
		{"amy", strings.Repeat("x", 1024)},
		{"Amy", "correct horse"}, {"cy", "correct horse"}, {"", ""}, {"amy\n", "correct horse"}, {strings.Repeat("n", 1000), "x"},
	} {
		b.verify(t, try.name, try.password, none, login.ErrCredentials, 1) // one hash, whether the name is known or not
	}
	b.verify(t, "amy", strings.Repeat("x", 1025), none, login.ErrCredentials, 0)
	b.verify(t, "cy", strings.Repeat("x", 1025), none, login.ErrCredentials, 0)
	if len(b.costs) != 1 {
		t.Errorf("R-2: an unknown name has another cost: %v", b.costs)
	}
}

func TestRealHash(t *testing.T) {
	b, o := newBench(t)
	o.Hash, o.Rand, o.Now = nil, nil, nil
	b.open(t, o)
	if err := b.Add("amy", "admin", "비밀번호는 여덟 글자"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(b.path)
	if err != nil || !strings.Contains(string(text), "\namy:admin:$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("R-1: the file has %s, %v", text, err)
	}
	b.verify(t, "amy", "비밀번호는 여덟 글자", login.Account{Name: "amy", Role: "admin"}, nil, 0)
	b.verify(t, "amy", "비밀번호는 여덟 글지", login.Account{}, login.ErrCredentials, 0)
	b.verify(t, "bob", "비밀번호는 여덟 글자", login.Account{}, login.ErrCredentials, 0)
}

// rewrite changes the file as an editor does.
func (b *bench) rewrite(t *testing.T, change func(string) string) {
	t.Helper()
	text, err := os.ReadFile(b.path)
	if err == nil {
		err = os.WriteFile(b.path, []byte(change(string(text))), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestRereading(t *testing.T) {
	b := open(t)
	amy := login.Account{Name: "amy", Role: "admin"}
	b.verify(t, "amy", "correct horse", amy, nil, 1)
	b.rewrite(t, func(s string) string { return strings.Replace(s, "amy:admin:", "amy:reader:", 1) })
	b.now = b.now.Add(999 * time.Millisecond)
	b.verify(t, "amy", "correct horse", amy, nil, 1) // the disk is asked once a second
	b.now = b.now.Add(time.Millisecond)
	amy.Role = "reader"
	b.verify(t, "amy", "correct horse", amy, nil, 1)

	b.rewrite(t, func(s string) string { return s + "oops\n" })
	b.now = b.now.Add(-time.Hour) // a clock that is set back does not hide it
	var fault *userfile.Fault
	if _, err := b.Verify(t.Context(), "amy", "correct horse"); !errors.As(err, &fault) || fault.Line != 4 {
		t.Errorf("a file with a fault: %v", err)
	}
	if err := b.Remove("amy"); !errors.As(err, &fault) {
		t.Errorf("a file with a fault is changed: %v", err)
	}
	b.rewrite(t, func(s string) string { return strings.TrimSuffix(s, "oops\n") })
	b.now = b.now.Add(time.Second)
	b.verify(t, "amy", "correct horse", amy, nil, 1)

	if os.PathSeparator == '/' {
		if err := os.Chmod(b.path, 0o644); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(time.Second)
		b.verify(t, "amy", "correct horse", login.Account{}, ownerfile.ErrOpen, 0)
	}
	if err := os.Remove(b.path); err != nil {
		t.Fatal(err)
	}
	b.now = b.now.Add(time.Second)
	b.verify(t, "amy", "correct horse", login.Account{}, login.ErrCredentials, 1)
	if err := b.Add("amy", "", "correct horse"); err != nil {
		t.Fatal(err)
	}
	b.verify(t, "amy", "correct horse", login.Account{Name: "amy"}, nil, 1) // what it wrote itself it knows at once
}

// TestSameSizeAndTime replaces the file by one that differs in nothing but its text.
func TestSameSizeAndTime(t *testing.T) {
	b := open(t)
	b.verify(t, "amy", "correct horse", login.Account{Name: "amy", Role: "admin"}, nil, 1)
	info, err := os.Stat(b.path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(b.path)
	other := filepath.Join(t.TempDir(), "other")
	err = errors.Join(err, os.WriteFile(other, []byte(strings.Replace(string(text), "admin", "nurse", 1)), 0o600),
		os.Chtimes(other, info.ModTime(), info.ModTime()), os.Rename(other, b.path))
	if err != nil {
		t.Fatal(err)
	}
	b.now = b.now.Add(time.Second)
	b.verify(t, "amy", "correct horse", login.Account{Name: "amy", Role: "nurse"}, nil, 1)
}

func TestOpen(t *testing.T) {
	b, o := newBench(t)
	if err := os.WriteFile(b.path, []byte("amy\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var fault *userfile.Fault
	if f, err := userfile.Open(o); f != nil || !errors.As(err, &fault) {
		t.Errorf("a file with a fault: %v, %v", f, err)
	}
	o.Path = t.TempDir()
	if f, err := userfile.Open(o); f != nil || !errors.Is(err, ownerfile.ErrIrregular) {
		t.Errorf("a folder: %v, %v", f, err)
	}
}

// TestQueue is R-4: one hash at once, two wait, the next is refused, and one who gives up makes room.
func TestQueue(t *testing.T) {
	b := open(t)
	path := b.path
	synctest.Test(t, func(t *testing.T) {
		b, o := newBench(t)
		o.Path = path
		b.open(t, o)
		gate := make(chan struct{})
		b.before = func() { <-gate }
		type answer struct {
			account login.Account
			err     error
		}
		answers := make(chan answer, 10)
		try := func(ctx context.Context) {
			go func() {
				a, err := b.Verify(ctx, "amy", "correct horse")
				answers <- answer{a, err}
			}()
			synctest.Wait()
		}
		impatient, giveUp := context.WithCancel(t.Context())
		try(t.Context())
		try(t.Context())
		try(impatient)
		try(t.Context())
		if a := <-answers; !errors.Is(a.err, login.ErrBusy) || b.hashes.Load() != 1 {
			t.Errorf("the fourth gets %v, with %d hashes begun", a, b.hashes.Load())
		}
		giveUp()
		if a := <-answers; !errors.Is(a.err, context.Canceled) {
			t.Errorf("who gives up gets %v", a)
		}
		try(impatient)
		if a := <-answers; !errors.Is(a.err, context.Canceled) {
			t.Errorf("who has given up before gets %v", a)
		}
		try(t.Context()) // there is room for one again
		close(gate)
		for range 3 {
			if a := <-answers; a.err != nil || a.account.Name != "amy" {
				t.Errorf("who waited gets %v", a)
			}
		}
		if b.hashes.Load() != 3 {
			t.Errorf("%d hashes for three", b.hashes.Load())
		}
	})
}

func TestDemo(t *testing.T) {
	b, o := newBench(t)
	demo, err := userfile.Demo(o)
	if err != nil {
		t.Fatal(err)
	}
	b.hashes.Store(0)
	for _, test := range []struct {
		name, password string
		want           login.Account
		err            error
	}{
		{"alice", "wonderland", login.Account{Name: "alice", Role: "user"}, nil},
		{"admin", "looking-glass", login.Account{Name: "admin", Role: "admin"}, nil},
		{"alice", "looking-glass", login.Account{}, login.ErrCredentials},
		{"bob", "wonderland", login.Account{}, login.ErrCredentials},
	} {
		if got, err := demo.Verify(t.Context(), test.name, test.password); got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s, %s: %v, %v", test.name, test.password, got, err)
		}
	}
	if b.hashes.Load() != 4 {
		t.Errorf("R-2: %d hashes for four logins", b.hashes.Load())
	}
	if _, err := demo.Verify(t.Context(), "alice", strings.Repeat("x", 1025)); !errors.Is(err, login.ErrCredentials) || b.hashes.Load() != 4 {
		t.Errorf("a long password: %v", err)
	}
	if _, err := os.Stat(b.path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the demo writes a file: %v", err)
	}
}

func BenchmarkVerify(b *testing.B) {
	f, err := userfile.Demo(userfile.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := f.Verify(b.Context(), "alice", "wonderland"); err != nil {
			b.Fatal(err)
		}
	}
}
