package bench_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/site"
)

// Budgets of a first visit, in bytes as brotli 11 packs them. Package site tests them; here they are reported.
const (
	programBudget = 2_150_000
	assetsBudget  = 60_000
)

// A weight is what one file costs a visitor, in each form that we send.
type weight struct {
	name          string
	br, gzip, raw int
	program       bool
	later         bool // only the service worker fetches it, in the background, so that the page works offline
}

func weigh(f site.File) weight {
	w := weight{name: plain(f.Path), br: len(f.Body), gzip: len(f.Body), raw: len(f.Body), program: path.Ext(f.Path) == ".wasm"}
	if f.Brotli != nil {
		w.br = len(f.Brotli)
	}
	if f.Gzip != nil {
		w.gzip = len(f.Gzip)
	}
	return w
}

// plain takes the hash out of a file's name.
func plain(name string) string {
	dir, file := path.Split(name)
	if parts := strings.Split(file, "."); dir == "static/" && len(parts) == 3 {
		return parts[0] + "." + parts[2]
	}
	return name
}

func (w weight) row() []string {
	when := "at once"
	if w.later {
		when = "later"
	}
	return []string{w.name, figure(float64(w.br), "B"), figure(float64(w.gzip), "B"), figure(float64(w.raw), "B"), when}
}

// visit weighs all that a first visit fetches, and sums up all but the program.
func visit(b *testing.B) (list []weight, program, others weight) {
	b.Helper()
	files := debugger(b)
	front := files[slices.IndexFunc(files, func(f site.File) bool { return f.Path == "index.html" })]
	for _, f := range files {
		w := weigh(f)
		// The page names the files that it needs; sw.js fetches all there are.
		w.later = w.name == "worker.js" || f.Path != front.Path && !strings.Contains(string(front.Body), f.Path)
		list = append(list, w)
		if w.program {
			program = w
			continue
		}
		if w.later {
			continue
		}
		others.br, others.gzip, others.raw = others.br+w.br, others.gzip+w.gzip, others.raw+w.raw
	}
	slices.SortStableFunc(list, func(x, y weight) int {
		if x.later != y.later {
			return map[bool]int{true: 1, false: -1}[x.later]
		}
		return y.br - x.br
	})
	others.name = "**all but the program, at once**"
	return list, program, others
}

// BenchmarkSize weighs a first visit file by file, against the least that a page of go-app and golang-jwt weighs.
func BenchmarkSize(b *testing.B) {
	list, program, others := visit(b)
	floor := weigh(pack(b, "app.wasm", build(b, "./app/bench/testdata/floor", true)))
	floor.name = "floor: go-app and golang-jwt alone"
	rows := [][]string{{"file", "br", "gzip", "raw", "when"}}
	for _, w := range append(list, others, floor) {
		rows = append(rows, w.row())
	}
	rows[len(rows)-2][4], rows[len(rows)-1][4] = "", ""
	b.ReportMetric(float64(program.br), "B/app.wasm")
	publish(b, "Transfer size of a first visit", table(rows...)+
		"\n\"Later\" is what only the service worker fetches, in the background, so that the page works offline. The floor is a go-app\n"+
		"page that has golang-jwt verify a pasted token (`app/bench/testdata/floor`), built by the same command in this run; the\n"+
		"program is "+figure(float64(program.br)/float64(floor.br), "×")+" as large.\n\n"+
		judge("app.wasm, brotli 11", float64(program.br), programBudget, "B", "")+
		judge("all other files of a first visit, brotli 11", float64(others.br), assetsBudget, "B", ""))
}
