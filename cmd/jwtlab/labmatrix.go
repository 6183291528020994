package main

import (
	"errors"
	"strconv"
	"time"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
)

// runLabMatrix plays every attack against every setup, or against those that are named.
func runLabMatrix(e env, args []string) int {
	c := newCall(e, "lab matrix", "[-json] [SETUP…]",
		"jwtlab lab matrix",
		"jwtlab lab matrix jwt/localstorage session/cookie-lax+csrf-token",
		"jwtlab lab matrix -json | jq -r '.cells[] | select(.setup == \"jwt/localstorage\" and .accepted) | .attack'")
	if code, ok := c.parse(args); !ok {
		return code
	}
	setups := scenario.Setups()
	if len(c.args) > 0 {
		setups = nil
	}
	for _, id := range c.args {
		s, err := scenario.ReadSetup(id)
		if wrong, is := errors.AsType[*scenario.LineError](err); is {
			return c.fail(usage, "cli.error.lab-setup", wrong.Words(c.lang))
		}
		setups = append(setups, s)
	}
	m := scenario.RunSetups(setups, nil)
	if c.json {
		return c.printJSON(m)
	}
	c.showMatrix(m)
	return good
}

// showMatrix shows a setup a block: what works against it, for how long, and what it costs.
func (c *call) showMatrix(m scenario.Matrix) {
	s := newScreen(c.env)
	for i, row := range m.Setups {
		s.heading(row.ID)
		for _, cell := range m.Cells[i*len(m.Attacks) : (i+1)*len(m.Attacks)] {
			c.showCell(s, cell)
		}
		k := m.Costs[i]
		s.wrapped("  ", c.text("cli.lab.cost", strconv.Itoa(k.Request), strconv.Itoa(k.Credential), locale.Number(c.lang, k.Memory), c.yes(k.FirstPage), c.yes(k.Restart), c.yes(k.Replica)))
		s.line("")
	}
	c.print(s.String())
}

func (c *call) showCell(s *screen, cell scenario.Cell) {
	mark, st := "  ·  ", faint
	words := c.text("cli.lab.cell.no")
	switch {
	case !cell.Applies:
		mark, words = "  –  ", c.text("why."+cell.Why[0].Code, cell.Why[0].Args...)
	case cell.Accepted:
		mark, st, words = "  ✗  ", red, c.text("cli.lab.cell.accepted")
	case cell.Obtained:
		mark, st, words = "  !  ", yellow, c.text("cli.lab.cell.obtained")
	}
	if cell.Until != 0 {
		words += ", " + c.text("cli.lab.for", c.until(cell.Until))
	}
	if cell.Noticed {
		words += ", " + c.text("cli.lab.cell.noticed")
	}
	s.styled(st, mark+pad(cell.Attack, 22), plain, words)
}

// until is how long something serves.
func (c *call) until(seconds int64) string {
	if seconds == scenario.Forever {
		return c.text("cli.lab.forever")
	}
	return locale.Duration(c.lang, time.Duration(seconds)*time.Second)
}

func (c *call) yes(b bool) string {
	return c.text(map[bool]string{true: "cli.lab.yes", false: "cli.lab.no"}[b])
}
