package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play"
)

// A spot is what an address of the site means.
type spot struct {
	route string
	lang  locale.Lang
}

// spotOf reads the path of an address.
func spotOf(path string) spot {
	here := spot{play.Debugger, locale.EN}
	path = strings.TrimPrefix(path, app.Getenv("GOAPP_ROOT_PREFIX")) // where the site lies may have any name
	path = strings.Trim(strings.TrimSuffix(path, "index.html"), "/")
	for _, route := range play.Routes() {
		if rest, ok := strings.CutSuffix("/"+path, "/"+route); ok && route != "" {
			here.route, path = route, rest
		}
	}
	if strings.HasSuffix("/"+path, "/"+string(locale.KO)) {
		here.lang = locale.KO
	}
	return here
}

// folder is where the page of a spot lies, below the site's root.
func (s spot) folder() string {
	path := ""
	if s.lang != locale.EN {
		path = string(s.lang) + "/"
	}
	if s.route != play.Debugger {
		path += s.route + "/"
	}
	return path
}

// name is what the build calls the route.
func (s spot) name() string {
	if s.route == play.Debugger {
		return "debugger"
	}
	return s.route
}

// arrive shows another spot, whose texts are there.
func (p *Page) arrive(ctx app.Context, to spot) {
	if to.lang != p.state.Lang {
		p.send(ctx, play.ChoseLang{Lang: to.lang})
	}
	if to.route != p.state.Route {
		p.send(ctx, play.Went{Route: to.route})
	}
	p.beginClient(ctx)
	p.beginLab()
	p.prepareLab(ctx)
	p.describe()
}

func (p *Page) here() spot { return spot{p.state.Route, p.state.Lang} }

// to is a link to another spot of the site, usable wherever the site lies.
func (p *Page) to(s spot) string {
	if link := strings.Repeat("../", strings.Count(p.here().folder(), "/")) + s.folder(); link != "" {
		return link
	}
	return "./"
}

// title is the name of the page that is shown.
func (p *Page) title() string {
	return p.t("site." + p.here().name() + ".title")
}
