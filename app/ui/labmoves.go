package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
	"jwtlab/app/play/lab"
)

// movesCard has what can be done, to the victim and by the attacker, the time, and the way back.
func (p *Page) movesCard() app.UI {
	groups := lab.Moves()
	more := func() []app.UI {
		var items []app.UI
		for _, g := range groups[1:] {
			items = append(items, p.moveItems("more-moves", g)...)
		}
		return items
	}
	attacks := func() []app.UI {
		var items []app.UI
		for _, g := range lab.Attacks() {
			items = append(items, p.moveItems("more-attacks", g)...)
		}
		return items
	}
	user := p.moveButtons("quiet call", groups[0].Lines)
	hostile := p.moveButtons("quiet call hostile", []string{"attack xss-read", "attack xss-ride", "attack csrf-form", "attack replay-elsewhere"})
	return p.card("moves", p.t("lab.moves"), "", []app.UI{
		p.labButton("quiet", p.t("ui.undo"), lab.Undid{}).Aria("disabled", strconv.FormatBool(len(p.state.Lab.Undo) == 0)),
		p.labButton("quiet", p.t("ui.redo"), lab.Redid{}).Aria("disabled", strconv.FormatBool(len(p.state.Lab.Redo) == 0)),
		p.labButton("quiet", p.t("lab.keys"), lab.ShowedKeys{}).Aria("expanded", strconv.FormatBool(p.state.Lab.Keys)),
	},
		p.keysPanel(),
		holds("div", "body move-rows",
			node("div", "row", []string{"role", "group", "aria-label", p.t("lab.group.user")}, append(user, p.menu("more-moves", p.t("lab.more-moves"), more)...)...),
			node("div", "row", []string{"role", "group", "aria-label", p.t("lab.group.attacker")}, append(hostile, p.menu("more-attacks", p.t("lab.more-attacks"), attacks)...)...),
			p.clockRow(),
		),
		p.timelineRow(),
	)
}

func (p *Page) moveButtons(class string, lines []string) []app.UI {
	return each(len(lines), func(i int) app.UI {
		b := p.labButton(class, p.lineName(lines[i]), lab.Did{Line: lines[i]})
		for _, k := range lab.Keys() {
			if k.Line == lines[i] && !p.state.Lab.KeysOff {
				b = b.Aria("keyshortcuts", k.Key)
			}
		}
		return b
	})
}

// moveItems are the moves of a menu that belong together.
func (p *Page) moveItems(menu string, g lab.Group) []app.UI {
	out := []app.UI{says("p", "note", p.t("lab.group."+g.Name))}
	for _, line := range g.Lines {
		out = append(out, with("button", "item", []string{"type", "button", "popovertarget", menu, "popovertargetaction", "hide"}).
			Text(p.lineName(line)).OnClick(p.in(lab.Did{Line: line})))
	}
	return out
}

// clockRow has the time of the world.
func (p *Page) clockRow() app.UI {
	now := p.state.Lab.Record.State.Now
	when := "–"
	if !now.IsZero() {
		when = locale.Time(p.state.Lang, now)
	}
	return node("div", "row", []string{"role", "group", "aria-label", p.t("lab.clock")},
		append([]app.UI{node("span", "clock", []string{"title", p.t("lab.clock.help")}, app.Text(when))}, p.moveButtons("quiet call", lab.Times)...)...)
}

// timelineRow plays the script, and leads to any place of it.
func (p *Page) timelineRow() app.UI {
	l := &p.state.Lab
	at, all := l.At(), len(l.Moves())
	play, name := "lab.play", "▶ "
	if l.Playing {
		play, name = "lab.pause", "❚❚ "
	}
	slider := with("input", "slider", []string{"id", "timeline", "type", "range", "min", "0", "max", itoa(all), "step", "1",
		"aria-label", p.t("lab.timeline"), "aria-valuetext", p.t("lab.timeline.at", itoa(at), itoa(all), p.lineName(l.Line(l.Cursor)))}).
		OnInput(p.chosen("timeline", func(v string) lab.Intent { return lab.Seeked{Moves: int(parseUnix(v, int64(p.state.Lab.At())))} }))
	speed := with("input", "speed", []string{"id", "speed", "type", "range", "min", itoa(lab.MinSpeed), "max", itoa(lab.MaxSpeed), "step", "1",
		"aria-valuetext", p.speedWords()}).
		OnInput(p.chosen("speed", func(v string) lab.Intent { return lab.ChoseSpeed{Speed: int(parseUnix(v, 0))} }))
	if app.IsServer {
		slider, speed = slider.Attr("value", itoa(at)), speed.Attr("value", itoa(l.Speed))
	}
	return holds("div", "playing",
		holds("div", "row",
			with("button", "quiet call", []string{"type", "button"}).Body(glyphMark("", name), app.Text(p.t(play))).OnClick(p.in(lab.Played{})),
			p.signButton("‹", p.t("lab.back"), lab.Stepped{By: -1}),
			p.signButton("›", p.t("lab.forward"), lab.Stepped{By: 1}),
			slider,
			says("span", "small dim at", p.t("lab.timeline.short", itoa(at), itoa(all))),
			holds("label", "field", says("span", "", p.t("lab.speed")), speed),
		),
		p.stepList(),
	)
}

// signButton is a button with a sign, and its name for those who hear it.
func (p *Page) signButton(sign, name string, i lab.Intent) app.UI {
	return with("button", "quiet icon", []string{"type", "button", "aria-label", name}).Body(glyphMark("", sign)).OnClick(p.in(i))
}

// speedWords is how many moves a second.
func (p *Page) speedWords() string {
	if s := p.state.Lab.Speed; s < 0 {
		return p.t("lab.speed.words", "1/"+itoa(1<<-s))
	}
	return p.t("lab.speed.words", itoa(1<<p.state.Lab.Speed))
}

// around is how many moves before and after the current one are shown.
const around = 12

// stepList shows the moves as a path, of which those after the current one are still to come.
func (p *Page) stepList() app.UI {
	l := &p.state.Lab
	moves, at := l.Moves(), l.At()
	first, last := max(0, at-around), min(len(moves), at+around)
	told := map[int]*scenario.Step{}
	for i := range l.Record.Steps {
		told[l.Record.Steps[i].Line] = &l.Record.Steps[i]
	}
	items := each(last-first, func(i int) app.UI { return p.stepItem(first+i, moves[first+i], told[moves[first+i]]) })
	return node("ol", "steps", []string{"aria-label", p.t("lab.steps")}, items...)
}

func (p *Page) stepItem(index, line int, step *scenario.Step) app.UI {
	l := &p.state.Lab
	tone := ""
	switch {
	case line > l.Cursor || step == nil:
	case step.Failed != nil:
		tone = "bad"
	case step.Outcome != nil:
		tone, _ = p.outcomeWords(step.Outcome)
	case step.Status >= 400:
		tone = "warn"
	}
	class := "step " + tone
	if line > l.Cursor {
		class += " ahead"
	}
	b := with("button", class, []string{"type", "button"}).OnClick(p.in(lab.Seeked{Moves: index + 1})).
		Body(p.mark(tone), p.lineWords(l.Line(line)))
	if line == l.Cursor {
		b = b.Aria("current", "step")
	}
	return holds("li", "", b)
}

// lineWords is a line of the script in words, or as it stands.
func (p *Page) lineWords(line string) app.UI {
	if name := p.lineName(line); name != line {
		return says("span", "", name)
	}
	return node("span", "mono", foreign, app.Text(line))
}

// keysPanel lists what each key does.
func (p *Page) keysPanel() app.UI {
	l := &p.state.Lab
	if !l.Keys {
		return nothing()
	}
	all := lab.Keys()
	items := each(len(all), func(i int) app.UI {
		name, cap := p.lineName(all[i].Line), all[i].Key
		if all[i].Line == "" {
			name = p.t("lab.key." + all[i].Name)
		}
		kbd := foreign
		if cap == " " {
			cap, kbd = p.t("lab.key.space"), nil
		}
		return holds("li", "", node("kbd", "", kbd, app.Text(cap)), says("span", "", name))
	})
	box := with("input", "", []string{"type", "checkbox", "id", "single-keys"}).OnChange(p.in(lab.SwitchedKeys{}))
	if !l.KeysOff {
		box = box.Attr("checked", true)
	}
	return node("section", "body keys", []string{"aria-label", p.t("lab.keys")},
		holds("p", "small", box, node("label", "", []string{"for", "single-keys"}, app.Text(p.t("lab.keys.single")))),
		holds("ul", "key-list", items...),
	)
}
