package site_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestReproducible builds the sources twice, in two folders, and compares what comes out byte for byte: the site that
// is embedded, the program with the site inside, and the site that it writes.
func TestReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything twice: left out with -short")
	}
	list, err := exec.Command("git", "-C", repository, "ls-files", "-z").Output()
	if err != nil {
		t.Skip("not in a git checkout, so the sources are not known: ", err)
	}
	names := strings.Split(strings.Trim(string(list), "\x00"), "\x00")
	var folders [2]string
	var faults [2]error
	var wait sync.WaitGroup
	for i := range folders {
		folders[i] = copied(t, names)
		wait.Go(func() {
			cmd := exec.Command("make", "build")
			cmd.Dir = folders[i]
			var out []byte
			if out, faults[i] = cmd.CombinedOutput(); faults[i] != nil {
				t.Errorf("make build: %v\n%s", faults[i], out)
			}
		})
	}
	wait.Wait()
	if t.Failed() {
		t.FailNow()
	}
	for _, result := range []string{"app/site/files", "bin", "dist"} {
		compare(t, filepath.Join(folders[0], result), filepath.Join(folders[1], result))
	}
}

// copied returns a new folder with the files of the repository.
func copied(t *testing.T, names []string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		body, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// compare reports the files below two folders that differ.
func compare(t *testing.T, a, b string) {
	t.Helper()
	first, second := fileNames(t, a), fileNames(t, b)
	if !slices.Equal(first, second) {
		t.Errorf("one build has %q, the other %q", first, second)
		return
	}
	for _, name := range first {
		x, errX := os.ReadFile(filepath.Join(a, name))
		y, errY := os.ReadFile(filepath.Join(b, name))
		if errX != nil || errY != nil || !bytes.Equal(x, y) {
			t.Errorf("%s differs between two builds", name)
		}
	}
}

// fileNames returns the files below a folder.
func fileNames(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			path, err = filepath.Rel(dir, path)
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
