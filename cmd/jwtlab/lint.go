package main

import (
	"slices"
	"strconv"

	"jwtlab/app/claims"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/lint"
	"jwtlab/app/token"
)

// runLint tells what is unwise about a token, with a key or without.
func runLint(e env, args []string) int {
	c := newCall(e, "lint", "[-key FILE|env:NAME|-] [-at TIME] [-json] [-in FILE | - | TEXT]",
		"jwtlab lint eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
		"pbpaste | jwtlab lint -key env:JWT_SECRET",
		"jwtlab lint -json -in token.txt | jq .findings[].code")
	c.input()
	var v verification
	v.registerKey(c.flags)
	if code, ok := c.parse(args); !ok {
		return code
	}
	keyText, code := "", good
	if ok := true; v.key != "" {
		if keyText, code, ok = c.readKey("key", v.key); !ok {
			return code
		}
	}
	text, code, ok := c.read()
	if !ok {
		return code
	}
	l := c.lint(text, keyText, &v)
	if c.json {
		c.printJSON(c.linted(l))
	} else {
		c.showLint(text, l)
	}
	if !l.clean() {
		return bad
	}
	return good
}

// A linting is the first token of a text and what is unwise about it.
type linting struct {
	token    token.Token // zero when there is none
	tokens   int
	profile  claims.Profile
	findings []lint.Finding
	// problems are what keeps the token from being read, but for what findings say.
	problems    []token.Problem
	keyProblems []token.Problem
}

func (c *call) lint(text, keyText string, v *verification) linting {
	r := token.Read(text)
	l := linting{tokens: len(r.Tokens), problems: r.Problems}
	keys := key.Reading{Kind: "none"}
	if keyText != "" {
		keys = key.Read(keyText, v.Encoding)
		l.keyProblems = keys.Problems
	}
	if l.tokens == 0 {
		return l
	}
	l.token = r.Tokens[0]
	for _, p := range l.token.Problems {
		if p.Severity == token.Error && !lint.Repeats(p.Code) {
			l.problems = append(l.problems, p)
		}
	}
	l.profile = claims.Recognise(l.token.Header().JSON, l.token.Payload().JSON)
	report := jws.Verify(l.token, keys, jws.Options{})
	l.findings = lint.Check(lint.Input{
		Token: l.token, Keys: keys, Used: report.Key, Signature: report.Answer, Now: v.options(c.now()).Expect.Now.Unix(),
	})
	return l
}

// clean reports whether there is a token and nothing worse than a note.
func (l linting) clean() bool {
	return l.tokens > 0 && !slices.ContainsFunc(l.problems, isFault) && !slices.ContainsFunc(l.keyProblems, isFault) &&
		!slices.ContainsFunc(l.findings, func(f lint.Finding) bool { return isFault(token.Problem(f)) })
}

// linted is what lint -json prints.
type linted struct {
	OK          bool     `json:"ok"` // nothing worse than a note
	Profile     *profile `json:"profile"`
	Findings    []worded `json:"findings"`
	Problems    []worded `json:"problems"`
	KeyProblems []worded `json:"key_problems,omitempty"`
}

type profile struct {
	claims.Profile
	Name string `json:"name"`
}

func (c *call) linted(l linting) linted {
	out := linted{OK: l.clean(), Problems: c.worded(l.problems), KeyProblems: c.worded(l.keyProblems), Findings: []worded{}}
	if l.profile.ID != "" {
		out.Profile = &profile{l.profile, c.text("profile." + l.profile.ID)}
	}
	for _, f := range l.findings {
		out.Findings = append(out.Findings, worded{token.Problem(f), c.finding(f)})
	}
	return out
}

func (c *call) finding(f lint.Finding) string { return c.text("lint."+f.Code, f.Args...) }

// showLint shows the findings to a person, each with its place.
func (c *call) showLint(text string, l linting) {
	s := newScreen(c.env)
	if l.tokens > 0 {
		s.line(s.paint(bold, c.describe(l.token)))
		if p := l.profile; p.ID != "" {
			s.wrapped("", c.text("profile."+p.ID)+" ("+c.text("profile.sure."+string(p.Sure))+", "+p.Ref+")")
		}
	}
	c.showProblems(s, "cli.problems", text, l.problems)
	c.showProblems(s, "cli.key-problems", "", l.keyProblems)
	if l.tokens > 0 {
		s.line("")
		c.showFindings(s, text, l.findings)
	}
	if l.tokens > 1 {
		s.line("")
		s.wrapped("", c.text("cli.first-of", strconv.Itoa(l.tokens)))
	}
	c.print(s.String())
}

func (c *call) showFindings(s *screen, text string, all []lint.Finding) {
	if len(all) == 0 {
		s.wrapped("", c.text("cli.lint.nothing"))
		return
	}
	counts := map[token.Severity]int{}
	for _, f := range all {
		counts[f.Severity]++
	}
	s.heading(c.text("cli.lint.found", strconv.Itoa(counts[token.Error]), strconv.Itoa(counts[token.Warning]), strconv.Itoa(counts[token.Note])))
	for _, f := range all {
		mark, st := severityMark(f.Severity)
		s.styled(st, "  "+mark+" ", plain, c.finding(f)+" ("+f.Ref+")")
		if f.Part == lint.PartKey {
			continue // a key is nobody's to print
		}
		s.place(c.lang, st, text, token.Problem(f))
	}
}
