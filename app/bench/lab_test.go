package bench_test

import (
	"fmt"
	"testing"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/site"
)

// The budgets of the lab, in milliseconds and as a ratio.
const (
	firstRow     = 100
	wholeMatrix  = 2000
	overRequests = 1.5
	seekTime     = 100
)

// pageMatrix asks for the matrix as its user does, and waits for its rows.
const pageMatrix = `new Promise((done) => {
	const rows = () => document.querySelectorAll("#matrix tbody tr").length, took = {};
	const button = document.querySelector("#matrix button.strong"), all = %d;
	const began = performance.now();
	const look = () => {
		if (rows() > 0 && !took.shown) took.shown = performance.now() - began;
		if (rows() >= all) { took.page = performance.now() - began; done(took); } else requestAnimationFrame(look);
	};
	button.click();
	look();
})`

// BenchmarkLab measures the matrix and seeking, in Chromium.
func BenchmarkLab(b *testing.B) {
	page := serve(b, bare(b, site.File{Path: "static/app.wasm", Body: build(b, "./app/bench/testdata/lab", true)}))
	browser := start(b)
	got := map[string][]float64{}
	for range 5 {
		t, done := open(b, browser, page)
		ask[any](t, "bench.ended()")
		for name, v := range ask[map[string]float64](t, "benchLab") {
			got[name] = append(got[name], v)
		}
		done()
	}
	lab := serve(b, debugger(b)) + "lab/"
	for range 5 {
		t, done := open(b, browser, lab)
		ask[any](t, "bench.ended()")
		ask[any](t, "new Promise((done) => setTimeout(done, 3000))") // as long as one reads before one asks
		for name, v := range ask[map[string]float64](t, fmt.Sprintf(pageMatrix, len(scenario.Setups()))) {
			got[name] = append(got[name], v)
		}
		done()
	}
	m := func(name string) float64 { return quantile(got[name], 0.5) }
	ratio := m("whole") / (m("requests") * m("request"))
	rows := [][]string{{"", "median of 5 pages", "most"},
		{"in the page, from the click: the first row is shown", figure(m("shown"), "ms"), figure(quantile(got["shown"], 1), "ms")},
		{"in the page, from the click: the last row is shown", figure(m("page"), "ms"), figure(quantile(got["page"], 1), "ms")},
		{"the matrix alone: first row of it, with nothing compiled yet", figure(m("first"), "ms"), figure(quantile(got["first"], 1), "ms")},
		{fmt.Sprintf("the whole matrix: %.0f cells, %.0f requests", m("cells"), m("requests")), figure(m("whole"), "ms"), figure(quantile(got["whole"], 1), "ms")},
		{"one request with its signature, in process", figure(m("request"), "ms"), figure(quantile(got["request"], 1), "ms")},
		{"going to any of 1,000 moves, half of the times", figure(m("seek50"), "ms"), figure(quantile(got["seek50"], 1), "ms")},
		{"going to any of 1,000 moves, 95 %", figure(m("seek95"), "ms"), figure(quantile(got["seek95"], 1), "ms")},
		{fmt.Sprintf("memory after 1,000 moves (%.0f messages), with what is kept to go back", m("messages")), figure(m("memory"), "B"), figure(quantile(got["memory"], 1), "B")},
	}
	publish(b, "The lab", "The page itself, three seconds after it was ready: it runs the first row in its Worker before anybody asks. Then what it\n"+
		"does there, in a page of its own (`app/bench/testdata/lab`), built by the same command: every attack\n"+
		"against every setup, each row written as JSON; and a run of 1,000 moves that is gone back and forth in a hundred times. The\n"+
		"request is `GET /api/me` of the same service with a token that it has not met (EdDSA), and nothing around it.\n\n"+table(rows...)+"\n"+
		judge("first row of the matrix, in the page", m("shown"), firstRow, "ms", "")+
		judge("whole matrix, in the page", m("page"), wholeMatrix, "ms", "")+
		judge("whole matrix ÷ its requests with a signature each", ratio, overRequests, "×", "")+
		judge("seek in 1,000 moves, p95", m("seek95"), seekTime, "ms", ""))
}
