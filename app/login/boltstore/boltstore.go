// Package boltstore keeps logins in one bbolt file, for a service of one process: the default of "jwtlab serve".
//
// Reads are transactions of their callers and wait for nothing. All writing is done by one goroutine, which puts whatever
// is queued into one transaction: each step stays atomic and is answered after the disk has it, but many share a sync.
// Start with [Open].
package boltstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"jwtlab/app/login"
)

// version is the schema's. A file of another is refused, for there is no telling what its records mean.
const version = "1"

// lockWait is how long a file may be held open by another program, as by one that is just ending.
const lockWait = time.Second

var errClosed = errors.New("the store is closed")

// A Store is a [login.Store] in a file.
type Store struct {
	path    string
	db      *bolt.DB
	steps   chan *step
	touches touches

	close   sync.Once
	closing chan struct{} // closed when no step is taken any more
	closed  chan struct{} // closed when the writer has ended
}

var _ login.Store = (*Store)(nil)

// Open opens the file, or makes it and its directory, for this user alone. [Store.Close] has to be called.
func Open(path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("making the directory of %q: %w", path, err)
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout:        lockWait,
		FreelistType:   bolt.FreelistMapType,
		NoFreelistSync: true, // else each commit writes all that is free; opening finds it again
		NoStatistics:   true,
	})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("opening %q: another program has it open; end that one or name another file: %w", path, err)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum):
		return nil, fmt.Errorf("opening %q: it is no whole bbolt file; restore it or name another: %w", path, err)
	case err != nil:
		return nil, fmt.Errorf("opening %q: %w", path, err)
	}
	if err := prepare(db); err != nil {
		return nil, errors.Join(fmt.Errorf("opening %q: %w", path, err), db.Close())
	}
	s := &Store{path: path, db: db, steps: make(chan *step), closing: make(chan struct{}), closed: make(chan struct{})}
	s.touches.init()
	go s.run()
	return s, nil
}

// prepare checks the schema's version, or writes it into a new file.
func prepare(db *bolt.DB) error {
	fresh := false
	err := db.View(func(tx *bolt.Tx) error {
		if b := tx.Bucket(bucket); b != nil {
			if v := b.Get([]byte{versionKey}); string(v) != version {
				return fmt.Errorf("its schema has version %q, this program knows %q; use the program that wrote it or name another file", v, version)
			}
			return nil
		}
		if first, _ := tx.Cursor().First(); first != nil {
			return errors.New("it is a bbolt file of another program; name another file")
		}
		fresh = true
		return nil
	})
	if err != nil || !fresh {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket(bucket)
		if err != nil {
			return err
		}
		return b.Put([]byte{versionKey}, []byte(version))
	})
	if err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(db.Path()))
}

// syncDirectory makes a new file's name durable. Where directories cannot be synced, they need not be.
func syncDirectory(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// Close writes what is queued and closes the file. What is asked afterwards is answered with an error.
func (s *Store) Close() error {
	var err error
	s.close.Do(func() {
		close(s.closing)
		<-s.closed
		err = s.db.Close()
	})
	return err
}

// view reads in a transaction that sees all that was written before.
func (s *Store) view(read func(b *bolt.Bucket) error) error {
	tx, err := s.db.Begin(false)
	if err != nil {
		return s.fault(err)
	}
	defer tx.Rollback()
	return read(tx.Bucket(bucket))
}

// fault says whose error it is. A full disk is a full store.
func (s *Store) fault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen):
		return errClosed
	case errors.Is(err, syscall.ENOSPC), strings.Contains(err.Error(), "file resize error"): // bbolt hides the cause of this one
		return fmt.Errorf("writing %q: %w: %w", s.path, login.ErrFull, err)
	}
	return fmt.Errorf("using %q: %w", s.path, err)
}
