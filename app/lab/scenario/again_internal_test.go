package scenario

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// TestSameSeed: a script gives one record, octet for octet, and another seed another.
func TestSameSeed(t *testing.T) {
	for seed := range uint64(6) {
		d := throw(100 + seed)
		script := text(append(d.settings(), d.lines(60)...))
		one, err := Run(script)
		first := digest(t, one, err)
		two, err := Run(script)
		if second := digest(t, two, err); first != second {
			t.Errorf("seed %d: %s and %s", seed, first, second)
		}
	}
	one, err := Run("setup session/cookie-lax\nseed 1\nlogin\n")
	two, err2 := Run("setup session/cookie-lax\nseed 2\nlogin\n")
	if digest(t, one, err) == digest(t, two, err2) {
		t.Error("two seeds give one record")
	}
}

// TestBackAndForth: a runner that goes back, forth, and other ways, stands where a fresh run of the same lines does.
func TestBackAndForth(t *testing.T) {
	for seed := range uint64(8) {
		d := throw(200 + seed)
		lines := append(d.settings(), d.lines(150)...)
		r := NewRunner()
		for range 8 {
			if d.IntN(3) == 0 { // another way from here on
				at := 1 + d.IntN(len(lines)-1)
				lines = append(slices.Clone(lines[:at]), d.lines(len(lines)-at)...)
			}
			script, upto := text(lines), d.IntN(len(lines)+1)
			if d.IntN(4) == 0 {
				upto = 1 + d.IntN(4) // among the settings
			}
			one, err := r.Run(script, upto)
			got := digest(t, one, err)
			two, err := NewRunner().Run(script, upto)
			if want := digest(t, two, err); got != want {
				t.Fatalf("seed %d, line %d: %s, want %s\n%s", seed, upto, got, want, script)
			}
		}
	}
}

// TestPrefix: the lines of a script up to a number are a script.
func TestPrefix(t *testing.T) {
	d := throw(300)
	lines := append(d.settings(), d.lines(80)...)
	for range 10 {
		k := 1 + d.IntN(len(lines))
		one, err := NewRunner().Run(text(lines), k)
		got := digest(t, one, err)
		two, err := Run(text(lines[:k]))
		if want := digest(t, two, err); got != want {
			t.Errorf("line %d: %s, want %s", k, got, want)
		}
	}
}

// TestFork: a script that goes another way after some lines is as good as new, also where a line of it is wrong.
func TestFork(t *testing.T) {
	d := throw(400)
	common, one, two := append(d.settings(), d.lines(70)...), d.lines(40), d.lines(40)
	r := NewRunner()
	for _, tail := range [][]string{one, two, one, {"steal"}, two, nil, one} {
		script := text(append(slices.Clone(common), tail...))
		got, err := r.Run(script, 0)
		want, err2 := Run(script)
		if (err == nil) != (err2 == nil) || digest(t, got, nil) != digest(t, want, nil) {
			t.Errorf("after %d lines of another way: %v, %v", len(tail), err, err2)
		}
	}
}

// TestClones: what is done to a copy of a world is not done to the world, not even while both go on, and two copies to which the
// same is done stay alike.
func TestClones(t *testing.T) {
	for seed := range uint64(10) {
		d := throw(500 + seed)
		w := setOut(t, text(d.settings()))
		for _, line := range d.lines(60) {
			w.step(line)
		}
		before := whole(t, &w.point)
		twin, stranger := w.branch(), w.branch()
		further, others := d.lines(60), d.lines(60)
		for _, line := range further {
			twin.step(line)
		}
		if after := whole(t, &w.point); after != before {
			t.Fatalf("seed %d, %s: what is done to a copy is done to the original", seed, w.point.world.setup.ID())
		}
		for i, line := range further {
			w.step(line)
			stranger.step(others[i])
		}
		if whole(t, &w.point) != whole(t, &twin.point) {
			t.Fatalf("seed %d, %s: the original goes another way than its copy", seed, w.point.world.setup.ID())
		}
	}
}

// branch is a walk of its own, from where this one is.
func (w *walk) branch() *walk {
	return &walk{t: w.t, point: w.point.copied(), hidden: maps.Clone(w.hidden), seen: w.seen}
}

// whole is all that there is to know of a point: its record, and what a service keeps beside.
func whole(t *testing.T, p *point) string {
	t.Helper()
	raw, err := json.Marshal(p.world.loot)
	if err != nil {
		t.Fatal(err)
	}
	return digest(t, p.record(), nil) + string(raw)
}
