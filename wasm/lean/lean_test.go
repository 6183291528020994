package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// build compiles the program in testdata for the browser.
func build(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "panics.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/panics")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return out
}

// TestLean: what the runtime walks the stack by is as it was, byte for byte; lines and files are gone.
func TestLean(t *testing.T) {
	name := build(t)
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := rewrite(name); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(name)
	if err != nil || len(after) != len(before) {
		t.Fatalf("%d bytes were %d: %v", len(after), len(before), err)
	}
	if !bytes.Contains(before, []byte("panics/main.go")) || bytes.Contains(after, []byte("panics/main.go")) {
		t.Error("the name of a source file is not there before, or still is afterwards")
	}
	a, b := tables(t, before), tables(t, after)
	for i := range a.functions {
		f := a.function(i)
		if f != b.function(i) || a.u32(f+lineAt) == 0 && a.u32(f+fileAt) != 0 || b.u32(f+fileAt) != 0 || b.u32(f+lineAt) != 0 || b.u32(f+startAt) != 0 {
			t.Fatalf("function %d still has lines", i)
		}
		for j := -1; j < a.u32(f+countAt); j++ {
			at := f + stackAt
			if j >= 0 {
				at = f + moreAt + 4*j
			}
			offset := a.u32(at)
			if end := a.tableEnd(offset); b.u32(at) != offset || !bytes.Equal(a.bytes[a.values+offset : a.values+end+1][:end-offset], b.bytes[b.values+offset:][:end-offset]) {
				t.Fatalf("table %d of function %d has changed", j, i)
			}
		}
	}
	if !bytes.Equal(a.bytes[a.names:a.units], b.bytes[b.names:b.units]) {
		t.Error("the names of functions have changed")
	}
}

func tables(t *testing.T, program []byte) *table {
	t.Helper()
	m, err := readMemory(program)
	if err != nil {
		t.Fatal(err)
	}
	found, err := findTable(m)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestRuns runs such a program where there is something to run it: it collects garbage with deep stacks, recovers from
// panics, and ends with a trace of names.
func TestRuns(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node to run the program in")
	}
	name := build(t)
	if err := rewrite(name); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(node, filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js"), name).CombinedOutput()
	text := string(out)
	if err == nil || !strings.Contains(text, "recovered 1000 times") || !strings.Contains(text, "panic: the end") || !strings.Contains(text, "main.deep(") {
		t.Errorf("%v\n%s", err, text)
	}
	if strings.Contains(text, "main.go:") {
		t.Errorf("there are lines left:\n%s", text)
	}
}

// TestRefuses: what is no such program is left alone.
func TestRefuses(t *testing.T) {
	for _, text := range []string{"", "\x00asm", "\x00asm\x01\x00\x00\x00", "\x00asm\x01\x00\x00\x00\x0b\xff\xff\xff\xff\x0f", "\x00asm\x01\x00\x00\x00\x0b\x05\x01\x00\x41\x00\x0b", "hello, world"} {
		name := filepath.Join(t.TempDir(), "x.wasm")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := rewrite(name); err == nil {
			t.Errorf("%q is taken for a program", text)
		}
		if after, err := os.ReadFile(name); err != nil || string(after) != text {
			t.Errorf("%q has become %q: %v", text, after, err)
		}
	}
}
