package main

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"jwtlab/app/token"
)

// print writes text to the standard output; a pipe that is closed early is not worth a message.
func (c *call) print(text string) { io.WriteString(c.out, text) }

// printJSON writes a value as JSON. Characters that a terminal acts on are written as escapes, which JSON reads as the
// same text.
func (c *call) printJSON(v any) int {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return c.fail(usage, "cli.error.output", err.Error())
	}
	c.print(harmless(b.Bytes()))
	return good
}

// harmless escapes in a JSON text what [safe] escapes; such characters stand only inside its strings, but for the
// whitespace between its values.
func harmless(text []byte) string {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && n == 1:
			out = append(out, `\ufffd`...)
		case unsafeRune(r) && r != '\n' && r != '\r' && r != '\t':
			out = append(out, escapeRune(r)...)
		default:
			out = append(out, text[:n]...)
		}
		text = text[n:]
	}
	return string(out)
}

// rawJSON is a segment's JSON as it was written, without the whitespace between its values; nil for what is none.
func rawJSON(s token.Segment) json.RawMessage {
	if s.JSON == nil {
		return nil
	}
	text := s.JSON.Compact()
	if !json.Valid(text) || !utf8.Valid(text) {
		return nil
	}
	return text
}

// quote writes a text as a JSON string.
func quote(s string) string { return string(appendString(nil, s)) }

// appendString appends a text as a JSON string (RFC 8259 §7). Bytes that are not UTF-8 become U+FFFD.
func appendString(out []byte, s string) []byte {
	out = append(out, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if ' ' <= c && c < utf8.RuneSelf && c != '"' && c != '\\' && c != 0x7f {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if c >= utf8.RuneSelf && !unsafeRune(r) && (r != utf8.RuneError || n > 1) {
			i += n
			continue
		}
		out = append(out, s[from:i]...)
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case r == utf8.RuneError:
			out = append(out, `\ufffd`...)
		default:
			out = append(out, escapeRune(r)...)
		}
		i += n
		from = i
	}
	return append(append(out, s[from:]...), '"')
}
