package bench_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// quantile returns the value that a share q of the samples do not exceed: the nearest rank, so always a real sample.
func quantile(samples []float64, q float64) float64 {
	if len(samples) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(samples))
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

func median(samples []float64) float64 { return quantile(samples, 0.5) }

func TestQuantile(t *testing.T) {
	samples := []float64{5, 1, 4, 2, 3}
	for q, want := range map[float64]float64{0: 1, 0.2: 1, 0.5: 3, 0.95: 5, 1: 5} {
		if got := quantile(samples, q); got != want {
			t.Errorf("quantile %v of 1 to 5 is %v, want %v", q, got, want)
		}
	}
	if !math.IsNaN(median(nil)) {
		t.Error("there is a median of nothing")
	}
}

// figure writes a number with its unit: sizes in bytes as KB or MB, ratios with a sign, all else with one decimal.
func figure(v float64, unit string) string {
	switch {
	case unit == "B" && v >= 1e6:
		return fmt.Sprintf("%.3f MB", v/1e6)
	case unit == "B":
		return fmt.Sprintf("%.1f KB", v/1e3)
	case unit == "×":
		return fmt.Sprintf("%.2f ×", v)
	}
	return fmt.Sprintf("%.1f %s", v, unit)
}

// table writes rows of cells, the first row as the head; the first column is text, the others are numbers.
func table(rows ...[]string) string {
	var b strings.Builder
	for i, row := range rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|---|" + strings.Repeat("---:|", len(row)-1) + "\n")
		}
	}
	return b.String()
}
