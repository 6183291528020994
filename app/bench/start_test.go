package bench_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

const (
	startBudget = 1.3
	starts      = 15
	tracedAgain = 5 // starts of each page with a trace, which takes time itself
	slowStarts  = 3
	mobile      = "10 Mbit/s, 60 ms"
)

// A started is when things happened in a page, milliseconds from the start of its navigation.
type started struct{ Ready, Paint, Program float64 }

// A series is one figure of both pages, the debugger's first.
type series [2][]float64

func (s *series) add(page int, v float64) { s[page] = append(s[page], v) }

// row is a row of the report's table.
func (s *series) row(name string) []string {
	row := []string{name}
	for _, samples := range s {
		row = append(row, fmt.Sprintf("%.0f (%.0f to %.0f)", median(samples), quantile(samples, 0.1), quantile(samples, 0.9)))
	}
	return append(row, figure(median(s[0])/median(s[1]), "×"))
}

// BenchmarkStart measures the way from an address to the decoded example, with nothing cached.
func BenchmarkStart(b *testing.B) {
	hello := pack(b, "static/app.wasm", build(b, "./app/bench/testdata/hello", true))
	pages, browser := [2]string{serve(b, debugger(b)), serve(b, bare(b, hello))}, start(b)
	l := launch(b, browser, pages)
	slow := onMobile(b, browser, pages[0])
	ratio := median(l.ready[0]) / median(l.ready[1])
	b.ReportMetric(ratio, "x_bare")
	publish(b, "Cold start", fmt.Sprintf("From the start of the navigation to `html[data-ready]`, which both pages set when they have drawn their first state: the\n"+
		"debugger its decoded and verified example, the bare page a line of text (`app/bench/testdata/hello`, %s br, the same\n"+
		"build flags, server and compression). %d starts each, in alternation, each in a new browser context. CPU is what the\n"+
		"threads of the page's process used up to that moment, from a trace of %d more starts each.\n\n%s\n%s%s",
		figure(float64(len(hello.Brotli)), "B"), starts, tracedAgain, l.table(),
		judge("ready, debugger ÷ bare page", ratio, startBudget, "×", whyStart),
		firstPaint(slow, median(l.paint[0]) < median(l.ready[0]))))
}

// launches are the figures of all starts.
type launches struct{ paint, program, ready, mainThread, others series }

// launch starts the pages in turns.
func launch(b *testing.B, browser context.Context, pages [2]string) (l launches) {
	b.Helper()
	for i := range starts + 1 {
		for page, url := range pages {
			if s := visited(b, browser, url); i > 0 { // the first pair warms the browser up
				l.paint.add(page, s.Paint)
				l.program.add(page, s.Program)
				l.ready.add(page, s.Ready)
			}
		}
	}
	for range tracedAgain {
		for page, url := range pages {
			mainThread, others := worked(b, browser, url)
			l.mainThread.add(page, mainThread)
			l.others.add(page, others)
		}
	}
	return l
}

func (l *launches) table() string {
	return table([]string{"ms, median (10 % to 90 %)", "debugger", "bare go-app page", "ratio"},
		l.paint.row("first paint"), l.program.row("program downloaded"), l.ready.row("ready"),
		l.mainThread.row("CPU, main thread"), l.others.row("CPU, other threads"))
}

// whyStart is shown when the start is over budget.
const whyStart = "The decoded and verified example\n" +
	"  can be read, and every box typed into, from the first paint on, which is before a bare page shows anything; what is late\n" +
	"  is the program that takes it over. The bare page draws one line;\n" +
	"  the debugger parses, lays out and paints its prerendered frame, downloads a larger program, and builds the page anew:\n" +
	"  see the rows of CPU. What runs then runs for the first time, so the browser compiles it on the way, and compiles what\n" +
	"  runs often once more on its other threads, which on two cores compete with the page."

// visited opens a page as a newcomer and tells when what happened.
func visited(b *testing.B, browser context.Context, url string, before ...chromedp.Action[chromedp.Void]) started {
	b.Helper()
	t, done := open(b, browser, "about:blank")
	defer done()
	t.do(append(before, chromedp.Navigate(url))...)
	return ask[started](t, "bench.started()")
}

// worked opens a page as a newcomer and returns the CPU time that its process used until the page was ready: that of its
// main thread, and that of all its others.
func worked(b *testing.B, browser context.Context, url string) (mainThread, others float64) {
	b.Helper()
	t, done := open(b, browser, "about:blank", "addEventListener('bench-ready', () => "+setMark+")")
	defer done()
	tasks, at := t.traced(func() {
		t.do(chromedp.Navigate(url))
		ask[started](t, "bench.started()")
	})
	for _, one := range tasks {
		switch {
		case one.TS > at:
		case one.mainThread:
			mainThread += one.CPU / 1000
		default:
			others += one.CPU / 1000
		}
	}
	return mainThread, others
}

// onMobile starts the page on a slower network, where one sees what stands there while the program comes.
func onMobile(b *testing.B, browser context.Context, url string) started {
	b.Helper()
	throttle := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: 60, DownloadThroughput: 10e6 / 8, UploadThroughput: 10e6 / 8}},
		})
		return err
	})
	var ready, paint, program []float64
	for range slowStarts {
		s := visited(b, browser, url, throttle)
		ready, paint, program = append(ready, s.Ready), append(paint, s.Paint), append(program, s.Program)
	}
	return started{Ready: median(ready), Paint: median(paint), Program: median(program)}
}

// firstPaint judges whether there is something to see before the program has come.
func firstPaint(slow started, earlyHere bool) string {
	verdict := "**Within budget.**"
	if slow.Paint >= slow.Program || !earlyHere {
		verdict = "**Over budget:** the page is painted too late."
	}
	return fmt.Sprintf("- first paint before the program arrives: on a mobile network (%s) the page's frame is painted at %.0f ms, the program\n"+
		"  is there at %.0f ms and the page ready at %.0f ms (medians of %d). %s\n", mobile, slow.Paint, slow.Program, slow.Ready, slowStarts, verdict)
}
