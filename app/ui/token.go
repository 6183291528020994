package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play/desk"
)

// tokenCard holds the text that a token is looked for in.
func (p *Page) tokenCard() app.UI {
	d := p.state.Desk
	marks, _, _ := d.Lights()
	copying, sharing := p.menu("copy-menu", p.t("ui.copy"), p.copyItems), p.menu("share-menu", p.t("ui.share"), p.shareItems)
	tools := append(append([]app.UI{p.exampleBox()}, copying...), sharing...)
	tools = append(tools, p.undoButton("ui.undo", len(d.Undo), desk.Undid{}), p.undoButton("ui.redo", len(d.Redo), desk.Redid{}),
		p.button(p.t("ui.clear"), desk.Cleared{}))
	return p.card("token", p.t("ui.token"), p.where(), tools,
		p.tokenChoice(),
		p.editor(textBox{"token-text", p.t("ui.token"), d.Token, marks, "token-sizes", false, ""}),
		node("div", "card-foot", []string{"id", "token-sizes"}, p.sizes()...),
	)
}

// where says what the text was recognised as.
func (p *Page) where() string {
	v := p.state.Desk.View
	switch {
	case v.Form == "":
		return ""
	case v.Where == "":
		return p.t("ui.form." + string(v.Form))
	}
	return p.t("ui.form."+string(v.Form)) + " · " + p.t("ui.found."+v.Where)
}

func (p *Page) undoButton(id string, steps int, i desk.Intent) app.UI {
	b := p.button(p.t(id), i)
	if steps == 0 {
		b = b.Aria("disabled", "true")
	}
	return b
}

func (p *Page) exampleBox() app.UI {
	shown := ""
	options := []string{"", p.t("ui.examples")}
	for _, e := range desk.Examples() {
		options = append(options, e.ID, p.exampleName(e.ID))
		if e.Is(p.state.Desk.Token, p.state.Desk.Key) {
			shown = e.ID
		}
	}
	return choice(p.t("ui.examples"), shown, options).Class("examples").
		OnChange(func(ctx app.Context, _ app.Event) {
			if id := ctx.JSSrc().Get("value").String(); id != "" {
				p.send(ctx, playOnDesk(desk.ChoseExample{ID: id}))
			}
		})
}

// exampleName is an algorithm's name, which is the same in every language, or a translated one.
func (p *Page) exampleName(id string) string {
	if words := "ui.example." + id; locale.Has(p.state.Lang, words) {
		return p.t(words)
	}
	return id
}

func (p *Page) copyItems() []app.UI {
	var items []app.UI
	for _, what := range []string{"token", "header", "payload", "authorization", "curl", "public-key"} {
		items = append(items, p.menuItem("copy-menu", p.t("ui.copy."+what), desk.AskedCopy{What: what}))
	}
	return items
}

// shareItems warn before a token leaves the page that still opens doors.
func (p *Page) shareItems() []app.UI {
	d := p.state.Desk
	words := p.t("ui.share.help")
	class := "note"
	if d.Alive() {
		words, class = p.t("ui.share.alive"), "note warn"
	}
	return []app.UI{
		says("p", class, words),
		p.menuItem("share-menu", p.t("ui.share.copy"), desk.AskedCopy{What: "link"}),
	}
}

// tokenChoice lists the tokens of a text that has several.
func (p *Page) tokenChoice() app.UI {
	found := p.state.Desk.View.Tokens
	return list("choices", p.t("ui.tokens"), len(found), func(i int) app.UI {
		f := &found[i]
		pressed := "false"
		if i == p.state.Desk.Selected {
			pressed = "true"
		}
		words := strings.Join([]string{itoa(i + 1), p.t("ui.form." + string(f.Form)), f.Text, p.t("ui.choice." + answer(f.Signature))}, " · ")
		return holds("li", "", p.button(words, desk.ChoseToken{Index: i}).Class("choice "+answer(f.Signature)).Aria("pressed", pressed))
	})
}

// sizes says how long each part is, and how much of a cookie the whole takes.
func (p *Page) sizes() []app.UI {
	v := p.state.Desk.View
	if v.Length == 0 {
		return []app.UI{says("span", "", p.t("ui.token.help"))}
	}
	var out []app.UI
	for _, s := range v.Sizes {
		out = append(out, says("span", "size m-"+string(s.Part), p.t("ui.part."+string(s.Part))+" "+locale.Number(p.state.Lang, s.Chars)))
	}
	const cookie = 4096 // RFC 6265 §6.1: the least that a browser must keep
	class := "of-cookie"
	if v.Length > cookie {
		class += " warn"
	}
	return append(out, says("span", class, p.t("ui.of-cookie", itoa(v.Length), itoa(cookie))))
}
