package main

import (
	"strconv"

	"jwtlab/app/site"
)

// runBuild writes the site out.
func runBuild(e env, args []string) int {
	c := newTalk(e, "build", "-out DIR [-base /PATH/]",
		"jwtlab build -out public",
		"jwtlab build -out public -base /jwt-lab/")
	out := c.flags.String("out", "", "DIR")
	base := c.flags.String("base", "/", "PATH")
	if code, ok := c.parse(args); !ok {
		return code
	}
	if *out == "" || len(c.args) > 0 {
		return c.fail(usage, "cli.build.needs-out")
	}
	s, err := site.Embedded()
	if err != nil {
		return c.fail(bad, "cli.build.failed", err.Error())
	}
	files, err := s.For(site.Host{Base: *base})
	if err != nil {
		return c.fail(usage, "cli.build.failed", err.Error())
	}
	if err := site.Write(*out, files); err != nil {
		return c.fail(bad, "cli.build.failed", err.Error())
	}
	newScreen(c.env).wrapped("", c.text("cli.build.done", strconv.Itoa(len(files)), *out, *base))
	return good
}
