package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/play/desk"
	"jwtlab/app/snippet"
)

// codeCard shows how to verify a token like this one in a language of one's choice.
func (p *Page) codeCard() app.UI {
	d := p.state.Desk
	if !d.Codable() {
		return app.Text("")
	}
	options := []app.UI{el("option").Attr("value", "").Text(p.t("ui.code.choose"))}
	for _, s := range snippet.Languages() {
		o := el("option").Attr("value", s.Language).Text(s.Label + " · " + s.Library)
		if s.Language == d.Code {
			o = o.Attr("selected", true)
		}
		options = append(options, o)
	}
	h, scope := p.onValue("code", func(v string) desk.Intent { return desk.ShowedCode{Language: v} })
	tools := []app.UI{el("select").Class("quiet").Aria("label", p.t("ui.code.language")).Body(options...).OnChange(h, scope)}
	body := app.UI(says("p", "body small dim", p.t("ui.code.help")))
	if chosen := d.Snippet(); chosen.Language != "" {
		tools = append(tools, p.button(p.t("ui.code.copy"), desk.AskedCopy{What: "code"}))
		body = holds("div", "", p.codeNotes(chosen), el("pre").Class("listing").TabIndex(0).Attr("translate", "no").
			Aria("label", p.t("ui.code")).Text(chosen.Code))
	}
	return p.card("code", p.t("ui.code"), "", tools, body)
}

func (p *Page) codeNotes(s snippet.Snippet) app.UI {
	var notes []app.UI
	for _, n := range s.Notes {
		notes = append(notes, says("li", "", p.t("snippet."+n.Code, n.Args...)))
	}
	return holds("ul", "notes", notes...)
}
