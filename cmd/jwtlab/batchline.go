package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"sync"
)

const (
	maxLine   = 32 << 20 // bytes; a longer line gets an error
	pieceSize = 64 << 10 // bytes of lines that are answered in one go
	keptOfCut = 4 << 10  // of a line that is too long: enough to find its id, which mostly comes first
)

// A piece is some lines of the input, and then their answers.
type piece struct {
	text  []byte
	lines []lineAt
	size  int // what it counts for while it is under way
	out   []byte
	done  chan struct{} // says once that out is there
}

// pieces are used again, since a batch makes many.
var pieces = sync.Pool{New: func() any { return &piece{done: make(chan struct{}, 1)} }}

func newPiece() *piece { return pieces.Get().(*piece) }

// free gives the piece back, unless a long line made it large.
func (p *piece) free() {
	if cap(p.text)+cap(p.out) > 8*pieceSize {
		return
	}
	p.text, p.lines, p.out = p.text[:0], p.lines[:0], p.out[:0]
	pieces.Put(p)
}

// lineAt is a line's place in its piece; cut says that it was too long and this is its beginning.
type lineAt struct {
	start, end int
	cut        bool
}

// readPieces cuts the input into pieces and gives them on until give reports false. What came in is given on at once
// when no more is waiting, so that one may ask and wait for the answer.
func readPieces(in io.Reader, give func(*piece) bool) error {
	r := bufio.NewReaderSize(in, pieceSize)
	skipBOM(r)
	p := newPiece()
	for {
		err := p.read(r)
		full := len(p.text) >= pieceSize || r.Buffered() == 0 || err != nil
		if full && len(p.lines) > 0 {
			p.size = len(p.text) + len(p.lines)*16
			if !give(p) {
				return nil
			}
			p = newPiece()
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

func skipBOM(r *bufio.Reader) {
	if start, err := r.Peek(3); err == nil && string(start) == "\ufeff" {
		_, _ = r.Discard(3)
	}
}

// read adds the next line, unless it is blank. The last one may lack its newline.
func (p *piece) read(r *bufio.Reader) error {
	l := lineAt{start: len(p.text)}
	for {
		part, err := r.ReadSlice('\n')
		if !l.cut {
			p.text = append(p.text, part...)
		}
		if !l.cut && len(p.text)-l.start > maxLine+1 {
			p.text = bytes.Clone(p.text[:l.start+keptOfCut]) // lets go of the rest
			l.cut = true
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		l.end = len(p.text)
		if line := bytes.TrimSpace(p.text[l.start:l.end]); len(line) > 0 {
			p.lines = append(p.lines, l)
		} else {
			p.text = p.text[:l.start]
		}
		return err
	}
}

// A budget bounds what is under way at once.
type budget struct {
	mu     sync.Mutex
	change *sync.Cond
	free   int
	most   int
	closed bool
}

func newBudget(most int) *budget {
	b := &budget{free: most, most: most}
	b.change = sync.NewCond(&b.mu)
	return b
}

// take waits until there is room for n. What is larger than all the room gets it alone. It reports false once closed.
func (b *budget) take(n int) bool {
	n = min(n, b.most)
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.free < n && !b.closed {
		b.change.Wait()
	}
	b.free -= n
	return !b.closed
}

func (b *budget) give(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free += min(n, b.most)
	b.change.Signal()
}

func (b *budget) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.change.Broadcast()
}
