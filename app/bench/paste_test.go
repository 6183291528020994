package bench_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"jwtlab/app/site"
)

const (
	pasteBudget = 2
	pastes      = 9
)

// BenchmarkPaste measures the longest task that a paste of 1 MB makes, against the same paste into a bare text box.
func BenchmarkPaste(b *testing.B) {
	pages := [2]string{serve(b, debugger(b)), serve(b, textarea(b))}
	browser, s := start(b), sign(b, "RS256", 1_000_000)
	var first, again [2][]float64
	for range pastes {
		size := ""
		for i, url := range pages {
			f, a := pasted(b, browser, url, s, &size)
			first[i], again[i] = append(first[i], f), append(again[i], a)
		}
	}
	rows := [][]string{{"longest task, median (least to most), ms", "debugger", "bare text box", "ratio"}}
	verdicts := ""
	for _, r := range []struct {
		what    string
		samples [2][]float64
	}{{"first paste after the page's start", first}, {"paste over another token of 1 MB", again}} {
		ratio := median(r.samples[0]) / median(r.samples[1])
		rows = append(rows, []string{r.what, extent(r.samples[0]), extent(r.samples[1]), figure(ratio, "×")})
		verdicts += judge(r.what, ratio, pasteBudget, "×", "")
	}
	publish(b, "Longest task at a paste of 1 MB", fmt.Sprintf("From the paste until the verdict stands and all is drawn, as Chromium's trace has the tasks of the page's main thread. The\n"+
		"bare page is a text box of the same size, font and wrapping, and nothing else (`app/bench/testdata/page/textarea.html`).\n"+
		"%d pages each, in alternation, each in a new browser context.\n\n%s\n%s", pastes, table(rows...), verdicts))
}

// textarea returns the page that has a text box and no program.
func textarea(b *testing.B) (files []site.File) {
	b.Helper()
	for path, from := range map[string]string{"index.html": "textarea.html", "static/textarea.css": "textarea.css"} {
		body, err := os.ReadFile("testdata/page/" + from)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, site.File{Path: path, Body: body})
	}
	return files
}

// pasted opens a page, pastes twice, and returns the longest task of each in milliseconds. The debugger's page comes
// first, and leaves the size of its box for the bare one.
func pasted(b *testing.B, browser context.Context, url string, s sample, size *string) (first, again float64) {
	b.Helper()
	t, done := open(b, browser, url)
	defer done()
	if *size != "" {
		ask[any](t, "bench.resize("+*size+")")
		return paste(b, t, s.genuine, ""), paste(b, t, s.tampered, "")
	}
	ask[started](t, "bench.started()")
	ask[bool](t, setKey(s.key))
	first, again = paste(b, t, s.genuine, "yes"), paste(b, t, s.tampered, "no")
	*size = quoted(ask[[]float64](t, "bench.size()"))
	return first, again
}

// paste replaces the whole text and returns the longest task from then until the verdict says what is awaited, if
// anything is, and everything is drawn.
func paste(b *testing.B, t tab, text, want string) (longest float64) {
	b.Helper()
	ask[any](t, "bench.select()")
	tasks, at := t.traced(func() {
		ask[any](t, setMark)
		t.insert(text)
		ask[any](t, "bench.answered("+quoted(want)+")")
	})
	for _, one := range tasks {
		if one.mainThread && one.TS+one.Dur > at {
			longest = max(longest, one.Dur/1000)
		}
	}
	if longest == 0 {
		b.Fatal("the trace has no task of the page")
	}
	return longest
}

func extent(samples []float64) string {
	return fmt.Sprintf("%.0f (%.0f to %.0f)", median(samples), quantile(samples, 0), quantile(samples, 1))
}
