package redisstore_test

import (
	"context"
	"sync/atomic"
	"time"

	"jwtlab/app/login"
)

// A pair is two replicas, asked in turn.
type pair struct {
	stores [2]login.Store
	calls  atomic.Int64
}

func (p *pair) turn() login.Store { return p.stores[p.calls.Add(1)%2] }

func (p *pair) Create(ctx context.Context, l login.Login, secret, ends login.Hash) error {
	return p.turn().Create(ctx, l, secret, ends)
}
func (p *pair) Find(ctx context.Context, secret login.Hash, now time.Time) (login.Login, error) {
	return p.turn().Find(ctx, secret, now)
}
func (p *pair) Touch(ctx context.Context, id string, seen, idle time.Time) error {
	return p.turn().Touch(ctx, id, seen, idle)
}
func (p *pair) Rotate(ctx context.Context, r login.Rotation) (login.Rotated, error) {
	return p.turn().Rotate(ctx, r)
}
func (p *pair) End(ctx context.Context, e login.Ending) (int, error) { return p.turn().End(ctx, e) }
func (p *pair) Logins(ctx context.Context, user, after string, limit int, now time.Time) ([]login.Login, error) {
	return p.turn().Logins(ctx, user, after, limit, now)
}
func (p *pair) Deny(ctx context.Context, until time.Time, ids ...string) error {
	return p.turn().Deny(ctx, until, ids...)
}
func (p *pair) Denied(ctx context.Context, now time.Time, ids ...string) (bool, error) {
	return p.turn().Denied(ctx, now, ids...)
}
func (p *pair) SetRole(ctx context.Context, user, role string) error {
	return p.turn().SetRole(ctx, user, role)
}
func (p *pair) Role(ctx context.Context, user string) (string, error) {
	return p.turn().Role(ctx, user)
}
func (p *pair) Sweep(ctx context.Context, now time.Time, limit int) (int, error) {
	return p.turn().Sweep(ctx, now, limit)
}
