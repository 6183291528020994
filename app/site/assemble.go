package site

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
)

// A Source is what the site is made of.
type Source struct {
	Dir     string // the repository: index.html and static/ lie in it
	Program string // the file app.wasm
	Runtime string // the file wasm_exec.js of the toolchain that built it

	Frame func(route string, l locale.Lang) app.UI // the page as it is before anything was typed
}

// Assemble writes the site into the folder, from where it is embedded: every page in every language, and every file of
// static/ under a name that has its hash, with its compressed forms beside it. Compressing the program takes most of
// the time, so what the folder has already is kept; the rest of it is removed.
func Assemble(s Source, out string) error {
	a, err := readAssets(filepath.Join(s.Dir, "static"))
	if err != nil {
		return err
	}
	for name, file := range map[string]string{"app.wasm": s.Program, "wasm_exec.js": s.Runtime} {
		body, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("reading program: %w", err)
		}
		a.add(name, body)
	}
	for _, r := range routes {
		for part := range strings.SplitSeq(r.words, "+") {
			for _, l := range locale.Langs() {
				a.add(wordFile(part, l), []byte(locale.Words(l, part)))
			}
		}
	}
	files, err := s.pages(a)
	if err != nil {
		return err
	}
	for name, body := range a.bodies {
		files["static/"+a.names[name]] = body
	}
	if err := compressInto(out, files); err != nil {
		return err
	}
	if err := prune(out, files); err != nil {
		return err
	}
	return writeFiles(out, files)
}

// wordFile is the name of the file with a part of the texts of a language.
func wordFile(part string, l locale.Lang) string { return "words-" + part + "." + string(l) + ".txt" }

// pages returns all pages by their paths, and the service worker, which is filled in when the site's base is known.
func (s Source) pages(a *assets) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, r := range routes {
		for _, l := range locale.Langs() {
			body, err := s.page(a, r, l)
			if err != nil {
				return nil, err
			}
			files[r.folder(l)+"index.html"] = body
		}
	}
	var err error
	if files["404.html"], err = s.lost(a); err != nil {
		return nil, err
	}
	if files["sw.js"], err = os.ReadFile(filepath.Join(s.Dir, "static", "sw.js")); err != nil {
		return nil, fmt.Errorf("reading service worker: %w", err)
	}
	return files, nil
}

// stamp names the file that tells what the compressed files were made with.
const stamp = ".compressors"

// compressors names what compresses, in the versions that decide about the bytes.
func compressors() string {
	brotli := "?"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			if strings.HasSuffix(dep.Path, "/brotli") {
				brotli = dep.Version
			}
		}
	}
	return "brotli " + brotli + " level 11 window 24, gzip of " + runtime.Version() + " level 9\n"
}

// compressInto adds the compressed forms of the files under static/, which will not change any more. A form that is
// in the folder already is taken from there, if the same compressors made it.
func compressInto(out string, files map[string][]byte) error {
	made := compressors()
	before, _ := os.ReadFile(filepath.Join(out, stamp)) // without it, all are made anew
	for name, body := range files {
		if !strings.HasPrefix(name, "static/") || !compressible(name) {
			continue
		}
		br, errBr := os.ReadFile(filepath.Join(out, name+".br"))
		gz, errGz := os.ReadFile(filepath.Join(out, name+".gz"))
		if errBr != nil || errGz != nil || string(before) != made {
			var err error
			if br, gz, err = compress(body); err != nil {
				return err
			}
		}
		files[name+".br"], files[name+".gz"] = br, gz
	}
	files[stamp] = []byte(made)
	return nil
}

// prune removes what an earlier build left in the folder.
func prune(out string, files map[string][]byte) error {
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(out, path)
		if err != nil {
			return err
		}
		if _, kept := files[filepath.ToSlash(name)]; kept || name == ".keep" {
			return nil
		}
		return os.Remove(path)
	})
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("removing files of an earlier build: %w", err)
	}
	return nil
}

// writeFiles writes the files below the folder.
func writeFiles(dir string, files map[string][]byte) error {
	for name, body := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("writing site: %w", err)
		}
		if err := os.WriteFile(path, body, 0o644); err != nil {
			return fmt.Errorf("writing site: %w", err)
		}
	}
	return nil
}
