// Package bound holds readers to memory in proportion to what they read.
//
// It is for tests and fuzz targets only: whoever pastes a text must not be able to choose how much memory reading it
// takes. Time needs no measure here, since what allocates in proportion and is slow nevertheless makes a fuzz target
// hang.
package bound

import (
	"runtime"
	"testing"
)

// base is what any work may take, in bytes: tables that are made once, and what the runtime does meanwhile.
const base = 256 << 10

// Memory does the work and fails the test if that allocated more than so many bytes for each byte of input. What was
// freed again counts too.
func Memory(t testing.TB, input, perByte int, work func()) {
	t.Helper()
	before := allocated()
	work()
	if got, most := allocated()-before, uint64(base+perByte*input); got > most {
		t.Errorf("%d bytes of input took %d bytes of memory, more than %d", input, got, most)
	}
}

// allocated is all that the program has allocated so far. Package runtime/metrics is quicker and too coarse.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}
