package ui

import (
	"slices"
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/jws"
	"jwtlab/app/locale"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

func (p *Page) headerCard() app.UI {
	v := p.state.Desk.View
	_, header, _ := p.state.Desk.Lights()
	sub := "ui.header.sub"
	if v.Form == token.JWE || v.Form == token.JSONJWE {
		sub = "ui.header.sub.jwe"
	}
	return p.card("header", p.t("ui.header"), p.t(sub), []app.UI{p.algBox()},
		p.paneEditor("header-text", p.t("ui.header"), v.Header, header, "header-rows"),
		p.paneNotes("header-text", &v.Header),
		node("ul", "params", []string{"id", "header-rows", "aria-label", p.t("ui.header.rows")}, p.params(v.Header)...),
	)
}

func (p *Page) payloadCard() app.UI {
	v := p.state.Desk.View
	_, _, payload := p.state.Desk.Lights()
	return p.card("payload", p.t("ui.payload"), p.t("ui.shape."+v.Payload.Shape), nil,
		p.paneEditor("payload-text", p.t("ui.payload"), v.Payload, payload, ""),
		p.paneNotes("payload-text", &v.Payload),
		p.inside(),
		node("ul", "claims", []string{"aria-label", p.t("ui.claims")}, p.claims(v.Payload)...),
		p.addClaim(),
		p.timeline(),
	)
}

// paneEditor shows a pane's text; what cannot be written back to the token can be read and copied only.
func (p *Page) paneEditor(id, label string, pane desk.Pane, marks []desk.Mark, describedBy string) app.UI {
	class := ""
	if pane.Shape == "binary" {
		class = "rows"
	}
	return p.editor(textBox{id, label, pane.Text, marks, describedBy, !pane.Editable, class})
}

// algBox sets the header's alg.
func (p *Page) algBox() app.UI {
	v := &p.state.Desk.View
	var names, options []string
	for _, a := range jws.Algorithms() {
		names = append(names, a.Name)
	}
	names = append(append(names, v.Encryptions...), "none")
	if !slices.Contains(names, v.Alg) {
		shown := v.Alg
		if shown == "" {
			shown = "–"
		}
		options = append(options, v.Alg, shown)
	}
	for _, name := range names {
		options = append(options, name, name)
	}
	box := choice("", v.Alg, options).OnChange(p.onValue("alg", func(a string) desk.Intent { return desk.ChoseAlg{Alg: a} }))
	if !v.Header.Editable {
		box = box.Attr("disabled", true)
	}
	return field(p.t("ui.alg"), box)
}

// paneNotes say what is wrong with a text under edit, and what of a long one is not shown.
func (p *Page) paneNotes(box string, pane *desk.Pane) app.UI {
	n := len(pane.Problems)
	items := n
	if pane.Hidden > 0 {
		items++
	}
	return list("checks inset", "", items, func(i int) app.UI {
		if i < n {
			return p.problemItem(&pane.Problems[i], box, pane.Text)
		}
		return holds("li", "check", holds("span", "words",
			says("span", "why", p.t("ui.hidden", itoa(pane.Hidden))),
			plainButton("link", p.t("ui.show-all")).OnClick(p.on(desk.ShowedAll{}))))
	})
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
		with("button", "name", []string{"type", "button", "aria-describedby", tip}).Text(name).
			OnFocus(func(app.Context, app.Event) { p.closed = "" }).
			OnMouseEnter(func(app.Context, app.Event) { p.closed = "" }),
		node("span", "tip", []string{"id", tip, "role", "tooltip"}, words...),
	)
}

// about is what the catalogue says of a name, and nothing that it does not.
func (p *Page) about(kind string, r *desk.Row) (title, help string) {
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
	return each(len(pane.Rows), func(i int) app.UI {
		r := &pane.Rows[i]
		title, help := p.about("param", r)
		return p.row("param", token.PartHeader, i, p.explained("h"+itoa(i), r.Name, title, help, r.Ref), says("span", "dim small", title))
	})
}

func (p *Page) claims(pane desk.Pane) []app.UI {
	items := each(len(pane.Rows), func(i int) app.UI { return p.claim(i, &pane.Rows[i], pane.Editable) })
	if pane.More > 0 {
		items = append(items, says("li", "dim small", p.t("ui.more-claims", itoa(pane.More))))
	}
	return items
}

func (p *Page) claim(i int, r *desk.Row, editable bool) app.UI {
	title, help := p.about("claim", r)
	row := []app.UI{
		p.explained("c"+itoa(i), r.Name, title, help, r.Ref),
		holds("span", "meaning", append([]app.UI{says("span", "dim", title)}, p.timeWords(r)...)...),
	}
	if editable {
		row = append(row, holds("span", "tools", p.claimTools(i, r)...))
	}
	return p.row("claim", token.PartPayload, i, row...)
}

// row is an item that lights up with its member.
func (p *Page) row(class string, part token.Part, i int, children ...app.UI) app.UI {
	if p.state.Desk.Lit == (desk.Place{Part: part, Row: i}) {
		class += " lit"
	}
	return node("li", class, []string{"data-row", itoa(i)}, children...)
}

// timeWords gives a time claim as UTC, as local time and as its distance from now.
func (p *Page) timeWords(r *desk.Row) []app.UI {
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
func (p *Page) claimTools(i int, r *desk.Row) []app.UI {
	var out []app.UI
	if r.IsTime {
		id := "pick-" + itoa(i)
		out = p.menu(id, p.t("ui.pick"), func() []app.UI { return p.timePicker(id, r) })
	}
	return append(out, p.button("✕", desk.RemovedClaim{Name: r.Name}).Class("icon").Aria("label", p.t("ui.remove", r.Name)))
}

const pickerLayout = "2006-01-02T15:04:05"

func (p *Page) timePicker(id string, r *desk.Row) []app.UI {
	name, now := r.Name, p.state.Desk.Now()
	input := with("input", "", []string{"type", "datetime-local", "step", "1", "max", "9999-12-31T23:59:59"}).
		OnChange(func(ctx app.Context, _ app.Event) {
			if at, err := parsePicked(ctx.JSSrc().Get("value").String()); err == nil {
				p.send(ctx, playOnDesk(desk.SetClaim{Name: name, Value: strconv.FormatInt(at.Unix(), 10)}))
			}
		}, name)
	if r.Time != nil {
		input = input.Attr("value", time.Unix(*r.Time, 0).UTC().Format(pickerLayout))
	}
	items := []app.UI{field(p.t("ui.pick.utc", name), input)}
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
		return nothing()
	}
	add := func(ctx app.Context, e app.Event) {
		e.PreventDefault()
		box := element("claim-name")
		name := box.Get("value").String()
		box.Set("value", "")
		p.send(ctx, playOnDesk(desk.AddedClaim{Name: name}))
	}
	return with("form", "add", nil).OnSubmit(add).Body(
		with("input", "input", []string{"id", "claim-name", "type", "text", "list", "claim-names", "aria-label", p.t("ui.add-claim"),
			"placeholder", p.t("ui.add-claim.hint"), "autocomplete", "off"}).
			OnFocus(func(app.Context, app.Event) { proposeClaims(p.state.Lang) }),
		node("datalist", "", []string{"id", "claim-names"}),
		node("button", "quiet", []string{"type", "submit"}, app.Text(p.t("ui.add"))),
	)
}
