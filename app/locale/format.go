package locale

import (
	"strconv"
	"strings"
)

// A hole is a placeholder of a text.
type hole struct {
	arg  int    // which argument fills it
	kind string // "", "number", "duration", "time", "|" or "~"
	a, b string // the words that "|" and "~" pick from
}

// expand fills the holes of a text. Arguments are written as they are: a brace in one starts nothing.
func expand(l Lang, text string, args []string) string {
	if strings.IndexByte(text, '{') < 0 {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + 32)
	for {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			break
		}
		out.WriteString(text[:at])
		text = text[at:]
		if strings.HasPrefix(text, "{{") {
			out.WriteByte('{')
			text = text[2:]
			continue
		}
		h, size := readHole(text)
		if size == 0 { // a test finds it; a reader sees it as it was written
			out.WriteByte('{')
			text = text[1:]
			continue
		}
		out.WriteString(h.fill(l, args))
		text = text[size:]
	}
	out.WriteString(text)
	return out.String()
}

// readHole reads the placeholder that text starts with and returns how long it is; 0 if it is none.
func readHole(text string) (h hole, size int) {
	end := strings.IndexByte(text, '}')
	if end < 2 {
		return hole{}, 0
	}
	body := text[1:end]
	digits := 0
	for digits < len(body) && digits < 2 && '0' <= body[digits] && body[digits] <= '9' {
		h.arg = h.arg*10 + int(body[digits]-'0')
		digits++
	}
	if digits == 0 || !h.readKind(body[digits:]) {
		return hole{}, 0
	}
	return h, end + 1
}

// readKind reads what follows the argument's number and reports whether it is a kind of placeholder.
func (h *hole) readKind(s string) bool {
	switch s {
	case "":
		return true
	case ":number", ":duration", ":time":
		h.kind = s[1:]
		return true
	}
	if s[0] != '|' && s[0] != '~' {
		return false
	}
	var ok bool
	h.kind = s[:1]
	h.a, h.b, ok = strings.Cut(s[1:], "|")
	return ok && !strings.Contains(h.b, "|")
}

// fill returns what stands in the hole.
func (h hole) fill(l Lang, args []string) string {
	arg := "…"
	if h.arg < len(args) {
		arg = args[h.arg]
	}
	switch h.kind {
	case "number":
		return group(arg)
	case "duration":
		return durationOf(l, arg)
	case "time":
		return timeOf(l, arg)
	case "|":
		return pick(arg == "1", h.a, h.b)
	case "~":
		return particle(arg, h.a, h.b)
	}
	return arg
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// Number returns the number with its thousands grouped by commas, as both languages do.
func Number(_ Lang, n int) string { return group(strconv.Itoa(n)) }

// group puts commas into the digits before the point; text that is no decimal number stays as it is.
func group(s string) string {
	start := 0
	if strings.HasPrefix(s, "-") {
		start = 1
	}
	end := start
	for end < len(s) && '0' <= s[end] && s[end] <= '9' {
		end++
	}
	if end-start <= 3 || end < len(s) && s[end] != '.' {
		return s
	}
	out := make([]byte, 0, len(s)+(end-start)/3)
	for i := range len(s) {
		if i > start && i < end && (end-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, s[i])
	}
	return string(out)
}
