package bench_test

import (
	"context"
	"encoding/json"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// A task is one entry of Chromium's trace, a piece of work that a thread did in one go; times are microseconds. Other
// than the page's own list of long tasks the trace also has those below 50 ms, those that the protocol's input made,
// and how much of its time a thread really had a CPU.
type task struct {
	Name       string
	Pid, Tid   int
	TS, Dur    float64
	CPU        float64 `json:"tdur"`
	mainThread bool
}

// mark is the name of a performance.mark. It tells the tab's process, its main thread, and a moment.
const mark = "bench"

// setMark is a script that marks.
const setMark = "performance.mark('" + mark + "'), 1"

// traced does something while Chromium writes down what its threads do, and returns the tasks of the tab's process,
// with the moment of the mark.
func (t tab) traced(do func()) (tasks []task, at float64) {
	t.b.Helper()
	var all []task
	complete := make(chan struct{})
	ctx, stop := context.WithCancel(t.ctx)
	defer stop()
	err := chromedp.Listen(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *tracing.EventDataCollected:
			for _, raw := range ev.Value {
				var one task
				if json.Unmarshal(raw, &one) == nil {
					all = append(all, one)
				}
			}
		case *tracing.EventTracingComplete:
			close(complete)
		}
	})
	if err != nil {
		t.b.Fatal(err)
	}
	config := &tracing.TraceConfig{IncludedCategories: []string{"toplevel", "blink.user_timing"}}
	if _, err := chromedp.Call(t.ctx, tracing.Start, tracing.StartParams{TraceConfig: config}); err != nil {
		t.b.Fatal(err)
	}
	do()
	if _, err := chromedp.Call(t.ctx, tracing.End, cdp.Empty{}); err != nil {
		t.b.Fatal(err)
	}
	<-complete
	return ofPage(all)
}

// ofPage picks the tasks of the marked process.
func ofPage(all []task) (tasks []task, at float64) {
	var marked task
	for _, one := range all {
		if one.Name == mark {
			marked = one
		}
	}
	for _, one := range all {
		one.mainThread = one.Tid == marked.Tid
		isTask := one.Name == "ThreadControllerImpl::RunTask" || one.Name == "ThreadPool_RunTask"
		if isTask && one.Pid == marked.Pid && marked.TS > 0 {
			tasks = append(tasks, one)
		}
	}
	return tasks, marked.TS
}
