package token

import "strings"

// A unit is what a text has at one place, seen as a part of a token: a character, or what stands for one in a URL
// (%2E) or in a JSON string (\u002e).
type unit struct {
	what  what
	char  byte
	width int
}

// What a unit is to a token.
type what uint8

const (
	end      what = iota // of the text
	core                 // base64url
	dot                  // between segments
	other                // of base64, its padding, or ~
	blank                // space or tab
	newline              // a line break, or the escape of one
	hard                 // a quote, bracket or other sign that tokens stand between
	stray                // anything else
	ellipsis             // "…" or "...", which stand for what was cut
)

// classes tells what each ASCII character is.
var classes = func() (t [128]what) {
	for i := range t {
		t[i] = stray
		if isCore(byte(i)) {
			t[i] = core
		}
	}
	set := func(chars string, w what) {
		for _, c := range chars {
			t[c] = w
		}
	}
	set(".", dot)
	set("+/=~", other)
	set(" \t", blank)
	set("\r\n", newline)
	set("\"'`;,&#?<>()[]{}|\\", hard)
	return t
}()

// unitAt returns the unit at i.
func unitAt(text string, i int) unit {
	if i >= len(text) {
		return unit{}
	}
	c := text[i]
	switch {
	case c >= 0x80:
		return wide(text[i:])
	case c == '%':
		return percent(text[i:])
	case c == '\\':
		return backslash(text[i:])
	case c == '=':
		return equals(text[i:])
	case c == '.' && strings.HasPrefix(text[i:], "..."):
		return unit{ellipsis, c, 3}
	}
	return unit{classes[c], c, 1}
}

// wideUnits are the characters outside ASCII that mean something: full stops of East Asian keyboards, the ellipsis,
// blanks, quotes.
var wideUnits = []struct {
	char string
	unit unit
}{
	{"。", unit{dot, '.', 3}}, {"．", unit{dot, '.', 3}}, {"｡", unit{dot, '.', 3}},
	{"…", unit{ellipsis, '.', 3}},
	{"\u00a0", unit{blank, ' ', 2}}, {"\u3000", unit{blank, ' ', 3}}, {"\u2028", unit{newline, '\n', 3}},
	{"“", unit{hard, '"', 3}}, {"”", unit{hard, '"', 3}}, {"„", unit{hard, '"', 3}},
	{"‘", unit{hard, '\'', 3}}, {"’", unit{hard, '\'', 3}},
	{"«", unit{hard, '"', 2}}, {"»", unit{hard, '"', 2}}, {"「", unit{hard, '"', 3}}, {"」", unit{hard, '"', 3}},
	{"『", unit{hard, '"', 3}}, {"』", unit{hard, '"', 3}}, {"【", unit{hard, '[', 3}}, {"】", unit{hard, ']', 3}},
	{"（", unit{hard, '(', 3}}, {"）", unit{hard, ')', 3}},
}

func wide(s string) unit {
	for _, w := range wideUnits {
		if strings.HasPrefix(s, w.char) {
			return w.unit
		}
	}
	r, n := decodeRune([]byte(s[:min(4, len(s))]))
	if ascii := r - 0xfee0; r > 0xff00 && ascii < 0x7f && (classes[ascii] == core || classes[ascii] == other) {
		return unit{classes[ascii], byte(ascii), n} // full-width, as East Asian input methods write
	}
	return unit{stray, s[0], n}
}

// equals reads what quoted-printable (RFC 2045 §6.7) writes with an equals sign: a soft line break, a dot at the
// beginning of a line, itself. Any other is padding.
func equals(s string) unit {
	switch {
	case strings.HasPrefix(s, "=\r\n"):
		return unit{newline, '=', 3}
	case strings.HasPrefix(s, "=\n"):
		return unit{newline, '=', 2}
	case strings.HasPrefix(s, "=2E"):
		return unit{dot, '.', 3}
	case strings.HasPrefix(s, "=3D"):
		return unit{other, '=', 3}
	}
	return unit{other, '=', 1}
}

// percent reads a percent-encoded character (RFC 3986 §2.1).
func percent(s string) unit {
	if len(s) < 3 || unhex(s[1]) < 0 || unhex(s[2]) < 0 {
		return unit{stray, '%', 1}
	}
	c := byte(unhex(s[1])<<4 | unhex(s[2]))
	if c == '%' && len(s) >= 5 && unhex(s[3]) >= 0 && unhex(s[4]) >= 0 {
		return escaped(byte(unhex(s[3])<<4|unhex(s[4])), 5) // encoded twice, as in a URL that is in a URL
	}
	return escaped(c, 3)
}

// backslash reads an escape of a JSON string, or a line that the shell goes on with.
func backslash(s string) unit {
	if u, ok := hex4([]byte(s[:min(6, len(s))])); ok && u < 0x80 {
		return escaped(byte(u), 6)
	}
	switch {
	case strings.HasPrefix(s, `\/`):
		return unit{other, '/', 2}
	case strings.HasPrefix(s, `\n`), strings.HasPrefix(s, `\r`), strings.HasPrefix(s, "\\\n"):
		return unit{newline, '\n', 2}
	case strings.HasPrefix(s, "\\\r\n"):
		return unit{newline, '\n', 3}
	}
	return unit{hard, '\\', 1}
}

func escaped(c byte, width int) unit {
	if c >= 0x80 {
		return unit{stray, '%', 1}
	}
	return unit{classes[c], c, width}
}

// headerStart reports whether s begins as a base64url JSON object does: {" or { and a blank, or {}.
func headerStart(s string) bool {
	if len(s) < 3 || s[0] != 'e' {
		return false
	}
	if !isCore(s[1]) || !isCore(s[2]) {
		return false
	}
	v := uint32(sextet[s[0]])<<12 | uint32(sextet[s[1]])<<6 | uint32(sextet[s[2]])
	second := byte(v >> 2)
	return byte(v>>10) == '{' && (second == '"' || second == '}' || isBlank(second))
}
