// Command panics is what the tests of lean run: it fills the stack, collects in the middle, recovers, and panics at last.
package main

import "runtime"

type node struct {
	next *node
	text []byte
}

//go:noinline
func deep(n int, list *node) int {
	if n == 0 {
		runtime.GC()
		panic("the end")
	}
	list = &node{list, make([]byte, n%64)}
	m := map[int]*node{n: list}
	return deep(n-1, m[n]) + len(list.text)
}

func try(i int) (recovered bool) {
	defer func() { recovered = recover() != nil }()
	deep(i%50, nil)
	return false
}

func main() {
	times := 0
	for i := range 1000 {
		if try(i) {
			times++
		}
	}
	println("recovered", times, "times")
	deep(200, nil)
}
