package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"time"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
)

// Find returns the login of a newest secret: see [login.Store].
func (s *Store) Find(ctx context.Context, secret login.Hash, now time.Time) (login.Login, error) {
	if err := ctx.Err(); err != nil {
		return login.Login{}, err
	}
	s.touches.mu.RLock()
	defer s.touches.mu.RUnlock()
	var l login.Login
	err := s.view(func(b *bolt.Bucket) error {
		link, ok := decodeLink(b.Get(secretOf(secret)))
		if !ok {
			return login.ErrUnknown
		}
		found, newest, err := s.touches.read(b, link.id)
		if err != nil {
			return s.fault(err)
		}
		if found.ID == "" || newest != secret || found.Ended(now) {
			return login.ErrUnknown
		}
		l = found
		return nil
	})
	return l, err
}

// Logins returns the logins of a user: see [login.Store].
func (s *Store) Logins(ctx context.Context, user, after string, limit int, now time.Time) ([]login.Login, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.touches.mu.RLock()
	defer s.touches.mu.RUnlock()
	var all []login.Login
	err := s.view(func(b *bolt.Bucket) error {
		prefix, start := userOf(user, ""), userOf(user, after)
		c := b.Cursor()
		for k, _ := c.Seek(start); bytes.HasPrefix(k, prefix) && len(all) < limit; k, _ = c.Next() {
			l, _, err := s.touches.read(b, string(k[len(prefix):]))
			if err != nil {
				return s.fault(err)
			}
			if l.ID > after && !l.Ended(now) {
				all = append(all, l)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Denied reports whether one of the ids is on the deny list: see [login.Store].
func (s *Store) Denied(ctx context.Context, now time.Time, ids ...string) (denied bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	err = s.view(func(b *bolt.Bucket) error {
		for _, id := range ids {
			until, err := deniedUntil(b, id)
			if err != nil {
				return s.fault(err)
			}
			denied = denied || now.Before(until)
		}
		return nil
	})
	return denied, err
}

// deniedUntil returns until when an id is denied, zero for not at all.
func deniedUntil(b *bolt.Bucket, id string) (time.Time, error) {
	raw := b.Get(deniedOf(id))
	if raw == nil {
		return time.Time{}, nil
	}
	if len(raw) != 8 {
		return time.Time{}, errDamaged
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(raw))).UTC(), nil
}

// Role returns the role that a user was given: see [login.Store].
func (s *Store) Role(ctx context.Context, user string) (role string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	err = s.view(func(b *bolt.Bucket) error {
		role = string(b.Get(roleOf(user)))
		return nil
	})
	return role, err
}
