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
		el("a").Class("skip").Attr("href", "#token-text").Text(p.t("ui.skip")).OnClick(func(_ app.Context, e app.Event) {
			e.PreventDefault()
			e.StopImmediatePropagation()
			element("token-text").Call("focus")
		}),
		says("h1", "hidden", p.t("site.debugger.title")),
		el("a").Class("brand").Attr("href", "./").Body(
			says("span", "brand-h", "J"), says("span", "brand-p", "W"), says("span", "brand-s", "T"),
			says("span", "", " Lab"),
		),
		el("nav").Class("nav").Aria("label", p.t("ui.nav")).Body(
			el("a").Attr("href", "./").Aria("current", "page").Text(p.t("ui.debugger")),
		),
		el("span").Class("chip promise").Title(p.t("ui.promise.help")).Text(p.t("ui.promise")),
		el("a").Class("quiet language").Attr("href", p.place(other)).Attr("hreflang", string(other)).Lang(string(other)).Text(name),
		p.themeBox(),
	)
}

func (p *Page) themeBox() app.UI {
	var options []app.UI
	for _, theme := range []string{"system", "light", "dark"} {
		o := el("option").Attr("value", theme).Text(p.t("ui.theme." + theme))
		if theme == p.state.Theme {
			o = o.Attr("selected", true)
		}
		options = append(options, o)
	}
	return el("select").Class("quiet theme").Aria("label", p.t("ui.theme")).Body(options...).
		OnChange(func(ctx app.Context, _ app.Event) {
			p.send(ctx, play.ChoseTheme{Theme: ctx.JSSrc().Get("value").String()})
		})
}

func (p *Page) foot() app.UI {
	return holds("footer", "foot", says("p", "", p.t("ui.foot")))
}

// notice tells what was just done, also to those who do not see it.
func (p *Page) notice() app.UI {
	n := p.state.Desk.Notice
	box := el("div").Class("notice").Role("status").ID("notice")
	if n.ID == "" {
		return box
	}
	return box.DataSet("count", n.Count).Body(says("span", "toast", p.t("ui.notice."+n.ID, n.Args...)))
}
