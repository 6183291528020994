package userfile

import (
	"context"
	"sync/atomic"

	"jwtlab/app/login"
)

// A gate lets as many through as there is room for, and a bounded number wait. Hashing all at once is slower for
// everybody and takes the memory of all.
type gate struct {
	room    chan struct{}
	waiting atomic.Int64
	queue   int64
}

func newGate(room, queue int) *gate {
	return &gate{room: make(chan struct{}, room), queue: int64(queue)}
}

// enter waits for room; leave makes it free again. With too many before it, it is [login.ErrBusy] at once.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-g.room }
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case g.room <- struct{}{}:
		return leave, nil
	default:
	}
	if g.waiting.Add(1) > g.queue {
		g.waiting.Add(-1)
		return nil, login.ErrBusy
	}
	defer g.waiting.Add(-1)
	select {
	case g.room <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
