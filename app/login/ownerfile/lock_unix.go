//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package ownerfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Lock waits until nobody else changes the file, makes the folders that it lacks, and keeps others from changing it until
// unlock is called; they must ask too. It is the folder that is locked: the file itself is another one after each change.
func Lock(path string) (unlock func(), err error) {
	return lock(path, syscall.LOCK_EX)
}

// TryLock is [Lock] for who cannot wait: if the file is being changed, it is [ErrLocked].
func TryLock(path string) (unlock func(), err error) {
	return lock(path, syscall.LOCK_EX|syscall.LOCK_NB)
}

func lock(path string, how int) (unlock func(), err error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // or two names of one file would have two locks
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(d.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = ErrLocked
	}
	if err != nil {
		d.Close()
		return nil, &fs.PathError{Op: "lock", Path: dir, Err: err}
	}
	return func() { d.Close() }, nil
}

// giveTo gives a file the owner that another has, so that root may change what belongs to a service.
func giveTo(f *os.File, like fs.FileInfo) error {
	old, ok := like.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if own, ok := info.Sys().(*syscall.Stat_t); ok && own.Uid == old.Uid {
		return nil
	}
	return f.Chown(int(old.Uid), int(old.Gid))
}
