package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/play"
	"jwtlab/app/play/lab"
)

// matrixCard has every attack on every setup, and two setups side by side.
func (p *Page) matrixCard() app.UI {
	m := &p.state.Lab.Matrix
	body := []app.UI{p.matrixState()}
	var tools []app.UI
	if len(m.Setups) > 0 && len(m.Rows) > 0 {
		tools = p.matrixFilters()
		body = append(body, p.legend(), p.matrixTable(), p.compared())
	}
	return p.card("matrix", p.t("lab.matrix"), p.t("lab.matrix.sub"), tools, holds("div", "body matrix-body", body...))
}

// matrixState asks for the matrix, or says how far it has come.
func (p *Page) matrixState() app.UI {
	m := &p.state.Lab.Matrix
	all := len(scenario.Setups())
	switch {
	case m.Running:
		return node("div", "row", []string{"role", "status"},
			node("progress", "", []string{"max", itoa(all), "value", itoa(len(m.Rows)), "aria-label", p.t("lab.matrix.progress")}),
			says("span", "small", p.t("lab.matrix.done", itoa(len(m.Rows)), itoa(all))),
			p.labButton("quiet call", p.t("lab.matrix.cancel"), lab.CanceledMatrix{}))
	case m.Failed:
		return node("div", "row", []string{"role", "status"}, says("span", "", p.t("lab.matrix.failed")), p.labButton("strong", p.t("lab.matrix.again"), lab.AskedMatrix{}))
	case len(m.Rows) < all:
		return node("div", "row", []string{"role", "status"}, says("p", "dim", p.t("lab.matrix.empty", itoa(all), itoa(len(scenario.Attacks())))),
			p.labButton("strong", p.t("lab.matrix.run"), lab.AskedMatrix{}))
	}
	return node("div", "row", []string{"role", "status"}, says("span", "dim small", p.t("lab.matrix.all", itoa(all), itoa(len(scenario.Attacks())))))
}

func (p *Page) matrixFilters() []app.UI {
	m := &p.state.Lab.Matrix
	filter := func(field, chosen string, options []string) app.UI {
		return choice(p.t("lab.matrix."+field), chosen, options).
			OnChange(p.chosen("filter-"+field, func(v string) lab.Intent { return lab.Filtered{Field: field, Value: v} }))
	}
	credentials := []string{"", p.t("lab.matrix.every-credential")}
	for _, id := range scenario.Credentials() {
		credentials = append(credentials, id, p.t("scenario.credential."+id))
	}
	kinds := []string{"", p.t("lab.matrix.every-kind")}
	for _, id := range lab.Kinds() {
		kinds = append(kinds, id, p.t("lab.group."+id))
	}
	return []app.UI{filter("credential", m.Credential, credentials), filter("kind", m.Kind, kinds)}
}

// legend says what the signs and colours mean.
func (p *Page) legend() app.UI {
	grades := []string{"good", "warn", "bad", "none"}
	return node("ul", "legend", []string{"aria-label", p.t("lab.legend")}, each(len(grades), func(i int) app.UI {
		return holds("li", "", node("span", "cell grade-"+grades[i], []string{"aria-hidden", "true"}, app.Text(signs[grades[i]])), says("span", "small", p.t("lab.grade."+grades[i])))
	})...)
}

// signs stand for the grades beside their colours.
var signs = map[string]string{"good": "✓", "warn": "!", "bad": "✕", "none": "–"}

// matrixTable is a component of its own, drawn anew only when its rows, its columns or its words change: it is large, and
// whoever plays below it should not wait for it.
func (p *Page) matrixTable() app.UI {
	m := &p.state.Lab.Matrix
	key := strings.Join([]string{string(p.state.Lang), m.Credential, m.Kind, itoa(len(m.Rows)), p.state.Lab.Record.Setup}, "|")
	return &matrixView{Key: key, Page: p}
}

type matrixView struct {
	app.Compo
	Key  string // what it was drawn from
	Page *Page
}

// Render draws the table.
func (v *matrixView) Render() app.UI {
	p := v.Page
	rows, columns := p.state.Lab.Matrix.Shown(), p.state.Lab.Matrix.Columns()
	heads := append([]app.UI{node("th", "", []string{"scope", "col"}, app.Text(p.t("lab.matrix.setup")))}, each(len(columns), func(i int) app.UI {
		return node("th", "", []string{"scope", "col"}, app.Text(p.t("scenario.attack."+columns[i])))
	})...)
	return node("div", "scrolls tall", []string{"tabindex", "0", "role", "group", "aria-label", p.t("lab.matrix")},
		holds("table", "all-cells",
			says("caption", "hidden", p.t("lab.matrix")),
			holds("thead", "", holds("tr", "", heads...)),
			holds("tbody", "", each(len(rows), func(i int) app.UI { return p.matrixRow(rows[i], columns) })...)))
}

func (p *Page) matrixRow(r *scenario.RowResult, columns []string) app.UI {
	class := ""
	if r.Row.ID == p.state.Lab.Record.Setup {
		class = "on"
	}
	cells := []app.UI{node("th", "", []string{"scope", "row"}, app.Text(p.setupName(r.Row.ID)))}
	for _, attack := range columns {
		c := p.state.Lab.Matrix.Cell(r.Row.ID, attack)
		if c == nil {
			cells = append(cells, holds("td", ""))
			continue
		}
		cells = append(cells, holds("td", "", p.cell(c)))
	}
	return holds("tr", class, cells...)
}

// cell is an outcome in a word; it leads to the run that it came from.
func (p *Page) cell(c *scenario.Cell) app.UI {
	grade := lab.Grade(c)
	opened := lab.OpenedCell{Setup: c.Setup, Attack: c.Attack}
	return plainButton("cell grade-"+grade, signs[grade]+" "+p.cellWords(c, grade)).OnClick(func(app.Context, app.Event) {
		p.ctx.Dispatch(func(ctx app.Context) { p.send(ctx, play.InLab{Intent: opened}) }) // the page is to be drawn, not the table alone
	}, c.Setup, c.Attack)
}

// cellWords is an outcome in a word or two.
func (p *Page) cellWords(c *scenario.Cell, grade string) string {
	words := p.t("lab.cell." + grade)
	switch {
	case grade == "bad" && c.Obtained && c.Until != 0:
		words = p.untilWords(c.Until)
	case grade == "bad" && !c.Obtained:
		words = p.t("lab.cell.through")
	}
	if c.Noticed {
		words += " · " + p.t("lab.cell.noticed")
	}
	return words
}

// compared has two setups side by side: what each attack comes to, and what each of them costs.
func (p *Page) compared() app.UI {
	m := &p.state.Lab.Matrix
	pick := func(side, chosen string) app.UI {
		var options []string
		for _, r := range m.Rows {
			options = append(options, r.Row.ID, p.setupName(r.Row.ID))
		}
		return field(p.t("lab.compare."+side), choice("", chosen, options).
			OnChange(p.chosen("compare-"+side, func(v string) lab.Intent { return lab.Filtered{Field: side, Value: v} })))
	}
	left, right := m.Row(m.Left), m.Row(m.Right)
	table := nothing()
	if left != nil && right != nil {
		table = node("div", "scrolls", []string{"tabindex", "0", "role", "group", "aria-label", p.t("lab.compare")}, p.compareTable(left, right))
	}
	return node("section", "compare", []string{"id", "compare", "aria-labelledby", "compare-title"},
		node("h3", "", []string{"id", "compare-title"}, app.Text(p.t("lab.compare"))),
		holds("div", "row", pick("left", m.Left), pick("right", m.Right)), table)
}

func (p *Page) compareTable(left, right *scenario.RowResult) app.UI {
	head := func(r *scenario.RowResult) app.UI {
		return node("th", "", []string{"scope", "col"}, app.Text(p.setupName(r.Row.ID)))
	}
	var rows []app.UI
	for _, attack := range scenario.Attacks() {
		l, r := p.state.Lab.Matrix.Cell(left.Row.ID, attack), p.state.Lab.Matrix.Cell(right.Row.ID, attack)
		if l != nil && r != nil && (l.Applies || r.Applies) {
			rows = append(rows, p.compareRow(p.t("scenario.attack."+attack), lab.Grade(l) != lab.Grade(r) || l.Until != r.Until, p.cell(l), p.cell(r)))
		}
	}
	for _, c := range p.costRows(left, right) {
		rows = append(rows, p.compareRow(c[0], c[1] != c[2], says("span", "", c[1]), says("span", "", c[2])))
	}
	return holds("table", "kv", says("caption", "hidden", p.t("lab.compare")),
		holds("thead", "", holds("tr", "", node("th", "", []string{"scope", "col"}, app.Text(p.t("lab.compare.what"))), head(left), head(right))),
		holds("tbody", "", rows...))
}

func (p *Page) compareRow(name string, differs bool, left, right app.UI) app.UI {
	class, mark := "", nothing()
	if differs {
		class, mark = "differs", says("span", "hidden", p.t("lab.compare.differs"))
	}
	return holds("tr", class, node("th", "", []string{"scope", "row"}, app.Text(name), mark), holds("td", "", left), holds("td", "", right))
}

// costRows are the names of the costs, each with what they are of two setups.
func (p *Page) costRows(left, right *scenario.RowResult) (rows [][3]string) {
	add := func(id string, value func(*scenario.Cost) string) {
		rows = append(rows, [3]string{p.t("lab.cost." + id), value(&left.Cost), value(&right.Cost)})
	}
	yes := func(id string, value func(*scenario.Cost) bool) {
		add(id, func(c *scenario.Cost) string {
			if value(c) {
				return "✓ " + p.t("lab.yes")
			}
			return "✕ " + p.t("lab.no")
		})
	}
	add("request", func(c *scenario.Cost) string { return p.t("lab.octets", itoa(c.Request)) })
	add("credential", func(c *scenario.Cost) string { return p.t("lab.octets", itoa(c.Credential)) })
	add("reads", func(c *scenario.Cost) string { return strconv.FormatFloat(c.Reads, 'f', -1, 64) })
	add("writes", func(c *scenario.Cost) string { return strconv.FormatFloat(c.Writes, 'f', -1, 64) })
	add("memory", func(c *scenario.Cost) string { return p.t("lab.octets", itoa(c.Memory)) })
	yes("first-page", func(c *scenario.Cost) bool { return c.FirstPage })
	yes("reload", func(c *scenario.Cost) bool { return c.Reload })
	yes("new-tab", func(c *scenario.Cost) bool { return c.NewTab })
	yes("close", func(c *scenario.Cost) bool { return c.Close })
	yes("restart", func(c *scenario.Cost) bool { return c.Restart })
	yes("replica", func(c *scenario.Cost) bool { return c.Replica })
	yes("retry", func(c *scenario.Cost) bool { return c.Retry })
	yes("private", func(c *scenario.Cost) bool { return c.Private })
	return rows
}
