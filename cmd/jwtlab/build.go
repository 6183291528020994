package main

import (
	"errors"
	"fmt"

	"jwtlab/app/site"
)

const buildHelp = `usage: jwtlab build -out DIR [-base /PATH/]

Writes the page as plain files into DIR, which must be missing or empty. Any file host can serve them under the path;
files ending in .br and .gz are the same compressed, for hosts that know how to use them.

  jwtlab build -out public                     for https://example.org/
  jwtlab build -out public -base /jwt-lab/     for https://example.org/jwt-lab/

`

// build writes the site out.
func build(e env, args []string) int {
	f := flags(e, "build", buildHelp)
	out := f.String("out", "", "the `folder` to write to")
	base := f.String("base", "/", "the `path` that the page will live under")
	if code, ok := parse(e, f, args); !ok {
		return code
	}
	if *out == "" || f.NArg() > 0 {
		return fail(e, usage, errors.New("build needs -out DIR and no other argument"))
	}
	s, err := site.Embedded()
	if err != nil {
		return fail(e, bad, err)
	}
	files, err := s.For(site.Host{Base: *base})
	if err != nil {
		return fail(e, usage, err)
	}
	if err := site.Write(*out, files); err != nil {
		return fail(e, bad, err)
	}
	fmt.Fprintf(e.out, "wrote %d files to %s, for the path %s\n", len(files), *out, *base)
	return good
}
