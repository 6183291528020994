package bound_test

import (
	"testing"

	"jwtlab/app/bound"
)

// recorder notes a failure instead of failing.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }

var kept []byte // so that what is allocated stays on the heap

func TestMemory(t *testing.T) {
	for _, row := range []struct {
		input, perByte, taken int
		fails                 bool
	}{
		{0, 0, 1 << 10, false},
		{0, 100, 1 << 20, true},
		{1 << 14, 100, 1 << 20, false},
		{1 << 14, 100, 4 << 20, true},
	} {
		r := &recorder{TB: t}
		bound.Memory(r, row.input, row.perByte, func() { kept = make([]byte, row.taken) })
		if r.failed != row.fails {
			t.Errorf("%d bytes for %d of input, %d each: failed %v", row.taken, row.input, row.perByte, r.failed)
		}
	}
}
