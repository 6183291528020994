package desk

import (
	"strings"

	"jwtlab/app/token"
)

// setMember gives the member of a JSON object another value, or adds it at the end; every other byte stays.
func setMember(object []byte, name, value string) []byte {
	j, _ := token.ReadJSON(object)
	root := j.Root()
	if root.Kind() != token.Object || !root.Exists() {
		return object
	}
	text := string(object)
	if v := root.Get(name); v.Exists() {
		return []byte(text[:v.Span().Start] + value + text[v.Span().End:])
	}
	end := strings.LastIndexByte(text[:root.Span().End], '}')
	if end < 0 {
		return object
	}
	comma := ","
	if root.Len() == 0 {
		comma = ""
	}
	return []byte(strings.TrimRight(text[:end], " \t\r\n") + comma + quote(name) + ":" + value + text[end:])
}

// dropMember takes out every member of the name, with one comma each.
func dropMember(object []byte, name string) []byte {
	j, _ := token.ReadJSON(object)
	root := j.Root()
	if root.Kind() != token.Object || !root.Exists() {
		return object
	}
	var keep []string
	found := false
	for n, v := range root.Members() {
		if n.Text() == name {
			found = true
			continue
		}
		keep = append(keep, string(object[n.Span().Start:v.Span().End]))
	}
	if !found {
		return object
	}
	return []byte("{" + strings.Join(keep, ",") + "}")
}

// quote writes a JSON string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20:
			b.WriteString(`\u00`)
			const digits = "0123456789abcdef"
			b.WriteByte(digits[r>>4])
			b.WriteByte(digits[r&15])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
