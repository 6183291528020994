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
	return node("section", "verdict "+string(tone), []string{"id", "verdict", "aria-label", p.t("ui.verdict"),
		"data-form", answer(v.Form), "data-signature", answer(v.Signature), "data-acceptance", answer(v.Acceptance)},
		node("p", "sentence", []string{"role", "status"}, p.sentence(v)...),
		node("ul", "answers", []string{"aria-label", p.t("ui.answers")},
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
	if d.Pending == "open" && v.Summary.Code == "put-off" {
		return []app.UI{says("strong", "", p.t("ui.working.open"))}
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
	if v.Summary.Code == "forged" && len(d.Causes) > 0 { // what was found says more than that the signature does not fit
		for i := range d.Causes {
			out = append(out, app.Text(" "), says("span", "reason", p.cause(&d.Causes[i])))
		}
		return out
	}
	if b := v.Summary.Because; b != nil {
		out = append(out, app.Text(" "), says("span", "reason", p.t("why."+b.Code, b.Args...)))
	}
	return out
}

// answerChip leads to the checks that the answer was reached by. Acceptable is green only beside a genuine token.
func (p *Page) answerChip(name string, a check.Answer, tone verdict.Tone) app.UI {
	class := ""
	switch {
	case a == check.Yes:
		class = "good"
	case a == check.No && name == "acceptance" && tone != verdict.Bad:
		class = "warn"
	case a == check.No:
		class = "bad"
	}
	return holds("li", "", with("a", "chip "+class, []string{"href", "#checks-" + name}).Body(
		glyphMark("glyph", glyph(a)),
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
	all := p.state.Desk.View.Groups
	groups := each(len(all), func(i int) app.UI { return p.checkGroup(&all[i]) })
	if len(groups) == 0 {
		groups = []app.UI{says("p", "dim", p.t("ui.checks.empty"))}
	}
	return p.card("checks", p.t("ui.checks"), "", nil, holds("div", "body groups", groups...))
}

func (p *Page) checkGroup(g *desk.Group) app.UI {
	v := &p.state.Desk.View
	items := each(len(g.Checks), func(i int) app.UI { return p.checkItem(&g.Checks[i]) })
	var known []string // the id that the list of problems is known by
	if g.Name == "form" {
		known = []string{"id", "problems"}
		items = each(len(v.Verdict.Problems), func(i int) app.UI {
			return p.problemItem(&v.Verdict.Problems[i], "token-text", p.state.Desk.Token)
		})
	}
	if len(items) == 0 {
		id, class := "ui.nothing-checked", "check"
		if g.Name == "form" && g.Answer == check.Yes {
			id, class = "ui.form.good."+string(v.Form), "check yes"
		}
		items = []app.UI{holds("li", class, says("span", "why", p.t(id)))}
	}
	title := p.groupTitle(g.Name)
	return node("section", "group", []string{"id", "checks-" + g.Name, "tabindex", "-1", "aria-label", title},
		holds("h3", "",
			glyphMark("glyph "+answer(g.Answer), glyph(g.Answer)),
			says("span", "", title), app.Text(" "),
			says("span", "said dim", p.t("answer."+answer(g.Answer))),
		),
		node("ul", "checks", known, items...),
		p.underGroup(g.Name),
	)
}

// groupTitle is the name of an answer, or of the kind of token that has rules of its own.
func (p *Page) groupTitle(name string) string {
	if name == "dpop" {
		return p.t("profile.dpop-proof")
	}
	if name == "profile" {
		return p.t("profile." + p.state.Desk.View.Profile.ID)
	}
	return p.t("verdict." + name)
}

func (p *Page) underGroup(name string) app.UI {
	if name == "signature" {
		return p.causes()
	}
	return nothing()
}

func (p *Page) checkItem(c *check.Check) app.UI {
	class := "check " + answer(c.Answer)
	if c.Remark {
		class += " remark"
	}
	return holds("li", class,
		glyphMark("glyph", glyph(c.Answer)),
		holds("span", "words",
			says("span", "name", p.t("check."+c.Name)),
			says("span", "said hidden", p.t("answer."+answer(c.Answer))),
			says("span", "why", p.t("why."+c.Code, c.Args...)),
			p.ref(c.Ref),
		),
	)
}

// problemItem says what is wrong with a text and leads to the place in its box.
func (p *Page) problemItem(q *token.Problem, box, text string) app.UI {
	return holds("li", "check problem "+string(q.Severity),
		glyphMark("glyph", severityGlyph(q.Severity)),
		holds("span", "words",
			says("span", "said hidden", p.t("ui.severity."+string(q.Severity))),
			says("span", "why", p.t("problem."+q.Code, q.Args...)),
			p.ref(q.Ref),
			p.showButton(box, text, q.Span),
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
		return nothing()
	}
	return says("span", "ref", ref)
}

// showButton selects the place in its text box.
func (p *Page) showButton(box, text string, s token.Span) app.UI {
	if s.End <= s.Start || s.End > len(text) {
		return nothing()
	}
	return plainButton("link", p.t("ui.show", itoa(s.Start))).
		OnClick(func(_ app.Context, _ app.Event) { selectRange(box, text, s) }, box, s.Start, s.End, len(text))
}
