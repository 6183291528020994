package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A token may be an argument, a key never: arguments show in the list of processes and stay in the shell's history.
// A key comes from a file, from an environment variable, or through a pipe.

// maxKey is more than any key that is read.
const maxKey = 1 << 20

// input adds the flag -in to the command.
func (c *call) input() { c.flags.StringVar(&c.file, "in", "", "FILE") }

// fromStdin reports whether the command's text comes from the standard input.
func (c *call) fromStdin() bool {
	return c.file == "-" || c.file == "" && (len(c.args) == 0 || c.args[0] == "-")
}

// read returns the command's text: the argument, the file of -in, or the standard input. When it reports false, all is
// said and the command ends with the code.
func (c *call) read() (text string, code int, ok bool) {
	switch {
	case len(c.args) > 1:
		return "", c.fail(usage, "cli.error.arguments"), false
	case c.file != "" && len(c.args) == 1:
		return "", c.fail(usage, "cli.error.two-inputs"), false
	case c.file == "" && len(c.args) == 1 && c.args[0] != "-":
		return dropNewline(c.args[0]), good, true
	}
	text, err := c.load(c.file, token.MaxInput)
	if err != nil {
		return "", c.fail(usage, "cli.error.input", c.reason(err)), false
	}
	return text, good, true
}

// load reads a file, or the standard input for "" and "-". No more than is needed to see that a text is too long.
func (c *call) load(name string, limit int64) (string, error) {
	r := c.env.in
	if f, ok := r.(*os.File); ok && (name == "" || name == "-") && isTerminal(f) {
		io.WriteString(c.err, c.text("cli.reading")+"\n") // or it would look as if nothing happened
	}
	if name != "" && name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", err
		}
		defer f.Close()
		r = f
	}
	text, err := io.ReadAll(io.LimitReader(r, limit+2)) // and a newline
	if err != nil {
		return "", err
	}
	return dropNewline(string(text)), nil
}

// dropNewline drops one newline at the end, the one that editors and echo add; a second one belongs to the text.
func dropNewline(s string) string {
	if t, ok := strings.CutSuffix(s, "\n"); ok {
		return strings.TrimSuffix(t, "\r")
	}
	return s
}

// readKey returns the text of the key that the flag -name was given: FILE, env:NAME or -.
func (c *call) readKey(name, from string) (text string, code int, ok bool) {
	if from == "" {
		return "", c.fail(usage, "cli.error.no-key", name), false
	}
	if variable, is := strings.CutPrefix(from, "env:"); is {
		if text = c.getenv(variable); text == "" {
			return "", c.fail(usage, "cli.error.key-env"), false
		}
		return text, good, true
	}
	if from == "-" && name == "key" && c.fromStdin() {
		return "", c.fail(usage, "cli.error.stdin-twice"), false
	}
	text, err := c.load(from, maxKey)
	if err != nil {
		return "", c.fail(usage, "cli.error.key-file", name, c.reason(err)), false
	}
	return text, good, true
}

// unlocking adds the flag -passphrase.
func (c *call) unlocking() { c.flags.StringVar(&c.pass, "passphrase", "", "FILE") }

// fetching adds the flag -jwks.
func (c *call) fetching() { c.flags.StringVar(&c.jwks, "jwks", "", "URL") }

// readPassphrase returns what -passphrase stands for; none is no passphrase.
func (c *call) readPassphrase() (passphrase string, code int, ok bool) {
	if c.pass == "" {
		return "", good, true
	}
	return c.readKey("passphrase", c.pass)
}

// readFetched returns the text of the key: from the address of -jwks, else as [call.readKey] does. A locked key that the
// passphrase opens is returned as the JWK that it is.
func (c *call) readFetched(name, from string) (text string, code int, ok bool) {
	if c.jwks != "" {
		if from != "" {
			return "", c.fail(usage, "cli.error.two-keys"), false
		}
		text, err := fetch(c.jwks, c.transport)
		if err != nil {
			return "", c.fail(usage, "cli.error.fetch", fetchReason(err)), false
		}
		return text, good, true
	}
	if text, code, ok = c.readKey(name, from); !ok {
		return text, code, ok
	}
	passphrase, code, ok := c.readPassphrase()
	if !ok || passphrase == "" {
		return text, code, ok
	}
	r := key.ReadWith(text, key.Options{Passphrase: passphrase})
	switch {
	case len(r.Keys) > 0 && r.Keys[0].Encrypted:
		return r.Keys[0].JWK(), good, true
	case slices.ContainsFunc(r.Problems, isError):
		return "", c.failKey(r), false
	}
	return text, good, true
}

// reason is why a file could not be read, without its name: a key given in place of a file's name must not be printed.
func (c *call) reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c.text("cli.reason.missing")
	case errors.Is(err, fs.ErrPermission):
		return c.text("cli.reason.permission")
	case errors.Is(err, fs.ErrExist):
		return c.text("cli.reason.exists")
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return c.text("cli.reason.other")
}

// open opens the file of -in, or the standard input, to be read bit by bit.
func (c *call) open() (r io.Reader, done func() error, err error) {
	if c.file == "" || c.file == "-" {
		return c.env.in, func() error { return nil }, nil
	}
	f, err := os.Open(c.file)
	if err != nil {
		return nil, nil, err
	}
	return f, f.Close, nil
}
