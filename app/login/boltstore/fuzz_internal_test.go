package boltstore

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"jwtlab/app/bound"
	"jwtlab/app/login"
)

var whole = record{
	login: login.Login{
		ID: "a", User: "amy", Mode: login.Token, Address: "192.0.2.7:4711",
		Created: time.UnixMilli(4e12), Seen: time.UnixMilli(4e12), Idle: time.UnixMilli(5e12), Expires: time.UnixMilli(5e12),
		Attributes: map[string]string{"agent": "A browser", "scope": "read"},
	},
	newest: login.Hash{1}, previous: login.Hash{2}, replaced: time.UnixMilli(4e12), sealed: "sealed",
}

func seed(f *testing.F) {
	for _, r := range []record{whole, {}, {newest: login.Hash{1}, sealed: string(make([]byte, 300))}} {
		raw := r.encode()
		f.Add(raw)
		for _, n := range []int{0, 1, textsAt - 1, textsAt, len(raw) - 1} {
			f.Add(raw[:min(n, len(raw))])
		}
	}
	f.Add(append((&record{}).encode()[:textsAt], 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F))
	f.Add(append((&record{}).encode()[:textsAt], 0xFF, 0xFF, 0xFF, 0xFF, 0xFF))
}

// FuzzRecord reads any record. The laws: a record that is read is written and read again the same, of one that is not
// nothing is returned, and what is cut or longer is not read.
func FuzzRecord(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		bound.Memory(t, len(raw), 100, func() {
			r, err := decodeRecord("a", raw)
			if err != nil {
				if r.login.ID != "" || r.newest != (login.Hash{}) || r.sealed != "" {
					t.Errorf("%v, and yet there is %+v", err, r)
				}
				return
			}
			again, err := decodeRecord("a", r.encode())
			if err != nil || !reflect.DeepEqual(r, again) {
				t.Errorf("got %+v, want %+v (%v)", again, r, err)
			}
			if _, err := decodeRecord("a", raw[:len(raw)-1]); err == nil {
				t.Error("a record without its last byte is read")
			}
			if _, err := decodeRecord("a", append(raw[:len(raw):len(raw)], 0)); err == nil {
				t.Error("a record with a byte more is read")
			}
		})
	})
}

// FuzzDamaged puts anything where records are kept and does all that a store does. Whatever the answers are, nothing panics
// and nothing goes on for ever.
func FuzzDamaged(f *testing.F) {
	seed(f)
	f.Add(link{id: "a"}.encode())
	f.Add(link{before: login.Hash{1}, id: "b"}.encode()) // a ring
	f.Add([]byte("s"))
	f.Add(append([]byte("s"), make([]byte, 32)...))
	f.Add([]byte("la"))
	f.Add([]byte("12345678"))
	db, err := bolt.Open(filepath.Join(f.TempDir(), "fuzz.db"), 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { db.Close() })
	now := time.UnixMilli(6e12)
	f.Fuzz(func(t *testing.T, raw []byte) {
		tx, err := db.Begin(true)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		b, err := tx.CreateBucket(bucket)
		if err != nil {
			t.Fatal(err)
		}
		good := link{id: "b"}.encode()
		for _, kv := range [][2][]byte{
			{loginOf("a"), raw}, {loginOf("b"), whole.encode()}, {secretOf(login.Hash{1}), raw}, {secretOf(login.Hash{2}), good},
			{userOf("amy", "a"), raw}, {deniedOf("a"), raw}, {endOf(time.Time{}, raw), raw}, {endOf(time.UnixMilli(1), raw), nil},
			{endOf(time.UnixMilli(2), loginOf("a")), nil}, {endOf(time.UnixMilli(3), secretOf(login.Hash{1})), nil},
		} {
			if err := b.Put(kv[0], kv[1]); err != nil {
				return // too large
			}
		}
		var none touches
		_, _, _ = none.read(b, "a")
		_, _ = deniedUntil(b, "a")
		_ = deny(b, "a", now)
		_ = write(b, map[string]touch{"a": {now, now}, "b": {now, now}})
		for _, key := range ended(b, now, 10) {
			_, _ = sweep(b, key, 10)
		}
		_ = end(b, "a")
		_ = end(b, "b")
	})
}
