package snippet

import (
	"strconv"
	"strings"
)

// quote writes a text as a string literal. The text comes from whoever made the token, so nothing in it may end the
// literal, nor look on the screen like something that it is not: what does not print is escaped.
func quote(s, language string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\' || r == '$' && language == "php":
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(escape(r, language))
		}
	}
	b.WriteByte('"')
	return b.String()
}

// escape writes a character by its number. Those past U+FFFF that do not print are given up.
func escape(r rune, language string) string {
	number := strconv.FormatInt(int64(r), 16)
	switch {
	case r > 0xffff:
		return "\uFFFD"
	case language == "rust" || language == "php" || language == "node":
		return `\u{` + number + "}"
	}
	return `\u` + "0000"[len(number):] + number
}
