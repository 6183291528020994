package main

import (
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// A batch answers JSON Lines: one object in, one out, in the same order. Lines are read in pieces, the pieces answered
// on all cores and written in the order in which they came. What is under way at once is bounded in bytes, so a file of
// any length takes the same memory.

// An answerer appends the members that answer a line to out, which is an object that has its id already. An error is
// about the line, not about what it asks of: a bad token is an answer.
type answerer func(w *worker, l *line, out []byte) ([]byte, error)

// kinds are what can be asked for, beside cookies, which want a profile and a clock.
var kinds = map[string]answerer{
	"decode": answerDecode,
	"jws":    answerJWS,
	"jwe":    answerJWE,
	"jwk":    answerJWK,
	"pem":    answerPEM,
	"sdjwt":  answerSDJWT,
	"dpop":   answerDPoP,
}

func kindNames() string {
	names := []string{cookiesKind}
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// runBatch answers the lines of the standard input. It is good once all are answered, whatever the answers.
func runBatch(e env, args []string) int {
	c := newCall(e, "batch", "decode|jws|jwe|jwk|pem|sdjwt|dpop|cookies [-in FILE]",
		"jwtlab batch decode < in.jsonl > out.jsonl",
		`echo '{"id":1,"input":"eyJhbGciOi…","key":{"kty":"oct","k":"c2VjcmV0"},"alg":"HS256"}' | jwtlab batch jws`,
		"jwtlab batch jwk < keys.jsonl | jq -r .thumbprint_sha256",
		"jwtlab batch cookies -profile draft < cases.jsonl")
	c.input()
	profile := c.cookieProfile()
	if code, ok := c.parse(args); !ok {
		return code
	}
	if len(c.args) != 1 {
		return c.fail(usage, "cli.error.batch-kind", kindNames())
	}
	answer, known := kinds[c.args[0]]
	switch {
	case c.args[0] == cookiesKind:
		answer = answerCookies(e.now, *profile)
	case !known:
		return c.fail(usage, "cli.error.batch-kind", kindNames())
	}
	in, done, err := c.open()
	if err != nil {
		return c.fail(usage, "cli.error.input", c.reason(err))
	}
	defer done()
	defer roomForGarbage()()
	if err := runLines(in, e.out, batch{answer, runtime.GOMAXPROCS(0)}); err != nil {
		return c.fail(bad, "cli.error.batch", c.reason(err))
	}
	return good
}

// roomForGarbage lets the heap grow further between collections than a program with more in memory could afford: a
// batch makes garbage fast and keeps little. The function that it returns takes that back.
func roomForGarbage() (restore func()) {
	percent, limit := debug.SetGCPercent(800), debug.SetMemoryLimit(512<<20)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// A batch says how lines are answered, and by how many at a time.
type batch struct {
	answer  answerer
	workers int
}

const maxInFlight = 96 << 20 // bytes of lines read and not yet written; three of the longest

// runLines answers all lines. It ends early only if reading or writing fails.
func runLines(in io.Reader, out io.Writer, b batch) error {
	room := newBudget(maxInFlight)
	// Both hold some pieces, so that no core waits for the reader to have its turn.
	work, order := make(chan *piece, 4*b.workers), make(chan *piece, 4*b.workers)
	for range b.workers {
		go func() {
			w := newWorker()
			for p := range work {
				w.piece(b.answer, p)
				p.done <- struct{}{}
			}
		}()
	}
	failed := make(chan error, 1)
	go func() { failed <- writePieces(out, order, room) }()
	err := readPieces(in, func(p *piece) bool {
		if !room.take(p.size) {
			return false
		}
		order <- p
		work <- p
		return true
	})
	close(work)
	close(order)
	if failure := <-failed; failure != nil {
		return failure
	}
	return err
}

// writePieces writes the answers in order, and gives their room back. When writing fails it closes the room, which ends
// the reading.
func writePieces(out io.Writer, order <-chan *piece, room *budget) error {
	var failed error
	for p := range order {
		<-p.done
		if failed == nil {
			if _, failed = out.Write(p.out); failed != nil {
				room.close()
			}
		}
		room.give(p.size)
		p.free()
	}
	return failed
}

// A worker answers pieces, one at a time. It keeps the keys that it read last, and what it answered to genuine tokens:
// many lines tend to share them.
type worker struct {
	keys   keyCache
	memory memory
	line   line
}

func newWorker() *worker { return &worker{keys: keyCache{}} }

// piece answers the lines of a piece.
func (w *worker) piece(answer answerer, p *piece) {
	for _, at := range p.lines {
		p.out = w.answer(answer, p.text[at.start:at.end], at.cut, p.out)
	}
}

// answer answers one line.
func (w *worker) answer(answer answerer, text []byte, cut bool, out []byte) []byte {
	if answered, ok := w.memory.again(text, out); ok && !cut {
		return answered
	}
	l := &w.line
	err := l.read(text)
	if cut {
		err = errTooLong
	}
	start := len(out)
	out = append(append(out, `{"id":`...), l.id()...)
	if err == nil {
		var answered []byte
		if answered, err = answer(w, l, out); err == nil {
			return append(answered, '}', '\n')
		}
	}
	out = append(append(out[:start], `{"id":`...), l.id()...)
	out = append(out, `,"error":`...)
	return append(appendString(out, err.Error()), '}', '\n')
}
