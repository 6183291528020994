package snippet

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// quote writes a text as a string literal. The text comes from whoever made the token, so nothing in it may end the
// literal, nor look on the screen like something that it is not: what does not print is escaped.
func quote(s, language string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\' || r == '$' && language == "php":
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(escape(r, language))
		}
	}
	b.WriteByte('"')
	return b.String()
}

// escape writes a character by its number.
func escape(r rune, language string) string {
	switch {
	case language == "rust" || language == "php" || language == "node":
		return fmt.Sprintf(`\u{%x}`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	case language == "java":
		high, low := utf16.EncodeRune(r)
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
