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
	skip, promise, help := "token-text", p.t("ui.promise"), p.t("ui.promise.help")
	switch p.state.Route {
	case play.Lab:
		skip, promise, help = "main", p.t("lab.promise"), p.t("lab.promise.help")
	case play.Server:
		skip = "login-name"
		if p.state.Client.Place != "page" {
			promise, help = p.t("client.promise"), p.t("client.promise.help")
		}
	}
	return holds("header", "bar",
		with("a", "skip", []string{"href", "#" + skip}).Text(p.t("ui.skip."+skip)).OnClick(func(_ app.Context, e app.Event) {
			e.PreventDefault()
			e.StopImmediatePropagation()
			element(skip).Call("focus")
		}, skip),
		says("h1", "hidden", p.title()),
		node("a", "brand", []string{"href", p.to(spot{play.Debugger, p.state.Lang})},
			says("span", "brand-h", "J"), says("span", "brand-p", "W"), says("span", "brand-s", "T"),
			says("span", "", " Lab"),
		),
		node("nav", "nav", []string{"aria-label", p.t("ui.nav")},
			p.way(play.Debugger, p.t("ui.debugger")), p.way(play.Lab, p.t("ui.lab")), p.way(play.Server, p.t("ui.server"))),
		node("span", "chip promise", []string{"title", help}, app.Text(promise)),
		node("a", "quiet language", []string{"href", p.to(spot{p.state.Route, other}), "hreflang", string(other), "lang", string(other)}, app.Text(name)),
		p.themeBox(),
	)
}

// way leads to the page of a route.
func (p *Page) way(route, name string) app.UI {
	attributes := []string{"href", p.to(spot{route, p.state.Lang})}
	if route == p.state.Route {
		attributes = append(attributes, "aria-current", "page")
	}
	return node("a", "", attributes, app.Text(name))
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
	words := p.t("ui.foot")
	switch p.state.Route {
	case play.Lab:
		words = p.t("lab.foot")
	case play.Server:
		words = p.t("client.foot")
	}
	return holds("footer", "foot", says("p", "", words))
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
