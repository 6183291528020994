package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/check"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// verdict is always in sight: one sentence and the three answers.
func (p *Page) verdict() app.UI {
	v := p.state.Desk.View.Verdict
	tone := v.Summary.Tone
	if tone == "" {
		tone = verdict.Neutral
	}
	return el("section").ID("verdict").Class("verdict "+string(tone)).Aria("label", p.t("ui.verdict")).
		DataSet("form", answer(v.Form)).DataSet("signature", answer(v.Signature)).DataSet("acceptance", answer(v.Acceptance)).
		Body(
			el("p").Class("sentence").Role("status").Body(p.sentence(v)...),
			el("ul").Class("answers").Aria("label", p.t("ui.answers")).Body(
				p.answerChip("form", v.Form, tone),
				p.answerChip("signature", v.Signature, tone),
				p.answerChip("acceptance", v.Acceptance, tone),
			),
		)
}

// answer names an answer that was never asked for like one that could not be given.
func answer(a check.Answer) string {
	if a == "" {
		return string(check.Unchecked)
	}
	return string(a)
}

func (p *Page) sentence(v verdict.Verdict) []app.UI {
	d := p.state.Desk
	if d.Pending == "look" {
		return []app.UI{says("strong", "", p.t("ui.reading"))}
	}
	if d.Unsigned != "" {
		return []app.UI{
			says("strong", "", p.t("ui.unsigned")), app.Text(" "),
			says("span", "reason", p.t("ui.unsigned."+d.Unsigned, d.View.Alg)),
		}
	}
	if v.Summary.Code == "" {
		return []app.UI{says("strong", "", p.t("summary.empty"))}
	}
	out := []app.UI{says("strong", "", p.t("summary."+v.Summary.Code, v.Summary.Args...))}
	if b := v.Summary.Because; b != nil {
		out = append(out, app.Text(" "), says("span", "reason", p.t("why."+b.Code, b.Args...)))
	}
	return out
}

// answerChip leads to the checks that the answer was reached by. Acceptable is green only beside a genuine token.
func (p *Page) answerChip(name string, a check.Answer, tone verdict.Tone) app.UI {
	class := map[check.Answer]string{check.Yes: "good", check.No: "bad"}[a]
	if a == check.No && name == "acceptance" && tone != verdict.Bad {
		class = "warn"
	}
	return holds("li", "", el("a").Class("chip "+class).Attr("href", "#checks-"+name).Body(
		el("span").Class("glyph").Aria("hidden", "true").Text(glyph(a)),
		says("span", "", p.t("verdict."+name)),
		says("span", "said", p.t("answer."+answer(a))),
	).OnClick(func(_ app.Context, e app.Event) {
		e.PreventDefault()
		e.StopImmediatePropagation()
		if g := element("checks-" + name); g.Truthy() {
			g.Call("scrollIntoView", map[string]any{"block": "center"})
			g.Call("focus", map[string]any{"preventScroll": true})
		}
	}, name))
}

func glyph(a check.Answer) string {
	switch a {
	case check.Yes:
		return "✓"
	case check.No:
		return "✕"
	}
	return "–"
}

// checksCard lists each answer's checks and reasons.
func (p *Page) checksCard() app.UI {
	var groups []app.UI
	for _, g := range p.state.Desk.View.Groups {
		groups = append(groups, p.checkGroup(g))
	}
	if len(groups) == 0 {
		groups = append(groups, says("p", "dim", p.t("ui.checks.empty")))
	}
	return p.card("checks", p.t("ui.checks"), "", nil, holds("div", "body groups", groups...))
}

func (p *Page) checkGroup(g desk.Group) app.UI {
	var items []app.UI
	for _, c := range g.Checks {
		items = append(items, p.checkItem(c))
	}
	if g.Name == "form" {
		for _, q := range p.state.Desk.View.Verdict.Problems {
			items = append(items, p.problemItem(q))
		}
		if len(items) == 0 && g.Answer == check.Yes {
			items = append(items, holds("li", "check yes", says("span", "why", p.t("ui.form.good."+string(p.state.Desk.View.Form)))))
		}
	}
	if len(items) == 0 {
		items = append(items, holds("li", "check", says("span", "why", p.t("ui.nothing-checked"))))
	}
	title := p.groupTitle(g.Name)
	return el("section").Class("group").ID("checks-"+g.Name).TabIndex(-1).Aria("label", title).Body(
		holds("h3", "",
			el("span").Class("glyph "+answer(g.Answer)).Aria("hidden", "true").Text(glyph(g.Answer)),
			says("span", "", title), app.Text(" "),
			says("span", "said dim", p.t("answer."+answer(g.Answer))),
		),
		p.idList(g.Name).Body(items...),
		p.underGroup(g.Name),
	)
}

// groupTitle is the name of an answer, or of the kind of token that has rules of its own.
func (p *Page) groupTitle(name string) string {
	if name == "profile" {
		return p.t("profile." + p.state.Desk.View.Profile.ID)
	}
	return p.t("verdict." + name)
}

func (p *Page) underGroup(name string) app.UI {
	if name == "signature" {
		return p.causes()
	}
	return app.Text("")
}

// idList gives the list of problems the id that it is known by.
func (p *Page) idList(group string) app.HTMLElem {
	if group == "form" {
		return el("ul").Class("checks").ID("problems")
	}
	return el("ul").Class("checks")
}

func (p *Page) checkItem(c check.Check) app.UI {
	class := "check " + answer(c.Answer)
	if c.Remark {
		class += " remark"
	}
	return holds("li", class,
		el("span").Class("glyph").Aria("hidden", "true").Text(glyph(c.Answer)),
		holds("span", "words",
			says("span", "name", p.t("check."+c.Name)),
			says("span", "said hidden", p.t("answer."+answer(c.Answer))),
			says("span", "why", p.t("why."+c.Code, c.Args...)),
			p.ref(c.Ref),
		),
	)
}

// problemItem says what is wrong and leads to the place.
func (p *Page) problemItem(q token.Problem) app.UI {
	return holds("li", "check problem "+string(q.Severity),
		el("span").Class("glyph").Aria("hidden", "true").Text(severityGlyph(q.Severity)),
		holds("span", "words",
			says("span", "said hidden", p.t("ui.severity."+string(q.Severity))),
			says("span", "why", p.t("problem."+q.Code, q.Args...)),
			p.ref(q.Ref),
			p.showButton("token-text", p.state.Desk.Token, q.Span),
		),
	)
}

func severityGlyph(s token.Severity) string {
	switch s {
	case token.Error:
		return "✕"
	case token.Warning:
		return "!"
	}
	return "i"
}

func (p *Page) ref(ref string) app.UI {
	if ref == "" {
		return app.Text("")
	}
	return says("span", "ref", ref)
}

// showButton selects the place in its text box.
func (p *Page) showButton(box, text string, s token.Span) app.UI {
	if s.End <= s.Start || s.End > len(text) {
		return app.Text("")
	}
	return el("button").Attr("type", "button").Class("link").Text(p.t("ui.show", itoa(s.Start))).
		OnClick(func(_ app.Context, _ app.Event) { selectRange(box, text, s) }, box, s.Start, s.End, len(text))
}
