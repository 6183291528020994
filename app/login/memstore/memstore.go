// Package memstore keeps logins in memory: for tests, for the lab, and for a server that may forget.
//
// A [Store] holds a bounded number of records, starts no goroutine and reads no clock. Everything that can end stands in
// one queue by its end, so that making room never looks at what lives. Start with [New].
package memstore

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"jwtlab/app/login"
)

// A Store is a [login.Store] in memory. It answers [login.ErrFull] when as many records live as it may hold: logins, their
// secrets, used ones too, entries of the deny list and roles.
type Store struct {
	mu    sync.Mutex
	limit int
	size  int       // all records
	now   time.Time // what a caller said last, for those that say nothing

	secrets map[login.Hash]*family
	ids     map[string]*family
	users   map[string][]*family // in the order of their ids
	denied  map[string]*item
	roles   map[string]string
	ends    queue
}

// A family is a login with all the secrets that it had, the newest last.
type family struct {
	item
	login    login.Login
	secrets  []login.Hash
	replaced time.Time // when the newest secret replaced the one before
	sealed   []byte
}

var _ login.Store = (*Store)(nil)

var errUnnamed = errors.New("a login needs an id")

// New makes an empty store for so many records.
func New(limit int) *Store {
	return &Store{
		limit:   limit,
		secrets: map[login.Hash]*family{},
		ids:     map[string]*family{},
		users:   map[string][]*family{},
		denied:  map[string]*item{},
		roles:   map[string]string{},
	}
}

// Create keeps a new login: see [login.Store].
func (s *Store) Create(ctx context.Context, l login.Login, secret, ends login.Hash) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if l.ID == "" {
		return errUnnamed
	}
	f := &family{login: trimmed(l)}
	if secret != (login.Hash{}) {
		f.secrets = []login.Hash{secret}
	}
	s.sweep(f.login.Seen, s.size+f.records()-s.limit)
	gone, freed := []*family{s.secrets[secret], s.secrets[ends], s.ids[l.ID]}, 0
	for i, g := range gone {
		if g != nil && !slices.Contains(gone[:i], g) {
			freed += g.records()
		}
	}
	if s.size+f.records()-freed > s.limit {
		return login.ErrFull
	}
	for _, g := range gone {
		s.end(g)
	}
	s.add(f)
	return nil
}

// Find returns the login of a newest secret: see [login.Store].
func (s *Store) Find(ctx context.Context, secret login.Hash, now time.Time) (login.Login, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return login.Login{}, err
	}
	s.now = now
	f := s.secrets[secret]
	if f == nil || f.newest() != secret || f.login.Ended(now) {
		return login.Login{}, login.ErrUnknown
	}
	return f.copied(), nil
}

// Touch notes that a login was used: see [login.Store].
func (s *Store) Touch(ctx context.Context, id string, seen, idle time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	s.now = seen
	if f := s.ids[id]; f != nil && !f.login.Ended(seen) {
		if seen = trim(seen); !seen.Before(f.login.Seen) {
			s.used(f, seen, idle)
		}
	}
	return nil
}

// Logins returns the logins of a user: see [login.Store].
func (s *Store) Logins(ctx context.Context, user, after string, limit int, now time.Time) ([]login.Login, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.now = now
	var all []login.Login
	families := s.users[user]
	i, found := slices.BinarySearchFunc(families, after, byID)
	if found {
		i++
	}
	for ; i < len(families) && len(all) < limit; i++ {
		if f := families[i]; !f.login.Ended(now) {
			all = append(all, f.copied())
		}
	}
	return all, nil
}

// SetRole gives a user a role: see [login.Store].
func (s *Store) SetRole(ctx context.Context, user, role string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	_, had := s.roles[user]
	if had {
		delete(s.roles, user)
		s.size--
	}
	if role == "" {
		return nil
	}
	if !s.room(1, s.now) {
		return login.ErrFull
	}
	s.roles[user] = role
	s.size++
	return nil
}

// Role returns the role that a user was given: see [login.Store].
func (s *Store) Role(ctx context.Context, user string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.roles[user], ctx.Err()
}

func (s *Store) add(f *family) {
	s.ids[f.login.ID] = f
	for _, secret := range f.secrets {
		s.secrets[secret] = f
	}
	all := s.users[f.login.User]
	i, _ := slices.BinarySearchFunc(all, f.login.ID, byID)
	s.users[f.login.User] = slices.Insert(all, i, f)
	f.family = f
	s.ends.put(&f.item, earlier(f.login.Idle, f.login.Expires))
	s.size += f.records()
}

// end removes a family, unless it is nil or gone already.
func (s *Store) end(f *family) {
	if f == nil || s.ids[f.login.ID] != f {
		return
	}
	s.size -= f.records()
	for _, secret := range f.secrets {
		delete(s.secrets, secret)
	}
	s.remove(f)
}

// remove removes a family that has no secrets any more.
func (s *Store) remove(f *family) {
	delete(s.ids, f.login.ID)
	all := s.users[f.login.User]
	i, _ := slices.BinarySearchFunc(all, f.login.ID, byID)
	if all = slices.Delete(all, i, i+1); len(all) > 0 {
		s.users[f.login.User] = all
	} else {
		delete(s.users, f.login.User)
	}
	s.ends.take(&f.item)
}

// used moves the idle end of a family.
func (s *Store) used(f *family, seen, idle time.Time) {
	f.login.Seen, f.login.Idle = trim(seen), trim(idle)
	s.ends.move(&f.item, earlier(f.login.Idle, f.login.Expires))
}

// records is for how many records the family counts.
func (f *family) records() int { return 1 + len(f.secrets) }

func (f *family) newest() login.Hash { return f.secrets[len(f.secrets)-1] }

// copied returns the login so that nothing done to it is done to the store.
func (f *family) copied() login.Login {
	l := f.login
	l.Attributes = maps.Clone(l.Attributes)
	return l
}

func byID(f *family, id string) int { return strings.Compare(f.login.ID, id) }

// trim gives a time the precision of a store.
func trim(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

func trimmed(l login.Login) login.Login {
	l.Created, l.Seen, l.Idle, l.Expires = trim(l.Created), trim(l.Seen), trim(l.Idle), trim(l.Expires)
	l.Attributes = maps.Clone(l.Attributes)
	return l
}

// earlier returns the end that comes first; the zero time never comes.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
