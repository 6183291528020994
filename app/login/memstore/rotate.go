package memstore

import (
	"bytes"
	"context"
	"slices"
	"time"

	"jwtlab/app/login"
)

// Rotate replaces a secret by the next: see [login.Store].
func (s *Store) Rotate(ctx context.Context, r login.Rotation) (login.Rotated, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return login.Rotated{}, err
	}
	r.Now = trim(r.Now)
	s.now = r.Now
	f := s.secrets[r.Old]
	switch {
	case f == nil || f.login.Ended(r.Now):
		return login.Rotated{}, login.ErrUnknown
	case f.newest() == r.Old:
		if !s.room(1, r.Now) {
			return login.Rotated{}, login.ErrFull
		}
		f.secrets = append(f.secrets, r.New)
		s.secrets[r.New] = f
		s.size++
		f.replaced, f.sealed = r.Now, bytes.Clone(r.Sealed)
		s.used(f, r.Now, r.Idle)
		return login.Rotated{Outcome: login.Fresh, Login: f.copied()}, nil
	case f.repeats(r):
		return login.Rotated{Outcome: login.Repeated, Login: f.copied(), Sealed: bytes.Clone(f.sealed)}, nil
	}
	s.end(f)
	s.deny(f.login.ID, r.Deny)
	return login.Rotated{Outcome: login.Reused, Login: f.copied()}, nil
}

// repeats reports whether a used secret may be shown again.
func (f *family) repeats(r login.Rotation) bool {
	return r.Grace > 0 && len(f.sealed) > 0 && f.secrets[len(f.secrets)-2] == r.Old && r.Now.Sub(f.replaced) <= r.Grace
}

// End ends logins of a user: see [login.Store].
func (s *Store) End(ctx context.Context, e login.Ending) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	s.now = e.Now
	named := slices.Clone(s.users[e.User])
	if e.ID != "" {
		named = []*family{s.ids[e.ID]}
	}
	ended := 0
	for _, f := range slices.Backward(named) {
		if f == nil || f.login.User != e.User || f.login.Ended(e.Now) || e.ID == "" && f.login.ID == e.Except {
			continue
		}
		s.end(f)
		s.deny(f.login.ID, e.Deny)
		ended++
	}
	return ended, nil
}

// Deny puts ids on the deny list: see [login.Store].
func (s *Store) Deny(ctx context.Context, until time.Time, ids ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if until.IsZero() {
		return nil
	}
	s.sweep(s.now, s.size+len(ids)-s.limit)
	more := 0
	for _, id := range ids {
		if s.denied[id] == nil {
			more++
		}
	}
	if s.size+more > s.limit {
		return login.ErrFull
	}
	for _, id := range ids {
		s.deny(id, until)
	}
	return nil
}

// deny denies without a look at the limit; a later time wins, and the zero time denies nothing.
func (s *Store) deny(id string, until time.Time) {
	if until.IsZero() {
		return
	}
	until = trim(until)
	if d := s.denied[id]; d == nil {
		d = &item{id: id}
		s.denied[id] = d
		s.ends.put(d, until)
		s.size++
	} else if until.After(d.end) {
		s.ends.move(d, until)
	}
}

// Denied reports whether one of the ids is on the deny list: see [login.Store].
func (s *Store) Denied(ctx context.Context, now time.Time, ids ...string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return false, err
	}
	s.now = now
	for _, id := range ids {
		if d := s.denied[id]; d != nil && now.Before(d.end) {
			return true, nil
		}
	}
	return false, nil
}
