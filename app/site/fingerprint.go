package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// assets are the files below static/, by the names that they have in the repository.
type assets struct {
	bodies map[string][]byte
	names  map[string]string // what each is called in the site: its name with a hash of its content
}

// fingerprint returns the name with a hash of the content in it: app.css becomes app.0123456789ab.css. The content can
// then be kept for ever, by caches and by the service worker.
func fingerprint(name string, body []byte) string {
	sum := sha256.Sum256(body)
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
}

func (a *assets) add(name string, body []byte) {
	a.bodies[name] = body
	a.names[name] = fingerprint(name, body)
}

// readAssets reads the folder static/. Its pages and the service worker are left to others: their names must not change.
func readAssets(dir string) (*assets, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("reading static files: %w", err)
	}
	a := &assets{bodies: map[string][]byte{}, names: map[string]string{}}
	var referring []string // files that name others: these come last
	for _, e := range entries {
		name := e.Name()
		switch ext := filepath.Ext(name); {
		case e.IsDir() || strings.HasPrefix(name, "."), ext == ".html", ext == ".css", name == "sw.js":
		case ext == ".webmanifest":
			referring = append(referring, name)
		default:
			body, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return nil, fmt.Errorf("reading static files: %w", err)
			}
			a.add(name, body)
		}
	}
	for _, name := range referring {
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("reading static files: %w", err)
		}
		a.add(name, a.refer(body))
	}
	return a, a.readStyles(dir)
}

// readStyles joins the style sheets to one app.css: the tokens come first, then app.css, then the others. Those that a single
// page has for itself stay alone.
func (a *assets) readStyles(dir string) error {
	sheets, err := filepath.Glob(filepath.Join(dir, "*.css"))
	if err != nil {
		return fmt.Errorf("reading style sheets: %w", err)
	}
	rank := func(path string) int {
		switch filepath.Base(path) {
		case "tokens.css":
			return 0
		case "app.css":
			return 1
		}
		return 2
	}
	sort.SliceStable(sheets, func(i, j int) bool { return rank(sheets[i]) < rank(sheets[j]) })
	var all strings.Builder
	for _, path := range sheets {
		body, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("reading style sheets: %w", err)
		}
		if name := filepath.Base(path); slices.ContainsFunc(routes, func(r route) bool { return r.style == name }) {
			a.add(name, a.refer(body))
			continue
		}
		all.Write(body)
		all.WriteByte('\n')
	}
	a.add("app.css", a.refer([]byte(all.String())))
	return nil
}

// refer replaces the names of files, where they stand in quotes or in url(), by the names that they have in the site.
func (a *assets) refer(body []byte) []byte {
	var pairs []string
	for name, to := range a.names {
		for _, quotes := range []string{`""`, `''`, `()`} {
			pairs = append(pairs, quotes[:1]+name+quotes[1:], quotes[:1]+to+quotes[1:])
		}
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(body)))
}
