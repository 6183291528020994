// Package ownerfile keeps small files of secrets: nobody but their owner may read them, and they are replaced whole or not
// at all, whatever happens in between.
//
// A file that others can read is refused, as ssh refuses such a key: what is in it may be known by now. The check is left
// out on Windows, where the mode of a file does not say who can read it.
//
// Start with [Read]; who reads a file to change it holds [Lock] until it is written.
package ownerfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Why a file is not read or locked, beside the reasons of package os.
var (
	ErrOpen      = errors.New("others than its owner can read or write the file; make it mode 0600")
	ErrLarge     = errors.New("the file is too large")
	ErrIrregular = errors.New("the path is no regular file")
	ErrLocked    = errors.New("the file is being changed")
)

// Read returns the text of a file of at most limit bytes, and what the system said of it when it was read.
func Read(path string, limit int64) (string, fs.FileInfo, error) {
	if err := checkRegular(os.Stat(path)); err != nil { // before opening, for a pipe would wait for its writer
		return "", nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err := checkRegular(info, err); err != nil {
		return "", nil, err
	}
	if info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return "", nil, ErrOpen
	}
	text, err := io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return "", nil, err
	case int64(len(text)) > limit:
		return "", nil, ErrLarge
	}
	return string(text), info, nil
}

func checkRegular(info fs.FileInfo, err error) error {
	if err == nil && !info.Mode().IsRegular() {
		return ErrIrregular
	}
	return err
}

// Create makes a file, and the folders that it lacks. If there is one already, it stays as it is and the error is an
// [fs.ErrExist]; so of two that create the same file one does. Nobody ever sees a part of it.
func Create(path, text string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temporary, err := write(dir, path, text, nil)
	if err != nil {
		return err
	}
	defer os.Remove(temporary)
	err = os.Link(temporary, path) // unlike a rename, it does not replace
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = createPlain(path, text) // there are file systems without links
	}
	if err != nil {
		return err
	}
	return syncFolder(dir)
}

// createPlain makes a file in place: one that is there stays, but a crash can leave a part.
func createPlain(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return finish(f, text)
}

// Replace puts a new text in the place of a file that is there. The owner stays; a symbolic link stays too, and the file
// that it names is replaced.
func Replace(path, text string) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	old, err := os.Stat(path)
	if err != nil {
		return err
	}
	dir := filepath.Dir(path)
	temporary, err := write(dir, path, text, old)
	if err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		os.Remove(temporary)
		return err
	}
	return syncFolder(dir)
}

// write writes a new file beside the one that it is for, and returns its name.
func write(dir, path, text string, like fs.FileInfo) (name string, err error) {
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*") // of mode 0600
	if err != nil {
		return "", err
	}
	if like != nil {
		err = giveTo(f, like)
	}
	if err = errors.Join(err, finish(f, text)); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// finish writes all of a file and waits until the disk has it.
func finish(f *os.File, text string) error {
	_, err := f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncFolder waits until the disk has the names in a folder. Windows has no such thing.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err = errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("the file is written, but may be lost in a crash: %w", err)
	}
	return nil
}
