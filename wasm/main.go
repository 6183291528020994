//go:build js && wasm

// Command wasm is the program of the page. In a document it starts the page; in a Worker, where there is none, it does
// jobs. One program serves for both because a second one would cost a visitor as much again.
package main

import (
	"syscall/js"

	"jwtlab/app/job"
	"jwtlab/app/ui"
)

func main() {
	if js.Global().Get("document").IsUndefined() {
		work(job.RunJSON)
		return
	}
	ui.Start()
}
