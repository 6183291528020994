package bench_test

import (
	"fmt"
	"testing"

	"jwtlab/app/site"
)

// BenchmarkInlining measures what the Makefile's SMALL flags save and what they cost.
func BenchmarkInlining(b *testing.B) {
	small, whole := weigh(embeddedProgram(b)), weigh(pack(b, "app.wasm", build(b, "./wasm", false)))
	cases, names := works(b)
	browser := start(b)
	took := map[bool]map[string][]float64{true: {}, false: {}}
	pages := map[bool]string{}
	for _, flags := range []bool{true, false} {
		pages[flags] = serve(b, bare(b, site.File{Path: "static/app.wasm", Body: build(b, "./app/bench/testdata/speed", flags)}))
	}
	for range 3 {
		for flags, page := range pages {
			t, done := open(b, browser, page, "globalThis.benchCases = "+quoted(cases))
			ask[any](t, "bench.ended()")
			for name, nanoseconds := range ask[map[string]float64](t, "benchSpeed") {
				took[flags][name] = append(took[flags][name], nanoseconds/1000)
			}
			done()
		}
	}
	rows := [][]string{{"", "as built", "all inlined", "as built ÷ all inlined"},
		{"app.wasm, brotli 11", figure(float64(small.br), "B"), figure(float64(whole.br), "B"), figure(float64(small.br)/float64(whole.br), "×")},
		{"app.wasm, raw", figure(float64(small.raw), "B"), figure(float64(whole.raw), "B"), figure(float64(small.raw)/float64(whole.raw), "×")}}
	for _, name := range names {
		s, w := quantile(took[true][name], 0), quantile(took[false][name], 0)
		if !(s > 0 && w > 0) {
			b.Fatalf("%s did not come out as it should", name)
		}
		rows = append(rows, []string{name, figure(s, "µs"), figure(w, "µs"), figure(s/w, "×")})
	}
	publish(b, "What leaving out inlining saves and costs", "The program is built with inlining only where it was measured to matter (`SMALL` in the Makefile). Times are of one\n"+
		"operation in Chromium: the best of three pages in alternation, with five rounds each.\n\n"+table(rows...)+
		fmt.Sprintf("\nIt saves %s of every first visit, %.1f %% of the program.\n", figure(float64(whole.br-small.br), "B"), 100*float64(whole.br-small.br)/float64(whole.br)))
}

// embeddedProgram returns the program of the real site.
func embeddedProgram(b *testing.B) site.File {
	b.Helper()
	for _, f := range debugger(b) {
		if weigh(f).program {
			return f
		}
	}
	b.Fatal("the site has no program")
	return site.File{}
}

// works lists what the speed program does, as JSON, and the names in order.
func works(b *testing.B) (cases string, names []string) {
	b.Helper()
	type work struct{ Name, Token, Key string }
	list := []work{{"read a token of 100 KB", sign(b, "HS256", 100_000).genuine, ""}}
	for _, alg := range []string{"HS256", "RS256", "ES256"} {
		s := sign(b, alg, 1000)
		list = append(list, work{"verify " + alg, s.genuine, s.key})
	}
	for _, w := range list {
		names = append(names, w.Name)
	}
	return quoted(list), names
}
