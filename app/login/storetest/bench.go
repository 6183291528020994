package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jwtlab/app/login"
)

// families is how many logins a measured store holds.
const families = 10_000

// Benchmark measures what the service does most, by one caller and by many, on a store of ten thousand logins. The store
// must have room for all secrets that are made.
func Benchmark(b *testing.B, open func(b *testing.B) login.Store) {
	p := probe{b, open(b), b.Context()}
	names := make([]string, families)
	p.each(func(i int) {
		for ; i < families; i += many {
			names[i] = fmt.Sprintf("%016x", uint64(i)*0x9E3779B97F4A7C15)
			p.create(someone(names[i], fmt.Sprint("user", i%1000)), i+1)
		}
	})
	for _, callers := range []int{1, many} {
		b.Run(fmt.Sprint("Find/", callers), func(b *testing.B) {
			call(b, callers, func(_, n int) { p.finds(n%families+1, at(1), names[n%families]) })
		})
		b.Run(fmt.Sprint("Touch/", callers), func(b *testing.B) {
			call(b, callers, func(_, n int) {
				p.must(p.Touch(p.ctx, names[n%families], at(1).Add(time.Duration(n/families)*time.Millisecond), at(30)))
			})
		})
		b.Run(fmt.Sprint("Rotate/", callers), func(b *testing.B) { p.rotations(b, callers) })
	}
}

// rotations measures rotations, each caller's in a family of its own.
func (p probe) rotations(b *testing.B, callers int) {
	newest := make([]int, callers)
	for i := range newest {
		newest[i] = int(secrets.Add(1))
		p.create(someone(fmt.Sprint("family", newest[i]), "amy"), newest[i])
	}
	call(b, callers, func(i, _ int) {
		next := int(secrets.Add(1))
		p.rotates(rotate(newest[i], next, 1), login.Fresh)
		newest[i] = next
	})
}

// secrets counts those of measured rotations.
var secrets atomic.Int64

func init() { secrets.Store(1e6) }

// call shares b.N calls among callers at once. A call is told its caller and its own number.
func call(b *testing.B, callers int, one func(caller, n int)) {
	var calls atomic.Int64
	var wait sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for i := range callers {
		wait.Go(func() {
			for n := calls.Add(1); n <= int64(b.N); n = calls.Add(1) {
				one(i, int(n))
			}
		})
	}
	wait.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}
