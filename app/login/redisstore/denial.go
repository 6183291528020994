package redisstore

import (
	"context"
	"strconv"
	"time"

	"jwtlab/app/login"
)

// Deny puts ids on the deny list: see [login.Store].
func (s *Store) Deny(ctx context.Context, until time.Time, ids ...string) error {
	args := []any{end(until)}
	for _, id := range ids {
		args = append(args, id)
	}
	_, err := s.run(ctx, denials, denied, args...)
	return err
}

// Denied reports whether one of the ids is on the deny list: see [login.Store].
func (s *Store) Denied(ctx context.Context, now time.Time, ids ...string) (bool, error) {
	if err := ctx.Err(); err != nil || len(ids) == 0 {
		return false, err
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = denied + id
	}
	answer, err := s.client.MGet(ctx, keys...).Result()
	if err != nil {
		return false, fault(err)
	}
	found := false
	for _, value := range answer {
		if value == nil {
			continue
		}
		text, _ := value.(string)
		until, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return false, errDamaged
		}
		found = found || now.UnixMilli() < until
	}
	return found, nil
}

// SetRole gives a user a role: see [login.Store].
func (s *Store) SetRole(ctx context.Context, user, role string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if role == "" {
		return fault(s.client.Del(ctx, roleKey+user).Err())
	}
	return fault(s.client.Set(ctx, roleKey+user, role, 0).Err())
}

// Role returns the role that a user was given: see [login.Store].
func (s *Store) Role(ctx context.Context, user string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	role, err := s.client.Get(ctx, roleKey+user).Result()
	if err = fault(err); err == login.ErrUnknown {
		return "", nil
	}
	return role, err
}
