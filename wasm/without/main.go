// Command without prints the overlay with which the page's program is built (go help build, -overlay): for each folder below
// this one, which package of the toolchain it stands in for, and for a few files copies without a piece. What is left out can
// have no use in a browser, or nobody who uses it; package app's tests hold who may import each package that is replaced.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// packages are the folders of the toolchain's sources, by the folder here.
var packages = map[string]string{
	"httpproxy": "vendor/golang.org/x/net/http/httpproxy",
	"regexp":    "regexp",
	"template":  "text/template",
}

func main() {
	if err := print(); err != nil {
		fmt.Fprintln(os.Stderr, "without:", err)
		os.Exit(1)
	}
}

func print() error {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("asking for GOROOT: %w", err)
	}
	replace := map[string]string{} // the file that is read instead; none for ""
	for here, there := range packages {
		there = filepath.Join(strings.TrimSpace(string(root)), "src", there)
		if err := cover(replace, filepath.Join("wasm", "without", here), there); err != nil {
			return err
		}
	}
	w := rewriter{filepath.Join(strings.TrimSpace(string(root)), "src"), filepath.Join("bin", "_without"), replace}
	if err := os.RemoveAll(w.folder); err != nil {
		return err
	}
	if err := os.MkdirAll(w.folder, 0o755); err != nil {
		return err
	}
	if err := w.without(); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"Replace": replace})
}

// cover hides the files of one folder behind those of another.
func cover(replace map[string]string, here, there string) error {
	theirs, err := filepath.Glob(filepath.Join(there, "*.go"))
	if err == nil && len(theirs) == 0 {
		err = fmt.Errorf("the toolchain has no %s any more", there)
	}
	if err != nil {
		return err
	}
	for _, file := range theirs {
		replace[file] = ""
	}
	ours, err := filepath.Glob(filepath.Join(here, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range ours {
		if replace[filepath.Join(there, filepath.Base(file))], err = filepath.Abs(file); err != nil {
			return err
		}
	}
	return nil
}
