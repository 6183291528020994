package main

import (
	"errors"

	"jwtlab/app/site"
	"jwtlab/app/ui"
)

const assembleHelp = `usage: jwtlab assemble -program APP.WASM -runtime WASM_EXEC.JS -out DIR [-src DIR]

A step of make build: fills the pages from the sources and writes the site to where it is embedded from.

`

// assemble makes the site from its sources.
func assemble(e env, args []string) int {
	f := flags(e, "assemble", assembleHelp)
	src := f.String("src", ".", "the repository's `folder`")
	program := f.String("program", "", "the compiled program, a `file`")
	runtime := f.String("runtime", "", "wasm_exec.js of the toolchain that compiled it, a `file`")
	out := f.String("out", "", "the `folder` to write to")
	if code, ok := parse(e, f, args); !ok {
		return code
	}
	if *program == "" || *runtime == "" || *out == "" || f.NArg() > 0 {
		return fail(e, usage, errors.New("assemble needs -program, -runtime and -out"))
	}
	s := site.Source{Dir: *src, Program: *program, Runtime: *runtime, Frame: ui.Frame}
	if err := site.Assemble(s, *out); err != nil {
		return fail(e, bad, err)
	}
	return good
}
