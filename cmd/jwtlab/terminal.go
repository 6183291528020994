package main

import (
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a token holds was written by somebody else, and a terminal obeys what is printed on it: an escape sequence in a
// claim could retitle the window, hide text or answer for the user. So whatever does not come from the catalogue passes
// [safe], which leaves nothing that a terminal acts on.

// A style is how a piece of text looks where colour is at hand. Whatever it says is said in words or signs as well.
type style string

const (
	plain   style = ""
	bold    style = "1"
	faint   style = "2"
	red     style = "31"
	green   style = "32"
	yellow  style = "33"
	blue    style = "34"
	magenta style = "35"
	cyan    style = "36"
)

// A screen collects the text for a terminal, wrapped to its width.
type screen struct {
	strings.Builder
	colour bool
	width  int
}

// newScreen makes a screen for the standard output: coloured on a terminal, unless NO_COLOR (https://no-color.org) or a
// terminal without colours says otherwise.
func newScreen(e env) *screen {
	colour := e.terminal && e.getenv("NO_COLOR") == "" && e.getenv("TERM") != "dumb"
	return &screen{colour: colour, width: width(e)}
}

const (
	defaultWidth = 80
	minWidth     = 40
	maxWidth     = 120 // longer lines are hard to read
)

func width(e env) int {
	n, err := strconv.Atoi(e.getenv("COLUMNS"))
	if err != nil || n <= 0 {
		n = defaultWidth
		if f, ok := e.out.(*os.File); ok && e.terminal {
			n = columns(f, defaultWidth)
		}
	}
	return min(max(n, minWidth), maxWidth)
}

// paint makes a text safe and gives it a style.
func (s *screen) paint(st style, text string) string {
	text = safe(text)
	if !s.colour || st == plain || text == "" {
		return text
	}
	return "\x1b[" + string(st) + "m" + text + "\x1b[0m"
}

// line writes pieces that are painted already.
func (s *screen) line(pieces ...string) {
	for _, p := range pieces {
		s.WriteString(p)
	}
	s.WriteByte('\n')
}

func (s *screen) heading(text string) { s.line(s.paint(bold, text)) }

// wrapped writes words behind a prefix, and further lines under the words.
func (s *screen) wrapped(prefix, words string) { s.styled(plain, prefix, plain, words) }

// styled is wrapped with a style for each of the two.
func (s *screen) styled(ps style, prefix string, ws style, words string) {
	indent := cells(prefix)
	lines := wrap(safe(words), s.width-indent)
	for i, l := range lines {
		if i == 0 {
			s.line(s.paint(ps, prefix), s.paint(ws, l))
			continue
		}
		s.line(strings.Repeat(" ", indent), s.paint(ws, l))
	}
}

// wrap breaks words into lines of at most n cells, inside a word only if it is longer than a line.
func wrap(words string, n int) []string {
	n = max(n, minWidth/2)
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(words) {
		w := cells(word)
		if used > 0 && used+1+w <= n {
			line, used = line+" "+word, used+1+w
			continue
		}
		if used > 0 {
			lines = append(lines, line)
		}
		for w > n {
			var head string
			head, word = cutCells(word, n)
			lines = append(lines, head)
			w = cells(word)
		}
		line, used = word, w
	}
	return append(lines, line)
}

// cutCells splits a text behind its first n cells.
func cutCells(s string, n int) (head, rest string) {
	used := 0
	for i, r := range s {
		used += runeCells(r)
		if used > n {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// isTerminal reports whether a person looks at the file.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && columns(f, 0) > 0
}

// cells is how many columns a text takes.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n += runeCells(r)
	}
	return n
}

// runeCells is 2 for the wide characters of East Asia and 0 for marks that join the one before (UAX #11, the common
// ranges).
func runeCells(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r < 0x370, 0x200b <= r && r <= 0x200d, 0xfe00 <= r && r <= 0xfe0f:
		return 0
	case 0x1100 <= r && r <= 0x115f, 0x2e80 <= r && r <= 0xa4cf, 0xac00 <= r && r <= 0xd7a3, 0xf900 <= r && r <= 0xfaff,
		0xfe30 <= r && r <= 0xfe6f, 0xff00 <= r && r <= 0xff60, 0xffe0 <= r && r <= 0xffe6, 0x1f300 <= r && r <= 0x1faff,
		0x20000 <= r && r <= 0x3fffd:
		return 2
	}
	return 1
}

// safe writes whatever a terminal could act on as an escape that can be read: control characters, also those of C1,
// marks that turn the direction of writing (CVE-2021-42574), what breaks lines, and bytes that are not UTF-8.
func safe(s string) string {
	for i, r := range s {
		if unsafeRune(r) || r == utf8.RuneError {
			return escaped(s, i)
		}
	}
	return s
}

func escaped(s string, from int) string {
	var b strings.Builder
	b.WriteString(s[:from])
	for s = s[from:]; s != ""; {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteString(`\x` + digits(rune(s[0]), 2))
		case unsafeRune(r):
			b.WriteString(escapeRune(r))
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

func unsafeRune(r rune) bool {
	switch {
	case r < ' ', 0x7f <= r && r <= 0x9f: // C0, DEL, C1
		return true
	case r == 0x61c, r == 0x200e, r == 0x200f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069: // direction
		return true
	case r == 0x2028, r == 0x2029, r == 0xfeff, 0xe0000 <= r && r <= 0xe007f: // line breaks; what cannot be seen
		return true
	}
	return false
}

// escapeRune spells a character as JSON does (RFC 8259 §7).
func escapeRune(r rune) string {
	switch r {
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	}
	if r > 0xffff {
		r -= 0x10000
		return `\u` + digits(0xd800+r>>10, 4) + `\u` + digits(0xdc00+r&0x3ff, 4)
	}
	return `\u` + digits(r, 4)
}

func digits(r rune, n int) string {
	s := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", max(n-len(s), 0)) + s
}
