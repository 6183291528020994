package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// A piece of a file of the toolchain has something shorter in its place in the page's program.
type piece struct{ file, text, instead, why string }

// pieces keep more alive than they are worth.
var pieces = []piece{
	{"internal/godebug/godebug.go", `registerMetric("/godebug/non-default-behavior/"+s.Name()+":events", s.nonDefault.Load)`, "",
		"counts for runtime/metrics, which nobody reads, and with it the table of all metrics: 43 KB of code"},
}

// A rewriter puts changed copies of files into a folder, and tells the overlay of them.
type rewriter struct {
	src, folder string            // of the toolchain, and for the copies
	replace     map[string]string // the overlay
}

// without takes the pieces out, and the self-tests.
func (w *rewriter) without() error {
	for _, p := range pieces {
		err := w.change(filepath.Join(w.src, p.file), func(text []byte) ([]byte, error) {
			if !bytes.Contains(text, []byte(p.text)) {
				return nil, fmt.Errorf("the toolchain has no %q there any more", p.text)
			}
			return bytes.Replace(text, []byte(p.text), []byte(p.instead), 1), nil
		})
		if err != nil {
			return err
		}
	}
	tests, err := filepath.Glob(filepath.Join(w.src, selfTests))
	if err == nil && len(tests) == 0 {
		err = fmt.Errorf("the toolchain has no %s any more", selfTests)
	}
	if err != nil {
		return err
	}
	for _, file := range tests {
		if err := w.change(file, withoutSelfTest); err != nil {
			return err
		}
	}
	return nil
}

// change rewrites a file, or a copy that was changed before.
func (w *rewriter) change(file string, by func([]byte) ([]byte, error)) error {
	from, again := w.replace[file]
	if !again {
		from = file
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if text, err = by(text); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if !again {
		if from, err = filepath.Abs(filepath.Join(w.folder, strconv.Itoa(len(w.replace))+".go")); err != nil {
			return err
		}
		w.replace[file] = from
	}
	return os.WriteFile(from, text, 0o644)
}
