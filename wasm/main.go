//go:build js && wasm

// Command wasm is the program of the page. In a document it starts the page; in a Worker, where there is none, it does
// jobs. One program serves for both because a second one would cost a visitor as much again.
package main

import (
	"runtime/debug"
	"syscall/js"

	"jwtlab/app/job"
	"jwtlab/app/ui"
)

// The collector stops everything: at each step of the program's start and in the middle of typing, for a heap of a few
// MB. The page collects when nobody does anything (see package ui); before that only what grows large is collected.
const (
	gcPercent   = 1600
	memoryLimit = 256 << 20
)

func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	if js.Global().Get("document").IsUndefined() {
		work(job.RunJSON)
		return
	}
	ui.Start()
}
