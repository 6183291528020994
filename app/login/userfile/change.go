package userfile

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"jwtlab/app/login/ownerfile"
)

// ErrUnknown says that there is no user of a name.
var ErrUnknown = errors.New("there is no such user")

// A User is what may be shown of an account.
type User struct {
	Name string `json:"name"`
	Role string `json:"role"` // "" for none
	Weak bool   `json:"weak"` // its hash is replaced by a stronger one at the next login
}

// List returns the users in the order of the file.
func (f *File) List() ([]User, error) {
	held, err := f.accounts()
	users := make([]User, len(held.names))
	for i, name := range held.names {
		u := held.users[name]
		users[i] = User{u.name, u.role, u.hash.weak()}
	}
	return users, err
}

// Marks returns a mark for each user, by name. It is another one when the password or the role was changed, so that a server
// can tell whose logins have to end; but see [Options.Renewed].
func (f *File) Marks() (map[string]string, error) {
	held, err := f.accounts()
	marks := make(map[string]string, len(held.names))
	for name, u := range held.users {
		marks[name] = u.mark()
	}
	return marks, err
}

func (u user) mark() string {
	sum := sha256.Sum256([]byte(u.role + ":" + u.hash.String())) // with its salt
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Check reports why a new user may not have this name and role: [ErrName], [ErrRole] or [ErrTwice].
func (f *File) Check(name, role string) error {
	if err := checkNames(name, role); err != nil {
		return err
	}
	held, err := f.accounts()
	if _, there := held.users[name]; err == nil && there {
		return ErrTwice
	}
	return err
}

// Add adds a user, and makes the file if there is none. See [File.Check] and [ErrShort].
func (f *File) Add(name, role, password string) error {
	if err := checkNames(name, role); err != nil {
		return err
	}
	u, err := f.withPassword(user{name: name, role: role}, password)
	if err != nil {
		return err
	}
	return f.change(func(l listing) (string, error) {
		if _, there := l.users[name]; there {
			return "", ErrTwice
		}
		if len(l.names) == maxUsers {
			return "", ErrMany
		}
		return l.with(u), nil
	})
}

// SetPassword gives a user another password; the role stays. See [ErrUnknown] and [ErrShort].
func (f *File) SetPassword(name, password string) error {
	u, err := f.withPassword(user{name: name}, password)
	if err != nil {
		return err
	}
	return f.change(func(l listing) (string, error) {
		old, there := l.users[name]
		if !there {
			return "", ErrUnknown
		}
		u.role = old.role
		return l.with(u), nil
	})
}

// Remove removes a user, or fails with [ErrUnknown]. It ends no login that is there already.
func (f *File) Remove(name string) error {
	return f.change(func(l listing) (string, error) {
		if _, there := l.users[name]; !there {
			return "", ErrUnknown
		}
		return l.without(name), nil
	})
}

func (f *File) withPassword(u user, password string) (user, error) {
	if err := checkPassword(u.name, password); err != nil {
		return user{}, err
	}
	var err error
	u.hash, err = newHash(password, f.options.Hash, f.options.Rand)
	return u, err
}

// change writes what becomes of the file, with nobody else changing it.
func (f *File) change(to func(listing) (string, error)) error {
	unlock, err := ownerfile.Lock(f.options.Path)
	if err != nil {
		return err
	}
	defer unlock()
	return f.changeLocked(to)
}

func (f *File) changeLocked(to func(listing) (string, error)) error {
	l, info, err := load(f.options.Path)
	if err != nil {
		return err
	}
	text, err := to(l)
	if err != nil {
		return err
	}
	if info == nil {
		err = ownerfile.Create(f.options.Path, heading+text)
	} else {
		err = ownerfile.Replace(f.options.Path, text)
	}
	if err != nil {
		return err
	}
	f.mu.Lock()
	f.looked, f.seen = time.Time{}, nil // so that the next use reads it
	f.mu.Unlock()
	return nil
}

var errChanged = errors.New("the user has changed meanwhile")

// renew replaces a weak hash, now that the password is known. If that fails the old one stays; where the file cannot
// be written it is not tried again until it changes, for each login would cost twice.
func (f *File) renew(u user, password string) {
	f.mu.Lock()
	stuck := f.stuck
	f.mu.Unlock()
	if stuck {
		return
	}
	if err := f.replaceHash(u, password); err != nil && !errors.Is(err, errChanged) && !errors.Is(err, ownerfile.ErrLocked) {
		f.options.Warn(fmt.Errorf("replacing a weak hash: %w", err))
		f.mu.Lock()
		f.stuck = true
		f.mu.Unlock()
	}
}

func (f *File) replaceHash(u user, password string) error {
	old := u.hash.String()
	var err error
	if u.hash, err = newHash(password, f.options.Hash, f.options.Rand); err != nil {
		return err
	}
	unlock, err := ownerfile.TryLock(f.options.Path)
	if err != nil {
		return err
	}
	defer unlock()
	return f.changeLocked(func(l listing) (string, error) {
		now, there := l.users[u.name]
		if !there || now.hash.String() != old {
			return "", errChanged
		}
		u.role = now.role
		// told before it is written: whoever watches the file must not meet a mark that nobody has explained
		f.options.Renewed(u.name, now.mark(), u.mark())
		return l.with(u), nil
	})
}
