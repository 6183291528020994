package scenario

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
	"jwtlab/app/locale"
)

// The most that a script may have.
const (
	maxScript = 256 << 10 // octets
	maxLines  = 5_000
)

// A Line is one command of a script.
type Line struct {
	Number int    `json:"line"` // in the script, from 1
	Text   string `json:"text"` // without a comment, and with one blank between words
	Verb   string `json:"verb"`
	Args   []string
}

// A Verb is what a line can begin with.
type Verb struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`  // "setting", "move", "attack" or "expect"
	Usage string `json:"usage"` // as in "transfer TO AMOUNT"; what is in brackets can be left out
}

// A LineError is what is wrong with a script, and where. Its words are "scenario.error." and the code.
type LineError struct {
	Line int
	Code string
	Args []string
}

func (e *LineError) Error() string { return e.Words(locale.EN) }

// Words is the error as a sentence, with its line if it is of one.
func (e *LineError) Words(l locale.Lang) string {
	text := locale.Text(l, "scenario.error."+e.Code, e.Args...)
	if e.Line == 0 {
		return text
	}
	return locale.Text(l, "scenario.error.line", strconv.Itoa(e.Line), text)
}

// Read reads a script: one command a line; what follows a "#" is a comment. The error is a [*LineError], and the lines
// before it are returned all the same.
func Read(script string) ([]Line, error) {
	if len(script) > maxScript {
		return nil, &LineError{1, "long", []string{strconv.Itoa(maxScript)}}
	}
	var all []Line
	moved := false
	number := 0
	for text := range strings.Lines(script) {
		number++
		text, _, _ = strings.Cut(text, "#")
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		if len(all) >= maxLines {
			return all, &LineError{number, "lines", []string{strconv.Itoa(maxLines)}}
		}
		l := Line{number, strings.Join(words, " "), words[0], words[1:]}
		if e := l.wrong(moved); e != nil {
			return all, &LineError{number, e.Code, e.Args}
		}
		moved = moved || verbs[l.Verb].kind != "setting" && l.Verb != "replicas"
		all = append(all, l)
	}
	return all, nil
}

// wrong says what is wrong with a line; nil if nothing is.
func (l Line) wrong(moved bool) *LineError {
	v, ok := verbs[l.Verb]
	switch {
	case !ok:
		return &LineError{Code: "verb", Args: []string{clip(l.Verb), nearest(l.Verb)}}
	case v.kind == "setting" && moved && l.Verb != "replicas":
		return &LineError{Code: "late", Args: []string{l.Verb}}
	case len(l.Args) < v.least || len(l.Args) > v.most:
		return &LineError{Code: "usage", Args: []string{v.usage, clip(l.Text)}}
	case v.check == nil:
		return nil
	}
	return v.check(l.Args)
}

// one is the check that an argument is one of a list.
func one(what string, known ...string) func([]string) *LineError {
	return func(args []string) *LineError {
		for i, a := range args {
			if i == 0 && !slices.Contains(known, a) {
				return choice(what, a, known)
			}
		}
		return nil
	}
}

func choice(what, got string, known []string) *LineError {
	return &LineError{Code: "choice", Args: []string{what, clip(got), strings.Join(known, ", ")}}
}

// Verbs returns all verbs, in the order in which help shows them.
func Verbs() []Verb {
	all := make([]Verb, len(order))
	for i, name := range order {
		all[i] = Verb{name, verbs[name].kind, verbs[name].usage}
	}
	return all
}

// nearest is the verb that looks most like a word.
func nearest(word string) string {
	best, least := "", 1<<30
	for _, name := range order {
		if d := distance(word[:min(len(word), 30)], name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance counts the letters to be changed, taken out or put in (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := left
			if a[i] != b[j] {
				cost++
			}
			left = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// begin reads the settings, and returns the lines that come after them.
func begin(lines []Line) (settings, []Line) {
	s := settings{seed: 1, replicas: 1, shared: true, client: "browser", page: shop, profile: "chromium"}
	s.setup, _ = ReadSetup(Session + "/" + CookieLax)
	for i, l := range lines {
		if verbs[l.Verb].kind != "setting" {
			return s, lines[i:]
		}
		s.take(l)
	}
	return s, nil
}

// take takes one setting over, which has been checked.
func (s *settings) take(l Line) {
	switch a := l.Args[0]; l.Verb {
	case "setup":
		lives := s.setup.Lifetimes
		s.setup, _ = ReadSetup(a)
		s.setup.Lifetimes = lives
	case "lifetime":
		*s.setup.Lifetimes.of(a), _ = duration(l.Args[1])
	case "seed":
		s.seed, _ = strconv.ParseUint(a, 10, 64)
	case "replicas":
		s.replicas, s.shared = amount(l.Args)
	case "client":
		s.client = a
	case "page":
		s.page = a
	case "trust":
		s.trust = append(slices.Clip(s.trust), a)
	case "profile":
		s.profile = a
	case "third-party":
		s.blocking = a == "block"
	}
}

// amount reads the number of replicas, and whether they share a store.
func amount(args []string) (n int, shared bool) {
	n, _ = strconv.Atoi(args[0])
	return n, len(args) < 2 || args[1] == "shared"
}

func checkSetup(args []string) *LineError {
	_, err := ReadSetup(args[0])
	wrong, _ := errors.AsType[*LineError](err)
	return wrong
}

func checkNumber(least, most int) func([]string) *LineError {
	return func(args []string) *LineError {
		if n, err := strconv.Atoi(args[0]); err != nil || n < least || n > most {
			return &LineError{Code: "number", Args: []string{clip(args[0]), strconv.Itoa(least), strconv.Itoa(most)}}
		}
		return nil
	}
}

func checkReplicas(args []string) *LineError {
	if e := checkNumber(1, maxReplicas)(args); e != nil {
		return e
	}
	return one("store", "shared", "own")(args[1:])
}

func checkOrigin(args []string) *LineError {
	u, err := cookie.ParseURL(args[0])
	if err != nil || u.Origin() != args[0] {
		return &LineError{Code: "origin", Args: []string{clip(args[0])}}
	}
	return nil
}

// longest is how far a wait may go: no credential lives so long.
const longest = 400 * 24 * time.Hour

func checkWait(args []string) *LineError {
	if args[0] == "expiry" {
		return nil
	}
	return checkSpan(args[0])
}

func checkSpan(text string) *LineError {
	if d, err := duration(text); err != nil || d <= 0 || d > longest {
		return &LineError{Code: "duration", Args: []string{clip(text)}}
	}
	return nil
}

// checkLifetime takes whole seconds only, as tokens and cookies do.
func checkLifetime(args []string) *LineError {
	if e := one("lifetime", "access", "idle", "session", "refresh")(args); e != nil {
		return e
	}
	if d, err := duration(args[1]); err == nil && d%time.Second != 0 {
		return &LineError{Code: "duration", Args: []string{clip(args[1])}}
	}
	return checkSpan(args[1])
}

// duration reads a time span as Go writes it, and days as in "30d".
func duration(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(text)
}

// clip keeps a text fit for a sentence.
func clip(s string) string { return check.Clip(s, 60) }
