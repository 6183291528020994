package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// A slow writer lets the test decide when a write is over.
type slow struct {
	begun, over chan struct{}
	buffer
}

func (s *slow) Write(p []byte) (int, error) {
	s.begun <- struct{}{}
	<-s.over
	return s.buffer.Write(p)
}

// What is said during a write is in the next one, as a whole.
func TestPenGathers(t *testing.T) {
	s := &slow{begun: make(chan struct{}), over: make(chan struct{})}
	p := newPen(s)
	p.Write([]byte("first\n"))
	<-s.begun
	for i := range 100 {
		fmt.Fprintln(p, i)
	}
	s.over <- struct{}{}
	<-s.begun
	if got := s.String(); got != "first\n" {
		t.Errorf("the first write was %q", got)
	}
	s.over <- struct{}{}
	done := make(chan struct{})
	go func() {
		p.flush()
		close(done)
	}()
	<-done
	if got := s.String(); strings.Count(got, "\n") != 101 || !strings.HasSuffix(got, "\n98\n99\n") {
		t.Errorf("two writes were %q", got)
	}
	go func() { s.over <- struct{}{} }()
	go func() { <-s.begun }()
	p.close()
	p.Write([]byte("last\n")) // at once
	if got := s.String(); !strings.HasSuffix(got, "\n99\nlast\n") {
		t.Errorf("after its end it held back %q", got)
	}
}

// No line is lost, torn, or before another of the same writer.
func TestPenKeepsLines(t *testing.T) {
	var b buffer
	p := newPen(&b)
	const writers, lines = 8, 2000
	text := strings.Repeat("x", 100)
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for i := range lines {
				fmt.Fprintf(p, "%d %d %s\n", w, i, text)
				if i%100 == 99 {
					p.flush()
				}
			}
		})
	}
	wait.Wait()
	p.close()
	next := map[int]int{}
	for line := range strings.Lines(b.String()) {
		var w, i int
		var rest string
		if n, err := fmt.Sscanf(line, "%d %d %s\n", &w, &i, &rest); n != 3 || err != nil || rest != text || next[w] != i {
			t.Fatalf("after %v comes %q", next, line)
		}
		next[w]++
	}
	for w := range writers {
		if next[w] != lines {
			t.Errorf("writer %d has %d lines, want %d", w, next[w], lines)
		}
	}
}
