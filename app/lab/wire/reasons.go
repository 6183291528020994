package wire

import (
	"strconv"

	"jwtlab/app/check"
)

// rules are the notes that the network makes.
var rules = []check.Rule{
	{"wire.address", "wire-way", "RFC 9110 §4.2"},
	{"wire.too-long", "wire-way", "RFC 9110 §15.5.14"},
	{"wire.no-server", "wire-way", "RFC 9110 §7.1"},
	{"wire.intercepted", "wire-way", "RFC 9110 §17.1"},
}

// Codes returns the codes of all notes.
func Codes() []string { return check.Codes(rules) }

// Names returns the names of the questions that they answer.
func Names() []string { return check.Names(rules) }

// note makes one: something is not as it should be.
func note(code string, args ...string) check.Check {
	l := check.List{Rules: rules}
	l.No(code, args...)
	return l.Checks[0]
}

func itoa(n int) string { return strconv.Itoa(n) }
