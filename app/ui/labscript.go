package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/play/lab"
	"jwtlab/app/token"
)

// scriptCard has the script as text: to be read, edited, shared and kept.
func (p *Page) scriptCard() app.UI {
	l := &p.state.Lab
	options := []string{"", p.t("lab.examples.choose")}
	for _, e := range scenario.Examples() {
		options = append(options, e.Name, p.t("scenario.example."+e.Name))
	}
	examples := choice(p.t("lab.examples"), "", options).OnChange(p.chosen("examples", func(name string) lab.Intent {
		for _, e := range scenario.Examples() {
			if e.Name == name {
				return lab.Loaded{Script: e.Script}
			}
		}
		return lab.Loaded{Script: l.Script}
	}))
	box := with("textarea", "input script-box", []string{"aria-label", p.t("lab.script"), "rows", "10", "autocapitalize", "none", "autocorrect", "off", "translate", "no", "aria-describedby", "script-help"})
	if l.Fault != nil {
		box = box.Aria("invalid", "true")
	}
	if app.IsServer {
		box = box.Text(l.Script)
	}
	return p.card("script", p.t("lab.script"), "", []app.UI{
		examples,
		p.labButton("quiet", p.t("lab.share"), lab.Shared{}),
		p.labButton("quiet", p.t("lab.copy"), lab.Copied{}),
		p.labButton("quiet", p.t("lab.save"), lab.Saved{}),
	},
		holds("div", "body script-body",
			p.bind(box, "script-text"),
			p.scriptFault(),
			node("p", "dim small", []string{"id", "script-help"}, app.Text(p.t("lab.script.help"))),
			p.verbList(),
		))
}

// scriptFault says what is wrong with the script, and leads to the line.
func (p *Page) scriptFault() app.UI {
	l := &p.state.Lab
	f := l.Fault
	said := []app.UI{}
	if f != nil {
		said = []app.UI{
			glyphMark("glyph no", "✕"), says("span", "", p.t("lab.fault", itoa(f.Line))), app.Text(" "), says("span", "", p.faultWords(f)), app.Text(" "),
			plainButton("link", p.t("lab.fault.show")).OnClick(func(app.Context, app.Event) {
				selectRange("script-text", p.state.Lab.Script, lineSpan(p.state.Lab.Script, f.Line))
			}, f.Line, len(l.Script)),
		}
	}
	return node("p", "fault", []string{"role", "status", "id", "script-fault"}, said...)
}

// lineSpan is where a line stands in a text.
func lineSpan(text string, number int) token.Span {
	start := 0
	for n := 1; start < len(text); n++ {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		if n == number {
			return token.Span{Start: start, End: end}
		}
		start = end + 1
	}
	return token.Span{Start: len(text), End: len(text)}
}

// verbList is the language of scripts, in short.
func (p *Page) verbList() app.UI {
	all := scenario.Verbs()
	return node("details", "verbs", nil, says("summary", "small", p.t("lab.verbs")),
		node("ul", "mono", foreign, each(len(all), func(i int) app.UI { return says("li", "", all[i].Usage) })...))
}
