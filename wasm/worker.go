//go:build js && wasm

package main

import (
	"fmt"
	"syscall/js"
)

// A task is a job as static/worker.js hands it over.
type task struct {
	id  js.Value // a number of the page's, given back with the answer
	job string
}

// queued is how many jobs may wait. The page ends a Worker rather than let its jobs pile up.
const queued = 64

// work does jobs, one after the other, for as long as the Worker lives.
func work(run func(job []byte) []byte) {
	tasks := make(chan task, queued)
	js.Global().Set("jwtlabJob", js.FuncOf(func(_ js.Value, args []js.Value) any {
		t := task{id: args[0], job: args[1].String()}
		select {
		case tasks <- t:
		default:
			answer(t.id, "error", "too many jobs are waiting")
		}
		return nil
	}))
	for t := range tasks {
		do(t, run)
	}
}

// do does one job. A panic is a bug of ours, but no reason to take the next jobs down with it.
func do(t task, run func(job []byte) []byte) {
	defer func() {
		if reason := recover(); reason != nil {
			answer(t.id, "error", fmt.Sprint(reason))
		}
	}()
	answer(t.id, "result", string(run([]byte(t.job))))
}

// answer sends a message about a job: what it says, and the text.
func answer(id js.Value, what, text string) {
	js.Global().Call("jwtlabAnswer", map[string]any{"id": id, what: text})
}
