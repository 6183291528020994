package bench_test

import (
	"encoding/binary"
	"testing"
)

// Ids of the sections of a WebAssembly module, and of the part of the name section that names functions (core
// specification §5.5.2, appendix "Custom Sections").
const (
	customSection = 0
	importSection = 2
	codeSection   = 10
	dataSection   = 11
	functionNames = 1
)

// A module is a program for the page, taken apart.
type module struct {
	code, data []byte   // sections
	functions  [][]byte // bodies, in the order of the code section
	names      []string // of the functions, if the program was linked with names
}

// dissect takes a program apart as far as it takes to tell whose the functions are.
func dissect(b *testing.B, program []byte) (m module) {
	b.Helper()
	r := reader{program[8:]} // behind the magic number and the version
	imports, names := 0, map[int]string{}
	for len(r.rest) > 0 {
		id := r.take(1)[0]
		section := reader{r.take(r.number())}
		switch id {
		case importSection:
			imports = section.number() // Go's linker imports functions only
		case codeSection:
			m.code = section.rest
			for range section.number() {
				m.functions = append(m.functions, section.take(section.number()))
			}
		case dataSection:
			m.data = section.rest
		case customSection:
			if string(section.take(section.number())) == "name" {
				names = section.functionNames()
			}
		}
	}
	for i := range m.functions {
		m.names = append(m.names, names[imports+i])
	}
	return m
}

// reader reads the encoding of the sections. A program that it cannot read makes it panic, which ends the benchmark.
type reader struct{ rest []byte }

func (r *reader) number() int {
	v, n := binary.Uvarint(r.rest) // LEB128 without a sign
	r.rest = r.rest[n:]
	return int(v)
}

func (r *reader) take(n int) []byte {
	part := r.rest[:n]
	r.rest = r.rest[n:]
	return part
}

// functionNames reads the rest of the name section.
func (r *reader) functionNames() map[int]string {
	names := map[int]string{}
	for len(r.rest) > 0 {
		id := r.take(1)[0]
		part := reader{r.take(r.number())}
		if id != functionNames {
			continue
		}
		for range part.number() {
			i := part.number()
			names[i] = string(part.take(part.number()))
		}
	}
	return names
}
