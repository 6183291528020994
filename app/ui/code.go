package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/play/desk"
	"jwtlab/app/snippet"
)

// codeCard shows how to verify a token like this one in a language of one's choice.
func (p *Page) codeCard() app.UI {
	d := &p.state.Desk
	if !d.Codable() {
		return nothing()
	}
	options := []string{"", p.t("ui.code.choose")}
	all := snippet.Languages()
	for i := range all {
		s := &all[i]
		options = append(options, s.Language, s.Label+" · "+s.Library)
	}
	tools := []app.UI{choice(p.t("ui.code.language"), d.Code, options).
		OnChange(p.onValue("code", func(v string) desk.Intent { return desk.ShowedCode{Language: v} }))}
	body := app.UI(says("p", "body small dim", p.t("ui.code.help")))
	if chosen := d.Snippet(); chosen.Language != "" {
		tools = append(tools, p.button(p.t("ui.code.copy"), desk.AskedCopy{What: "code"}))
		body = holds("div", "", p.codeNotes(chosen.Notes),
			node("pre", "listing", []string{"tabindex", "0", "translate", "no", "aria-label", p.t("ui.code")}, app.Text(chosen.Code)))
	}
	return p.card("code", p.t("ui.code"), "", tools, body)
}

func (p *Page) codeNotes(notes []snippet.Note) app.UI {
	return list("notes", "", len(notes), func(i int) app.UI {
		return says("li", "", p.t("snippet."+notes[i].Code, notes[i].Args...))
	})
}
