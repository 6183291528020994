package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

func (p *Page) headerCard() app.UI {
	v := p.state.Desk.View
	_, header, _ := p.state.Desk.Lights()
	return p.card("header", p.t("ui.header"), p.t("ui.header.sub"), []app.UI{p.algBox()},
		p.paneEditor("header-text", p.t("ui.header"), v.Header, header, "header-rows"),
		p.paneNotes("header-text", v.Header),
		el("ul").Class("params").ID("header-rows").Aria("label", p.t("ui.header.rows")).Body(p.params(v.Header)...),
	)
}

func (p *Page) payloadCard() app.UI {
	v := p.state.Desk.View
	_, _, payload := p.state.Desk.Lights()
	return p.card("payload", p.t("ui.payload"), p.t("ui.shape."+v.Payload.Shape), nil,
		p.paneEditor("payload-text", p.t("ui.payload"), v.Payload, payload, ""),
		p.paneNotes("payload-text", v.Payload),
		p.inside(),
		el("ul").Class("claims").Aria("label", p.t("ui.claims")).Body(p.claims(v.Payload)...),
		p.addClaim(),
		p.timeline(),
	)
}

// paneEditor shows a pane's text; what cannot be written back to the token can be read and copied only.
func (p *Page) paneEditor(id, label string, pane desk.Pane, marks []desk.Mark, describedBy string) app.UI {
	return p.editor(textBox{id, label, pane.Text, marks, describedBy, !pane.Editable})
}

// algBox sets the header's alg.
func (p *Page) algBox() app.UI {
	alg := p.state.Desk.View.Alg
	options := []app.UI{}
	known := alg == "none"
	for _, a := range algorithms() {
		known = known || a.Name == alg
		options = append(options, algOption(a.Name, alg))
	}
	for _, name := range p.state.Desk.View.Encryptions {
		known = known || name == alg
		options = append(options, algOption(name, alg))
	}
	options = append(options, algOption("none", alg))
	if !known {
		o := el("option").Attr("value", alg).Text(alg).Attr("selected", true).Attr("disabled", true)
		if alg == "" {
			o = o.Text("–")
		}
		options = append([]app.UI{o}, options...)
	}
	h, scope := p.onValue("alg", func(v string) desk.Intent { return desk.ChoseAlg{Alg: v} })
	box := el("select").Class("quiet").Body(options...).OnChange(h, scope)
	if !p.state.Desk.View.Header.Editable {
		box = box.Attr("disabled", true)
	}
	return holds("label", "field", says("span", "", p.t("ui.alg")), box)
}

func algOption(name, chosen string) app.UI {
	o := el("option").Attr("value", name).Text(name)
	if name == chosen {
		o = o.Attr("selected", true)
	}
	return o
}

// paneNotes say what is wrong with a text under edit, and what of a long one is not shown.
func (p *Page) paneNotes(box string, pane desk.Pane) app.UI {
	var items []app.UI
	for _, q := range pane.Problems {
		items = append(items, holds("li", "check problem "+string(q.Severity),
			el("span").Class("glyph").Aria("hidden", "true").Text(severityGlyph(q.Severity)),
			holds("span", "words",
				says("span", "why", p.t("problem."+q.Code, q.Args...)),
				p.showButton(box, pane.Text, token.Span(q.Span)),
			),
		))
	}
	if pane.Hidden > 0 {
		items = append(items, holds("li", "check",
			holds("span", "words",
				says("span", "why", p.t("ui.hidden", itoa(pane.Hidden))),
				el("button").Attr("type", "button").Class("link").Text(p.t("ui.show-all")).OnClick(p.on(desk.ShowedAll{})),
			),
		))
	}
	if len(items) == 0 {
		return app.Text("")
	}
	return holds("ul", "checks inset", items...)
}

// explained is a name with what it means, shown on hover, focus and tap, and hidden again with Escape.
func (p *Page) explained(id, name, title, help, ref string) app.UI {
	tip := "tip-" + id
	words := []app.UI{says("strong", "", title)}
	if help != "" {
		words = append(words, app.Text(" "), says("span", "", help))
	}
	if ref != "" {
		words = append(words, app.Text(" "), says("span", "ref", ref))
	}
	class := "explained"
	if p.closed != "" {
		class += " closed"
	}
	return holds("span", class,
		el("button").Attr("type", "button").Class("name").Aria("describedby", tip).Text(name).
			OnFocus(func(app.Context, app.Event) { p.closed = "" }).
			OnMouseEnter(func(app.Context, app.Event) { p.closed = "" }),
		el("span").Class("tip").ID(tip).Role("tooltip").Body(words...),
	)
}

// about is what the catalogue says of a name, and nothing that it does not.
func (p *Page) about(kind string, r desk.Row) (title, help string) {
	id := kind + "." + r.Name
	if !r.Known || !locale.Has(p.state.Lang, id) {
		return p.t("ui.private"), p.t("ui.private.help")
	}
	if locale.Has(p.state.Lang, id+".help") {
		help = p.t(id + ".help")
	}
	return p.t(id), help
}

func (p *Page) params(pane desk.Pane) []app.UI {
	var items []app.UI
	for i, r := range pane.Rows {
		title, help := p.about("param", r)
		items = append(items, p.row("param", token.PartHeader, i).Body(p.explained("h"+itoa(i), r.Name, title, help, r.Ref), says("span", "dim small", title)))
	}
	return items
}

func (p *Page) claims(pane desk.Pane) []app.UI {
	var items []app.UI
	for i, r := range pane.Rows {
		items = append(items, p.claim(i, r, pane.Editable))
	}
	if pane.More > 0 {
		items = append(items, says("li", "dim small", p.t("ui.more-claims", itoa(pane.More))))
	}
	return items
}

func (p *Page) claim(i int, r desk.Row, editable bool) app.UI {
	title, help := p.about("claim", r)
	row := []app.UI{
		p.explained("c"+itoa(i), r.Name, title, help, r.Ref),
		holds("span", "meaning", append([]app.UI{says("span", "dim", title)}, p.timeWords(r)...)...),
	}
	if editable {
		row = append(row, holds("span", "tools", p.claimTools(i, r)...))
	}
	return p.row("claim", token.PartPayload, i).Body(row...)
}

// row is an item that lights up with its member.
func (p *Page) row(class string, part token.Part, i int) app.HTMLElem {
	if p.state.Desk.Lit == (desk.Place{Part: part, Row: i}) {
		class += " lit"
	}
	return el("li").Class(class).DataSet("row", i)
}

// timeWords gives a time claim as UTC, as local time and as its distance from now.
func (p *Page) timeWords(r desk.Row) []app.UI {
	var out []app.UI
	if r.Time != nil {
		at := time.Unix(*r.Time, 0).UTC()
		out = append(out,
			says("span", "when", locale.Time(p.state.Lang, at)+" UTC"),
			says("span", "when dim", p.t("ui.local", locale.Time(p.state.Lang, local(at)))),
			says("span", "when dim", p.distance(*r.Time)),
		)
	}
	if r.Remark != "" {
		out = append(out, says("span", "remark", p.t("why.time."+r.Remark, r.Name, r.Value)))
	}
	return out
}

func (p *Page) distance(unix int64) string {
	d := unix - p.state.Desk.Now()
	if d < 0 {
		return p.t("ui.ago", strconv.FormatInt(-d, 10))
	}
	return p.t("ui.in", strconv.FormatInt(d, 10))
}

// claimTools change one claim: a time by a picker or in one click, any by taking it out.
func (p *Page) claimTools(i int, r desk.Row) []app.UI {
	var out []app.UI
	if r.IsTime {
		id := "pick-" + itoa(i)
		out = p.menu(id, p.t("ui.pick"), func() []app.UI { return p.timePicker(id, r) })
	}
	return append(out, p.button("✕", desk.RemovedClaim{Name: r.Name}).Class("icon").Aria("label", p.t("ui.remove", r.Name)))
}

const pickerLayout = "2006-01-02T15:04:05"

func (p *Page) timePicker(id string, r desk.Row) []app.UI {
	name, now := r.Name, p.state.Desk.Now()
	input := el("input").Attr("type", "datetime-local").Attr("step", 1).Attr("max", "9999-12-31T23:59:59").
		OnChange(func(ctx app.Context, _ app.Event) {
			if at, err := parsePicked(ctx.JSSrc().Get("value").String()); err == nil {
				p.send(ctx, playOnDesk(desk.SetClaim{Name: name, Value: strconv.FormatInt(at.Unix(), 10)}))
			}
		}, name)
	if r.Time != nil {
		input = input.Attr("value", time.Unix(*r.Time, 0).UTC().Format(pickerLayout))
	}
	items := []app.UI{holds("label", "field", says("span", "", p.t("ui.pick.utc", name)), input)}
	for _, c := range []struct {
		id      string
		seconds int64
	}{{"now", 0}, {"15m", 15 * 60}, {"1h", 3600}, {"1d", 86400}, {"-1h", -3600}} {
		items = append(items, p.menuItem(id, p.t("ui.pick."+c.id), desk.SetClaim{Name: name, Value: strconv.FormatInt(now+c.seconds, 10)}))
	}
	return items
}

// parsePicked reads the value of a picker, which leaves out seconds that are zero.
func parsePicked(value string) (time.Time, error) {
	if at, err := time.Parse(pickerLayout, value); err == nil {
		return at, nil
	}
	return time.Parse("2006-01-02T15:04", value)
}

// addClaim adds a registered claim by its name, or any other.
func (p *Page) addClaim() app.UI {
	if !p.state.Desk.View.Payload.Editable {
		return app.Text("")
	}
	add := func(ctx app.Context, e app.Event) {
		e.PreventDefault()
		box := element("claim-name")
		name := box.Get("value").String()
		box.Set("value", "")
		p.send(ctx, playOnDesk(desk.AddedClaim{Name: name}))
	}
	return el("form").Class("add").OnSubmit(add).Body(
		el("input").ID("claim-name").Class("input").Attr("type", "text").Attr("list", "claim-names").Aria("label", p.t("ui.add-claim")).
			OnFocus(func(app.Context, app.Event) { proposeClaims(p.state.Lang) }).
			Attr("placeholder", p.t("ui.add-claim.hint")).Attr("autocomplete", "off"),
		el("datalist").ID("claim-names"),
		el("button").Attr("type", "submit").Class("quiet").Text(p.t("ui.add")),
	)
}
