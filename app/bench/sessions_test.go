package bench_test

import (
	"path/filepath"
	"testing"
)

// held is how many sessions are weighed.
const held = 100_000

// BenchmarkSessions weighs sessions in each store.
func BenchmarkSessions(b *testing.B) {
	program := compile(b, "./app/bench/testdata/sessions")
	rows := [][]string{{"store", "heap after GC", "the process's own memory", "file, or Redis", "a session"}}
	add := func(name string, heap, own, kept, each float64) {
		cells := []string{name, figure(heap, "B"), figure(own, "B"), "", figure(each/held, "bytes")}
		if kept > 0 {
			cells[3] = figure(kept, "B")
		}
		rows = append(rows, cells)
	}
	heap, own := sat(b, program, "memory", held)
	add("memory", heap, own, 0, own)

	file := &deployment{name: "bbolt", file: filepath.Join(b.TempDir(), "logins.db")}
	heap, own = sat(b, program, file.store(), held)
	size := file.kept(b)
	add(file.name, heap, own, size, size)

	all := []*deployment{file}
	if r := spawnRedis(b); r != nil {
		d := &deployment{name: "Redis", redis: r}
		all = append(all, d)
		before := d.kept(b)
		heap, own = sat(b, program, d.store(), held)
		used := d.kept(b) - before
		add(d.name, heap, own, used, used)
	}
	publish(b, "Login service: memory of 100,000 sessions", "What so many sessions add, as logins make them, of a thousand users. A program with nothing but the store\n"+
		"(`app/bench/testdata/sessions`) makes them, for to log in so often would be an hour of argon2id; its own memory is what\n"+
		"grew of the process (`RssAnon`): what lives, garbage, and what Go keeps for the next. \"A session\" is of the process's own\n"+
		"memory, of the file, or of Redis' `used_memory`. "+redisNote(all)+"\n\n"+table(rows...))
}
