package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/jws"
	"jwtlab/app/lint"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// adviceCard lists what is unwise about the token, though it may verify. It is there only when there is something to say.
func (p *Page) adviceCard() app.UI {
	findings := p.state.Desk.View.Findings
	if len(findings) == 0 {
		return nothing()
	}
	return p.card("advice", p.t("ui.advice"), p.t("ui.advice.sub", itoa(len(findings))), nil,
		node("ul", "checks inset", []string{"aria-labelledby", "advice-title"},
			each(len(findings), func(i int) app.UI { return p.finding(&findings[i]) })...))
}

// finding shows what is found in one sentence, and on demand why it matters and what to do.
func (p *Page) finding(f *lint.Finding) app.UI {
	what, why, _ := strings.Cut(p.t("lint."+f.Code, f.Args...), ". ")
	box, text := "token-text", p.state.Desk.Token
	if f.Part == lint.PartKey {
		box, text = "key-text", p.state.Desk.Key
	}
	return holds("li", "check problem "+string(f.Severity),
		glyphMark("glyph", severityGlyph(f.Severity)),
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
	inside := p.state.Desk.View.Inside
	if len(inside) == 0 {
		return nothing()
	}
	return holds("div", "body inside",
		says("p", "small dim", p.t("ui.inside", itoa(len(inside)))),
		list("", p.t("ui.inside.list"), len(inside), func(i int) app.UI {
			n := &inside[i]
			label := p.t("ui.inside.open", p.t("ui.form."+string(n.Form)), n.Path)
			return holds("li", "", says("span", "mono", n.Text), app.Text(" "), p.button(label, desk.OpenedInside{Path: n.Path}))
		}))
}

// causes says why the signature does not fit, as far as it was found out, and offers what mends it.
func (p *Page) causes() app.UI {
	d := &p.state.Desk
	switch {
	case d.Pending == "doctor":
		return p.busy("doctor")
	case len(d.Causes) == 0:
		return nothing()
	}
	return node("div", "causes", []string{"role", "status"}, says("h4", "", p.t("ui.causes")),
		list("", p.t("ui.causes"), len(d.Causes), func(i int) app.UI { return p.causeItem(i, &d.Causes[i]) }))
}

func (p *Page) causeItem(i int, c *jws.Diagnosis) app.UI {
	mend := nothing()
	if c.Mend != nil {
		mend = p.button(p.t("ui.mend"), desk.Mended{Index: i}).Class("mend")
	} else if c.NoMend != "" {
		mend = says("span", "why", p.t("nomend."+c.NoMend))
	}
	return holds("li", "cause "+string(c.Sure),
		says("strong", "", p.cause(c)), app.Text(" "),
		says("span", "why", p.t("fix."+c.Code, p.causeArgs(c)...)), p.ref(c.Ref), app.Text(" "), mend)
}

// cause says what is wrong, and causeArgs is what fills its words.
func (p *Page) cause(c *jws.Diagnosis) string { return p.t("cause."+c.Code, p.causeArgs(c)...) }

func (p *Page) causeArgs(c *jws.Diagnosis) []string {
	if c.Detail == "" {
		return c.Args
	}
	return append([]string{p.t("detail." + c.Detail)}, c.Args...)
}

// disclosuresCard lets the holder of an SD-JWT choose what to show.
func (p *Page) disclosuresCard() app.UI {
	v := &p.state.Desk.View
	if v.Form != token.SDJWT {
		return nothing()
	}
	items := each(len(v.Held), func(i int) app.UI { return p.disclosure(i, &v.Held[i]) })
	if len(items) == 0 {
		items = []app.UI{says("li", "dim", p.t("ui.disclosures.none"))}
	}
	hidden := ""
	if v.Hidden > 0 {
		hidden = p.t("ui.disclosures.hidden", itoa(v.Hidden))
	}
	return p.card("disclosures", p.t("ui.disclosures"), hidden, nil,
		says("p", "body small dim", p.t("ui.disclosures.help")),
		node("ul", "held", []string{"aria-labelledby", "disclosures-title"}, items...))
}

func (p *Page) disclosure(i int, h *desk.Held) app.UI {
	name := h.Path
	if name == "" {
		name = h.Name
	}
	box := el("input").Attr("type", "checkbox").Attr("checked", h.Shown).
		OnChange(func(ctx app.Context, _ app.Event) {
			p.send(ctx, playOnDesk(desk.ToggledDisclosure{Index: i, Show: ctx.JSSrc().Get("checked").Bool()}))
		}, i)
	fault := nothing()
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
