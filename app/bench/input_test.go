package bench_test

import (
	"context"
	"fmt"
	"testing"
)

const inputs = 120

// BenchmarkInput measures the way from an input event in the token's box to the first change of the verdict.
func BenchmarkInput(b *testing.B) {
	url, browser := serve(b, debugger(b)), start(b)
	rows := [][]string{{"ms", "p50", "p95", "painted p50", "painted p95"}}
	verdicts := ""
	for _, size := range []struct {
		length int
		budget float64
	}{{2_000, 16}, {100_000, 60}} {
		worst := 0.0
		for _, alg := range []string{"HS256", "RS256", "ES256"} {
			shown, painted := typed(b, browser, url, sign(b, alg, size.length))
			worst = max(worst, quantile(shown, 0.95))
			rows = append(rows, []string{fmt.Sprintf("%d KB, %s", size.length/1000, alg),
				fmt.Sprintf("%.1f", median(shown)), fmt.Sprintf("%.1f", quantile(shown, 0.95)),
				fmt.Sprintf("%.1f", median(painted)), fmt.Sprintf("%.1f", quantile(painted, 0.95))})
		}
		verdicts += judge(fmt.Sprintf("%d KB, p95 of the slowest", size.length/1000), worst, size.budget, "ms", whyInput)
		b.ReportMetric(worst, fmt.Sprintf("ms_p95/%dKB", size.length/1000))
	}
	publish(b, "Input to verdict", fmt.Sprintf("From the `input` event in `#token` to the first mutation of `#verdict`, and to the frame after it. A genuine token and one\n"+
		"with another payload take turns, each replacing the whole text as a paste does, so that the answer changes every time.\n"+
		"%d samples a row, after two that are not counted.\n\n%s\n%s", inputs, table(rows...), verdicts))
}

// whyInput is shown when the way to the verdict is over budget.
const whyInput = "go-app draws at ticks of a\n" +
	"  120th of a second, so 8.3 ms pass before it begins; the rest is judging the token and drawing the whole page anew."

// typed replaces the token again and again and returns the milliseconds until the verdict changed, and was painted.
func typed(b *testing.B, browser context.Context, url string, s sample) (shown, painted []float64) {
	b.Helper()
	t, done := open(b, browser, url)
	defer done()
	ask[started](t, "bench.started()")
	ask[bool](t, setKey(s.key))
	for i := range inputs + 2 {
		text, want := s.genuine, "yes"
		if i%2 == 1 {
			text, want = s.tampered, "no"
		}
		ask[any](t, "bench.arm()")
		t.insert(text)
		got := ask[struct {
			Shown, Painted float64
			Signature      string
		}](t, "bench.watched()")
		if got.Signature != want {
			b.Fatalf("the verdict's signature is %q, want %q", got.Signature, want)
		}
		if i >= 2 {
			shown, painted = append(shown, got.Shown), append(painted, got.Painted)
		}
	}
	return shown, painted
}

// setKey is a script that types a key.
func setKey(text string) string {
	return `(() => { const box = document.getElementById("key-text"); box.value = ` + quoted(text) +
		`; return box.dispatchEvent(new Event("input", { bubbles: true })) })()`
}
