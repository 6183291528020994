package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
	"jwtlab/app/play/lab"
)

// messageWhole is all of a message: as it was on the wire, what became of each cookie and why, and what else was noted.
func (p *Page) messageWhole(m *wire.Message) app.UI {
	var out []app.UI
	deeds := p.openers(httpText(m) + allValues(m))
	if before, ok := p.state.Lab.MovesBefore(m.ID); ok {
		deeds = append(deeds, p.labButton("quiet call", p.t("lab.before"), lab.Seeked{Moves: before}))
	}
	if m.Kind != wire.Inside {
		out = append(out, wire1(p.t("lab.message"), httpText(m)))
	}
	if n := len(m.Cookies); n > 0 {
		out = append(out, says("h3", "", p.t("lab.cookies")),
			list("checks decisions", p.t("lab.cookies"), n, func(i int) app.UI { return p.decision(&m.Cookies[i]) }))
	}
	if n := len(m.Notes); n > 0 {
		out = append(out, says("h3", "", p.t("lab.notes")),
			list("checks", p.t("lab.notes"), n, func(i int) app.UI { return p.labCheck(&m.Notes[i]) }))
	}
	return holds("div", "message-whole", append(out, says("p", "small dim", p.messageFacts(m)),
		node("div", "row", []string{"role", "group", "aria-label", p.t("lab.deeds")}, deeds...))...)
}

// messageFacts is what else is known of a message.
func (p *Page) messageFacts(m *wire.Message) string {
	facts := []string{p.t("lab.moment", p.moment(m.Time))}
	if m.Octets > 0 {
		facts = append(facts, p.t("lab.octets", itoa(m.Octets)))
	}
	if m.Replica > 0 {
		facts = append(facts, p.t("lab.replica", itoa(m.Replica)))
	}
	if m.Address != "" {
		facts = append(facts, p.t("lab.address", m.Address))
	}
	if m.By != "" {
		facts = append(facts, p.t("lab.by", m.By))
	}
	switch {
	case m.Kind == wire.Answer && m.Readable:
		facts = append(facts, p.t("lab.readable"))
	case m.Kind == wire.Answer && m.Type == "opaque", m.Kind == wire.Answer && m.Type == "error":
		facts = append(facts, p.t("lab.unreadable"))
	}
	return strings.Join(facts, " · ")
}

// decision is what became of a cookie.
func (p *Page) decision(d *cookie.Decision) app.UI {
	name := "–"
	if d.Cookie != nil {
		name = d.Cookie.Name.Text()
	}
	tone := "yes"
	if d.Outcome == cookie.Refused || d.Outcome == cookie.Withheld {
		tone = "no"
	}
	words := []app.UI{node("span", "mono name", foreign, app.Text(name)), says("span", "chip", p.t("lab.cookie."+string(d.Outcome)))}
	for i := range d.Checks {
		c := &d.Checks[i]
		words = append(words, says("span", "why", p.whyWords(c)), section(c.Ref))
	}
	return holds("li", "check "+tone, glyphMark("glyph", glyph(check.Answer(tone))), holds("span", "words", words...))
}

func (p *Page) labCheck(c *check.Check) app.UI {
	return holds("li", "check "+answer(c.Answer), glyphMark("glyph", glyph(c.Answer)),
		holds("span", "words", says("span", "said hidden", p.t("answer."+answer(c.Answer))), says("span", "why", p.whyWords(c)), section(c.Ref)))
}

// section is where a rule stands.
func section(ref string) app.UI {
	if ref == "" {
		return nothing()
	}
	return node("span", "ref", foreign, app.Text(ref))
}

// httpText writes a message as HTTP/1.1 does.
func httpText(m *wire.Message) string {
	var b strings.Builder
	if m.Kind == wire.Answer {
		b.WriteString(itoa(m.Status) + "\n")
	} else {
		b.WriteString(m.Method + " " + m.URL + "\n")
	}
	for _, f := range m.Header {
		b.WriteString(f.Name + ": " + f.Value + "\n")
	}
	if m.Body != "" {
		body := m.Body
		if len(body) > 4<<10 {
			body = body[:4<<10] + "…"
		}
		b.WriteString("\n" + strings.TrimSpace(body))
	}
	return b.String()
}

// allValues are the values of the cookies that a message is about.
func allValues(m *wire.Message) string {
	var b strings.Builder
	for _, d := range m.Cookies {
		if d.Cookie != nil && d.Outcome != cookie.Withheld {
			b.WriteString(" " + d.Cookie.Value.Text())
		}
	}
	return b.String()
}
