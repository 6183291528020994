package login

import (
	"sync"
	"time"
)

// A Limit allows Burst failures at once, and after them one each Every (ASVS 6.3.1). The zero Limit allows all.
type Limit struct {
	Burst int           `json:"burst"`
	Every time.Duration `json:"every"`
}

const maxThrottled = 10_000

// A throttle counts failures by name. What it knows is bounded: when it is full, those that have recovered are forgotten,
// and if there are none, all are, for a limit must not become what fills the memory.
type throttle struct {
	limit Limit
	mu    sync.Mutex
	full  map[string]time.Time // when the name will have its whole burst again
}

// take takes one failure in advance, or returns how long to wait until there is one to take. It is taken before the
// password is looked at, so that many guesses at once cannot all slip through.
func (t *throttle) take(name string, now time.Time) (wait time.Duration) {
	if t.limit.Every <= 0 {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	full := t.full[name]
	if full.Before(now) {
		full = now
	}
	if wait = full.Sub(now) - time.Duration(t.limit.Burst-1)*t.limit.Every; wait > 0 {
		return wait
	}
	if t.full == nil || len(t.full) >= maxThrottled {
		t.forget(now)
	}
	t.full[name] = full.Add(t.limit.Every)
	return 0
}

// give gives one back, after a success.
func (t *throttle) give(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if full, ok := t.full[name]; ok {
		t.full[name] = full.Add(-t.limit.Every)
	}
}

func (t *throttle) forget(now time.Time) {
	for name, full := range t.full {
		if full.Before(now) {
			delete(t.full, name)
		}
	}
	if t.full == nil || len(t.full) >= maxThrottled {
		t.full = map[string]time.Time{}
	}
}
