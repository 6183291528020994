package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play"
)

// bar has the brand, the way to the other pages, the language and the theme.
func (p *Page) bar() app.UI {
	other, name := locale.KO, "한국어"
	if p.state.Lang == locale.KO {
		other, name = locale.EN, "English"
	}
	return holds("header", "bar",
		with("a", "skip", []string{"href", "#token-text"}).Text(p.t("ui.skip")).OnClick(func(_ app.Context, e app.Event) {
			e.PreventDefault()
			e.StopImmediatePropagation()
			element("token-text").Call("focus")
		}),
		says("h1", "hidden", p.t("site.debugger.title")),
		node("a", "brand", []string{"href", "./"},
			says("span", "brand-h", "J"), says("span", "brand-p", "W"), says("span", "brand-s", "T"),
			says("span", "", " Lab"),
		),
		node("nav", "nav", []string{"aria-label", p.t("ui.nav")},
			node("a", "", []string{"href", "./", "aria-current", "page"}, app.Text(p.t("ui.debugger")))),
		node("span", "chip promise", []string{"title", p.t("ui.promise.help")}, app.Text(p.t("ui.promise"))),
		node("a", "quiet language", []string{"href", p.place(other), "hreflang", string(other), "lang", string(other)}, app.Text(name)),
		p.themeBox(),
	)
}

func (p *Page) themeBox() app.UI {
	var options []string
	for _, theme := range []string{"system", "light", "dark"} {
		options = append(options, theme, p.t("ui.theme."+theme))
	}
	return choice(p.t("ui.theme"), p.state.Theme, options).Class("theme").
		OnChange(func(ctx app.Context, _ app.Event) {
			p.send(ctx, play.ChoseTheme{Theme: ctx.JSSrc().Get("value").String()})
		})
}

func (p *Page) foot() app.UI {
	return holds("footer", "foot", says("p", "", p.t("ui.foot")))
}

// notice tells what was just done, also to those who do not see it.
func (p *Page) notice() app.UI {
	n := &p.state.Desk.Notice
	said := nothing()
	if n.ID != "" {
		said = says("span", "toast", p.t("ui.notice."+n.ID, n.Args...))
	}
	return node("div", "notice", []string{"id", "notice", "role", "status", "data-count", itoa(n.Count)}, said)
}
