package main

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// A presented SD-JWT and all that is known of it.
type presented struct {
	text   string
	token  token.Token
	keys   key.Reading
	report sdjwt.Report
	claims claims.Report
}

// acceptance is no as soon as one claim is refused, and yes only for what is genuine, as for any token.
func (p presented) acceptance() check.Answer {
	if p.claims.Answer == check.Yes && p.report.Answer != check.Yes {
		return check.Unchecked
	}
	return p.claims.Answer
}

func (p presented) form() check.Answer {
	if p.token.OK() {
		return check.Yes
	}
	return check.No
}

// opened is what sdjwt show -json prints.
type opened struct {
	Header      json.RawMessage    `json:"header"`
	Payload     json.RawMessage    `json:"payload"`
	Disclosures []sdjwt.Disclosure `json:"disclosures"`
	Hidden      []sdjwt.Digest     `json:"hidden"`
	HiddenCount int                `json:"hidden_count"`
	Checks      []answered         `json:"checks"`
	Problems    []worded           `json:"problems"`
}

func (c *call) opened(p presented) opened {
	o := opened{
		Header: rawJSON(p.token.Header()), Disclosures: p.report.Disclosures, Hidden: p.report.Hidden,
		HiddenCount: p.report.HiddenCount, Checks: c.answered(p.report.Checks), Problems: c.worded(p.token.Problems),
	}
	if json.Valid([]byte(p.report.Payload)) {
		o.Payload = json.RawMessage(p.report.Payload)
	}
	if o.Disclosures == nil {
		o.Disclosures = []sdjwt.Disclosure{}
	}
	if o.Hidden == nil {
		o.Hidden = []sdjwt.Digest{}
	}
	return o
}

// verifiedSDJWT is what sdjwt verify -json prints.
type verifiedSDJWT struct {
	Form        check.Answer `json:"form"`
	Signature   check.Answer `json:"signature"`
	Acceptance  check.Answer `json:"acceptance"`
	Bound       bool         `json:"bound"`
	KeyProblems []worded     `json:"key_problems,omitempty"`
	opened
}

func (c *call) verified(p presented) verifiedSDJWT {
	v := verifiedSDJWT{p.form(), p.report.Answer, p.acceptance(), p.report.Bound, c.worded(p.keys.Problems), c.opened(p)}
	v.Checks = append(v.Checks, c.answered(p.claims.Checks)...)
	return v
}

// showOpened shows an SD-JWT to a person: payload, disclosures, and what is wrong with them.
func (c *call) showOpened(p presented) {
	s := newScreen(c.env)
	s.line(s.paint(bold, c.describe(p.token)))
	c.showJSON(s, "ui.part.header", red, p.token.Header())
	c.showProcessed(s, p.report)
	faults := slices.DeleteFunc(slices.Clone(p.report.Checks), func(k check.Check) bool { return k.Answer != check.No })
	if len(faults) > 0 {
		s.line("")
		c.showAnswer(s, "signature", check.No, faults)
	}
	c.showProblems(s, "cli.problems", p.text, p.token.Problems)
	s.line("")
	s.styled(faint, "", faint, c.text("cli.sdjwt.proves-nothing"))
	c.print(s.String())
}

// showVerified shows the three answers to a presentation, and then what is in it.
func (c *call) showVerified(p presented) {
	s := newScreen(c.env)
	c.showAnswer(s, "form", p.form(), nil)
	c.showAnswer(s, "signature", p.report.Answer, p.report.Checks)
	c.showAnswer(s, "acceptance", p.acceptance(), p.claims.Checks)
	c.showProcessed(s, p.report)
	c.showProblems(s, "cli.problems", p.text, p.token.Problems)
	c.showProblems(s, "cli.key-problems", "", p.keys.Problems)
	c.print(s.String())
}

// showProcessed shows the payload with what is disclosed in it, and the disclosures.
func (c *call) showProcessed(s *screen, r sdjwt.Report) {
	payload, _ := token.ReadJSON([]byte(r.Payload))
	c.showJSON(s, "cli.sdjwt.payload", magenta, token.Segment{Part: token.PartPayload, JSON: payload})
	s.line("")
	s.heading(c.text("cli.sdjwt.disclosures", strconv.Itoa(len(r.Disclosures)), strconv.Itoa(r.HiddenCount)))
	left := maxDisclosed
	for i, d := range r.Disclosures {
		if d.Parent < 0 {
			c.showTree(s, r.Disclosures, i, 1, &left)
		}
	}
	if left < 0 {
		s.line("  " + s.paint(faint, c.text("token.more-disclosures", strconv.Itoa(-left))))
	}
}

// maxInset is how deep disclosures in disclosures are set in.
const maxInset = 12

// showTree shows a disclosure, and set in under it those whose digests stand in its value.
func (c *call) showTree(s *screen, all []sdjwt.Disclosure, i, depth int, left *int) {
	d := all[i]
	if *left--; *left >= 0 {
		inset := strings.Repeat("  ", min(depth, maxInset))
		mark, st := answerMark(check.Yes)
		if d.Fault != "" {
			mark, st = answerMark(check.No)
		}
		place := d.Path
		if place == "" {
			place = d.Name
		}
		s.line(s.paint(st, inset+mark), " ", s.paint(blue, clip(place, 60)), "  ", s.paint(green, clip(d.Value, 100)))
	}
	for _, child := range d.Children {
		c.showTree(s, all, child, depth+1, left)
	}
}
