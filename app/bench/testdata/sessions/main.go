// Command sessions puts sessions into a store as logins would, and tells how much larger its own memory is for it:
//
//	sessions memory|bolt:PATH|redis://… COUNT
//
// On one line it writes the bytes of the heap after a collection, and those of the process that are no mapped file.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"jwtlab/app/login"
	"jwtlab/app/login/boltstore"
	"jwtlab/app/login/memstore"
	"jwtlab/app/login/redisstore"
)

// callers log in at once, so that a store which groups what is queued has something to group.
const callers = 64

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: sessions STORE COUNT")
	}
	count, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	store, done, err := open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	heap, own := memory()
	if err := fill(store, count); err != nil {
		log.Fatal(err)
	}
	moreHeap, moreOwn := memory()
	fmt.Println(moreHeap-heap, moreOwn-own)
	runtime.KeepAlive(store)
	if err := done(); err != nil {
		log.Fatal(err)
	}
}

func open(name string) (login.Store, func() error, error) {
	if path, ok := strings.CutPrefix(name, "bolt:"); ok {
		s, err := boltstore.Open(path)
		return s, s.Close, err
	}
	if name != "memory" {
		s, err := redisstore.Open(name)
		return s, s.Close, err
	}
	return memstore.New(1_000_000), func() error { return nil }, nil
}

// fill makes sessions that begin now, a hundred of each user.
func fill(store login.Store, count int) error {
	now := time.Now()
	var wait sync.WaitGroup
	var faults [callers]error
	for c := range callers {
		wait.Go(func() {
			for i := c; i < count && faults[c] == nil; i += callers {
				l := login.Login{ID: random(16), User: "user" + strconv.Itoa(i%(count/100+1)), Mode: login.Session, Created: now, Seen: now,
					Idle: now.Add(30 * time.Minute), Expires: now.Add(12 * time.Hour), Address: "127.0.0.1", Attributes: map[string]string{"role": "user"}}
				var secret login.Hash
				rand.Read(secret[:])
				faults[c] = store.Create(context.Background(), l, secret, login.Hash{})
			}
		})
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return nil
}

func random(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// memory returns the bytes of the heap after a collection, and those of the process that are no mapped file, with nothing
// given back to the system in between: as they would be in a server.
func memory() (heap, own int) {
	own = anonymous()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc), own
}

// anonymous is RssAnon of /proc/self/status (proc(5)), 0 where there is none.
func anonymous() int {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range bytes.Lines(text) {
		if fields := bytes.Fields(line); len(fields) == 3 && string(fields[0]) == "RssAnon:" {
			kB, _ := strconv.Atoi(string(fields[1]))
			return kB << 10
		}
	}
	return 0
}
