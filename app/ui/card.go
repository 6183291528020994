package ui

import (
	"strconv"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

func itoa(n int) string { return strconv.Itoa(n) }

// el makes an element of any tag. go-app has a type for each; used together they weigh half a megabyte in the program,
// while this one type serves them all.
func el(tag string) app.HTMLElem { return app.Elem(tag) }

// holds is an element of a class around others, and says one around words. A chain of calls weighs a few hundred bytes in
// the program wherever it is written out, so what stands in hundreds of places is a call of these.
func holds(tag, class string, children ...app.UI) app.UI {
	e := el(tag)
	if class != "" {
		e = e.Class(class)
	}
	return e.Body(children...)
}

func says(tag, class, words string) app.UI {
	e := el(tag)
	if class != "" {
		e = e.Class(class)
	}
	return e.Text(words)
}

// node is holds with attributes: names, each followed by its value.
func node(tag, class string, attributes []string, children ...app.UI) app.UI {
	return with(tag, class, attributes).Body(children...)
}

// with is an element that something is still to be said about.
func with(tag, class string, attributes []string) app.HTMLElem {
	e := el(tag)
	if class != "" {
		e = e.Class(class)
	}
	for i := 0; i < len(attributes); i += 2 {
		e = e.Attr(attributes[i], attributes[i+1])
	}
	return e
}

// list is a list of so many items, with a name for those who cannot see it; of none it is nothing.
func list(class, label string, n int, item func(i int) app.UI) app.UI {
	if n == 0 {
		return nothing()
	}
	var attributes []string
	if label != "" {
		attributes = []string{"aria-label", label}
	}
	return node("ul", class, attributes, each(n, item)...)
}

// each makes so many nodes.
func each(n int, item func(i int) app.UI) []app.UI {
	out := make([]app.UI, n)
	for i := range out {
		out[i] = item(i)
	}
	return out
}

// nothing keeps the place of what is not there: go-app matches children by their place.
func nothing() app.UI { return app.Text("") }

// choice is a closed list of values, each followed by its label.
func choice(label, chosen string, options []string) app.HTMLElem {
	box := el("select").Class("quiet").Body(each(len(options)/2, func(i int) app.UI {
		o := el("option").Attr("value", options[2*i]).Text(options[2*i+1])
		if options[2*i] == chosen {
			o = o.Attr("selected", true)
		}
		return o
	})...)
	if label != "" {
		box = box.Aria("label", label)
	}
	return box
}

// field is a control with its name before it.
func field(name string, control app.UI) app.UI {
	return holds("label", "field", says("span", "", name), control)
}

// glyphMark says by a sign what words beside it say as well.
func glyphMark(class, glyph string) app.UI {
	return node("span", class, []string{"aria-hidden", "true"}, app.Text(glyph))
}

// plainButton is a button that is left to its caller.
func plainButton(class, label string) app.HTMLElem {
	return with("button", class, []string{"type", "button"}).Text(label)
}

// card is a titled region. Its id and its name are what tests and screen readers find it by.
func (p *Page) card(id, title, sub string, tools []app.UI, body ...app.UI) app.UI {
	// The subtitle is there even when it says nothing: go-app matches children by their place, and tools that move are
	// made anew, without the focus that they had.
	head := []app.UI{node("h2", id, []string{"id", id + "-title"}, app.Text(title)), says("span", "dim small sub", sub)}
	if len(tools) > 0 {
		head = append(head, holds("div", "tools", tools...))
	}
	return node("section", "card", []string{"id", id, "aria-labelledby", id + "-title"},
		append([]app.UI{holds("div", "card-head", head...)}, body...)...)
}

// button is a quiet button that sends an intent.
func (p *Page) button(label string, i desk.Intent) app.HTMLElem {
	return plainButton("quiet", label).OnClick(p.on(i))
}

// A textBox is what an editor shows.
type textBox struct {
	id, label, text string
	marks           []desk.Mark
	describedBy     string // id of what explains it
	readOnly        bool
	class           string // for what needs a layout of its own
}

// editor is a text box with colours behind its letters: the box lies on a copy of its text whose pieces are coloured,
// and both wrap alike. Without marks the text is too long for that, and the box shows it plainly.
func (p *Page) editor(b textBox) app.UI {
	class := "editor"
	if len(b.marks) == 0 && b.text != "" {
		class += " plain"
	}
	if b.class != "" {
		class += " " + b.class
	}
	box := with("textarea", "box", []string{"aria-label", b.label, "autocapitalize", "none", "autocorrect", "off", "translate", "no"})
	if b.describedBy != "" {
		box = box.Aria("describedby", b.describedBy)
	}
	if b.readOnly {
		box = box.Attr("readonly", true)
	}
	if app.IsServer {
		box = box.Text(b.text) // in the browser the box is written by sync, and otherwise belongs to who types in it
	}
	return holds("div", class,
		node("pre", "colours", []string{"aria-hidden", "true"}, coloured(b.text, b.marks)...),
		p.bind(box, b.id),
	)
}

// bind makes a text box one of the [boxes]: what is typed in it is sent, and what an input method still composes too,
// but until it is done nothing is written to the box.
func (p *Page) bind(box app.HTMLElem, id string) app.HTMLElem {
	typed := func(ctx app.Context, _ app.Event) { p.typed(ctx, id, ctx.JSSrc().Get("value").String()) }
	return box.ID(id).Spellcheck(false).Attr("autocomplete", "off").OnInput(typed, id).
		On("compositionstart", func(app.Context, app.Event) { p.composing = id }, id).
		On("compositionend", func(ctx app.Context, e app.Event) {
			p.composing = ""
			typed(ctx, e)
		}, id)
}

// coloured cuts the text at its marks.
func coloured(text string, marks []desk.Mark) []app.UI {
	var out []app.UI
	for i := range marks {
		m := &marks[i]
		if m.Start < 0 || m.End > len(text) || m.Start >= m.End {
			continue
		}
		class := "m-" + m.Class
		if m.Fault != "" {
			class += " fault-" + string(m.Fault)
		}
		if m.Lit {
			class += " lit"
		}
		out = append(out, says("span", class, text[m.Start:m.End]))
	}
	return out
}

// selectRange marks a byte range of a box's text; the browser counts in UTF-16.
func selectRange(box, text string, s token.Span) {
	e := element(box)
	if !e.Truthy() {
		return
	}
	e.Call("focus")
	e.Call("setSelectionRange", utf16Len(text[:s.Start]), utf16Len(text[:s.End]))
}

// byteOffset is the place in a text that the browser counts to in UTF-16.
func byteOffset(text string, units int) int {
	n := 0
	for i, r := range text {
		if n >= units {
			return i
		}
		n++
		if r > 0xFFFF && r != utf8.RuneError {
			n++
		}
	}
	return len(text)
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF && r != utf8.RuneError {
			n++
		}
	}
	return n
}

// menu is a button with a panel that the browser opens, closes and puts on top by itself. Its items are there only while
// it is open: they are many, and whoever types would wait for them.
func (p *Page) menu(id, label string, items func() []app.UI) []app.UI {
	panel := with("div", "menu", []string{"id", id, "popover", "auto", "aria-label", label, "role", "group"}).
		On("beforetoggle", func(_ app.Context, e app.Event) {
			if e.Get("newState").String() == "open" {
				p.menuOpen = id
			} else if p.menuOpen == id {
				p.menuOpen = ""
			}
		}, id)
	if p.menuOpen == id {
		panel = panel.Body(items()...)
	}
	return []app.UI{
		node("button", "quiet opens", []string{"type", "button", "id", id + "-opens", "popovertarget", id}, app.Text(label)),
		panel,
	}
}

// menuItem sends an intent and closes the menu.
func (p *Page) menuItem(menu, label string, i desk.Intent) app.UI {
	return with("button", "item", []string{"type", "button", "popovertarget", menu, "popovertargetaction", "hide"}).Text(label).OnClick(p.on(i))
}
