package boltstore_test

import (
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/login"
	"jwtlab/app/login/storetest"
)

func BenchmarkStore(b *testing.B) {
	storetest.Benchmark(b, func(b *testing.B) login.Store { return opened(b, file(b)) })
}

// BenchmarkPlainUpdate is what a rotation is measured against: bbolt's own Update, writing two small values.
func BenchmarkPlainUpdate(b *testing.B) {
	db, err := bolt.Open(file(b), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	var n atomic.Uint64
	update := func(tx *bolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists([]byte("peer"))
		if err != nil {
			return err
		}
		i := n.Add(1)
		h := secret(int(i*0x9E3779B97F4A7C15), 1)
		if err := bucket.Put(h[:], make([]byte, 64)); err != nil {
			return err
		}
		return bucket.Put(binary.BigEndian.AppendUint64(nil, i%10_000), make([]byte, 200))
	}
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			var left atomic.Int64
			var wait sync.WaitGroup
			left.Store(int64(b.N))
			for range callers {
				wait.Go(func() {
					for left.Add(-1) >= 0 {
						if err := db.Update(update); err != nil {
							b.Error(err)
						}
					}
				})
			}
			wait.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
		})
	}
}
