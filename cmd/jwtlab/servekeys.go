package main

import (
	"io/fs"
	"os"
	"sync/atomic"

	"jwtlab/app/login"
	"jwtlab/app/login/ownerfile"
)

// A keyring is the file of signing keys, read anew when it changes.
type keyring struct {
	path string
	seen fs.FileInfo
	set  func(login.Keys) error
	keys atomic.Pointer[login.Keys]
}

// held are the keys that were read last.
func (k *keyring) held() login.Keys { return *k.keys.Load() }

// openKeys reads the keys; on the first run it makes one.
func (s *serveCall) openKeys(usual string) (login.Keys, *keyring, bool, error) {
	ring := &keyring{path: s.keys}
	if ring.path == "" {
		ring.path = usual
	}
	_, made, err := ensureKeys(ring.path, s.alg, s.rand)
	if err != nil {
		return login.Keys{}, nil, false, unable("serve.error.keys", ring.path, err.Error())
	}
	keys, err := ring.read()
	if err != nil {
		return login.Keys{}, nil, false, unable("serve.error.keys", ring.path, err.Error())
	}
	ring.keys.Store(&keys)
	if keys.Active(s.now()) == "" {
		return login.Keys{}, nil, false, unable("serve.error.no-key", ring.path)
	}
	return keys, ring, made, nil
}

func (k *keyring) read() (login.Keys, error) {
	text, info, err := ownerfile.Read(k.path, maxKey)
	if err != nil {
		return login.Keys{}, err
	}
	k.seen = info
	return login.ReadKeys(text)
}

// look takes over what the file has now, and reports whether that is something else. If the file cannot be read, or has a
// fault, the keys stay as they are and it is read again at its next change.
func (k *keyring) look() (changed bool, err error) {
	info, err := os.Stat(k.path)
	if err != nil {
		return false, err
	}
	if os.SameFile(info, k.seen) && info.Size() == k.seen.Size() && info.ModTime().Equal(k.seen.ModTime()) && info.Mode() == k.seen.Mode() {
		return false, nil
	}
	keys, err := k.read()
	if err != nil {
		k.seen = info
		return false, err
	}
	if err := k.set(keys); err != nil {
		return false, err
	}
	k.keys.Store(&keys)
	return true, nil
}
