package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// A table is what the runtime knows of the program's functions (runtime.pcHeader, Go 1.20 and later): the names, then for
// each compilation unit its files, the files, the values by program counter, and the functions.
type table struct {
	*memory
	functions                                  int
	names, units, files, values, list, listEnd int // addresses
}

// header is how it begins: the magic, two zeros, instructions of one byte, pointers of eight.
var header = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

func findTable(m *memory) (*table, error) {
	at := bytes.Index(m.bytes, header)
	if at < 0 || bytes.Contains(m.bytes[at+1:], header) {
		return nil, errors.New("the functions are not described as by Go 1.20 to 1.26; leave lean out of the Makefile until it knows how they are")
	}
	t := &table{memory: m}
	for i, to := range []*int{&t.functions, nil, nil, &t.names, &t.units, &t.files, &t.values, &t.list} {
		n, err := m.u64(at + len(header) + 8*i)
		if err != nil {
			return nil, err
		}
		if to != nil {
			*to = n
		}
	}
	for _, address := range []*int{&t.names, &t.units, &t.files, &t.values, &t.list} {
		*address += at
	}
	t.listEnd = t.list + 8*t.functions
	sorted := at < t.names && t.names < t.units && t.units <= t.files && t.files < t.values && t.values < t.list && t.listEnd < len(m.bytes)
	if !sorted || t.functions == 0 {
		return nil, errors.New("the tables of the functions are not in the order that Go 1.26 writes")
	}
	return t, nil
}

// The places in the description of a function (runtime._func).
const (
	stackAt = 16 // how deep the stack is, by program counter
	fileAt  = 20
	lineAt  = 24
	countAt = 28 // how many further tables there are
	startAt = 36 // the line that the function begins at
	moreAt  = 44 // the offsets of the further tables
)

// function is the address of a function's description.
func (t *table) function(i int) int { return t.list + t.u32(t.list+8*i+4) }

// forgetLines takes files and lines out of all functions, and every value by program counter that only they used.
func (t *table) forgetLines() error {
	used := make([]bool, t.list-t.values)
	used[0] = true // the offset 0 means that there is no table
	for i := range t.functions {
		f := t.function(i)
		count := t.u32(f + countAt)
		if f <= t.listEnd || f+moreAt+4*count > len(t.bytes) {
			return errCut
		}
		offsets := []int{t.u32(f + stackAt)}
		for j := range count {
			offsets = append(offsets, t.u32(f+moreAt+4*j))
		}
		for _, offset := range offsets {
			end := t.tableEnd(offset)
			if end > len(used) {
				return errCut
			}
			for k := offset; k < end; k++ {
				used[k] = true
			}
		}
		for _, at := range []int{fileAt, lineAt, startAt} {
			binary.LittleEndian.PutUint32(t.bytes[f+at:], 0)
		}
	}
	for k, u := range used {
		if !u {
			t.bytes[t.values+k] = 0
		}
	}
	clear(t.bytes[t.units:t.values])
	return nil
}

// tableEnd is where the values that begin at an offset end: pairs of numbers, until a pair other than the first begins with
// 0 (runtime.step).
func (t *table) tableEnd(offset int) int {
	if offset == 0 {
		return 0
	}
	r := reader{t.bytes[:t.list], t.values + offset}
	for first := true; r.at < t.list; first = false {
		if r.uint() == 0 && !first {
			break
		}
		r.uint()
	}
	return r.at - t.values
}
