package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/check"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/lab"
)

// labPage is the lab: one choice, played and attacked, and what came of it.
func (p *Page) labPage() app.UI {
	return node("main", "lab", []string{"id", "main", "tabindex", "-1"},
		p.setupCard(),
		p.pairCard(),
		p.movesCard(),
		p.labStorageCard(),
		p.labMessagesCard(),
		holds("div", "column", p.labServerCard(), p.attackerCard()),
		p.matrixCard(),
		p.scriptCard(),
	)
}

// in is p.on for the lab.
func (p *Page) in(i lab.Intent) (app.EventHandler, string) {
	return func(ctx app.Context, _ app.Event) { p.send(ctx, play.InLab{Intent: i}) }, fmt.Sprintf("%T%v", i, i)
}

func (p *Page) labButton(class, label string, i lab.Intent) app.HTMLElem {
	return plainButton(class, label).OnClick(p.in(i))
}

// chosen is p.in for a control with a value.
func (p *Page) chosen(scope string, intent func(value string) lab.Intent) (app.EventHandler, string) {
	return func(ctx app.Context, _ app.Event) {
		p.send(ctx, play.InLab{Intent: intent(ctx.JSSrc().Get("value").String())})
	}, scope
}

// labOutcome says how the last step went, and what to try next.
func (p *Page) labOutcome() app.UI {
	tone, strong, reasons := p.labSaid()
	next := p.state.Lab.Suggest()
	said := []app.UI{says("strong", "", strong)}
	for _, r := range reasons {
		said = append(said, app.Text(" "), says("span", "reason", r))
	}
	return node("section", "verdict "+tone, []string{"id", "outcome", "aria-label", p.t("lab.outcome")},
		node("p", "sentence", []string{"role", "status"}, said...),
		holds("p", "next", p.labButton("strong", p.t("lab.next."+next.Code), lab.Followed{})),
	)
}

// labSaid is how the last step went: a tone, a sentence, and what else there is to say of it.
func (p *Page) labSaid() (tone, strong string, reasons []string) {
	l := &p.state.Lab
	step := l.Step()
	switch {
	case l.Fault != nil:
		return "bad", p.t("lab.fault", itoa(l.Fault.Line)), []string{p.faultWords(l.Fault)}
	case step == nil:
		return "neutral", p.t("lab.empty"), []string{p.t("lab.empty.help")}
	case step.Failed != nil:
		return "bad", p.t("lab.expected", step.Failed.Want), []string{p.t("lab.expected.got", step.Failed.Got)}
	case step.Outcome != nil:
		tone, strong = p.outcomeWords(step.Outcome)
		return tone, strong, p.outcomeReasons(step.Outcome)
	}
	if step.Status >= 400 {
		return "warn", p.t("lab.refused", p.lineName(step.Text), itoa(step.Status)), []string{p.t("lab.refused.help")}
	}
	tone, strong = "neutral", p.t("lab.done", p.lineName(step.Text))
	if step.User != "" {
		tone, strong = "good", p.t("lab.known", step.User)
	}
	if strings.HasPrefix(step.Verb, "logout") {
		return tone, strong, []string{p.t("lab.out")}
	}
	return tone, strong, []string{p.t("lab.kept", p.setupName(l.Record.Setup))}
}

func (p *Page) faultWords(f *lab.Fault) string {
	if id := "scenario.error." + f.Code; locale.Has(p.state.Lang, id) {
		return p.t(id, f.Args...)
	}
	return strings.Join(f.Args, " ")
}

// outcomeWords is what came of an attack in a sentence.
func (p *Page) outcomeWords(o *scenario.Outcome) (tone, words string) {
	tone = "good"
	switch {
	case !o.Applies:
		return "neutral", p.t("lab.outcome.senseless")
	case o.Obtained && o.Accepted:
		return "bad", p.t("lab.outcome.used")
	case o.Obtained && o.Until != 0:
		return "bad", p.t("lab.outcome.held")
	case o.Obtained:
		return "warn", p.t("lab.outcome.useless")
	case o.Accepted:
		return "bad", p.t("lab.outcome.accepted")
	}
	return tone, p.t("lab.outcome.nothing")
}

// outcomeReasons is until when, whether it was noticed, and why.
func (p *Page) outcomeReasons(o *scenario.Outcome) (all []string) {
	if len(o.Held) > 0 {
		all = append(all, p.t("lab.outcome.found", p.foundIn(o)))
	}
	if until := p.untilWords(o.Until); o.Obtained && until != "" {
		all = append(all, p.t("lab.outcome.until", until))
	}
	for i, c := range o.Why {
		if i < 2 {
			all = append(all, p.whyWords(&c))
		}
	}
	switch {
	case o.Noticed:
		all = append(all, p.t("lab.outcome.noticed"))
	case o.Obtained || o.Accepted:
		all = append(all, p.t("lab.outcome.unnoticed"))
	}
	return all
}

// foundIn is where the attacker has found what they hold.
func (p *Page) foundIn(o *scenario.Outcome) string {
	var all []string
	for i := range o.Held {
		if from := o.Held[i].From; !slices.Contains(all, from) {
			all = append(all, from)
		}
	}
	return strings.Join(all, ", ")
}

// untilWords is how long something serves; empty if not at all.
func (p *Page) untilWords(seconds int64) string {
	switch {
	case seconds == scenario.Forever:
		return p.t("lab.forever")
	case seconds > 0:
		return p.t("lab.seconds", itoa64(seconds))
	}
	return ""
}

func (p *Page) whyWords(c *check.Check) string { return p.t("why."+c.Code, c.Args...) }

// setupName is a setup in words.
func (p *Page) setupName(id string) string {
	setup, err := scenario.ReadSetup(id)
	if err != nil {
		return id
	}
	name := p.t("scenario.credential."+setup.Credential) + " · " + p.t("scenario.storage."+setup.Storage)
	for _, d := range setup.Defences {
		name += " · " + p.t("scenario.defence."+d)
	}
	return name
}

// lineName is a line of the script in words; what has none stands as it is.
func (p *Page) lineName(line string) string {
	verb, rest, _ := strings.Cut(line, " ")
	args := strings.Fields(rest)
	if verb == "expect" {
		args = []string{rest}
	}
	ids := []string{"lab.line." + dashed(line), "lab.line." + verb + ".of"}
	switch {
	case verb == "attack":
		ids = []string{"scenario.attack." + rest}
	case rest == "":
		ids = ids[:1]
	}
	for _, id := range ids {
		if locale.Has(p.state.Lang, id) {
			return p.t(id, args...)
		}
	}
	return line
}

// mark says by a sign what the words beside it say as well.
func (p *Page) mark(tone string) app.UI {
	glyph := map[string]string{"good": "✓", "bad": "✕", "warn": "!"}[tone]
	if glyph == "" {
		return nothing()
	}
	return glyphMark("glyph tone-"+tone, glyph)
}
