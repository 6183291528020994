// Package userfile keeps accounts in a text file, one a line, that can be read and edited by hand:
//
//	# a comment
//	alice:admin:$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$…
//	bob::$argon2id$…
//
// A name, a role or none, and the hash of a password as a PHC string. Names have 1 to 64 of the characters A-Z a-z 0-9
// . - _ @ and are compared as they are written: Alice is not alice. Passwords are compared byte for byte.
//
// The file is read anew when it changes. One with a fault lets nobody in until it is mended: to go on with what stood there
// before could let in somebody who has been removed. A file that is missing has no accounts.
//
// Start with [Open]; [Demo] has two accounts that everybody knows.
package userfile

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/ownerfile"
)

// Options say how accounts are kept. Only Path is needed.
type Options struct {
	Path  string
	Now   func() time.Time // nil for the real clock
	Rand  io.Reader        // nil for the system's
	Hash  Hasher           // nil for argon2id; tests hand in a cheap one
	Room  int              // how many passwords are hashed at once; 0 for as many as there are processors
	Queue int              // how many may wait for that; 0 for 64
	// Warn is told why a weak hash could not be replaced; nil for nobody. The login goes on.
	Warn func(error)
	// Renewed is told when a weak hash is replaced, with the mark of the user before and after (see [File.Marks]): it is no change that
	// anybody made. Nil for nobody.
	Renewed func(name, before, after string)
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Hash == nil {
		o.Hash = argon2id
	}
	if o.Room == 0 {
		o.Room = runtime.GOMAXPROCS(0)
	}
	if o.Queue == 0 {
		o.Queue = 64
	}
	if o.Warn == nil {
		o.Warn = func(error) {}
	}
	if o.Renewed == nil {
		o.Renewed = func(string, string, string) {}
	}
	return o
}

// patience is how long what was read is taken for what is there.
const patience = time.Second

// A File is the accounts in a file. It is safe for concurrent use.
type File struct {
	options Options
	gate    *gate

	mu     sync.Mutex
	looked time.Time   // when the disk was asked last; zero if it has to be
	seen   fs.FileInfo // what it said when the file was read; nil if there was none
	held   listing
	err    error // why nothing is held
	stuck  bool  // the file cannot be written: its weak hashes stay
}

// Open reads the accounts of a file. It fails if the file has a [Fault] or cannot be read; a missing one has no accounts.
func Open(o Options) (*File, error) {
	f := &File{options: o.filled()}
	f.gate = newGate(f.options.Room, f.options.Queue)
	if _, err := f.accounts(); err != nil {
		return nil, err
	}
	return f, nil
}

// Verify answers as [login.Accounts] has it. A name costs one hash whether it is known or not; only right passwords
// with a weak hash cost two, once.
func (f *File) Verify(ctx context.Context, name, password string) (login.Account, error) {
	if len(password) > maxTried {
		return login.Account{}, login.ErrCredentials
	}
	held, err := f.accounts()
	if err != nil {
		return login.Account{}, err
	}
	leave, err := f.gate.enter(ctx)
	if err != nil {
		return login.Account{}, err
	}
	defer leave()
	u, err := held.verify(name, password, f.options.Hash)
	if err != nil {
		return login.Account{}, err
	}
	if u.hash.weak() {
		f.renew(u, password)
	}
	return login.Account{Name: u.name, Role: u.role}, nil
}

// verify returns the user of the name if the password fits. The work is the same if there is none.
func (l listing) verify(name, password string, by Hasher) (user, error) {
	u, known := l.users[name]
	if !known {
		u.hash = nobody
	}
	if fits := u.hash.fits(password, by); !fits || !known {
		return user{}, login.ErrCredentials
	}
	return u, nil
}

// accounts returns what is in the file, at most a second ago.
func (f *File) accounts() (listing, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.options.Now()
	if f.looked.IsZero() || now.Before(f.looked) || now.Sub(f.looked) >= patience {
		f.look()
		f.looked = now
	}
	return f.held, f.err
}

// look reads the file if it is not the one that was read last.
func (f *File) look() {
	info, err := os.Stat(f.options.Path)
	if err == nil && f.err == nil && f.seen != nil && os.SameFile(info, f.seen) && info.Size() == f.seen.Size() &&
		info.ModTime().Equal(f.seen.ModTime()) && info.Mode() == f.seen.Mode() {
		return
	}
	f.stuck = false
	f.held, f.seen, f.err = load(f.options.Path)
}

// load reads a file; one that is missing has no users.
func load(path string) (listing, fs.FileInfo, error) {
	text, info, err := ownerfile.Read(path, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		l, err := readLines("")
		return l, nil, err
	}
	if err != nil {
		return listing{}, nil, err
	}
	l, err := readLines(text)
	return l, info, err
}
