package ui

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
	"jwtlab/app/locale"
	"jwtlab/app/play/lab"
)

// labStorageCard is the browser: what is open, and what is kept where, and for whom.
func (p *Page) labStorageCard() app.UI {
	s := &p.state.Lab.Record.State
	sub := ""
	if s.Address != "" {
		sub = p.t("lab.address", s.Address)
	}
	var body []app.UI
	if s.Phone != nil {
		body = append(body, p.phonePart(s.Phone)...)
	} else {
		body = append(body, p.documentsPart(&s.Browser))
	}
	body = append(body, p.cookiesPart(s.Browser.Cookies), p.areasPart(&s.Browser), p.memoryPart(s.Browser.Documents))
	if len(s.Browser.HSTS) > 0 {
		body = append(body, says("p", "small dim", p.t("lab.hsts", strings.Join(s.Browser.HSTS, ", "))))
	}
	return p.card("storage", p.t("lab.browser"), sub, nil, holds("div", "body parts", body...))
}

// part is a list with its title.
func part(title string, items []app.UI, empty string) app.UI {
	if len(items) == 0 {
		items = []app.UI{says("li", "dim small", empty)}
	}
	return holds("section", "part", says("h3", "", title), node("ul", "rows", []string{"aria-label", title}, items...))
}

func (p *Page) documentsPart(s *browser.State) app.UI {
	return part(p.t("lab.documents"), each(len(s.Documents), func(i int) app.UI {
		d := &s.Documents[i]
		where := p.t("lab.tab", itoa(d.Tab))
		if d.Parent != 0 {
			where = p.t("lab.frame", itoa(d.Tab))
		}
		words := []app.UI{says("span", "chip", where), node("span", "mono", foreign, app.Text(d.URL))}
		if d.Failed || d.Status >= 400 {
			words = append(words, says("span", "chip bad", p.t("lab.document.failed", itoa(d.Status))))
		}
		return holds("li", "plain-row", words...)
	}), p.t("lab.documents.empty"))
}

func (p *Page) cookiesPart(all []*cookie.Cookie) app.UI {
	return part(p.t("lab.cookies"), each(len(all), func(i int) app.UI { return p.labCookie(all[i]) }), p.t("lab.cookies.empty"))
}

// attributes are those of a cookie as Set-Cookie writes them.
func attributes(k *cookie.Cookie) string {
	all := []string{"Path=" + k.Path.Text()}
	if !k.HostOnly {
		all = append([]string{"Domain=" + k.Domain}, all...)
	}
	if k.Secure {
		all = append(all, "Secure")
	}
	if k.HTTPOnly {
		all = append(all, "HttpOnly")
	}
	if k.SameSite != "" {
		all = append(all, "SameSite="+strings.ToUpper(string(k.SameSite[:1]))+string(k.SameSite[1:]))
	}
	if k.Partition != (cookie.Partition{}) {
		all = append(all, "Partitioned")
	}
	return strings.Join(all, "; ")
}

func (p *Page) labCookie(k *cookie.Cookie) app.UI {
	chip := says("span", "chip bad", p.t("lab.scripts-read"))
	if k.HTTPOnly {
		chip = says("span", "chip good", p.t("lab.scripts-blind"))
	}
	id := lab.Item{Kind: "cookie", Key: k.Name.Text() + " " + k.Domain + " " + k.Path.Text()}
	until := p.t("lab.cookie.session")
	if !k.Expires.IsZero() {
		until = p.moment(k.Expires)
	}
	return p.thing(id, k.Name.Text(), k.Value.Text(), chip, attributes(k), []string{
		p.t("lab.cookie.host"), k.Domain,
		p.t("lab.created"), p.moment(k.Created),
		p.t("lab.ends"), until,
		p.t("lab.cookie.goes"), p.goesWords(k),
	})
}

// goesWords says with which requests a cookie goes.
func (p *Page) goesWords(k *cookie.Cookie) string {
	id := string(k.SameSite)
	if id == "" {
		id = "default"
	}
	words := p.t("lab.cookie.goes." + id)
	if !k.Secure {
		words += " " + p.t("lab.cookie.goes.plain")
	}
	return words
}

// moment is a time of the simulated world in words.
func (p *Page) moment(t time.Time) string { return locale.Time(p.state.Lang, t) + " UTC" }

// areasPart has what origins keep in localStorage and sessionStorage.
func (p *Page) areasPart(s *browser.State) app.UI {
	var items []app.UI
	for i := range s.Storage {
		a := &s.Storage[i]
		kind := "localStorage"
		if a.Tab != 0 {
			kind = "sessionStorage"
		}
		for _, f := range a.Items {
			items = append(items, p.kept(kind, a.Origin, a.Tab, f))
		}
	}
	return part(p.t("lab.areas"), items, p.t("lab.areas.empty"))
}

func (p *Page) memoryPart(all []browser.Document) app.UI {
	var items []app.UI
	for i := range all {
		for _, f := range all[i].Memory {
			items = append(items, p.kept("memory", all[i].Origin, all[i].Tab, f))
		}
	}
	if len(items) == 0 {
		return nothing()
	}
	return part(p.t("lab.memory"), items, "")
}

// kept is one key with its value, in a storage that scripts of the origin read.
func (p *Page) kept(kind, origin string, tab int, f wire.Field) app.UI {
	id := lab.Item{Kind: "item", Key: kind + " " + origin + " " + itoa(tab) + " " + f.Name}
	where := kind
	if kind == "memory" {
		where = p.t("lab.memory.chip")
	}
	return p.thing(id, f.Name, f.Value, says("span", "chip bad", p.t("lab.scripts-read")), origin+" · "+where, []string{
		p.t("lab.item.for"), origin,
		p.t("lab.item.until"), p.t("lab.item.until." + kind),
		p.t("lab.item.sent"), p.t("lab.item.sent.never"),
	})
}

func (p *Page) phonePart(phone *scenario.Phone) []app.UI {
	items := each(len(phone.Items), func(i int) app.UI {
		f := phone.Items[i]
		return p.thing(lab.Item{Kind: "item", Key: "phone " + f.Name}, f.Name, f.Value, says("span", "chip good", p.t("lab.phone.no-scripts")), p.t("lab.phone"),
			[]string{p.t("lab.item.sent"), p.t("lab.item.sent.never")})
	})
	return []app.UI{
		part(p.t("lab.phone"), items, p.t("lab.phone.empty")),
		part(p.t("lab.phone.cookies"), each(len(phone.Cookies), func(i int) app.UI { return p.labCookie(phone.Cookies[i]) }), p.t("lab.cookies.empty")),
	}
}

// thing is something that is kept: a line, and all of it with what can be done to it once it is chosen.
func (p *Page) thing(id lab.Item, name, value string, chip app.UI, detail string, facts []string) app.UI {
	open := p.state.Lab.Selected == id
	expanded := "false"
	if open {
		expanded = "true"
	}
	line := with("button", "thing-row", []string{"type", "button", "aria-expanded", expanded}).OnClick(p.in(lab.Selected{Item: id})).Body(
		node("span", "mono name", foreign, app.Text(name)), node("span", "mono value", foreign, clipped(value)...), chip,
		node("span", "mono dim detail", foreign, app.Text(detail)))
	if !open {
		return holds("li", "", line)
	}
	return holds("li", "", line, p.facts(value, facts), p.deeds(id.Kind, value))
}

// longest is how much of a value stands in a line.
const longest = 28

// clipped is a value cut to fit a line; of a token each part has its colour.
func clipped(value string) []app.UI {
	found := lab.Tokens(value)
	if len(found) == 1 && found[0] == value {
		parts := strings.Split(value, ".")
		var out []app.UI
		for i, class := range []string{"m-header", "m-payload", "m-signature"} {
			if i > 0 {
				out = append(out, app.Text("."))
			}
			out = append(out, says("span", class, parts[i][:min(len(parts[i]), 8)]+"…"))
		}
		return out
	}
	if runes := []rune(value); len(runes) > longest {
		value = string(runes[:longest]) + "…"
	}
	return []app.UI{app.Text(value)}
}

// facts are names, each with what is to be said under it, after the whole value.
func (p *Page) facts(value string, facts []string) app.UI {
	var rows []app.UI
	for i := 0; i+1 < len(facts); i += 2 {
		rows = append(rows, says("dt", "", facts[i]), says("dd", "", facts[i+1]))
	}
	if value == "" {
		return holds("dl", "facts", rows...)
	}
	return holds("div", "", wireText(p.t("lab.value"), value), holds("dl", "facts", rows...))
}

// wireText is a long value, which can be scrolled by key.
func wireText(name, text string) app.UI {
	if len(text) > 4<<10 {
		text = text[:4<<10] + "…"
	}
	return wire1(name, text)
}

// deeds are what can be done to a thing.
func (p *Page) deeds(kind, value string) app.UI {
	buttons := p.openers(value)
	for _, line := range lab.Deeds(kind) {
		class := "quiet call"
		if strings.HasPrefix(line, "attack ") {
			class += " hostile"
		}
		buttons = append(buttons, p.labButton(class, p.lineName(line), lab.Did{Line: line}))
	}
	return node("div", "row deeds", []string{"role", "group", "aria-label", p.t("lab.deeds")}, buttons...)
}

// openers open the tokens of a text in the debugger.
func (p *Page) openers(text string) []app.UI {
	all := lab.Tokens(text)
	return each(len(all), func(i int) app.UI {
		return p.labButton("link", p.t("lab.inspect"), lab.Inspected{Token: all[i]})
	})
}
