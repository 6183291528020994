package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
	"jwtlab/app/locale"
)

// played is what lab run -json prints.
type played struct {
	OK    bool   `json:"ok"` // nothing was wrong with the script, and all that it expects holds
	Error string `json:"error,omitempty"`
	scenario.Record
}

// runLabRun plays a scenario.
func runLabRun(e env, args []string) int {
	c := newCall(e, "lab run", "[-json] FILE | NAME | -",
		"jwtlab lab run xss-cookie",
		"jwtlab lab run login.lab",
		`printf 'setup session/cookie-none\nlogin\nattack csrf-form\nexpect accepted\n' | jwtlab lab run -`,
		"jwtlab lab run -json sso | jq '.messages[] | select(.kind == \"request\") | .url'")
	if code, ok := c.parse(args); !ok {
		return code
	}
	text, code, ok := c.script()
	if !ok {
		return code
	}
	r, err := scenario.Run(text)
	p := played{OK: err == nil, Record: r}
	if wrong, is := errors.AsType[*scenario.LineError](err); is {
		p.Error = wrong.Words(c.lang)
	} else if err != nil {
		p.Error = err.Error()
	}
	for _, s := range r.Steps {
		p.OK = p.OK && s.Failed == nil
	}
	if c.json {
		c.printJSON(p)
	} else {
		c.showPlayed(p)
	}
	if !p.OK {
		return bad
	}
	return good
}

// showPlayed shows a run: each line of the script, and under it what passed and why.
func (c *call) showPlayed(p played) {
	s := newScreen(c.env)
	s.line(s.paint(bold, "setup "+p.Setup))
	for _, step := range p.Steps {
		c.showStep(s, step)
		for id := step.First; id <= step.Last; id++ {
			if m := p.Message(id); m != nil {
				c.showMessage(s, m)
			}
		}
		if o := step.Outcome; o != nil {
			c.showOutcome(s, o)
		}
	}
	s.line("")
	switch {
	case p.Error != "":
		s.line(s.paint(red, p.Error))
	case p.OK:
		s.line(s.paint(green, c.text("cli.lab.ok")))
	default:
		s.line(s.paint(red, c.text("cli.lab.failed")))
	}
	c.print(s.String())
}

func (c *call) showStep(s *screen, step scenario.Step) {
	if step.Verb == "expect" {
		if step.Failed == nil {
			s.line(s.paint(green, "  ✓ "+step.Text))
			return
		}
		s.line(s.paint(red, "  ✗ "+step.Text), "  ", c.text("cli.lab.got", step.Failed.Got))
		return
	}
	s.line("")
	after := ""
	if step.Status != 0 {
		after = strconv.Itoa(step.Status)
	}
	if step.User != "" {
		after += " " + step.User
	}
	s.line(s.paint(bold, fmt.Sprintf("%4d  %s", step.Line, safe(step.Text))), "  ", s.paint(faint, strings.TrimSpace(locale.Time(c.lang, step.Time)+"  "+after)))
}

// arrows are how kinds of messages are drawn.
var arrows = map[wire.Kind]string{wire.Ask: "→", wire.Answer: "←", wire.Inside: "·"}

func (c *call) showMessage(s *screen, m *wire.Message) {
	head := fmt.Sprintf("      %s #%d ", arrows[m.Kind], m.ID)
	switch m.Kind {
	case wire.Ask:
		s.line(head, m.From, ": ", m.Method, " ", safe(m.URL), s.paint(faint, "  ("+m.Why+c.octets(m)+")"))
		for _, name := range []string{"Origin", "Sec-Fetch-Site", "Authorization", "Cookie"} {
			if v := m.Value(name); v != "" {
				s.line(s.paint(faint, "           "+name+": "+safe(clip(v, 72))))
			}
		}
	case wire.Answer:
		s.line(head, m.From, ": ", strconv.Itoa(m.Status), s.paint(faint, "  ("+m.Type+c.octets(m)+")"))
	default:
		s.line(head, m.From, ": ", m.Why, " ", safe(m.URL))
	}
	for _, d := range m.Cookies {
		c.showDecision(s, d)
	}
	c.showReasons(s, m.Notes)
}

func (c *call) octets(m *wire.Message) string {
	text := ", " + c.text("cli.lab.octets", strconv.Itoa(m.Octets))
	if m.Overheard {
		text += ", " + c.text("cli.lab.overheard")
	}
	return text
}

func (c *call) showDecision(s *screen, d cookie.Decision) {
	name := "?"
	if d.Cookie != nil {
		name = d.Cookie.Name.Text()
	}
	s.line("           ", c.text("cli.lab.cookie."+string(d.Outcome), safe(clip(name, 40))))
	c.showReasons(s, d.Checks)
}

func (c *call) showReasons(s *screen, all []check.Check) {
	for _, k := range all {
		words := c.why(k)
		if k.Ref != "" {
			words += " (" + k.Ref + ")"
		}
		s.styled(plain, "             ", faint, words)
	}
}

func (c *call) showOutcome(s *screen, o *scenario.Outcome) {
	for _, f := range []struct {
		id  string
		yes bool
	}{{"obtained", o.Obtained}, {"accepted", o.Accepted}, {"noticed", o.Noticed}} {
		if !o.Applies {
			break
		}
		answer, paint := "cli.lab.no", green
		if f.yes {
			answer, paint = "cli.lab.yes", red
		}
		if f.id == "noticed" {
			paint = plain
		}
		s.line("      ", pad(c.text("cli.lab."+f.id), 28), s.paint(paint, c.text(answer)))
	}
	if o.Until != 0 {
		s.line("      ", pad(c.text("cli.lab.until"), 28), c.until(o.Until))
	}
	c.showReasons(s, o.Why)
}
