package boltstore

import (
	"bytes"
	"context"
	"time"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
)

// Sweep removes what has ended: see [login.Store]. A secret counts as a record.
func (s *Store) Sweep(ctx context.Context, now time.Time, limit int) (removed int, err error) {
	err = s.write(ctx, func(b *bolt.Bucket) error {
		removed = 0
		for _, key := range ended(b, now, limit) {
			if removed == limit {
				break
			}
			n, err := sweep(b, key, limit-removed)
			if err != nil {
				return err
			}
			removed += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return removed, nil
}

// ended returns the keys of at most so many ends that have come. They are copies: the tree changes under a cursor.
func ended(b *bolt.Bucket, now time.Time, limit int) [][]byte {
	var keys [][]byte
	last, c := endOf(now, nil), b.Cursor()
	for k, _ := c.Seek([]byte{endKey}); len(keys) < limit && len(k) > endPrefix && bytes.Compare(k[:endPrefix], last) <= 0; k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

// sweep removes what ended under the key of an end, at most so many records, and returns how many there were.
func sweep(b *bolt.Bucket, key []byte, limit int) (int, error) {
	if err := b.Delete(key); err != nil {
		return 0, err
	}
	switch what := key[endPrefix:]; {
	case what[0] == deniedKey:
		return 1, b.Delete(what)
	case what[0] == secretKey && len(what) == len(secretOf(login.Hash{})):
		return unlink(b, login.Hash(what[1:]), limit)
	case what[0] == loginKey:
		r, ok, err := get(b, string(what[1:]))
		if !ok || err != nil {
			return 0, err
		}
		if err := remove(b, r); err != nil || r.newest == (login.Hash{}) {
			return 1, err
		}
		n, err := sweep(b, endOf(time.Time{}, secretOf(r.newest)), limit-1)
		return 1 + n, err
	}
	return 0, errDamaged
}

// unlink removes a secret and those before it, at most so many; the rest is left for the next time.
func unlink(b *bolt.Bucket, secret login.Hash, limit int) (int, error) {
	for n := range limit {
		known, ok := decodeLink(b.Get(secretOf(secret)))
		if !ok {
			return n, nil
		}
		if err := b.Delete(secretOf(secret)); err != nil {
			return n, err
		}
		if secret = known.before; secret == (login.Hash{}) {
			return n + 1, nil
		}
	}
	return limit, b.Put(endOf(time.Time{}, secretOf(secret)), nil)
}
