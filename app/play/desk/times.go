package desk

import (
	"math"

	"jwtlab/app/verdict"
)

const (
	minPad    = 60           // seconds beside the outermost moments
	farthest  = 253402300799 // 9999-12-31T23:59:59Z, the last moment that a picker knows
	sliderRun = 1000         // steps of the slider
)

// times lays the token's moments and now on one line, with room at both ends.
func times(in Inputs, c verdict.Case) Times {
	w := c.Claims.Window
	t := Times{Now: in.Now(), From: moment(w.From), Until: moment(w.Until), Iat: moment(w.Issued)}
	t.Shown = t.From != nil || t.Until != nil || t.Iat != nil
	t.Low, t.High = in.Clock, in.Clock
	for _, m := range []*int64{t.From, t.Until, t.Iat, in.Moved} {
		if m != nil {
			t.Low, t.High = min(t.Low, *m), max(t.High, *m)
		}
	}
	pad := max(minPad, (t.High-t.Low)/12)
	t.Low, t.High = max(t.Low-pad, 0), min(t.High+pad, farthest)
	t.Step = max(1, (t.High-t.Low)/sliderRun)
	return t
}

// moment is the whole second of a NumericDate; nil for one that no picker could show.
func moment(v *float64) *int64 {
	if v == nil || math.IsNaN(*v) || *v < 0 || *v > farthest {
		return nil
	}
	unix := int64(*v)
	return &unix
}

const (
	calm = 10  // seconds between two looks at a token that nothing happens to
	near = 120 // seconds around a moment in which each second counts
)

// Pause is how many seconds after now the clock may tell something new.
func (t Times) Pause(now int64) int64 {
	for _, m := range []*int64{t.From, t.Until} {
		if m != nil && now-near < *m && *m < now+near {
			return 1
		}
	}
	return calm
}

// stale reports whether what was said at the old time is worth saying again at the new one.
func (t Times) stale(old, now int64) bool {
	return t.Shown && (now-old >= t.Pause(old) || now-old >= t.Pause(now))
}
