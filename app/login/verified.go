package login

import (
	"sync"
	"time"
)

const maxVerified = 4096

// A verifiedCache remembers tokens whose signature was verified, by their hash. It holds at most two generations of
// maxVerified tokens: when the younger is full, the older is forgotten. An entry is worth nothing once the token or its
// key has ended, or once the keys were changed; the deny list is asked each time.
type verifiedCache struct {
	mu           sync.Mutex
	young, older map[Hash]verified
}

// verified is what was found out about a token.
type verified struct {
	access *access
	since  int // which keys it was verified with
	until  time.Time
}

func (c *verifiedCache) find(h Hash, since int, now time.Time) (*access, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.young[h]
	if !ok {
		if v, ok = c.older[h]; !ok {
			return nil, false
		}
		c.keep(h, v)
	}
	return v.access, v.since == since && now.Before(v.until)
}

func (c *verifiedCache) add(h Hash, v verified) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(h, v)
}

func (c *verifiedCache) keep(h Hash, v verified) {
	if c.young == nil || len(c.young) >= maxVerified {
		c.young, c.older = map[Hash]verified{}, c.young
	}
	c.young[h] = v
}
