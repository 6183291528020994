package boltstore

import (
	"context"
	"errors"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
)

// Rotate replaces a secret by the next: see [login.Store].
func (s *Store) Rotate(ctx context.Context, r login.Rotation) (login.Rotated, error) {
	r.Now, r.Idle = trim(r.Now), trim(r.Idle)
	var rotated login.Rotated
	err := s.write(ctx, func(b *bolt.Bucket) error {
		rotated = login.Rotated{}
		known, ok := decodeLink(b.Get(secretOf(r.Old)))
		if !ok {
			return nil
		}
		old, ok, err := get(b, known.id)
		if err != nil || !ok || old.login.Ended(r.Now) {
			return err
		}
		rotated.Login = old.login
		switch {
		case old.newest == r.Old:
			rotated.Outcome = login.Fresh
			rotated.Login, err = replace(b, old, r)
			return err
		case old.repeats(r):
			rotated.Outcome, rotated.Sealed = login.Repeated, []byte(old.sealed)
			return nil
		}
		rotated.Outcome = login.Reused
		return errors.Join(remove(b, old), deny(b, known.id, r.Deny))
	})
	switch {
	case err != nil:
		return login.Rotated{}, err
	case rotated.Outcome == 0:
		return login.Rotated{}, login.ErrUnknown
	}
	return rotated, nil
}

// repeats reports whether a used secret may be shown again.
func (r record) repeats(n login.Rotation) bool {
	return n.Grace > 0 && r.sealed != "" && r.previous == n.Old && n.Now.Sub(r.replaced) <= n.Grace
}

// replace makes New the newest secret, and returns the login as it is then.
func replace(b *bolt.Bucket, old record, r login.Rotation) (login.Login, error) {
	now := old
	now.newest, now.previous = r.New, r.Old
	now.replaced, now.sealed = r.Now, string(r.Sealed)
	now.login.Seen, now.login.Idle = r.Now, r.Idle
	key := loginOf(now.login.ID)
	return now.login, errors.Join(
		b.Put(secretOf(r.New), link{before: r.Old, id: now.login.ID}.encode()),
		b.Put(key, now.encode()),
		move(b, key, old.end(), now.end()),
	)
}
