package lab

import (
	"strings"

	"jwtlab/app/lab/scenario"
)

// The bounds of a script, whoever wrote it.
const (
	maxScript = 64 << 10
	maxLines  = 4_000
)

// Lines returns the lines of a script.
func Lines(script string) []string {
	script = strings.TrimSuffix(script, "\n")
	if script == "" {
		return nil
	}
	return strings.Split(script, "\n")
}

// join is the script of the lines.
func join(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// words are those of a line, without its comment.
func words(line string) []string {
	line, _, _ = strings.Cut(line, "#")
	return strings.Fields(line)
}

// settings are the verbs that say how the world is, as long as nothing has happened in it.
var settings = func() map[string]bool {
	all := map[string]bool{}
	for _, v := range scenario.Verbs() {
		if v.Kind == "setting" {
			all[v.Name] = true
		}
	}
	return all
}()

// head counts the lines before the first move.
func head(lines []string) int {
	for i, line := range lines {
		if w := words(line); len(w) > 0 && !settings[w[0]] {
			return i
		}
	}
	return len(lines)
}

// set says in the head of a script how the world is: the line of the verb is replaced or added, or taken out if there is no
// value.
func set(lines []string, verb, value string) []string {
	at, last := -1, 0
	for i := range head(lines) {
		w := words(lines[i])
		if len(w) > 0 {
			last = i + 1
		}
		if len(w) > 0 && w[0] == verb {
			at = i
		}
	}
	from := at + 1 // where the script goes on behind the line
	switch {
	case at < 0 && value == "":
		return lines
	case at < 0 && verb == "setup":
		at, from = 0, 0
	case at < 0:
		at, from = last, last
	}
	out := append([]string(nil), lines[:at]...)
	if value != "" {
		out = append(out, verb+" "+value)
	}
	return append(out, lines[from:]...)
}

// plain is the lines without what is expected, which holds of one setup only, and where a cursor stands then.
func plain(lines []string, cursor int) (out []string, at int) {
	for i, line := range lines {
		if w := words(line); len(w) > 0 && w[0] == "expect" {
			continue
		}
		out = append(out, line)
		if i < cursor {
			at++
		}
	}
	return out, at
}

// Setting returns what the head of the script says of a verb, "" if nothing.
func (s *State) Setting(verb string) string {
	lines := Lines(s.Script)
	for _, line := range lines[:head(lines)] {
		if w := words(line); len(w) > 1 && w[0] == verb {
			return strings.Join(w[1:], " ")
		}
	}
	return ""
}

// Setup returns the setup that the script has; the zero value if it names none that there is.
func (s *State) Setup() scenario.Setup {
	id := s.Setting("setup")
	if id == "" {
		id = s.Record.Setup
	}
	setup, err := scenario.ReadSetup(id)
	if err != nil {
		return scenario.Setup{}
	}
	return setup
}

// Moves returns the numbers of the lines in which something happens, from 1.
func (s *State) Moves() []int {
	lines := Lines(s.Script)
	var all []int
	for i := head(lines); i < len(lines); i++ {
		if len(words(lines[i])) > 0 {
			all = append(all, i+1)
		}
	}
	return all
}

// At counts the moves that have been played.
func (s *State) At() int {
	n := 0
	for _, line := range s.Moves() {
		if line <= s.Cursor {
			n++
		}
	}
	return n
}

// Line returns the text of a line, without its comment.
func (s *State) Line(number int) string {
	lines := Lines(s.Script)
	if number < 1 || number > len(lines) {
		return ""
	}
	return strings.Join(words(lines[number-1]), " ")
}

// played is the script up to the cursor.
func (s *State) played() string {
	lines := Lines(s.Script)
	return join(lines[:min(s.Cursor, len(lines))])
}

// Fits reports whether a credential can be kept in a storage.
func Fits(credential, storage string) bool {
	_, err := scenario.ReadSetup(credential + "/" + storage)
	return err == nil
}
