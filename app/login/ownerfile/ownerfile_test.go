package ownerfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jwtlab/app/login/ownerfile"
)

// expect holds a file to its text and mode, and its folder to have nothing else in it.
func expect(t *testing.T, path, want string) {
	t.Helper()
	got, info, err := ownerfile.Read(path, 1000)
	if err != nil || got != want || info.Size() != int64(len(want)) {
		t.Fatalf("the file has %q, %v; want %q", got, err, want)
	}
	if runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(all) != 1 {
		t.Errorf("its folder has %v, %v; want the file alone", all, err)
	}
}

func TestCreateAndReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folders", "file")
	if err := ownerfile.Replace(path, "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("replacing what is not there: %v", err)
	}
	if err := ownerfile.Create(path, "one"); err != nil {
		t.Fatal(err)
	}
	expect(t, path, "one")
	if err := ownerfile.Create(path, "two"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("creating what is there: %v", err)
	}
	expect(t, path, "one")
	if err := ownerfile.Replace(path, "three"); err != nil {
		t.Fatal(err)
	}
	expect(t, path, "three")
	if info, err := os.Stat(filepath.Dir(path)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
}

func TestReplaceBehindLink(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "file")
	link := filepath.Join(t.TempDir(), "link")
	if err := ownerfile.Create(path, "one"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	if err := ownerfile.Replace(link, "two"); err != nil {
		t.Fatal(err)
	}
	expect(t, path, "two")
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info.Mode(), err)
	}
}

// TestFailureKeepsFile makes the file beside it impossible: its name would be too long.
func TestFailureKeepsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), strings.Repeat("n", 250))
	if err := os.WriteFile(path, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := ownerfile.Replace(path, "two"); err == nil {
		t.Error("no error")
	}
	expect(t, path, "one")
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.WriteFile(path, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	modes := map[fs.FileMode]error{0o600: nil, 0o400: nil, 0o700: nil, 0o640: ownerfile.ErrOpen, 0o604: ownerfile.ErrOpen,
		0o620: ownerfile.ErrOpen, 0o602: ownerfile.ErrOpen, 0o644: ownerfile.ErrOpen}
	if runtime.GOOS == "windows" {
		modes = nil
	}
	for mode, want := range modes {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		text, info, err := ownerfile.Read(path, 4)
		if !errors.Is(err, want) || (err == nil) != (text == "text") || (err == nil) != (info != nil) {
			t.Errorf("mode %o: %q, %v; want %v", mode, text, err, want)
		}
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{path: ownerfile.ErrLarge, dir: ownerfile.ErrIrregular, path + "s": fs.ErrNotExist} {
		if text, _, err := ownerfile.Read(name, 3); !errors.Is(err, want) || text != "" {
			t.Errorf("%q, %v; want %v", text, err, want)
		}
	}
}

// TestTogether lets many create one file, and then many add to it.
func TestTogether(t *testing.T) {
	const many = 20
	path := filepath.Join(t.TempDir(), "new", "file")
	var wait sync.WaitGroup
	var made atomic.Int32
	for range many {
		wait.Go(func() {
			switch err := ownerfile.Create(path, "x"); {
			case err == nil:
				made.Add(1)
			case !errors.Is(err, fs.ErrExist):
				t.Error(err)
			}
			if text, _, err := ownerfile.Read(path, 1000); text != "x" || err != nil {
				t.Errorf("after creating it has %q, %v", text, err)
			}
		})
	}
	wait.Wait()
	if made.Load() != 1 {
		t.Errorf("%d made the file", made.Load())
	}
	for range many {
		wait.Go(func() {
			unlock, err := ownerfile.Lock(path)
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			text, _, err := ownerfile.Read(path, 1000)
			if err := errors.Join(err, ownerfile.Replace(path, text+"x")); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	expect(t, path, strings.Repeat("x", many+1))
}

func TestTryLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	unlock, err := ownerfile.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ownerfile.TryLock(path); !errors.Is(err, ownerfile.ErrLocked) {
		t.Errorf("a second lock: %v", err)
	}
	unlock()
	unlock, err = ownerfile.TryLock(path)
	if err != nil {
		t.Fatalf("after unlocking: %v", err)
	}
	unlock()
}
