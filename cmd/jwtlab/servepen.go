package main

import (
	"io"
	"runtime"
	"sync"
)

// penFull is how many bytes may wait to be written.
const penFull = 64 << 10

// A pen writes lines that come from many at once. Those that may wait share a write: it is made when all requests that can go
// on have done so, which is at once where there is nothing else to do, and takes what has gathered until then.
type pen struct {
	to   io.Writer
	wake chan struct{}
	end  chan struct{} // closed when nothing may wait any more

	writing sync.Mutex // is taken before mu
	spare   []byte     // of the write before

	mu    sync.Mutex
	held  []byte
	ended bool
}

// newPen makes a pen, which has a goroutine until it is closed.
func newPen(to io.Writer) *pen {
	p := &pen{to: to, wake: make(chan struct{}, 1), end: make(chan struct{})}
	go p.run()
	return p
}

func (p *pen) run() {
	for {
		select {
		case <-p.wake:
			runtime.Gosched() // behind all who can run
			p.flush()
		case <-p.end:
			return
		}
	}
}

// Write takes a line, which waits unless there are too many.
func (p *pen) Write(line []byte) (int, error) {
	p.mu.Lock()
	p.held = append(p.held, line...)
	full := p.ended || len(p.held) >= penFull
	p.mu.Unlock()
	if full {
		p.flush()
		return len(line), nil
	}
	select {
	case p.wake <- struct{}{}:
	default: // it is awake
	}
	return len(line), nil
}

// flush writes what waits. A log that cannot be written is no reason to stop.
func (p *pen) flush() {
	p.writing.Lock()
	defer p.writing.Unlock()
	p.mu.Lock()
	lines := p.held
	p.held = p.spare[:0]
	p.mu.Unlock()
	if len(lines) > 0 {
		p.to.Write(lines)
	}
	p.spare = lines
}

// close writes what waits. From then on each line is written at once.
func (p *pen) close() {
	p.mu.Lock()
	if !p.ended {
		p.ended = true
		close(p.end)
	}
	p.mu.Unlock()
	p.flush()
}
