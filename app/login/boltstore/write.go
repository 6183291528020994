package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"time"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
)

var errUnnamed = errors.New("a login needs an id")

// Create keeps a new login: see [login.Store].
func (s *Store) Create(ctx context.Context, l login.Login, secret, ends login.Hash) error {
	if l.ID == "" {
		return errUnnamed
	}
	l.Created, l.Seen, l.Idle, l.Expires = trim(l.Created), trim(l.Seen), trim(l.Idle), trim(l.Expires)
	r := record{login: l, newest: secret}
	return s.write(ctx, func(b *bolt.Bucket) error {
		for _, known := range []login.Hash{secret, ends} {
			if before, ok := decodeLink(b.Get(secretOf(known))); ok {
				if err := end(b, before.id); err != nil {
					return err
				}
			}
		}
		if err := end(b, l.ID); err != nil {
			return err
		}
		if secret != (login.Hash{}) {
			if err := b.Put(secretOf(secret), link{id: l.ID}.encode()); err != nil {
				return err
			}
		}
		return errors.Join(
			b.Put(loginOf(l.ID), r.encode()),
			b.Put(userOf(l.User, l.ID), nil),
			move(b, loginOf(l.ID), time.Time{}, r.end()),
		)
	})
}

// End ends logins of a user: see [login.Store].
func (s *Store) End(ctx context.Context, e login.Ending) (ended int, err error) {
	err = s.write(ctx, func(b *bolt.Bucket) error {
		ended = 0
		for _, id := range named(b, e) {
			r, ok, err := get(b, id)
			if err != nil {
				return err
			}
			if !ok || r.login.User != e.User || r.login.Ended(e.Now) {
				continue
			}
			if err := errors.Join(remove(b, r), deny(b, id, e.Deny)); err != nil {
				return err
			}
			ended++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return ended, nil
}

// named returns the ids that an ending may mean.
func named(b *bolt.Bucket, e login.Ending) []string {
	if e.ID != "" {
		return []string{e.ID}
	}
	var ids []string
	prefix, c := userOf(e.User, ""), b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		if id := string(k[len(prefix):]); id != e.Except {
			ids = append(ids, id)
		}
	}
	return ids
}

// Deny puts ids on the deny list: see [login.Store].
func (s *Store) Deny(ctx context.Context, until time.Time, ids ...string) error {
	return s.write(ctx, func(b *bolt.Bucket) error {
		for _, id := range ids {
			if err := deny(b, id, until); err != nil {
				return err
			}
		}
		return nil
	})
}

func deny(b *bolt.Bucket, id string, until time.Time) error {
	if until.IsZero() {
		return nil
	}
	until = trim(until)
	old, err := deniedUntil(b, id)
	if err != nil || !until.After(old) {
		return err
	}
	return errors.Join(
		b.Put(deniedOf(id), binary.BigEndian.AppendUint64(nil, uint64(until.UnixMilli()))),
		move(b, deniedOf(id), old, until),
	)
}

// SetRole gives a user a role: see [login.Store].
func (s *Store) SetRole(ctx context.Context, user, role string) error {
	return s.write(ctx, func(b *bolt.Bucket) error {
		if role == "" {
			return b.Delete(roleOf(user))
		}
		return b.Put(roleOf(user), []byte(role))
	})
}

// get reads the record of an id, if there is one.
func get(b *bolt.Bucket, id string) (record, bool, error) {
	raw := b.Get(loginOf(id))
	if raw == nil {
		return record{}, false, nil
	}
	r, err := decodeRecord(id, raw)
	return r, err == nil, err
}

// end removes the login of an id, if there is one.
func end(b *bolt.Bucket, id string) error {
	r, ok, err := get(b, id)
	if !ok || err != nil {
		return err
	}
	return remove(b, r)
}

// remove removes a login. Its secrets lead nowhere then, and are swept: there may be thousands.
func remove(b *bolt.Bucket, r record) error {
	err := errors.Join(
		b.Delete(loginOf(r.login.ID)),
		b.Delete(userOf(r.login.User, r.login.ID)),
		move(b, loginOf(r.login.ID), r.end(), time.Time{}),
	)
	if err != nil || r.newest == (login.Hash{}) {
		return err
	}
	return b.Put(endOf(time.Time{}, secretOf(r.newest)), nil)
}

// move moves the end of what has a key; the zero time stands for none.
func move(b *bolt.Bucket, key []byte, from, to time.Time) error {
	if from.Equal(to) {
		return nil
	}
	if !from.IsZero() {
		if err := b.Delete(endOf(from, key)); err != nil {
			return err
		}
	}
	if to.IsZero() {
		return nil
	}
	return b.Put(endOf(to, key), nil)
}
