package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
	"jwtlab/app/play/lab"
)

// setupCard chooses how the login is kept: by a preset, or by what proves it, where it lies and what protects it.
func (p *Page) setupCard() app.UI {
	all := lab.Presets()
	presets := each(len(all), func(i int) app.UI {
		return p.labButton("quiet call", p.t("scenario.example."+all[i].Name), lab.Loaded{Script: all[i].Script})
	})
	return p.card("setup", p.t("lab.setup"), "", []app.UI{
		node("div", "row", []string{"role", "group", "aria-label", p.t("lab.presets")},
			append([]app.UI{node("span", "dim small", []string{"aria-hidden", "true"}, app.Text(p.t("lab.presets")))}, presets...)...)},
		holds("div", "body choices-of", p.credentials(), p.storages(), p.defences()),
		p.surroundings(),
	)
}

// option is one of the things to choose from.
type option struct {
	kind, name, id string
	on, off        bool // off: it does not go together with what is chosen
	intent         lab.Intent
}

func (p *Page) option(o option) app.UI {
	box := with("input", "", []string{"type", o.kind, "name", o.name, "value", o.id}).OnChange(p.in(o.intent))
	if o.on {
		box = box.Attr("checked", true)
	}
	class := "pick"
	if o.off {
		class += " off"
	}
	name := p.t("scenario." + o.name + "." + o.id)
	if short := "lab.short." + o.id; locale.Has(p.state.Lang, short) {
		box = box.Aria("label", name)
		name = p.t(short)
	}
	return holds("label", class, box, says("span", "", name))
}

// picks is a set of options with its name, and what is to be said of what is chosen.
func picks(legend, help string, options []app.UI) app.UI {
	return holds("fieldset", "picks", says("legend", "", legend), holds("div", "pick-row", options...), says("p", "dim small", help))
}

func (p *Page) credentials() app.UI {
	setup := p.state.Lab.Setup()
	ids := scenario.Credentials()
	return picks(p.t("lab.credential"), p.help("scenario.credential.", setup.Credential), each(len(ids), func(i int) app.UI {
		return p.option(option{"radio", "credential", ids[i], setup.Credential == ids[i], false, lab.ChoseCredential{ID: ids[i]}})
	}))
}

func (p *Page) storages() app.UI {
	setup := p.state.Lab.Setup()
	ids := scenario.Storages()
	options := []app.UI{node("span", "small", []string{"aria-hidden", "true"}, app.Text(p.t("lab.short.cookie")))}
	for _, id := range ids {
		if id == scenario.LocalStorage {
			options = append(options, holds("span", "break")) // the cookies have a row of their own
		}
		options = append(options, p.option(option{"radio", "storage", id, setup.Storage == id, !lab.Fits(setup.Credential, id), lab.ChoseStorage{ID: id}}))
	}
	return picks(p.t("lab.storage"), p.help("scenario.storage.", setup.Storage), options)
}

func (p *Page) defences() app.UI {
	setup := p.state.Lab.Setup()
	ids := scenario.Defences()
	last := ""
	if n := len(setup.Defences); n > 0 {
		last = setup.Defences[n-1]
	}
	return picks(p.t("lab.defence"), p.help("scenario.defence.", last), each(len(ids), func(i int) app.UI {
		return p.option(option{"checkbox", "defence", ids[i], setup.Has(ids[i]), false, lab.Toggled{Defence: ids[i]}})
	}))
}

// help is what is to be said of a choice; empty of none.
func (p *Page) help(prefix, id string) string {
	switch {
	case id == "" && prefix == "scenario.defence.":
		return p.t("lab.none")
	case id == "":
		return p.t("lab.choose")
	}
	return p.t(prefix + id + ".what")
}

// surroundings are the servers, the client and the browser.
func (p *Page) surroundings() app.UI {
	pick := func(verb string, values ...string) app.UI {
		var options []string
		for _, v := range values {
			name := v
			if name == "" {
				name = "usual"
			}
			options = append(options, v, p.t("lab."+verb+"."+dashed(name)))
		}
		return field(p.t("lab."+verb), choice("", p.state.Lab.Setting(verb), options).
			OnChange(p.chosen(verb, func(v string) lab.Intent { return lab.Set{Verb: verb, Value: v} })))
	}
	return holds("details", "around", says("summary", "small", p.t("lab.around")),
		holds("div", "row",
			pick("replicas", "", "2 shared", "2 own"),
			pick("client", "", "app", "app-jar"),
			pick("page", "", "https://app.shop.example"),
			pick("third-party", "", "block"),
			pick("profile", "", "firefox", "safari"),
		))
}

// dashed is a value as it stands in an id.
func dashed(value string) string {
	out := []byte(value)
	for i, c := range out {
		if c == ' ' || c == ':' || c == '/' {
			out[i] = '-'
		}
	}
	return string(out)
}
