package bench_test

import (
	"errors"
	"sync"
	"testing"
	"time"
)

// connections is how many send at once; each waits for its answer before it sends again.
const connections = 64

// A window is what was measured while callers called for a short while.
type window struct {
	calls      int
	took       time.Duration
	cpu, redis time.Duration // of the server, and of its store where that is a process too
	waits      []float64     // milliseconds until each answer
}

// each is the CPU that the server spent on a call, in microseconds; redis is what its store did.
func (w window) each() float64  { return float64(w.cpu.Nanoseconds()) / 1e3 / float64(w.calls) }
func (w window) store() float64 { return float64(w.redis.Nanoseconds()) / 1e3 / float64(w.calls) }

// rate is calls a second.
func (w window) rate() float64 { return float64(w.calls) / w.took.Seconds() }

func (w window) p99() float64 { return quantile(w.waits, 0.99) }

// A row is one thing that is measured, over and over, with a look at the floor before each time.
type row struct {
	name            string
	server, redis   *process // whose CPU is counted; nil for none
	callers         []func() error
	windows, floors []window
}

// window has all callers call for a while, each again when it has its answer.
func (r *row) window(d time.Duration) (w window, err error) {
	cpu, err := r.cpu()
	if err != nil {
		return w, err
	}
	waits, faults := make([][]float64, len(r.callers)), make([]error, len(r.callers))
	begun := time.Now()
	var wait sync.WaitGroup
	for i, call := range r.callers {
		wait.Go(func() {
			for now := begun; now.Sub(begun) < d; {
				if faults[i] = call(); faults[i] != nil {
					return
				}
				after := time.Now()
				waits[i] = append(waits[i], after.Sub(now).Seconds()*1e3)
				now = after
			}
		})
	}
	wait.Wait()
	w.took = time.Since(begun)
	for _, list := range waits {
		w.waits = append(w.waits, list...)
	}
	w.calls = len(w.waits)
	after, err := r.cpu()
	w.cpu, w.redis = after[0]-cpu[0], after[1]-cpu[1]
	return w, errors.Join(append(faults, err)...)
}

func (r *row) cpu() (used [2]time.Duration, err error) {
	var faults [2]error
	used[0], faults[0] = r.server.cpu()
	used[1], faults[1] = r.redis.cpu()
	return used, errors.Join(faults[:]...)
}

// alternate measures the rows in turns, and the floor before each, so that whatever else the machine does meets both. The
// first round warms up.
func alternate(b *testing.B, rounds int, d time.Duration, floor *row, rows ...*row) {
	b.Helper()
	for i := range rounds + 1 {
		for _, r := range rows {
			below, err := floor.window(d)
			if err != nil {
				b.Fatalf("%s: %v", floor.name, err)
			}
			w, err := r.window(d)
			if err != nil {
				b.Fatalf("%s: %v", r.name, err)
			}
			if i > 0 {
				r.windows, r.floors, floor.windows = append(r.windows, w), append(r.floors, below), append(floor.windows, below)
			}
			r.server.forget(b)
		}
	}
}

// median is the median of a figure over all windows of the row.
func (r *row) median(of func(window) float64) float64 {
	var all []float64
	for _, w := range r.windows {
		all = append(all, of(w))
	}
	return median(all)
}

// ratio is the median of how many times the floor's figure, of the moment before, that of the row is.
func (r *row) ratio(of func(window) float64) float64 {
	var all []float64
	for i, w := range r.windows {
		all = append(all, of(w)/of(r.floors[i]))
	}
	return median(all)
}

func TestRow(t *testing.T) {
	at := func(calls int, cpu time.Duration) window {
		return window{calls: calls, took: time.Second, cpu: cpu, waits: []float64{1, 2, 3}}
	}
	r := row{windows: []window{at(10, 30), at(10, 80), at(10, 90)}, floors: []window{at(20, 20), at(20, 20), at(20, 100)}}
	for name, c := range map[string][2]float64{
		"CPU":           {r.median(window.each), 0.008},
		"rate":          {r.median(window.rate), 10},
		"p99":           {r.median(window.p99), 3},
		"ratio of CPU":  {r.ratio(window.each), 3},
		"ratio of rate": {r.ratio(window.rate), 0.5},
	} {
		if c[0] != c[1] {
			t.Errorf("%s is %v, want %v", name, c[0], c[1])
		}
	}
	stop := errors.New("stop")
	calls := 0
	r = row{callers: []func() error{func() error {
		if calls++; calls == 3 {
			return stop
		}
		return nil
	}}}
	if w, err := r.window(time.Hour); !errors.Is(err, stop) || w.calls != 2 {
		t.Errorf("%d calls, then %v; want 2, then what the third failed with", w.calls, err)
	}
}
