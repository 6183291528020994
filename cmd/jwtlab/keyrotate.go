package main

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/login/ownerfile"
)

// runKeyRotate makes the file of signing keys, or puts a new key into it that is to sign soon.
func runKeyRotate(e env, args []string) int {
	c := newCall(e, "key rotate", "[-alg ALG] [-overlap TIME] [-keep TIME] [-force] [-json] [FILE]",
		"jwtlab key rotate",
		"jwtlab key rotate -alg ES256 -overlap 1d keys.json",
		"jwtlab key rotate -force -overlap 0 -keep 0")
	t := turn{overlap: time.Hour, keep: time.Hour}
	c.flags.StringVar(&t.alg, "alg", "", "ALG")
	c.flags.Func("overlap", "TIME", func(s string) (err error) {
		t.overlap, err = parseDuration(s)
		return err
	})
	c.flags.Func("keep", "TIME", func(s string) (err error) {
		t.keep, err = parseDuration(s)
		return err
	})
	c.flags.BoolVar(&t.force, "force", false, "")
	if code, ok := c.parse(args); !ok {
		return code
	}
	switch {
	case len(c.args) > 1:
		return c.fail(usage, "cli.error.arguments")
	case t.alg != "" && !slices.Contains(signingAlgorithms, t.alg):
		return c.fail(usage, "cli.error.unknown-alg", clip(t.alg, 40), strings.Join(signingAlgorithms, ", "))
	}
	path, err := stateFile(e, strings.Join(c.args, ""), keysFile)
	if err != nil {
		return c.fail(usage, "cli.error.no-state", "FILE")
	}
	t.now, t.rand = c.now(), c.rand
	done, err := t.rotateFile(path)
	if err != nil {
		return c.failRotation(err, path)
	}
	done.File = path
	if c.json {
		return c.printJSON(done)
	}
	c.showRotation(done)
	return good
}

// rotateFile rotates the keys of a file, with nobody else changing it.
func (t turn) rotateFile(path string) (rotated, error) {
	unlock, err := ownerfile.Lock(path)
	if err != nil {
		return rotated{}, err
	}
	defer unlock()
	text, _, err := ownerfile.Read(path, maxKey)
	if errors.Is(err, fs.ErrNotExist) {
		return t.first(path)
	}
	if err != nil {
		return rotated{}, err
	}
	text, done, err := t.rotate(text)
	if err != nil {
		return rotated{}, &badKeys{err}
	}
	return done, ownerfile.Replace(path, text)
}

// first makes the file, with a key that signs at once.
func (t turn) first(path string) (rotated, error) {
	if t.alg == "" {
		t.alg = signingAlgorithms[0]
	}
	raw, kid, err := newSigningKey(t.alg, t.rand)
	if err != nil {
		return rotated{}, err
	}
	return rotated{KeyID: kid, Alg: t.alg, Removed: []string{}}, ownerfile.Create(path, newKeySet(raw))
}

// badKeys is why the keys of a file cannot be rotated.
type badKeys struct{ error }

func (b *badKeys) Unwrap() error { return b.error }

func (c *call) failRotation(err error, path string) int {
	var keys *badKeys
	switch {
	case errors.Is(err, errUnderWay):
		return c.fail(bad, "cli.error.rotation-under-way")
	case errors.Is(err, errSigningKey):
		return c.fail(bad, "cli.error.signing-keys-json", path)
	case errors.As(err, &keys):
		return c.fail(bad, "cli.error.signing-keys", path, keys.Error())
	}
	return c.failFile(err, path)
}

func (c *call) showRotation(done rotated) {
	s := newScreen(c.env)
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	if done.Starts == 0 {
		s.wrapped("", c.text("cli.rotate.first", done.KeyID, done.Alg, done.File))
	} else {
		s.wrapped("", c.text("cli.rotate.next", done.KeyID, done.Alg, number(done.Starts)))
		s.wrapped("", c.text("cli.rotate.before", done.Before, number(done.Ends)))
	}
	if n := len(done.Removed); n > 0 {
		s.wrapped("", c.text("cli.rotate.removed", strconv.Itoa(n)))
	}
	c.print(s.String())
}
