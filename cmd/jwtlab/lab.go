package main

import (
	"errors"
	"io/fs"
	"os"

	"jwtlab/app/lab/scenario"
)

// runLab plays the lab on the command line.
func runLab(e env, args []string) int {
	verbs := map[string]func(env, []string) int{"list": runLabList, "run": runLabRun, "matrix": runLabMatrix}
	if len(args) > 0 && verbs[args[0]] != nil {
		return verbs[args[0]](e, args[1:])
	}
	c := newCall(e, "lab", "list|run|matrix [-h]",
		"jwtlab lab run xss-cookie",
		"jwtlab lab list",
		"jwtlab lab matrix -json | jq '.cells[] | select(.accepted)'")
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.fail(usage, "cli.error.lab-verb")
}

// A labList is all that scripts are made of, and the examples.
type labList struct {
	Examples    []scenario.Example `json:"examples"`
	Credentials []string           `json:"credentials"`
	Storages    []string           `json:"storages"`
	Defences    []string           `json:"defences"`
	Attacks     []string           `json:"attacks"`
	Verbs       []scenario.Verb    `json:"verbs"`
	Setups      []string           `json:"setups"` // of the matrix
}

// runLabList lists the examples, and what scripts are made of.
func runLabList(e env, args []string) int {
	c := newCall(e, "lab list", "[-json]", "jwtlab lab list", "jwtlab lab list -json | jq -r .attacks[]")
	if code, ok := c.parse(args); !ok {
		return code
	}
	if len(c.args) > 0 {
		return c.fail(usage, "cli.error.arguments-none")
	}
	l := labList{scenario.Examples(), scenario.Credentials(), scenario.Storages(), scenario.Defences(), scenario.Attacks(), scenario.Verbs(), nil}
	for _, s := range scenario.Setups() {
		l.Setups = append(l.Setups, s.ID())
	}
	if c.json {
		return c.printJSON(l)
	}
	c.showLab(l)
	return good
}

func (c *call) showLab(l labList) {
	s := newScreen(c.env)
	table := func(title string, names []string, words func(string) string) {
		s.heading(c.text(title))
		for _, n := range names {
			s.wrapped("  "+pad(n, 24), words(n))
		}
		s.line("")
	}
	var examples []string
	for _, x := range l.Examples {
		examples = append(examples, x.Name)
	}
	table("cli.lab.examples", examples, func(n string) string { return c.text("scenario.example." + n) })
	table("cli.lab.credentials", l.Credentials, func(n string) string { return c.text("scenario.credential." + n + ".what") })
	table("cli.lab.storages", l.Storages, func(n string) string { return c.text("scenario.storage." + n + ".what") })
	table("cli.lab.defences", l.Defences, func(n string) string { return c.text("scenario.defence." + n + ".what") })
	table("cli.lab.attacks", l.Attacks, func(n string) string { return c.text("scenario.attack." + n + ".what") })
	s.heading(c.text("cli.lab.verbs"))
	for _, v := range l.Verbs {
		s.line("  ", pad(v.Kind, 10), v.Usage)
	}
	c.print(s.String())
}

// script returns the text of an example, of a file or of the standard input.
func (c *call) script() (text string, code int, ok bool) {
	if len(c.args) != 1 {
		return "", c.fail(usage, "cli.error.lab-script"), false
	}
	name := c.args[0]
	if x, known := scenario.ExampleNamed(name); known {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return x.Script, good, true
		}
	}
	text, err := c.load(name, 1<<20)
	if err != nil {
		return "", c.fail(usage, "cli.error.lab-unknown", clip(name, 60), c.reason(err)), false
	}
	return text, good, true
}
