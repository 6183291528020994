package site_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/site"
)

// repository is the folder of index.html and static/: the tests fill the real shell.
const repository = "../.."

// frame is a page with the two boxes that the shell knows.
func frame(_ string, l locale.Lang) app.UI {
	return app.Div().Class("page").Body(
		app.Textarea().ID("token-text").Aria("label", locale.Text(l, "site.crashed.text")),
		app.Textarea().ID("key-text").Aria("label", "Key"),
	)
}

// source is the real shell around a program that is none.
func source(t *testing.T) site.Source {
	dir := t.TempDir()
	write := func(name, body string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	return site.Source{
		Dir:     repository,
		Program: write("app.wasm", "\x00asm"+strings.Repeat("program ", 100)),
		Runtime: write("wasm_exec.js", "globalThis.Go = class {};"),
		Frame:   frame,
	}
}

// assembled returns the site of [source] as it would be embedded.
func assembled(t *testing.T) *site.Site {
	t.Helper()
	dir := t.TempDir()
	if err := site.Assemble(source(t), dir); err != nil {
		t.Fatal(err)
	}
	s, err := site.Open(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// filesFor returns the files for a host by their paths.
func filesFor(t *testing.T, h site.Host) map[string]site.File {
	t.Helper()
	list, err := assembled(t).For(h)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]site.File{}
	for _, f := range list {
		files[f.Path] = f
	}
	return files
}

var reference = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

// Every page must find its files wherever the site lives; only the page for unknown addresses may know where that is.
func TestReferencesResolve(t *testing.T) {
	for _, h := range []site.Host{{Base: "/"}, {Base: "/demo/"}, {Base: "/a/b.c/", Server: true}} {
		files := filesFor(t, h)
		for name, f := range files {
			if path.Ext(name) != ".html" {
				continue
			}
			for _, m := range reference.FindAllStringSubmatch(string(f.Body), -1) {
				to := m[1]
				if absolute := strings.HasPrefix(to, "/"); absolute != (name == "404.html") {
					t.Errorf("%s under %s refers to %s", name, h.Base, to)
				}
				if rest, ok := strings.CutPrefix(to, h.Base); ok && name == "404.html" {
					to = rest
				}
				at := path.Join(path.Dir(name), to)
				if name == "404.html" {
					at = path.Clean(to)
				}
				_, file := files[at]
				_, folder := files[path.Join(at, "index.html")]
				if !file && !folder {
					t.Errorf("%s under %s refers to %s, which is not there", name, h.Base, m[1])
				}
			}
			if bytes.Contains(f.Body, []byte("jwtlab.base")) || bytes.Contains(f.Body, []byte("⟨")) {
				t.Errorf("%s under %s has something that was not filled in", name, h.Base)
			}
		}
	}
}

// What the start script is told by name must exist too.
func TestProgramIsNamed(t *testing.T) {
	files := filesFor(t, site.Host{Base: "/"})
	page := string(files["ko/index.html"].Body)
	for _, attr := range []string{"program", "runtime", "worker"} {
		m := regexp.MustCompile(`data-` + attr + `="([^"]+)"`).FindStringSubmatch(page)
		if m == nil || files["static/"+m[1]].Path == "" {
			t.Errorf("data-%s names %v, which is not there", attr, m)
		}
	}
	if want := `data-size="804"`; !strings.Contains(page, want) {
		t.Errorf("page does not have %s, the size of the program", want)
	}
}

func TestPagesAreMarked(t *testing.T) {
	plain, served := filesFor(t, site.Host{Base: "/"}), filesFor(t, site.Host{Base: "/", Server: true})
	mark := regexp.MustCompile(`<html data-version="([0-9a-f]{16})" (data-server )?lang="(en|ko)">`)
	for _, name := range []string{"index.html", "ko/index.html", "404.html"} {
		a, b := mark.FindSubmatch(plain[name].Body), mark.FindSubmatch(served[name].Body)
		if a == nil || b == nil {
			t.Fatalf("%s has no mark", name)
		}
		if len(a[2]) > 0 || len(b[2]) == 0 {
			t.Errorf("%s: data-server is %q on a plain host and %q on our server", name, a[2], b[2])
		}
		if bytes.Equal(a[1], b[1]) {
			t.Errorf("%s: both hosts have version %s, though their pages differ", name, a[1])
		}
		if !bytes.Contains(plain["sw.js"].Body, a[1]) {
			t.Errorf("the service worker is not of version %s", a[1])
		}
	}
}

func TestDemoIsMarked(t *testing.T) {
	demo := filesFor(t, site.Host{Base: "/", Server: true, Demo: true})
	if page := string(demo["server/index.html"].Body); !strings.Contains(page, ` data-server="demo" `) {
		t.Errorf("the page does not say that there are the demonstration's accounts: %.200s", page)
	}
	if page := string(filesFor(t, site.Host{Base: "/", Demo: true})["index.html"].Body); strings.Contains(page, "data-server") {
		t.Error("a plain host's page says that it comes from our server")
	}
}

// The service worker lists the whole site, itself aside, by the addresses that are asked for.
func TestServiceWorkerList(t *testing.T) {
	files := filesFor(t, site.Host{Base: "/demo/"})
	text := string(files["sw.js"].Body)
	for name := range files {
		address := `"` + strings.TrimSuffix(name, "index.html") + `"`
		if has := strings.Contains(text, address); has != (name != "sw.js") {
			t.Errorf("service worker lists %s: %v", address, has)
		}
	}
}

func TestCompressedFormsAreTheSame(t *testing.T) {
	for name, f := range filesFor(t, site.Host{Base: "/"}) {
		if path.Ext(name) == ".png" {
			continue
		}
		br, err := io.ReadAll(brotli.NewReader(bytes.NewReader(f.Brotli)))
		if err != nil || !bytes.Equal(br, f.Body) {
			t.Errorf("%s in brotli is not the file: %v", name, err)
		}
		z, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Errorf("%s in gzip: %v", name, err)
			continue
		}
		if gz, err := io.ReadAll(z); err != nil || !bytes.Equal(gz, f.Body) {
			t.Errorf("%s in gzip is not the file: %v", name, err)
		}
	}
}

// A second build into the same folder gives what a build into a new one gives, and leaves nothing of the first.
func TestAssembleAgain(t *testing.T) {
	first, again := t.TempDir(), t.TempDir()
	s := source(t)
	if err := site.Assemble(s, again); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Program, []byte("another program"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{first, again} {
		if err := site.Assemble(s, dir); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := listing(t, first), listing(t, again); !slices.Equal(a, b) {
		t.Errorf("a new folder has\n%q\none that was built into before has\n%q", a, b)
	}
}

// listing returns the names and contents below a folder.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(file)
		name, _ := filepath.Rel(dir, file)
		all = append(all, name+" "+string(body))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBase(t *testing.T) {
	s := assembled(t)
	for _, good := range []string{"/", "/demo/", "/a/b/", "/~me/jwt-lab.v1/"} {
		if _, err := s.For(site.Host{Base: good}); err != nil {
			t.Errorf("base %s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "demo", "/demo", "demo/", "//", "/a//b/", "/../", "/a/./", "/a b/", `/"/`, "/한/", "/a?b/", "https://a.example/"} {
		if files, err := s.For(site.Host{Base: bad}); err == nil || files != nil {
			t.Errorf("base %q is taken", bad)
		}
	}
}

func TestOpenWithoutSite(t *testing.T) {
	if _, err := site.Open(fstest.MapFS{".keep": {}}); err != site.ErrNoSite {
		t.Errorf("opening an empty folder gives %v, want ErrNoSite", err)
	}
}

func TestWrite(t *testing.T) {
	files := []site.File{{Path: "a.html", Body: []byte("a"), Brotli: []byte("b"), Gzip: []byte("g")}, {Path: "ko/b.png", Body: []byte("p")}}
	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := site.Write(dir, files); err != nil {
		t.Fatal(err)
	}
	if got, want := listing(t, dir), []string{"a.html a", "a.html.br b", "a.html.gz g", "ko/b.png p"}; !slices.Equal(got, want) {
		t.Errorf("wrote %q, want %q", got, want)
	}
	if err := site.Write(dir, files); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("writing over it: %v, want an error that says it is not empty", err)
	}
	if err := site.Write(filepath.Join(dir, "a.html"), files); err == nil {
		t.Error("writing to a file as if it was a folder is no error")
	}
}
