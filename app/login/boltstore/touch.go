package boltstore

import (
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
)

const (
	// touchWait is how long touches wait for another step to be written with.
	touchWait = time.Second
	// touchMost is how many touches wait; more are lost.
	touchMost = 1 << 16
)

// A touch is the latest use of a login.
type touch struct{ seen, idle time.Time }

// touches are those that the file does not have yet. Whoever reads the file holds mu meanwhile, so that a touch is either
// still here or there already.
type touches struct {
	mu    sync.RWMutex
	byID  map[string]touch
	noted chan struct{} // tells the writer
}

func (t *touches) init() {
	t.byID, t.noted = map[string]touch{}, make(chan struct{}, 1)
}

// Touch notes that a login was used: see [login.Store]. The file has it a second later.
func (s *Store) Touch(ctx context.Context, id string, seen, idle time.Time) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	seen, idle = trim(seen), trim(idle)
	l, err := s.named(id)
	if err != nil || l.ID == "" || l.Ended(seen) {
		return err
	}
	s.touches.mu.Lock()
	defer s.touches.mu.Unlock()
	old, waits := s.touches.byID[id]
	if waits && seen.Before(old.seen) || !waits && len(s.touches.byID) >= touchMost {
		return nil
	}
	s.touches.byID[id] = touch{seen, idle}
	select {
	case s.touches.noted <- struct{}{}:
	default:
	}
	return nil
}

// named returns the login of an id, or a zero one.
func (s *Store) named(id string) (l login.Login, err error) {
	s.touches.mu.RLock()
	defer s.touches.mu.RUnlock()
	err = s.view(func(b *bolt.Bucket) error {
		l, _, err = s.touches.read(b, id)
		return err
	})
	return l, err
}

// read reads a login as it is with the touches, which must be locked; of none the id is "".
func (t *touches) read(b *bolt.Bucket, id string) (login.Login, login.Hash, error) {
	raw := b.Get(loginOf(id))
	if raw == nil {
		return login.Login{}, login.Hash{}, nil
	}
	r, err := decodeRecord(id, raw)
	if err != nil {
		return login.Login{}, login.Hash{}, err
	}
	if u, ok := t.byID[id]; ok && !u.seen.Before(r.login.Seen) {
		r.login.Seen, r.login.Idle = u.seen, u.idle
	}
	return r.login, r.newest, nil
}

func (t *touches) pending() map[string]touch {
	t.mu.RLock()
	defer t.mu.RUnlock()
	copied := make(map[string]touch, len(t.byID))
	maps.Copy(copied, t.byID) // maps.Clone would copy the room of those forgotten, too
	return copied
}

// settle forgets touches that are written now, or lost, unless a login was touched again meanwhile.
func (t *touches) settle(written map[string]touch) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, u := range written {
		if t.byID[id] == u {
			delete(t.byID, id)
		}
	}
	if len(t.byID) == 0 && len(written) > 0 {
		t.byID = map[string]touch{} // and gives back its memory
	}
}

// write puts touches into the records.
func write(b *bolt.Bucket, touched map[string]touch) error {
	for id, u := range touched {
		raw := b.Get(loginOf(id))
		r, err := decodeRecord(id, raw)
		if err != nil || u.seen.Before(r.login.Seen) {
			continue // it ended, or was used since
		}
		raw, old := slices.Clone(raw), r.end()
		binary.BigEndian.PutUint64(raw[seenAt:], uint64(u.seen.UnixMilli()))
		binary.BigEndian.PutUint64(raw[idleAt:], uint64(u.idle.UnixMilli()))
		r.login.Idle = u.idle
		if err := b.Put(loginOf(id), raw); err != nil {
			return err
		}
		if err := move(b, loginOf(id), old, r.end()); err != nil {
			return err
		}
	}
	return nil
}
