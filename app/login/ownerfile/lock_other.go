//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package ownerfile

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Here only this program is kept from changing a file twice at once: of two programs that do, the later one wins.
var changing sync.Mutex

// Lock waits until no other part of this program changes such a file, and makes the folders that the file lacks.
func Lock(path string) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	changing.Lock()
	return changing.Unlock, nil
}

// TryLock is [Lock] for who cannot wait: if a file is being changed, it is [ErrLocked].
func TryLock(string) (unlock func(), err error) {
	if !changing.TryLock() {
		return nil, ErrLocked
	}
	return changing.Unlock, nil
}

// giveTo does nothing: files have no such owner here.
func giveTo(*os.File, fs.FileInfo) error { return nil }
