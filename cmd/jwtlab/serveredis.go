package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"sync"
	"time"

	"jwtlab/app/login/redisstore"
)

// openRedis opens a store that other servers share. Whether it can be reached is left to /readyz: it may come later, or go.
func (s *serveCall) openRedis() (*shelf, error) {
	store, err := redisstore.Open(s.store)
	if err != nil {
		return nil, wrong("serve.error.redis")
	}
	name := make([]byte, 8)
	if _, err := io.ReadFull(s.rand, name); err != nil {
		return nil, err
	}
	keys, err := stateFile(s.env, s.keys, keysFile)
	if err != nil {
		return nil, wrong("serve.error.no-state", "-keys FILE")
	}
	accounts, err := stateFile(s.env, "", "redis.accounts")
	if err != nil {
		accounts = "" // what changes while this server is down is noticed by others, if there are any
	}
	h := &herald{announce: store.Announce, replica: hex.EncodeToString(name), now: s.now}
	return &shelf{Store: store, close: store.Close, title: withoutPassword(s.store), keys: keys, accounts: accounts, herald: h}, nil
}

const (
	announced = 30 * time.Second // that a key signs, in case that the server is gone then
	turnover  = 10 * time.Second // after a change of keys in which others may be a little behind
)

// A herald tells the servers that share a store which key signs here.
type herald struct {
	announce func(ctx context.Context, replica, kid string, until time.Time) ([]string, error)
	replica  string
	now      func() time.Time

	mu    sync.Mutex
	kid   string
	since time.Time
}

// tell announces the key, and fails if another signs elsewhere: those servers would not know each other's tokens.
func (h *herald) tell(ctx context.Context, kid string) error {
	now := h.now()
	all, err := h.announce(ctx, h.replica, kid, now.Add(announced))
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.kid != "" && h.kid != kid {
		h.since = now
	}
	h.kid = kid
	for _, other := range all {
		if other != kid && (h.since.IsZero() || now.Sub(h.since) > turnover) {
			return fmt.Errorf("another server of this store signs with the key %q, this one with %q; give them one -keys file", other, kid)
		}
	}
	return nil
}

// leave takes back what was announced.
func (h *herald) leave(ctx context.Context) {
	h.mu.Lock()
	kid := h.kid
	h.mu.Unlock()
	if kid != "" {
		_, _ = h.announce(ctx, h.replica, kid, h.now()) // it ends by itself soon
	}
}
