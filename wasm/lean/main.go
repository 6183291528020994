// Command lean takes out of a program for the browser what only says which line of which file an instruction came from. It
// rewrites the file that it is given.
//
// Go keeps these tables in every program, for the traces of panics; the flags -s and -w leave them in. They are a twelfth of
// what a visitor downloads, and tell of a source that the visitor does not have. What the garbage collector and a panic need
// to walk the stack stays, and so do the names of functions: a trace still says where, by name.
//
// The runtime has a way to say that there is no such table: the offset 0 (runtime.pcvalue, runtime.funcline1), on which a
// trace says "?:0". So no code changes, and nothing moves: bytes become zeros, which cost nothing when compressed.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: lean PROGRAM.wasm")
		os.Exit(2)
	}
	if err := rewrite(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "lean:", err)
		os.Exit(1)
	}
}

func rewrite(name string) error {
	program, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	m, err := readMemory(program)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	t, err := findTable(m)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := t.forgetLines(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	m.write(program)
	return os.WriteFile(name, program, 0o644)
}
