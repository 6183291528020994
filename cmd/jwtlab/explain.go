package main

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jwtlab/app/claims"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// maxPayload is how much of a payload is shown to a person, in bytes; -json gives all of it.
const maxPayload = 64 << 10

// showJSON shows a segment as JSON, laid out.
func (c *call) showJSON(s *screen, title string, st style, seg token.Segment) {
	if seg.Part == "" || seg.JSON == nil {
		return
	}
	s.line("")
	s.line(s.paint(st, c.text(title)))
	shown := seg.JSON.Indent()
	at, line := 0, "  "
	for _, t := range shown.Tokens {
		if t.Start > maxPayload {
			line += "…"
			break
		}
		// Between two pieces there is only whitespace of the layout.
		line += strings.ReplaceAll(shown.Text[at:t.Start], "\n", "\n  ") + s.paint(jsonStyle(t.Class), shown.Text[t.Start:t.End])
		at = t.End
	}
	s.line(line)
}

func jsonStyle(class string) style {
	switch class {
	case "name":
		return blue
	case "string":
		return green
	case "number", "bool", "null":
		return yellow
	case "rest":
		return red
	}
	return plain
}

// showPayload shows the payload as JSON, as text, or as the hexadecimal of its bytes.
func (c *call) showPayload(s *screen, seg token.Segment) {
	if seg.JSON != nil || seg.Part == "" || len(seg.Bytes) == 0 {
		c.showJSON(s, "ui.part.payload", magenta, seg)
		return
	}
	s.line("")
	shape, cut := "ui.shape.text", seg.Bytes[:min(len(seg.Bytes), maxPayload)]
	text := string(cut)
	if !utf8.Valid(seg.Bytes) {
		shape, cut = "ui.shape.binary", cut[:min(len(cut), 512)]
		text = hex.EncodeToString(cut)
	}
	s.line(s.paint(magenta, c.text("ui.part.payload")), "  ", s.paint(faint, c.text(shape)))
	for line := range strings.SplitSeq(text, "\n") {
		s.line("  " + s.paint(plain, line))
	}
	if more := len(seg.Bytes) - len(cut); more > 0 {
		s.line("  " + s.paint(faint, c.text("ui.hidden", strconv.Itoa(more))))
	}
}

// maxClaims is how many registered names are explained.
const maxClaims = 40

// showClaims explains the registered names of header and payload.
func (c *call) showClaims(s *screen, t token.Token) {
	left := maxClaims
	titled := false
	row := func(name token.Value, prefix string, known claims.Claim, value token.Value) {
		if left--; left < 0 {
			return
		}
		if !titled {
			s.line("")
			s.heading(c.text("cli.explained"))
			titled = true
		}
		title := c.text(prefix + known.Name)
		s.styled(blue, "  "+pad(clip(name.Text(), 16), 9)+" ", plain, title+" ("+known.Ref+")")
		if known.Kind == "time" {
			for _, line := range c.moment(known.Name, value) {
				s.styled(plain, strings.Repeat(" ", 12), plain, line)
			}
		}
	}
	for name, value := range t.Header().JSON.Root().Members() {
		if p, ok := claims.LookupHeader(name.Text()); ok {
			row(name, "param.", p, value)
		}
	}
	for name, value := range t.Payload().JSON.Root().Members() {
		if p, ok := claims.Lookup(name.Text()); ok {
			row(name, "claim.", p, value)
		}
	}
}

// moment tells a time claim as UTC, as local time and relative to now, and what is odd about it.
func (c *call) moment(name string, v token.Value) []string {
	t := claims.ReadTime(v)
	var lines []string
	if !t.At.IsZero() {
		lines = append(lines, c.when(t.At))
	}
	if t.Code != "" {
		lines = append(lines, c.text("why.time."+t.Code, name, t.Raw))
	}
	return lines
}

// when writes a time in UTC, in the local zone if that is another, and relative to now.
func (c *call) when(at time.Time) string {
	now := c.now()
	text := locale.Time(c.lang, at) + " UTC"
	if local := at.In(now.Location()); local.Format("-0700") != "+0000" {
		text += " · " + c.text("cli.local", locale.LocalTime(c.lang, local), local.Format("-07:00"))
	}
	seconds := at.Unix() - now.Unix()
	id := "ui.in"
	if seconds < 0 {
		id, seconds = "ui.ago", -seconds
	}
	return text + " · " + c.text(id, strconv.FormatInt(seconds, 10))
}
