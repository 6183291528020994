package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"jwtlab/app/login"
)

const (
	roundTime = 2 * time.Second // between two looks at the files
	sweepStep = 500             // records: a step holds up who else writes
)

// A watch does what has to be done beside requests: it looks whether keys and accounts have changed, and sweeps what has
// ended. Each fault is logged when it begins, not at each round.
type watch struct {
	journal *journal
	metrics *metrics
	service *login.Service
	keys    *keyring
	roll    *roll
	herald  *herald       // nil for none
	every   time.Duration // between two sweeps
	now     func() time.Time

	swept  time.Time
	faults map[string]string
}

// run does rounds at each tick until the context ends, and at each signal, which has the certificate read anew too.
func (w *watch) run(ctx context.Context, ticks <-chan time.Time, again <-chan os.Signal, certificate func() error) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		case <-again:
			w.journal.info("reading files anew")
			w.report("certificate", certificate())
		}
		w.round(ctx)
	}
}

func (w *watch) round(ctx context.Context) {
	changed, err := w.keys.look()
	w.report("keys", err)
	if changed {
		w.journal.info("keys changed")
	}
	w.report("accounts", w.roll.look(ctx))
	w.report("replicas", w.tell(ctx))
	if now := w.now(); now.Sub(w.swept) >= w.every {
		w.swept = now
		w.report("sweep", w.sweep(ctx))
	}
}

// tell announces the key that signs here to the servers that share the store.
func (w *watch) tell(ctx context.Context) error {
	if w.herald == nil {
		return nil
	}
	return w.herald.tell(ctx, w.keys.held().Active(w.now()))
}

// leave is the end of the watch, when no request is answered any more.
func (w *watch) leave() {
	if w.herald != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		w.herald.leave(ctx)
	}
}

// sweep takes small steps, so that requests come in between.
func (w *watch) sweep(ctx context.Context) error {
	all := 0
	for {
		n, err := w.service.Sweep(ctx, sweepStep)
		all += n
		if err != nil || n < sweepStep {
			w.metrics.sweep(all)
			return err
		}
	}
}

// report logs a fault of a task when it begins, when it becomes another, and when it is over.
func (w *watch) report(task string, err error) {
	text := ""
	if err != nil {
		text = err.Error()
	}
	if w.faults[task] == text {
		return
	}
	if w.faults == nil {
		w.faults = map[string]string{}
	}
	w.faults[task] = text
	if text == "" {
		w.journal.info("well again", slog.String("task", task))
		return
	}
	w.journal.log(slog.LevelError, "failed", slog.String("task", task), slog.String("error", text))
}
