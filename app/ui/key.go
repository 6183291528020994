package ui

import (
	"slices"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/play"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

func playOnDesk(i desk.Intent) play.Intent { return play.OnDesk{Intent: i} }

// keyCard takes a key of any kind: what it is, is found out and said, not asked.
func (p *Page) keyCard() app.UI {
	d := p.state.Desk
	tools := p.menu("generate-menu", p.t("ui.generate"), p.generateItems)
	tools = append(tools, p.button(p.t("ui.copy-key"), desk.AskedCopy{What: "key"}))
	return p.card("key", p.t("ui.key"), "", tools,
		p.editor(textBox{"key-text", p.t("ui.key"), d.Key, p.keyMarks(), "key-lines", false}),
		p.keyProblems(),
		p.working(),
		el("div").Class("card-foot").ID("key-lines").Body(p.keyLines()...),
	)
}

// keyMarks shows the key plainly but for the places of its problems.
func (p *Page) keyMarks() []desk.Mark {
	d := p.state.Desk
	if len(d.Key) > desk.PlainBytes {
		return nil
	}
	return desk.Underline(d.Key, d.View.KeyProblems)
}

// algorithms are those that the page carries; the command line has more (see package mldsa).
func algorithms() []jws.Algorithm {
	return slices.DeleteFunc(jws.Algorithms(), func(a jws.Algorithm) bool { return a.Type == "AKP" })
}

func (p *Page) generateItems() []app.UI {
	var items []app.UI
	for _, a := range algorithms() {
		items = append(items, p.menuItem("generate-menu", a.Name, desk.AskedKey{Alg: a.Name}))
	}
	return []app.UI{
		says("p", "note", p.t("ui.generate.help")),
		holds("div", "grid", items...),
	}
}

func (p *Page) keyProblems() app.UI {
	var items []app.UI
	for _, q := range p.state.Desk.View.KeyProblems {
		items = append(items, holds("li", "check problem "+string(q.Severity),
			el("span").Class("glyph").Aria("hidden", "true").Text(severityGlyph(q.Severity)),
			holds("span", "words",
				says("span", "said hidden", p.t("ui.severity."+string(q.Severity))),
				says("span", "why", p.t("problem."+q.Code, q.Args...)),
				p.ref(q.Ref),
				p.showButton("key-text", p.state.Desk.Key, token.Span(q.Span)),
			),
		))
	}
	if len(items) == 0 {
		return app.Text("")
	}
	return el("ul").Class("checks inset").Aria("label", p.t("ui.key.problems")).Body(items...)
}

// working shows long work under way, with a way out.
func (p *Page) working() app.UI {
	d := p.state.Desk
	if d.Pending != "generate" && d.Pending != "look" {
		return app.Text("")
	}
	return el("div").Class("working").Role("status").Body(
		says("span", "", p.t("ui.working."+d.Pending)),
		el("progress").Aria("label", p.t("ui.working."+d.Pending)),
		p.button(p.t("ui.cancel"), desk.Canceled{}),
	)
}

func (p *Page) keyLines() []app.UI {
	d := p.state.Desk
	var out []app.UI
	for _, k := range d.View.Keys {
		out = append(out, p.keyChip(k))
	}
	if d.View.KeyKind == "secret" {
		out = append(out, p.encodingBox())
	}
	if len(out) == 0 {
		out = append(out, says("span", "", p.t("ui.key.help")))
	}
	return out
}

func (p *Page) keyChip(k desk.KeyLine) app.UI {
	words := k.Type
	switch {
	case k.Type == "oct":
		words = p.t("ui.key.secret", itoa(k.Bits))
	case k.Curve != "":
		words += " " + k.Curve
	default:
		words += " " + itoa(k.Bits)
	}
	if k.Type != "oct" {
		words += " · " + p.t(map[bool]string{true: "ui.key.private", false: "ui.key.public"}[k.Private])
	}
	if k.Format != "secret" {
		words += " · " + p.t("ui.format."+k.Format)
	}
	if k.KeyID != "" {
		words += " · kid " + k.KeyID
	}
	class := "chip"
	if k.Used {
		class += " good"
		words = "✓ " + words
	}
	return says("span", class, words)
}

// encodingBox says how the secret is read; left alone, the reading that fits the token is found.
func (p *Page) encodingBox() app.UI {
	var options []app.UI
	for _, e := range []key.Encoding{key.Auto, key.UTF8, key.Base64URL, key.Base64, key.Hex} {
		label := p.t("ui.encoding.auto")
		if e != key.Auto {
			label = string(e)
		}
		o := el("option").Attr("value", string(e)).Text(label)
		if e == p.state.Desk.Encoding {
			o = o.Attr("selected", true)
		}
		options = append(options, o)
	}
	h, scope := p.onValue("encoding", func(v string) desk.Intent { return desk.ChoseEncoding{Encoding: key.Encoding(v)} })
	return holds("label", "field",
		says("span", "", p.t("ui.encoding")),
		el("select").Class("quiet").Body(options...).OnChange(h, scope),
	)
}
