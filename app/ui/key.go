package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/play"
	"jwtlab/app/play/desk"
)

func playOnDesk(i desk.Intent) play.Intent { return play.OnDesk{Intent: i} }

// keyCard takes a key of any kind: what it is, is found out and said, not asked.
func (p *Page) keyCard() app.UI {
	d := p.state.Desk
	tools := p.menu("generate-menu", p.t("ui.generate"), p.generateItems)
	tools = append(tools, p.button(p.t("ui.copy-key"), desk.AskedCopy{What: "key"}))
	tools = append(tools, p.convertMenu()...)
	return p.card("key", p.t("ui.key"), "", tools,
		p.editor(textBox{"key-text", p.t("ui.key"), d.Key, p.keyMarks(), "key-lines", false, ""}),
		p.keyProblems(),
		p.passphraseBox(),
		p.working(),
		node("div", "card-foot", []string{"id", "key-lines"}, p.keyLines()...),
		p.keyStrength(),
		p.certificates(),
	)
}

// keyStrength tells what makes the keys easy to guess or to break.
func (p *Page) keyStrength() app.UI {
	var all []check.Check
	for _, k := range p.state.Desk.View.Keys {
		all = append(all, k.Strength...)
	}
	return list("checks inset", p.t("check.strength"), len(all), func(i int) app.UI { return p.checkItem(&all[i]) })
}

// keyMarks shows the key plainly but for the places of its problems.
func (p *Page) keyMarks() []desk.Mark {
	d := p.state.Desk
	if len(d.Key) > desk.PlainBytes {
		return nil
	}
	return desk.Underline(d.Key, d.View.KeyProblems)
}

func (p *Page) keyProblems() app.UI {
	d := &p.state.Desk
	return list("checks inset", p.t("ui.key.problems"), len(d.View.KeyProblems), func(i int) app.UI {
		return p.problemItem(&d.View.KeyProblems[i], "key-text", d.Key)
	})
}

// working shows long work under way that belongs to no place in particular.
func (p *Page) working() app.UI {
	d := &p.state.Desk
	switch d.Pending {
	case "generate", "look", "encrypt":
		return p.busy(d.Pending)
	}
	if d.View.Locked {
		return nothing() // it is told beside the passphrase
	}
	return p.opening("open")
}

// opening tells of unlocking or decrypting under way, and begins it again where it was cancelled.
func (p *Page) opening(what string) app.UI {
	d := &p.state.Desk
	switch {
	case d.Pending == "open":
		return p.busy(what)
	case d.Stopped:
		return holds("div", "working", p.button(p.t("ui.resume."+what), desk.Resumed{}))
	}
	return nothing()
}

// busy tells of work under way, with a way out.
func (p *Page) busy(what string) app.UI {
	words := p.t("ui.working." + what)
	return node("div", "working", []string{"role", "status"},
		says("span", "", words), node("progress", "", []string{"aria-label", words}), p.button(p.t("ui.cancel"), desk.Canceled{}))
}

func (p *Page) keyLines() []app.UI {
	d := &p.state.Desk
	var out []app.UI
	for i := range d.View.Keys {
		out = append(out, p.keyChip(&d.View.Keys[i]))
	}
	if d.View.KeyKind == "secret" {
		out = append(out, p.encodingBox())
	}
	if len(out) == 0 {
		out = append(out, says("span", "", p.t("ui.key.help")))
	}
	return out
}

func (p *Page) keyChip(k *desk.KeyLine) app.UI {
	words := k.Type
	switch {
	case k.Type == "oct":
		words = p.t("ui.key.secret", itoa(k.Bits))
	case k.Curve != "":
		words += " " + k.Curve
	default:
		words += " " + itoa(k.Bits)
	}
	also := func(more string) { words += " · " + more }
	switch {
	case k.Type == "oct":
	case k.Private:
		also(p.t("ui.key.private"))
	default:
		also(p.t("ui.key.public"))
	}
	if k.Format != "secret" {
		also(p.t("ui.format." + k.Format))
	}
	if k.KeyID != "" {
		also("kid " + k.KeyID)
	}
	if k.Used {
		return says("span", "chip good", "✓ "+words)
	}
	return says("span", "chip", words)
}

// encodingBox says how the secret is read; left alone, the reading that fits the token is found.
func (p *Page) encodingBox() app.UI {
	options := []string{string(key.Auto), p.t("ui.encoding.auto")}
	for _, e := range []key.Encoding{key.UTF8, key.Base64URL, key.Base64, key.Hex} {
		options = append(options, string(e), string(e))
	}
	return field(p.t("ui.encoding"), choice("", string(p.state.Desk.Encoding), options).
		OnChange(p.onValue("encoding", func(v string) desk.Intent { return desk.ChoseEncoding{Encoding: key.Encoding(v)} })))
}
