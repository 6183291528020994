// Package redisstore keeps logins in Redis or Valkey, for a service of several replicas.
//
// Each method is one round trip: what changes several keys is a script, which the server runs as one step. The server
// removes what has ended by its own clock, and the caller's time decides beside it, so neither clock can prolong a login.
// Nothing is ever sent twice: a rotation whose answer was lost may have happened, and a second one would look like reuse.
//
// What a method has answered is as durable as the server is set to make it: appendonly yes, appendfsync always, and
// maxmemory-policy noeviction, for whoever evicts a used secret forgets that it was used. With appendfsync everysec a crash
// of the machine, though not of the server alone, takes the last second along. A server that comes back empty, as without
// appendonly, has forgotten everybody: sessions and refresh tokens are refused, used ones too, and all have to log in again.
// But the deny list is gone as well, so access tokens that were revoked by logout or theft serve again until they expire (a
// few minutes), and so are the roles that [Store.SetRole] gave or took. Where that must not be, sign with a new file of keys then.
//
// All keys begin with "jwtlab:{login}:" and so share one slot: in a Cluster one node has them all, and its address has to be
// given, since this client does not follow to another. Start with [Open].
package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"jwtlab/app/login"
)

// A Store is a [login.Store] in Redis. It connects when it is asked, and again after the server was away.
type Store struct{ client *redis.Client }

var _ login.Store = (*Store)(nil)

var errUnnamed = errors.New("a login needs an id")

// The client would write to standard error, between the lines of the service's own log, what it returns as errors anyway.
func init() { logging.Disable() }

// Open makes a store of a URL: redis://USER:PASSWORD@HOST:PORT/DB, or rediss:// for TLS. It does not connect yet.
func Open(address string) (*Store, error) {
	o, err := options(address)
	if err != nil {
		return nil, fmt.Errorf("reading the address of Redis: %w; write redis://USER:PASSWORD@HOST:PORT/DB, or rediss:// for TLS", err)
	}
	return &Store{client: redis.NewClient(o)}, nil
}

// options are quick to give up, for a request waits. Parameters of the URL, as in "?read_timeout=3s", go before.
func options(address string) (*redis.Options, error) {
	o, err := redis.ParseURL(address)
	if err != nil {
		if wrong := (*url.Error)(nil); errors.As(err, &wrong) {
			err = wrong.Err // without the URL, in which the password stands
		}
		return nil, err
	}
	o.MaxRetries = -1
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	for _, t := range []*time.Duration{&o.DialTimeout, &o.ReadTimeout, &o.WriteTimeout, &o.PoolTimeout} {
		if *t == 0 {
			*t = time.Second
		}
	}
	if o.PoolSize == 0 {
		o.PoolSize = 32
	}
	o.MaxActiveConns = o.PoolSize
	o.Protocol, o.DisableIdentity = 2, true // nothing of the newer one is used
	return o, nil
}

// Close closes all connections.
func (s *Store) Close() error { return s.client.Close() }

// Create keeps a new login: see [login.Store].
func (s *Store) Create(ctx context.Context, l login.Login, secret, ends login.Hash) error {
	if l.ID == "" {
		return errUnnamed
	}
	_, err := s.run(ctx, create, loginKey+l.ID, append([]any{l.ID, l.User, secret[:], ends[:], millis(l.Seen)}, encode(l, secret)...)...)
	return err
}

// Find returns the login of a newest secret: see [login.Store].
func (s *Store) Find(ctx context.Context, secret login.Hash, now time.Time) (login.Login, error) {
	answer, err := s.run(ctx, find, secretKey+string(secret[:]))
	if err != nil {
		return login.Login{}, err
	}
	r, err := decode(answer)
	switch {
	case err != nil:
		return login.Login{}, err
	case r.newest != string(secret[:]) || r.login.Ended(now):
		return login.Login{}, login.ErrUnknown
	}
	return r.login, nil
}

// Touch notes that a login was used: see [login.Store].
func (s *Store) Touch(ctx context.Context, id string, seen, idle time.Time) error {
	_, err := s.run(ctx, touch, loginKey+id, millis(seen), end(idle))
	return err
}

// Rotate replaces a secret by the next: see [login.Store].
func (s *Store) Rotate(ctx context.Context, r login.Rotation) (login.Rotated, error) {
	answer, err := s.run(ctx, rotate, secretKey+string(r.Old[:]),
		r.Old[:], r.New[:], r.Sealed, millis(r.Now), end(r.Idle), r.Grace.Milliseconds(), end(r.Deny))
	if err != nil {
		return login.Rotated{}, err
	}
	parts, ok := answer.([]any)
	if !ok || len(parts) != 2 {
		return login.Rotated{}, errDamaged
	}
	kept, err := decode(parts[1])
	outcome, ok := parts[0].(int64)
	if err != nil || !ok {
		return login.Rotated{}, errDamaged
	}
	rotated := login.Rotated{Outcome: login.Outcome(outcome), Login: kept.login}
	if rotated.Outcome == login.Repeated {
		rotated.Sealed = []byte(kept.sealed)
	}
	return rotated, nil
}

// End ends logins of a user: see [login.Store].
func (s *Store) End(ctx context.Context, e login.Ending) (int, error) {
	answer, err := s.run(ctx, endings, userKey+e.User, e.User, e.ID, e.Except, millis(e.Now), end(e.Deny))
	if err != nil {
		return 0, err
	}
	n, ok := answer.(int64)
	if !ok {
		return 0, errDamaged
	}
	return int(n), nil
}

// Logins returns the logins of a user: see [login.Store].
func (s *Store) Logins(ctx context.Context, user, after string, limit int, now time.Time) ([]login.Login, error) {
	answer, err := s.run(ctx, list, userKey+user, after, limit, millis(now))
	if err != nil {
		return nil, err
	}
	parts, ok := answer.([]any)
	if !ok {
		return nil, errDamaged
	}
	var all []login.Login
	for _, part := range parts {
		r, err := decode(part)
		if err != nil {
			return nil, err
		}
		all = append(all, r.login)
	}
	return all, nil
}

// Sweep does nothing: the server removes what has ended.
func (s *Store) Sweep(ctx context.Context, _ time.Time, _ int) (int, error) { return 0, ctx.Err() }

// Announce says until when a replica signs with the key of an ID, and returns the key IDs of all replicas for which that is
// still said, sorted. A time that has passed takes back what was said. The server's clock decides.
func (s *Store) Announce(ctx context.Context, replica, kid string, until time.Time) (kids []string, err error) {
	answer, err := s.run(ctx, announce, replicas, replica, kid, until.UnixMilli())
	if err != nil {
		return nil, err
	}
	parts, _ := answer.([]any)
	for _, part := range parts {
		kid, ok := part.(string)
		if !ok {
			return nil, errDamaged
		}
		kids = append(kids, kid)
	}
	slices.Sort(kids)
	return slices.Compact(kids), nil
}

// run runs a script. The server's nil is [login.ErrUnknown], and a server without memory is full.
func (s *Store) run(ctx context.Context, script *redis.Script, key string, args ...any) (any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	answer, err := script.Run(ctx, s.client, []string{key}, args...).Result()
	return answer, fault(err)
}

func fault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, redis.Nil):
		return login.ErrUnknown
	case strings.HasPrefix(err.Error(), "OOM "):
		return fmt.Errorf("writing to Redis: %w: %w", login.ErrFull, err)
	}
	return fmt.Errorf("asking Redis: %w", err)
}
