package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/play/lab"
)

// pairCard has the same attack on two setups, side by side.
func (p *Page) pairCard() app.UI {
	before, now := p.state.Lab.Pair()
	if before == nil {
		return nothing()
	}
	column := func(t *lab.Told) app.UI {
		return node("th", "", []string{"scope", "col"}, app.Text(p.setupName(t.Setup)))
	}
	row := func(id string, value func(*scenario.Outcome) (tone, words string)) app.UI {
		cell := func(o *scenario.Outcome) app.UI {
			tone, words := value(o)
			return holds("td", "", p.mark(tone), says("span", "", words))
		}
		return holds("tr", "", node("th", "", []string{"scope", "row"}, app.Text(p.t("lab.pair."+id))), cell(&before.Outcome), cell(&now.Outcome))
	}
	return p.card("pair", p.t("lab.pair"), p.lineName("attack "+now.Outcome.Attack), nil,
		node("div", "body scrolls", []string{"tabindex", "0", "role", "group", "aria-label", p.t("lab.pair")}, holds("table", "kv",
			holds("thead", "", holds("tr", "", says("td", "", ""), column(before), column(now))),
			holds("tbody", "", row("outcome", p.outcomeWords), row("found", p.pairFound), row("until", p.pairUntil), row("noticed", p.pairNoticed), row("why", p.pairWhy)))),
	)
}

func (p *Page) pairFound(o *scenario.Outcome) (tone, words string) {
	if len(o.Held) == 0 {
		return "", "–"
	}
	return "", p.foundIn(o)
}

func (p *Page) pairUntil(o *scenario.Outcome) (tone, words string) {
	if until := p.untilWords(o.Until); o.Obtained && until != "" {
		return "bad", until
	}
	return "good", p.t("lab.pair.never")
}

func (p *Page) pairNoticed(o *scenario.Outcome) (tone, words string) {
	switch {
	case o.Noticed:
		return "good", p.t("lab.yes")
	case o.Obtained || o.Accepted:
		return "bad", p.t("lab.no")
	}
	return "good", p.t("lab.pair.nothing-to")
}

func (p *Page) pairWhy(o *scenario.Outcome) (tone, words string) {
	if len(o.Why) == 0 {
		return "", "–"
	}
	return "", p.whyWords(&o.Why[0])
}
