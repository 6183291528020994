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

// Benchmark measures what the service does most, on a store of ten thousand logins. The store must have room for all
// secrets that are made.
func Benchmark(b *testing.B, open func(b *testing.B) login.Store) {
	p := probe{b, open(b), b.Context()}
	names := make([]string, families)
	for n := range names {
		names[n] = fmt.Sprintf("%016x", uint64(n)*0x9E3779B97F4A7C15)
	}
	var filled sync.WaitGroup
	for i := range many {
		filled.Go(func() {
			for n := i; n < families; n += many {
				p.create(someone(names[n], fmt.Sprint("user", n%1000)), n+1)
			}
		})
	}
	filled.Wait()
	b.Run("Find", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			p.finds(n%families+1, at(1), names[n%families])
		}
	})
	b.Run("Touch", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			now := at(1).Add(time.Duration(n/families) * time.Millisecond)
			if err := p.Touch(p.ctx, names[n%families], now, at(30)); err != nil {
				b.Fatal(err)
			}
		}
	})
	var secrets atomic.Int64
	secrets.Store(1e6)
	for _, callers := range []int{1, many} {
		b.Run(fmt.Sprint("Rotate/", callers), func(b *testing.B) { p.rotations(b, callers, &secrets) })
	}
}

// rotations shares b.N rotations among callers, each with a family of its own.
func (p probe) rotations(b *testing.B, callers int, secrets *atomic.Int64) {
	var left atomic.Int64
	var wait sync.WaitGroup
	newest := make([]int, callers)
	for i := range newest {
		newest[i] = int(secrets.Add(1))
		p.create(someone(fmt.Sprint("family", newest[i]), "amy"), newest[i])
	}
	left.Store(int64(b.N))
	b.ResetTimer()
	for i := range newest {
		wait.Go(func() {
			for old := newest[i]; left.Add(-1) >= 0; {
				next := int(secrets.Add(1))
				p.rotates(rotate(old, next, 1), login.Fresh)
				old = next
			}
		})
	}
	wait.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rotations/s")
}
