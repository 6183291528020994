package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

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

// maxRows is how many rows of bytes are shown.
const maxRows = 32

// showPayload shows the payload as JSON, as text, or as its bytes.
func (c *call) showPayload(s *screen, seg token.Segment) {
	shape := seg.Shape()
	if shape != token.ShapeText && shape != token.ShapeBinary {
		c.showJSON(s, "ui.part.payload", magenta, seg)
		return
	}
	s.line("")
	s.line(s.paint(magenta, c.text("ui.part.payload")), "  ", s.paint(faint, c.text("ui.shape."+string(shape))))
	shown := min(len(seg.Bytes), maxPayload)
	if shape == token.ShapeBinary {
		shown = min(len(seg.Bytes), maxRows*16)
		for _, r := range token.HexDump(seg.Bytes, 0, maxRows) {
			s.line("  ", s.paint(faint, fmt.Sprintf("%08x", r.Offset)), "  ", s.paint(plain, fmt.Sprintf("%-48s", r.Hex)), "  ", s.paint(faint, r.Text))
		}
	} else {
		for line := range strings.SplitSeq(string(seg.Bytes[:shown]), "\n") {
			s.line("  " + s.paint(plain, line))
		}
	}
	if more := len(seg.Bytes) - shown; more > 0 {
		s.line("  " + s.paint(faint, c.text("ui.hidden", strconv.Itoa(more))))
	}
}

// maxDisclosed is how many disclosures are shown.
const maxDisclosed = 50

// showBeside shows the parts that are neither header, payload nor signature: disclosures with name and value,
// unprotected headers as JSON, and of all others the size.
func (c *call) showBeside(s *screen, t token.Token) {
	n := 0
	for _, seg := range t.Segments {
		title := "ui.part." + string(seg.Part)
		switch seg.Part {
		case token.PartHeader, token.PartPayload, token.PartSignature, token.PartBinding:
		case token.PartDisclosed:
			n++
			c.showDisclosure(s, seg, n)
		case token.PartUnprotected:
			c.showJSON(s, title, yellow, seg)
		default:
			s.line("")
			s.line(s.paint(cyan, c.text(title)), "  ", c.text("cli.bytes", strconv.Itoa(len(seg.Bytes))))
		}
	}
	if n > maxDisclosed {
		s.line("  " + s.paint(faint, c.text("token.more-disclosures", strconv.Itoa(n-maxDisclosed))))
	}
}

// showDisclosure shows what the n-th disclosure reveals (RFC 9901 §4.2): a member, or an item of an array.
func (c *call) showDisclosure(s *screen, seg token.Segment, n int) {
	if n > maxDisclosed {
		return
	}
	if n == 1 {
		s.line("")
	}
	var items []token.Value
	for item := range seg.JSON.Root().Items() {
		items = append(items, item)
	}
	text := s.paint(red, clip(string(seg.Bytes), 60))
	switch len(items) {
	case 2:
		text = s.paint(green, clip(items[1].Raw(), 200))
	case 3:
		text = s.paint(blue, clip(items[1].Text(), 60)) + ": " + s.paint(green, clip(items[2].Raw(), 200))
	}
	s.line(s.paint(yellow, c.text("ui.part.disclosure")+" "+strconv.Itoa(n)), "  ", text)
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
	for _, seg := range t.Segments {
		if seg.Part != token.PartHeader && seg.Part != token.PartUnprotected {
			continue
		}
		for name, value := range seg.JSON.Root().Members() {
			if p, ok := claims.LookupHeader(name.Text()); ok {
				row(name, "param.", p, value)
			}
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
