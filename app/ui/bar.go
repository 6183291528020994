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
	return app.Header().Class("bar").Body(
		app.A().Class("skip").Href("#token-text").Text(p.t("ui.skip")).OnClick(func(_ app.Context, e app.Event) {
			e.PreventDefault()
			e.StopImmediatePropagation()
			element("token-text").Call("focus")
		}),
		app.A().Class("brand").Href("./").Aria("label", "JWT Lab").Body(
			app.Span().Class("brand-h").Text("J"), app.Span().Class("brand-p").Text("W"), app.Span().Class("brand-s").Text("T"),
			app.Span().Class("brand-lab").Text("Lab"),
		),
		app.Nav().Class("nav").Aria("label", p.t("ui.nav")).Body(
			app.A().Href("./").Aria("current", "page").Text(p.t("ui.debugger")),
		),
		app.Span().Class("chip promise").Title(p.t("ui.promise.help")).Text(p.t("ui.promise")),
		app.A().Class("quiet language").Href(p.place(other)).HrefLang(string(other)).Lang(string(other)).Text(name),
		p.themeBox(),
	)
}

func (p *Page) themeBox() app.UI {
	var options []app.UI
	for _, theme := range []string{"system", "light", "dark"} {
		o := app.Option().Value(theme).Text(p.t("ui.theme." + theme))
		if theme == p.state.Theme {
			o = o.Selected(true)
		}
		options = append(options, o)
	}
	return app.Select().Class("quiet theme").Aria("label", p.t("ui.theme")).Body(options...).
		OnChange(func(ctx app.Context, _ app.Event) {
			p.send(ctx, play.ChoseTheme{Theme: ctx.JSSrc().Get("value").String()})
		})
}

func (p *Page) foot() app.UI {
	return app.Footer().Class("foot").Body(app.P().Text(p.t("ui.foot")))
}

// notice tells what was just done, also to those who do not see it.
func (p *Page) notice() app.UI {
	n := p.state.Desk.Notice
	box := app.Div().Class("notice").Role("status").ID("notice")
	if n.ID == "" {
		return box
	}
	return box.DataSet("count", n.Count).Body(app.Span().Class("toast").Text(p.t("ui.notice."+n.ID, n.Args...)))
}
