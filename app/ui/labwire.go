package ui

import (
	"net/url"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/check"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
	"jwtlab/app/locale"
	"jwtlab/app/play/lab"
)

// labMessagesCard draws what passed between the actors, a line each, in its order.
func (p *Page) labMessagesCard() app.UI {
	l := &p.state.Lab
	moves, hidden := l.Shown()
	var seen []*wire.Message
	for _, m := range moves {
		seen = append(seen, m.Messages...)
	}
	lanes := lab.Lanes(seen)
	var tools []app.UI
	switch {
	case l.Whole:
		tools = []app.UI{p.labButton("quiet", p.t("lab.messages.fewer"), lab.ShowedWhole{})}
	case hidden > 0:
		tools = []app.UI{p.labButton("quiet", p.t("lab.messages.all", itoa(hidden)), lab.ShowedWhole{})}
	}
	var items []app.UI
	for i := range moves {
		items = append(items, p.moveHead(&moves[i]))
		for _, m := range moves[i].Messages {
			items = append(items, p.message(m, lanes))
		}
		if o := moves[i].Step.Outcome; o != nil {
			items = append(items, p.outcomeItem(o))
		}
	}
	if len(items) == 0 {
		items = []app.UI{says("li", "dim", p.t("lab.messages.empty"))}
	}
	count := itoa(min(len(lanes), mostLanes))
	return p.card("messages", p.t("lab.wire"), p.messagesSum(), tools,
		holds("div", "drawing lanes-"+count,
			node("div", "lane-names", []string{"aria-hidden", "true"}, each(len(lanes), func(i int) app.UI { return says("span", "", p.actor(lanes[i])) })...),
			node("div", "rails", []string{"aria-hidden", "true"}, each(len(lanes), func(int) app.UI { return holds("span", "") })...),
			node("ol", "sequence", []string{"aria-label", p.t("lab.wire")}, items...),
		))
}

// messagesSum says how much has passed.
func (p *Page) messagesSum() string {
	r := &p.state.Lab.Record
	octets := 0
	for _, m := range r.Messages {
		octets += m.Octets
	}
	return p.t("lab.messages.sub", itoa(r.Forgotten+len(r.Messages)), itoa(octets))
}

// mostLanes is how many the style sheet knows.
const mostLanes = 8

// actor is the name of who sends or answers.
func (p *Page) actor(lane string) string {
	switch lane {
	case "browser", "phone", "attacker":
		return p.t("lab.actor." + lane)
	}
	return lane
}

// moveHead names the move that messages belong to.
func (p *Page) moveHead(m *lab.Move) app.UI {
	tone := ""
	if o := m.Step.Outcome; o != nil {
		tone, _ = p.outcomeWords(o)
	}
	return holds("li", "move-head", says("span", "clock small", m.Step.Time.Format("15:04:05")), p.mark(tone), p.lineWords(m.Step.Text))
}

// outcomeItem is what came of an attack, at the end of its messages: each reason with where it stands.
func (p *Page) outcomeItem(o *scenario.Outcome) app.UI {
	tone, words := p.outcomeWords(o)
	return holds("li", "came "+tone,
		holds("p", "", p.mark(tone), says("strong", "", words)),
		list("because", p.t("lab.pair.why"), len(o.Why), func(i int) app.UI {
			return holds("li", "", says("span", "", p.whyWords(&o.Why[i])), section(o.Why[i].Ref))
		}))
}

// message is one message: an arrow with its label, and all of it once it is opened.
func (p *Page) message(m *wire.Message, lanes []string) app.UI {
	open := p.state.Lab.Open == m.ID
	expanded := "false"
	if open {
		expanded = "true"
	}
	from, to := slices.Index(lanes, lab.Actor(m.From))+1, slices.Index(lanes, lab.Actor(m.To))+1
	class := "message"
	if m.Kind == wire.Inside || to == 0 || from == 0 || from == to {
		class += " inside"
	} else {
		way := " right"
		if from > to {
			from, to, way = to, from, " left"
		}
		class += way + " a" + itoa(min(from, mostLanes)) + " b" + itoa(min(to, mostLanes))
	}
	if lab.Hostile(m) {
		class += " hostile"
	}
	line := with("button", class, []string{"type", "button", "aria-expanded", expanded}).OnClick(p.in(lab.Opened{Message: m.ID})).Body(
		says("span", "hidden", p.wayWords(m)),
		node("span", "arrow", []string{"aria-hidden", "true"}),
		holds("span", "label", p.messageLabel(m)...))
	if !open {
		return holds("li", "", line)
	}
	return holds("li", "opened", line, p.messageWhole(m))
}

// wayWords says from whom to whom, for those who do not see the arrow.
func (p *Page) wayWords(m *wire.Message) string {
	if m.To == "" {
		return p.t("lab.inside", p.actor(lab.Actor(m.From)))
	}
	return p.t("lab.way", p.actor(lab.Actor(m.From)), p.actor(lab.Actor(m.To)))
}

// messageLabel is a message in a line.
func (p *Page) messageLabel(m *wire.Message) []app.UI {
	var out []app.UI
	text := m.Method + " " + pathOf(m.URL)
	switch {
	case m.Kind == wire.Answer:
		text = itoa(m.Status)
	case m.Kind == wire.Inside && m.Method == "":
		if id := "lab.script." + m.Why; locale.Has(p.state.Lang, id) {
			return []app.UI{says("span", "", p.t(id))}
		}
		text = m.Why
	}
	out = append(out, node("span", "mono", foreign, app.Text(text)))
	if m.Kind == wire.Inside {
		for i := range m.Notes[:min(len(m.Notes), 1)] {
			out = append(out, says("span", "", p.whyWords(&m.Notes[i])))
		}
		return out
	}
	out = append(out, p.carries(m)...)
	if m.Plain {
		out = append(out, node("span", "chip warn", foreign, app.Text("http")))
	}
	return out
}

// carries names what of a message tells who somebody is.
func (p *Page) carries(m *wire.Message) (all []app.UI) {
	for _, name := range []string{"Cookie", "Authorization", "X-Session-Id", "Set-Cookie"} {
		if m.Value(name) != "" {
			all = append(all, node("span", "carries", foreign, app.Text(name)))
		}
	}
	if m.Kind == wire.Answer && (strings.Contains(m.Body, `_token"`) || strings.Contains(m.Body, `"session_id"`)) {
		all = append(all, says("span", "carries", p.t("lab.in-body")))
	}
	return all
}

// pathOf is what of an address fits in a line: whom it is for, the arrow says.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return check.Clip(address, mostPath)
	}
	path := check.Clip(u.EscapedPath(), mostPath)
	if u.RawQuery != "" {
		path += "?…"
	}
	return path
}

const mostPath = 40
