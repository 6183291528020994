package main

import (
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/token"
)

// maxTokens is how many tokens of one text are shown; the others are counted.
const maxTokens = 20

// runDecode shows what is in a token. It needs no key, and what it shows is proof of nothing.
func runDecode(e env, args []string) int {
	c := newCall(e, "decode", "[-json] [-in FILE | - | TEXT]",
		"jwtlab decode eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
		"pbpaste | jwtlab decode",
		"jwtlab decode -json -in token.txt | jq .payload.exp")
	c.input()
	if code, ok := c.parse(args); !ok {
		return code
	}
	text, code, ok := c.read()
	if !ok {
		return code
	}
	r := token.Read(text)
	if c.json {
		c.printJSON(c.decoded(r))
	} else {
		c.showReading(text, r)
	}
	if len(r.Tokens) == 0 || !r.Tokens[0].OK() {
		return bad
	}
	return good
}

// showReading shows a reading to a person.
func (c *call) showReading(text string, r token.Reading) {
	s := newScreen(c.env)
	for i, t := range r.Tokens[:min(len(r.Tokens), maxTokens)] {
		if i > 0 {
			s.line("")
		}
		if len(r.Tokens) > 1 {
			s.heading(c.text("cli.token-of", strconv.Itoa(i+1), strconv.Itoa(len(r.Tokens))))
		}
		c.showToken(s, text, t)
	}
	c.showProblems(s, "cli.problems", text, r.Problems)
	c.print(s.String())
}

func (c *call) showToken(s *screen, text string, t token.Token) {
	c.showParts(s, text, t)
	if n := len(t.Again); n > 0 {
		s.line("")
		s.wrapped("", c.text("token.again", strconv.Itoa(n)))
	}
	all := t.Inside()
	for _, n := range all[:min(len(all), maxTokens)] {
		c.showInner(s, text, n)
	}
	if t.Form != token.JWE && t.Form != token.JSONJWE {
		s.line("")
		s.styled(faint, "", faint, c.text("cli.proves-nothing"))
	}
}

// showInner shows a token that is inside another, indented by as many levels.
func (c *call) showInner(s *screen, text string, n token.Inner) {
	indent := strings.Repeat(" ", 4*n.Depth)
	in := &screen{colour: s.colour, width: max(s.width-len(indent), minWidth)}
	in.heading(c.text("token.inside", n.Path))
	t := n.Token
	t.Problems = outward(n)
	c.showParts(in, text, t)
	s.line("")
	for line := range strings.Lines(in.String()) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			line = indent + line
		}
		s.line(line)
	}
}

// outward gives the problems of an inner token with their places in the text as pasted.
func outward(n token.Inner) []token.Problem {
	all := slices.Clone(n.Problems)
	for i := range all {
		all[i].Span = n.Source(all[i].Span)
	}
	return all
}

// showParts shows all of a token but what is inside it.
func (c *call) showParts(s *screen, text string, t token.Token) {
	s.line(s.paint(bold, c.describe(t)))
	c.showJSON(s, "ui.part.header", red, t.Header())
	if t.Form == token.JWE || t.Form == token.JSONJWE {
		s.line("")
		s.wrapped("  ", c.text("cli.encrypted"))
	} else {
		c.showPayload(s, t.Payload())
	}
	c.showBeside(s, t)
	c.showClaims(s, t)
	if sig := t.Signature(); sig.Part != "" && sig.Text != "" {
		s.line("")
		s.line(s.paint(cyan, c.text("ui.part.signature")), "  ", c.text("cli.bytes", strconv.Itoa(len(sig.Bytes))))
	}
	c.showProblems(s, "cli.problems", text, t.Problems)
}

// describe is the headline of a token: its form, its algorithm, its size and where it was found.
func (c *call) describe(t token.Token) string {
	text := c.text("ui.form." + string(t.Form))
	if alg := t.Param("alg"); alg.Exists() {
		text += " · " + clip(alg.Text(), 40)
	}
	text += " · " + c.text("cli.characters", strconv.Itoa(len(t.Compact())))
	if t.Found != "" {
		text += " · " + c.text("ui.found."+t.Found)
	}
	return text
}

// showProblems writes a heading and problems, nothing when there are none.
func (c *call) showProblems(s *screen, heading, text string, all []token.Problem) {
	if len(all) == 0 {
		return
	}
	if s.Len() > 0 {
		s.line("")
	}
	s.heading(c.text(heading))
	s.problems(c.lang, text, all)
}

// clip cuts a text to n cells.
func clip(s string, n int) string {
	if head, rest := cutCells(s, n-1); rest != "" && cells(rest) > 1 {
		return head + "…"
	}
	return s
}
