package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lint"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// adviceCard lists what is unwise about the token, though it may verify. It is there only when there is something to say.
func (p *Page) adviceCard() app.UI {
	findings := p.state.Desk.View.Findings
	if len(findings) == 0 {
		return app.Text("")
	}
	var items []app.UI
	for _, f := range findings {
		items = append(items, p.finding(f))
	}
	return p.card("advice", p.t("ui.advice"), p.t("ui.advice.sub", itoa(len(findings))), nil,
		el("ul").Class("checks inset").Aria("labelledby", "advice-title").Body(items...))
}

// finding shows what is found in one sentence, and on demand why it matters and what to do.
func (p *Page) finding(f lint.Finding) app.UI {
	what, why, _ := strings.Cut(p.t("lint."+f.Code, f.Args...), ". ")
	box, text := "token-text", p.state.Desk.Token
	if f.Part == lint.PartKey {
		box, text = "key-text", p.state.Desk.Key
	}
	return holds("li", "check problem "+string(f.Severity),
		el("span").Class("glyph").Aria("hidden", "true").Text(severityGlyph(f.Severity)),
		holds("details", "words",
			holds("summary", "why",
				says("span", "said hidden", p.t("ui.severity."+string(f.Severity))),
				says("span", "", strings.TrimSuffix(what, ".")+"."),
			),
			says("span", "why", why), p.ref(f.Ref),
			p.showButton(box, text, f.Span),
		),
	)
}

// inside lists the tokens inside the token, each of which can be laid on the desk.
func (p *Page) inside() app.UI {
	var items []app.UI
	for _, n := range p.state.Desk.View.Inside {
		label := p.t("ui.inside.open", p.t("ui.form."+string(n.Form)), n.Path)
		items = append(items, holds("li", "",
			says("span", "mono", n.Text), app.Text(" "), p.button(label, desk.OpenedInside{Path: n.Path})))
	}
	if len(items) == 0 {
		return app.Text("")
	}
	return holds("div", "body inside",
		says("p", "small dim", p.t("ui.inside", itoa(len(items)))),
		el("ul").Aria("label", p.t("ui.inside.list")).Body(items...),
	)
}

// causes says why the signature does not fit, as far as it was found out, and offers what mends it.
func (p *Page) causes() app.UI {
	d := p.state.Desk
	switch {
	case d.Pending == "doctor":
		return el("div").Class("working").Role("status").Body(
			says("span", "", p.t("ui.working.doctor")), el("progress").Aria("label", p.t("ui.working.doctor")),
			p.button(p.t("ui.cancel"), desk.Canceled{}))
	case len(d.Causes) == 0:
		return app.Text("")
	}
	var items []app.UI
	for i, c := range d.Causes {
		args := c.Args
		if c.Detail != "" {
			args = append([]string{p.t("detail." + c.Detail)}, args...)
		}
		mend := app.UI(app.Text(""))
		if c.Mend != nil {
			mend = p.button(p.t("ui.mend"), desk.Mended{Index: i}).Class("mend")
		} else if c.NoMend != "" {
			mend = says("span", "why", p.t("nomend."+c.NoMend))
		}
		items = append(items, holds("li", "cause "+string(c.Sure),
			says("strong", "", p.t("cause."+c.Code, args...)), app.Text(" "),
			says("span", "why", p.t("fix."+c.Code, args...)), p.ref(c.Ref), app.Text(" "), mend))
	}
	return el("div").Class("causes").Role("status").Body(
		says("h4", "", p.t("ui.causes")), el("ul").Aria("label", p.t("ui.causes")).Body(items...))
}

// disclosuresCard lets the holder of an SD-JWT choose what to show.
func (p *Page) disclosuresCard() app.UI {
	v := p.state.Desk.View
	if v.Form != token.SDJWT {
		return app.Text("")
	}
	var items []app.UI
	for i, h := range v.Held {
		items = append(items, p.disclosure(i, h))
	}
	if len(items) == 0 {
		items = append(items, says("li", "dim", p.t("ui.disclosures.none")))
	}
	hidden := ""
	if v.Hidden > 0 {
		hidden = p.t("ui.disclosures.hidden", itoa(v.Hidden))
	}
	return p.card("disclosures", p.t("ui.disclosures"), hidden, nil,
		says("p", "body small dim", p.t("ui.disclosures.help")),
		el("ul").Class("held").Aria("labelledby", "disclosures-title").Body(items...))
}

func (p *Page) disclosure(i int, h desk.Held) app.UI {
	name := h.Path
	if name == "" {
		name = h.Name
	}
	box := el("input").Attr("type", "checkbox").Attr("checked", h.Shown).
		OnChange(func(ctx app.Context, _ app.Event) {
			p.send(ctx, playOnDesk(desk.ToggledDisclosure{Index: i, Show: ctx.JSSrc().Get("checked").Bool()}))
		}, i)
	fault := app.UI(app.Text(""))
	if h.Fault != "" {
		fault = says("span", "remark", p.t("ui.disclosure.bad"))
	}
	class := "disclosure"
	if h.Parent >= 0 {
		class += " child"
	}
	return holds("li", class,
		holds("label", "field", box, says("span", "mono name", name)),
		says("span", "mono dim value", h.Value), fault)
}
