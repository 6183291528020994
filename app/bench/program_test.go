package bench_test

import (
	"bytes"
	"compress/gzip"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"jwtlab/app/site"
)

// build compiles a package for the page with the Makefile's own commands and flags; those of SMALL that take inlining
// away can be left out, and others be added.
func build(b *testing.B, pkg string, small bool, more ...string) []byte {
	b.Helper()
	out := filepath.Join(b.TempDir(), "app.wasm")
	command := variable(b, "GO_BUILD")
	for flag := range strings.FieldsSeq(variable(b, "SMALL")) {
		if small || !strings.HasPrefix(flag, "-gcflags=") {
			command += " " + flag
		}
	}
	command += " " + strings.Join(more, " ")
	cmd := exec.Command("sh", "-c", command+` -o "$0" "$1" && GOOS= GOARCH= go run ./wasm/lean "$0"`, out, pkg)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("building %s: %v\n%s", pkg, err, text)
	}
	body, err := os.ReadFile(out)
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// variable returns what the Makefile sets a variable to.
func variable(b *testing.B, name string) string {
	b.Helper()
	text, err := os.ReadFile("../../Makefile")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+" = "); ok {
			return strings.TrimSpace(value)
		}
	}
	b.Fatalf("the Makefile does not set %s", name)
	return ""
}

// pack compresses as package site does: brotli as squeeze has it, gzip at level 9.
func pack(b *testing.B, path string, body []byte) site.File {
	b.Helper()
	var gz bytes.Buffer
	g, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		b.Fatal(err)
	}
	g.Write(body)
	if err := g.Close(); err != nil {
		b.Fatal(err)
	}
	return site.File{Path: path, Body: body, Brotli: squeeze(b, body), Gzip: gz.Bytes()}
}

// squeeze compresses with brotli at level 11 and a window of 2^24.
func squeeze(b *testing.B, body []byte) []byte {
	b.Helper()
	var br bytes.Buffer
	w := brotli.NewWriterOptions(&br, brotli.WriterOptions{Quality: 11, LGWin: 24})
	w.Write(body)
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return br.Bytes()
}

// debugger returns the files of the real site, as our own server sends them.
func debugger(b *testing.B) []site.File {
	b.Helper()
	s, err := site.Embedded()
	if err != nil {
		b.Skip(err) // a bare go test, without make build
	}
	files, err := s.For(site.Host{Base: "/", Server: true})
	if err != nil {
		b.Fatal(err)
	}
	return files
}

// bare returns a page that starts a program in the shortest way. The program comes packed or, where its download is not
// measured, plain.
func bare(b *testing.B, program site.File) []site.File {
	b.Helper()
	files := []site.File{program}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		b.Fatal(err)
	}
	for path, from := range map[string]string{
		"index.html":          "testdata/page/index.html",
		"static/start.js":     "testdata/page/start.js",
		"static/wasm_exec.js": filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"),
	} {
		body, err := os.ReadFile(from)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, pack(b, path, body))
	}
	return files
}

// serve serves files as jwtlab serve does, and returns the address.
func serve(b *testing.B, files []site.File) string {
	b.Helper()
	s := httptest.NewServer(site.Handler(files))
	b.Cleanup(s.Close)
	return s.URL + "/"
}
