package main

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// A memory is what the program's memory holds at its start: what its data segments put there.
type memory struct {
	bytes    []byte
	segments []segment
}

// A segment is a stretch of the memory that stands in the file.
type segment struct{ at, file, length int }

const (
	dataSection = 11
	maxMemory   = 1 << 30
)

var errCut = errors.New("the program ends in the middle")

// readMemory reads the data section of a module (WebAssembly core specification §5.5.14), in the form that Go writes: active
// segments at constant addresses.
func readMemory(program []byte) (*memory, error) {
	if len(program) < 8 || string(program[:4]) != "\x00asm" {
		return nil, errors.New("it is no WebAssembly")
	}
	m := &memory{}
	for r := (reader{program, 8}); r.at < len(program); {
		kind := r.byte()
		length := r.uint()
		end := r.at + length
		if end > len(program) || length < 0 {
			return nil, errCut
		}
		if kind == dataSection {
			if err := m.read(&r); err != nil {
				return nil, err
			}
		}
		r.at = end
	}
	for _, s := range m.segments {
		copy(m.bytes[s.at:], program[s.file:s.file+s.length])
	}
	return m, nil
}

func (m *memory) read(r *reader) error {
	size := 0
	for range r.uint() {
		if flag, op := r.uint(), r.byte(); flag != 0 || op != 0x41 { // i32.const
			return errors.New("a data segment is not as Go writes them")
		}
		s := segment{at: r.int()}
		if end := r.byte(); end != 0x0b {
			return errors.New("the address of a data segment is not as Go writes them")
		}
		s.length = r.uint()
		s.file = r.at
		r.at += s.length
		if r.at > len(r.b) || s.at < 0 || s.at+s.length > maxMemory {
			return errCut
		}
		size = max(size, s.at+s.length)
		m.segments = append(m.segments, s)
	}
	m.bytes = make([]byte, size)
	return nil
}

// write puts the memory back into the program.
func (m *memory) write(program []byte) {
	for _, s := range m.segments {
		copy(program[s.file:s.file+s.length], m.bytes[s.at:])
	}
}

// u32 and u64 read a number, 0 outside the memory.
func (m *memory) u32(at int) int {
	if at < 0 || at+4 > len(m.bytes) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(m.bytes[at:]))
}

func (m *memory) u64(at int) (int, error) {
	if at < 0 || at+8 > len(m.bytes) {
		return 0, errCut
	}
	n := binary.LittleEndian.Uint64(m.bytes[at:])
	if n > maxMemory {
		return 0, fmt.Errorf("%d is no size", n)
	}
	return int(n), nil
}

// A reader reads numbers in LEB128 (WebAssembly §5.2.2), zeros past the end.
type reader struct {
	b  []byte
	at int
}

func (r *reader) byte() byte {
	if r.at >= len(r.b) {
		r.at++
		return 0
	}
	r.at++
	return r.b[r.at-1]
}

func (r *reader) uint() (n int) {
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			break
		}
	}
	return n
}

func (r *reader) int() (n int) {
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			if b&0x40 != 0 {
				n -= 1 << (shift + 7)
			}
			break
		}
	}
	return n
}
