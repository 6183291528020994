package userfile

import (
	"errors"
	"fmt"
	"strings"
)

// Why a line, a name or a role is refused.
var (
	ErrForm  = errors.New("the line is not NAME:ROLE:HASH")
	ErrName  = errors.New("a name has 1 to 64 of the characters A-Z a-z 0-9 . - _ @")
	ErrRole  = errors.New("a role has at most 64 of the characters A-Z a-z 0-9 . - _ @")
	ErrTwice = errors.New("the name is there already")
	ErrMany  = errors.New("there are too many users")
)

// A Fault is what is wrong with a file, and in which line, counted from 1.
type Fault struct {
	Line int
	Err  error // one of those above, or [ErrHash]
}

// Error says what and where. What stands in the line is nobody's to print.
func (f *Fault) Error() string { return fmt.Sprintf("line %d: %v", f.Line, f.Err) }

// Unwrap returns the reason.
func (f *Fault) Unwrap() error { return f.Err }

const (
	maxName  = 64
	maxUsers = 50_000
	maxFile  = 16 << 20 // bytes
)

// heading begins a new file.
const heading = "# The users of jwtlab serve, one a line: NAME:ROLE:HASH. See jwtlab user -h.\n"

// A user is one line of a file.
type user struct {
	name, role string
	hash       hash
	start, end int // of the line, its end included
}

func (u user) line() string { return u.name + ":" + u.role + ":" + u.hash.String() + "\n" }

// A listing is a file as it was read: lines "NAME:ROLE:HASH", where ROLE may be empty, empty lines, and lines that begin
// with #. Changing it keeps every byte that the change is not about.
type listing struct {
	text  string
	users map[string]user
	names []string // in the order of the lines
}

// readLines reads a file, and its first fault.
func readLines(text string) (listing, error) {
	l := listing{text: text, users: map[string]user{}}
	at, number := 0, 0
	for line := range strings.Lines(text) {
		number++
		start := at
		at += len(line)
		content := strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if content == "" || content[0] == '#' {
			continue
		}
		u, err := readUser(content)
		_, twice := l.users[u.name]
		switch {
		case err == nil && twice:
			err = ErrTwice
		case err == nil && len(l.names) == maxUsers:
			err = ErrMany
		}
		if err != nil {
			return listing{}, &Fault{number, err}
		}
		u.start, u.end = start, at
		l.users[u.name] = u
		l.names = append(l.names, u.name)
	}
	return l, nil
}

func readUser(line string) (user, error) {
	fields := strings.Split(line, ":")
	if len(fields) != 3 {
		return user{}, ErrForm
	}
	if err := checkNames(fields[0], fields[1]); err != nil {
		return user{}, err
	}
	h, err := parseHash(fields[2])
	return user{name: fields[0], role: fields[1], hash: h}, err
}

func checkNames(name, role string) error {
	switch {
	case name == "" || !isName(name):
		return ErrName
	case !isName(role):
		return ErrRole
	}
	return nil
}

// isName reports whether a text has the characters of names only, and not too many. Names are ASCII and compared as they
// are written, so that no two of them look alike, and no reader has to fold or compose them.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '-' || c == '_' || c == '@') {
			return false
		}
	}
	return len(s) <= maxName
}

// with returns the text with a user in place of the one of that name, or behind all others.
func (l listing) with(u user) string {
	if old, there := l.users[u.name]; there {
		return l.text[:old.start] + u.line() + l.text[old.end:]
	}
	text := l.text
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text + u.line()
}

// without returns the text without a user.
func (l listing) without(name string) string {
	u := l.users[name]
	return l.text[:u.start] + l.text[u.end:]
}
