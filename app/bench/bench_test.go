// Package bench_test measures the page against its budgets and against floors built in the same run, and writes
// BENCH.md.
//
// Each benchmark is one section of the report; go test's own ns/op mean nothing here, since what counts is measured
// inside Chromium, or by the benchmarks of other packages. Times are medians and ratios of runs in alternation, so that a busy machine slows both sides; they
// are reported and never fail a run.
//
// All of it lives in test files: nothing in the house may depend on it. What runs inside the browser is in testdata.
package bench_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// all names the benchmarks that a whole report has, in the report's order.
var all = []string{"Size", "Modules", "Inlining", "Start", "Input", "Paste", "Lab", "Batch", "Decode", "Requests", "Logins", "Refreshes", "Sessions", "Soak"}

// sections are what those that ran have found out, by name.
var sections = map[string]string{}

// TestMain prints what was measured, and writes BENCH.md when nothing is missing.
func TestMain(m *testing.M) {
	began, load := time.Now(), loadAverage()
	code := m.Run()
	text := head(began, load)
	for _, name := range all {
		text += sections[name]
	}
	switch {
	case code != 0 || len(sections) == 0:
	case len(sections) < len(all):
		fmt.Print("\n", text)
	default:
		if err := os.WriteFile("../../BENCH.md", []byte(text), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "writing report:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// head says what the figures were measured on.
func head(began time.Time, load string) string {
	return "# Benchmarks\n\nWritten by `make bench`; do not edit. Times are compared between runs in alternation on one machine: trust the sizes and\n" +
		"the ratios more than the milliseconds, and the milliseconds only where the load was low. KB and MB are powers of ten.\n\n" +
		fmt.Sprintf("- Machine: %d cores, %s, %s/%s. Load average before the run %s, after it %s.\n",
			runtime.NumCPU(), processor(), runtime.GOOS, runtime.GOARCH, load, loadAverage()) +
		fmt.Sprintf("- %s; Chromium %s, headless, without GPU.\n", runtime.Version(), chromium) +
		fmt.Sprintf("- The run took %v.\n", time.Since(began).Round(time.Second))
}

// processor names the CPU as Linux does; other systems go without.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown CPU"
}

// loadAverage is of the last minute.
func loadAverage() string {
	text, _ := os.ReadFile("/proc/loadavg")
	first, _, ok := strings.Cut(string(text), " ")
	if !ok {
		return "unknown"
	}
	return first
}

// publish adds a section to the report, with the command that repeats it.
func publish(b *testing.B, title, text string) {
	name := strings.TrimPrefix(b.Name(), "Benchmark")
	if !slices.Contains(all, name) {
		b.Fatalf("section %s has no place in the report", name)
	}
	b.ReportMetric(0, "ns/op") // a zero is not printed, and here it would mean nothing
	sections[name] = "\n## " + title + "\n\n" + strings.TrimSpace(text) +
		"\n\nRepeat: `make build && go test -run '^$' -bench '^Benchmark" + name + "$' -benchtime 1x ./app/bench`\n"
}

// judge says whether a figure is within its budget, and if not by how much and why.
func judge(what string, got, budget float64, unit, why string) string {
	if got <= budget {
		return fmt.Sprintf("- %s: %s of %s. **Within budget.**\n", what, figure(got, unit), figure(budget, unit))
	}
	return strings.TrimSpace(fmt.Sprintf("- %s: %s of %s. **Over budget by %s (%.0f %%).** %s", what, figure(got, unit),
		figure(budget, unit), figure(got-budget, unit), 100*(got-budget)/budget, why)) + "\n"
}

// atLeast says whether a figure reaches its budget, and if not what is missing and why.
func atLeast(what string, got, budget float64, unit, why string) string {
	if got >= budget {
		return fmt.Sprintf("- %s: %s, at least %s wanted. **Within budget.**\n", what, figure(got, unit), figure(budget, unit))
	}
	return strings.TrimSpace(fmt.Sprintf("- %s: %s, at least %s wanted. **Short by %s (%.0f %%).** %s", what, figure(got, unit),
		figure(budget, unit), figure(budget-got, unit), 100*(budget-got)/budget, why)) + "\n"
}
