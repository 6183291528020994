package boltstore

import (
	"context"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
)

// most is how many steps share a transaction at most.
const most = 256

// A step is one atomic change, waiting to be written.
type step struct {
	do    func(b *bolt.Bucket) error
	taken atomic.Bool // by the writer, or by a caller who gave up before
	err   error       // valid once done is closed
	done  chan struct{}
}

// write has the writer do a step and waits until the disk has it. The step may be done again after it was undone because
// of a neighbour, so it must set all its results anew. Its error undoes it, and the context does so until it is begun.
func (s *Store) write(ctx context.Context, do func(b *bolt.Bucket) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &step{do: do, done: make(chan struct{})}
	select {
	case s.steps <- w:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return errClosed
	}
	select {
	case <-w.done:
	case <-ctx.Done():
		if w.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		<-w.done
	}
	return s.fault(w.err)
}

// run is the writer. It ends when the store is closed.
func (s *Store) run() {
	defer close(s.closed)
	var group []*step
	var later <-chan time.Time
	for {
		select {
		case w := <-s.steps:
			runtime.Gosched() // lets all who can run go first: their steps share the sync
			group = s.gather(append(group[:0], w))
			s.commit(group)
			later = nil
		case <-s.touches.noted:
			if later == nil {
				later = time.After(touchWait)
			}
		case <-later:
			s.commit(nil)
			later = nil
		case <-s.closing:
			s.commit(nil)
			return
		}
	}
}

// gather adds the steps that wait already.
func (s *Store) gather(group []*step) []*step {
	for len(group) < most {
		select {
		case w := <-s.steps:
			group = append(group, w)
		default:
			return group
		}
	}
	return group
}

// commit does the steps of a group in one transaction, together with all touches, and answers them. A step that fails
// undoes nobody else: the others are done again without it.
func (s *Store) commit(group []*step) {
	group = slices.DeleteFunc(group, func(w *step) bool { return !w.taken.CompareAndSwap(false, true) })
	touched := s.touches.pending()
	for len(group) > 0 || len(touched) > 0 {
		failed, err := s.try(group, touched)
		if failed < 0 {
			for _, w := range group {
				w.err = err
				close(w.done)
			}
			break
		}
		group[failed].err = err
		close(group[failed].done)
		group = slices.Delete(group, failed, failed+1)
	}
	s.touches.settle(touched)
}

// try does steps in one transaction. It returns which one failed, or -1 and what became of all.
func (s *Store) try(group []*step, touched map[string]touch) (failed int, err error) {
	tx, err := s.db.Begin(true)
	if err != nil {
		return -1, err
	}
	defer tx.Rollback() // nothing after a commit
	b := tx.Bucket(bucket)
	if err := write(b, touched); err != nil {
		return -1, err
	}
	for i, w := range group {
		if err := w.do(b); err != nil {
			return i, err
		}
	}
	return -1, tx.Commit()
}
