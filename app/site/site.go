// Package site assembles the site, holds it inside the program, writes it out for any file host and serves it.
//
// It works in two steps. [Assemble] runs once in a build: it fills the pages, gives every file under static/ a name
// with its hash and compresses it; the result lies in files/ and is embedded from there. [Open] and [Site.For] run in
// the finished program: they complete those files for the path that the site is to live under, without any toolchain,
// and what they return is written out by [Write] or served by [Handler]. So a plain file host and our own server have
// the same files, but for a mark on the page that tells the server's.
package site

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

//go:embed all:files
var embedded embed.FS

// ErrNoSite says that the program was built without the site in it, as by a bare go build.
var ErrNoSite = errors.New("this jwtlab was built without its site; run make build")

// A Site is an assembled site that is not yet bound to a path.
type Site struct{ files map[string][]byte }

// A File is one file of a site for a certain path. Brotli and Gzip are nil if compression does not pay.
type File struct {
	Path   string // relative to the site, with slashes
	Body   []byte
	Brotli []byte
	Gzip   []byte
}

// Final reports whether the file's name has its hash, so that its content can never change.
func (f File) Final() bool { return strings.HasPrefix(f.Path, "static/") }

// Embedded returns the site inside this program; [ErrNoSite] if there is none.
func Embedded() (*Site, error) {
	files, err := fs.Sub(embedded, "files")
	if err != nil {
		return nil, fmt.Errorf("opening site: %w", err)
	}
	return Open(files)
}

// Open reads an assembled site.
func Open(from fs.FS) (*Site, error) {
	s := &Site{files: map[string][]byte{}}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		s.files[name], err = fs.ReadFile(from, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("opening site: %w", err)
	}
	if s.files["index.html"] == nil {
		return nil, ErrNoSite
	}
	return s, nil
}

// A Host says where the site will live.
type Host struct {
	Base   string // the path, with a slash at both ends; "/" is the root
	Server bool   // whether pages are marked <html data-server>: they come from our own server
	Demo   bool   // whether that server has the demonstration's accounts: <html data-server="demo">
}

// For returns the files of the site for a host, sorted by path.
func (s *Site) For(h Host) ([]File, error) {
	if err := checkBase(h.Base); err != nil {
		return nil, err
	}
	version := s.version(h)
	var list []File
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if ext := path.Ext(name); ext == ".br" || ext == ".gz" {
			continue
		}
		f := File{Path: name, Body: s.files[name], Brotli: s.files[name+".br"], Gzip: s.files[name+".gz"]}
		if !f.Final() {
			var err error
			if f.Body, err = s.complete(f, h, version); err != nil {
				return nil, err
			}
			if f.Brotli, f.Gzip, err = compress(f.Body); err != nil {
				return nil, err
			}
		}
		list = append(list, f)
	}
	return list, nil
}

// checkBase reports what is wrong with a base.
func checkBase(b string) error {
	if !strings.HasPrefix(b, "/") || !strings.HasSuffix(b, "/") || strings.Contains(b, "//") {
		return fmt.Errorf("base %q does not begin and end with one slash, as in /demo/", b)
	}
	for _, part := range strings.Split(b, "/") {
		if part == "." || part == ".." {
			return fmt.Errorf("base %q has a part %q; write the path as the browser shows it", b, part)
		}
	}
	for _, c := range []byte(b) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && !('0' <= c && c <= '9') && !strings.ContainsRune("/-._~", rune(c)) {
			return fmt.Errorf("base %q has %q; use letters, digits and - . _ ~ only (RFC 3986 §2.3)", b, c)
		}
	}
	return nil
}

// version names a build for a host: a hash of all that is in it.
func (s *Site) version(h Host) string {
	sum := sha256.New()
	fmt.Fprintln(sum, h.Base, h.Server, h.Demo)
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		fmt.Fprintf(sum, "%s %x\n", name, sha256.Sum256(s.files[name]))
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// complete fills in what was open when the site was assembled.
func (s *Site) complete(f File, h Host, version string) ([]byte, error) {
	text := string(f.Body)
	if f.Path == "sw.js" {
		return s.worker(text, version)
	}
	mark := `<html data-version="` + version + `" `
	switch {
	case h.Server && h.Demo:
		mark += `data-server="demo" `
	case h.Server:
		mark += "data-server "
	}
	if strings.Count(text, "<html ") != 1 {
		return nil, fmt.Errorf("page %s has no html element to mark", f.Path)
	}
	text = strings.Replace(text, "<html ", mark, 1)
	return []byte(strings.ReplaceAll(text, base, h.Base)), nil
}

// worker fills the service worker with its version and the addresses of all files.
func (s *Site) worker(text, version string) ([]byte, error) {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		switch ext := path.Ext(name); {
		case name == "sw.js", ext == ".br", ext == ".gz":
		default:
			list = append(list, strings.TrimSuffix(name, "index.html"))
		}
	}
	files, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("listing files: %w", err)
	}
	for from, to := range map[string]string{
		`const version = "";`: `const version = "` + version + `";`,
		`const files = [];`:   "const files = " + string(files) + ";",
	} {
		if strings.Count(text, from) != 1 {
			return nil, fmt.Errorf("service worker has no line %q to fill in", from)
		}
		text = strings.Replace(text, from, to, 1)
	}
	return []byte(text), nil
}
