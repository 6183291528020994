package jws

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"jwtlab/app/token"
)

// A style is a way in which a program writes JSON that it has read. The zero style writes the least.
type style struct {
	detail       string
	comma, colon string // what stands around a value, "," and ":" if empty
	indent       string
	sorted       bool
	text         func(token.Value) string // of a string or name; nil keeps it as it is written
	number       func(token.Value) string
	bytes        func([]byte) []byte // for what is no matter of JSON; the other members do not count then
}

// payloadStyles are those of the usual serializers: compact and sorted, Python's, PHP's, Go's, JavaScript's, with an
// editor's line ends.
var payloadStyles = []style{
	{detail: "compact"},
	{detail: "indented", indent: "  "},
	{detail: "indented", indent: "    "},
	{detail: "indented", indent: "\t"},
	{detail: "spaced", comma: ", ", colon: ": "},
	{detail: "sorted", sorted: true},
	{detail: "sorted", sorted: true, comma: ", ", colon: ": "},
	{detail: "sorted", sorted: true, indent: "  "},
	{detail: "slashes", text: slashed(written(false, false))},
	{detail: "ascii", text: written(true, false)},
	{detail: "ascii", text: slashed(written(true, false))},
	{detail: "ascii", text: written(true, false), comma: ", ", colon: ": "},
	{detail: "plain", text: written(false, false)},
	{detail: "html", text: written(false, true)},
	{detail: "html", text: written(false, true), sorted: true},
	{detail: "numbers", number: shortest},
	{detail: "newline", bytes: func(b []byte) []byte { return append(bytes.Clone(b), '\n') }},
	{detail: "crlf", bytes: func(b []byte) []byte { return append(bytes.Clone(b), "\r\n"...) }},
	{detail: "crlf", bytes: func(b []byte) []byte { return bytes.ReplaceAll(lineFeeds(b), []byte("\n"), []byte("\r\n")) }},
	{detail: "lf", bytes: lineFeeds},
	{detail: "bare", bytes: bytes.TrimSpace},
	{detail: "bom", bytes: func(b []byte) []byte { return append([]byte("\ufeff"), b...) }},
	{detail: "bom", bytes: func(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\ufeff")) }},
}

// headerStyles are the same and what is done to headers in particular.
var headerStyles = append(slices.Clone(payloadStyles),
	style{detail: "order", bytes: reordered},
	style{detail: "no-typ", bytes: withoutTyp},
	style{detail: "typ", bytes: func(b []byte) []byte { return inserted(b, `"typ":"JWT",`, false) }},
	style{detail: "typ", bytes: func(b []byte) []byte { return inserted(b, `,"typ":"JWT"`, true) }},
)

// A rewriting is bytes in another style.
type rewriting struct {
	detail string
	text   []byte
}

// rewritten writes bytes in every style in which they come out differently.
func rewritten(b []byte, styles []style) []rewriting {
	if len(b) == 0 || len(b) > maxRewritten {
		return nil
	}
	json, problems := token.ReadJSON(b)
	if slices.ContainsFunc(problems, func(p token.Problem) bool { return p.Severity == token.Error }) {
		json = nil
	}
	seen := map[string]bool{string(b): true}
	var all []rewriting
	for _, s := range styles {
		var text []byte
		switch {
		case s.bytes != nil:
			text = s.bytes(b)
		case json.Root().Exists():
			text = s.write(nil, json.Root(), 0)
		}
		if len(text) > 0 && len(text) <= 4*maxRewritten && !seen[string(text)] {
			seen[string(text)] = true
			all = append(all, rewriting{s.detail, text})
		}
	}
	return all
}

// maxLevel is the deepest value that is written anew; what is deeper keeps its text.
const maxLevel = 32

func (s style) write(out []byte, v token.Value, level int) []byte {
	switch {
	case level > maxLevel || len(out) > 4*maxRewritten:
		return append(out, v.Raw()...)
	case v.Kind() == token.Object:
		return s.writeObject(out, v, level)
	case v.Kind() == token.Array:
		out = append(out, '[')
		n := 0
		for item := range v.Items() {
			out = s.write(s.between(out, n, level+1), item, level+1)
			n++
		}
		return append(s.closing(out, n, level), ']')
	case v.Kind() == token.String && s.text != nil:
		return append(out, s.text(v)...)
	case v.Kind() == token.Number && s.number != nil:
		return append(out, s.number(v)...)
	}
	return append(out, v.Raw()...)
}

func (s style) writeObject(out []byte, v token.Value, level int) []byte {
	type member struct{ name, value token.Value }
	var all []member
	for name, value := range v.Members() {
		all = append(all, member{name, value})
	}
	if s.sorted {
		slices.SortStableFunc(all, func(a, b member) int { return strings.Compare(a.name.Text(), b.name.Text()) })
	}
	colon := cmp.Or(s.colon, ":")
	if s.indent != "" {
		colon = ": "
	}
	out = append(out, '{')
	for i, m := range all {
		out = s.write(s.between(out, i, level+1), m.name, level+1)
		out = s.write(append(out, colon...), m.value, level+1)
	}
	return append(s.closing(out, len(all), level), '}')
}

// between writes what stands before the nth item of a level.
func (s style) between(out []byte, n, level int) []byte {
	switch {
	case s.indent != "" && n > 0:
		out = append(out, ',')
	case n > 0:
		out = append(out, cmp.Or(s.comma, ",")...)
	}
	return s.line(out, level)
}

func (s style) closing(out []byte, n, level int) []byte {
	if n == 0 {
		return out
	}
	return s.line(out, level)
}

func (s style) line(out []byte, level int) []byte {
	if s.indent == "" {
		return out
	}
	return append(append(out, '\n'), strings.Repeat(s.indent, level)...)
}

// written gives a string its usual escapes only, or escapes all that is not ASCII, or what is special in HTML.
func written(ascii, html bool) func(token.Value) string {
	return func(v token.Value) string {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(html)
		text := v.Text()
		if !utf8.ValidString(text) || e.Encode(text) != nil {
			return v.Raw()
		}
		out := strings.TrimSuffix(b.String(), "\n")
		if !html {
			out = strings.NewReplacer(`\u2028`, "\u2028", `\u2029`, "\u2029").Replace(out)
		}
		if ascii {
			return escaped(out)
		}
		return out
	}
}

func slashed(write func(token.Value) string) func(token.Value) string {
	return func(v token.Value) string { return strings.ReplaceAll(write(v), "/", `\/`) }
}

// escaped writes every character outside ASCII as \uXXXX.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			b.WriteString(`\u` + strconv.FormatUint(uint64(unit)|0x10000, 16)[1:])
		}
	}
	return b.String()
}

// shortest writes a number as JavaScript does: 1.0 becomes 1.
func shortest(v token.Value) string {
	f, ok := v.Float()
	if !ok || math.Abs(f) >= 1e21 || f != 0 && math.Abs(f) < 1e-6 {
		return v.Raw()
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func lineFeeds(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }

// members cuts a flat object into the texts of its members, compact; nil if it is none.
func members(b []byte) []string {
	json, _ := token.ReadJSON(b)
	var all []string
	for name, value := range json.Root().Members() {
		all = append(all, name.Raw()+":"+string(style{}.write(nil, value, 1)))
	}
	return all
}

func object(all []string) []byte {
	if len(all) == 0 {
		return nil
	}
	return []byte("{" + strings.Join(all, ",") + "}")
}

// reordered puts the last member first: alg and typ are written in either order.
func reordered(b []byte) []byte {
	all := members(b)
	slices.Reverse(all)
	return object(all)
}

func withoutTyp(b []byte) []byte {
	return object(slices.DeleteFunc(members(b), func(m string) bool { return strings.HasPrefix(m, `"typ":`) }))
}

// inserted adds a typ to a header that has none.
func inserted(b []byte, member string, last bool) []byte {
	all := members(b)
	if len(all) == 0 || slices.ContainsFunc(all, func(m string) bool { return strings.HasPrefix(m, `"typ":`) }) {
		return nil
	}
	inner := strings.Join(all, ",")
	if last {
		return []byte("{" + inner + member + "}")
	}
	return []byte("{" + member + inner + "}")
}
