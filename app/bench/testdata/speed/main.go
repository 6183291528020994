//go:build js && wasm

// Command speed measures reading and verifying inside a page. The tokens and keys come in benchCases, the nanoseconds
// that one of each took go out as benchSpeed.
package main

import (
	"encoding/json"
	"math"
	"syscall/js"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// A work is one thing to measure: reading the token, or verifying it if there is a key.
type work struct{ Name, Token, Key string }

// do returns a function that does the work once and reports whether it came out as it should.
func (w work) do() func() bool {
	if w.Key == "" {
		return func() bool { return token.Read(w.Token).Tokens != nil }
	}
	t, keys := token.Parse(w.Token), key.Read(w.Key, key.UTF8)
	return func() bool { return jws.Verify(t, keys, jws.Options{}).Answer == check.Yes }
}

const (
	rounds = 5
	round  = 60 * time.Millisecond
)

// measure returns the nanoseconds of one, in the best of several rounds: whatever else the machine does only adds. The
// first round does not count; in it the browser compiles what is used much.
func measure(do func() bool) float64 {
	best := math.Inf(1)
	for i := range rounds + 1 {
		start, n := time.Now(), 0
		for time.Since(start) < round {
			if !do() {
				return 0
			}
			n++
		}
		if took := float64(time.Since(start)) / float64(n); i > 0 {
			best = min(best, took)
		}
	}
	return best
}

func main() {
	var works []work
	if err := json.Unmarshal([]byte(js.Global().Get("benchCases").String()), &works); err != nil {
		panic(err)
	}
	speed := map[string]any{}
	for _, w := range works {
		speed[w.Name] = measure(w.do())
	}
	js.Global().Set("benchSpeed", speed)
	js.Global().Get("document").Get("documentElement").Get("dataset").Set("ready", "")
}
