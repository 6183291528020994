package main

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

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

// decoded is what decode -json prints: the first token of the text, and the others behind it.
type decoded struct {
	OK        bool            `json:"ok"`
	Form      token.Form      `json:"form,omitempty"`
	Found     string          `json:"found,omitempty"`
	Header    json.RawMessage `json:"header"`
	Payload   json.RawMessage `json:"payload"`
	Bytes     *string         `json:"payload_b64u"`
	Signature *string         `json:"signature_b64u,omitempty"`
	Token     string          `json:"token,omitempty"` // without what stood around it
	Problems  []worded        `json:"problems"`
	Others    []decoded       `json:"others,omitempty"`
}

func (c *call) decoded(r token.Reading) decoded {
	if len(r.Tokens) == 0 {
		return decoded{Problems: c.worded(r.Problems)}
	}
	d := c.decodedToken(r.Tokens[0])
	d.Problems = append(d.Problems, c.worded(r.Problems)...)
	for _, t := range r.Tokens[1:min(len(r.Tokens), maxTokens)] {
		d.Others = append(d.Others, c.decodedToken(t))
	}
	return d
}

func (c *call) decodedToken(t token.Token) decoded {
	return decoded{
		OK: t.OK(), Form: t.Form, Found: t.Found, Token: t.Compact(),
		Header: rawJSON(t.Header()), Payload: rawJSON(t.Payload()),
		Bytes: encoded(t.Payload()), Signature: encoded(t.Signature()),
		Problems: c.worded(t.Problems),
	}
}

// encoded is a segment's bytes as base64url; nil for a segment that is not there.
func encoded(s token.Segment) *string {
	if s.Part == "" {
		return nil
	}
	text := base64.RawURLEncoding.EncodeToString(s.Bytes)
	return &text
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
	s.line(s.paint(bold, c.describe(t)))
	c.showJSON(s, "ui.part.header", red, t.Header())
	if t.Form == token.JWE || t.Form == token.JSONJWE {
		s.line("")
		s.wrapped("  ", c.text("cli.encrypted"))
	} else {
		c.showPayload(s, t.Payload())
	}
	c.showClaims(s, t)
	if sig := t.Signature(); sig.Part != "" && sig.Text != "" {
		s.line("")
		s.line(s.paint(cyan, c.text("ui.part.signature")), "  ", c.text("cli.bytes", strconv.Itoa(len(sig.Bytes))))
	}
	c.showProblems(s, "cli.problems", text, t.Problems)
	if t.Form != token.JWE {
		s.line("")
		s.styled(faint, "", faint, c.text("cli.proves-nothing"))
	}
}

// describe is the headline of a token: its form, its algorithm, its size and where it was found.
func (c *call) describe(t token.Token) string {
	text := c.text("ui.form." + string(t.Form))
	if alg := t.Header().JSON.Root().Get("alg"); alg.Exists() {
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
