package scenario

import (
	"context"
	"crypto/subtle"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

const (
	maxReplicas = 8
	maxRecords  = 10_000
	maxEvents   = 2_000
)

// A store is the one of a replica, and counts what the service asks of it. Those of several replicas can have one memory.
type store struct {
	*memstore.Store
	reads, writes int
}

func (s *store) Create(ctx context.Context, l login.Login, secret, ends login.Hash) error {
	s.writes++
	return s.Store.Create(ctx, l, secret, ends)
}

func (s *store) Find(ctx context.Context, secret login.Hash, now time.Time) (login.Login, error) {
	s.reads++
	return s.Store.Find(ctx, secret, now)
}

func (s *store) Touch(ctx context.Context, id string, seen, idle time.Time) error {
	s.writes++
	return s.Store.Touch(ctx, id, seen, idle)
}

func (s *store) Rotate(ctx context.Context, r login.Rotation) (login.Rotated, error) {
	s.writes++
	return s.Store.Rotate(ctx, r)
}

func (s *store) End(ctx context.Context, e login.Ending) (int, error) {
	s.writes++
	return s.Store.End(ctx, e)
}

func (s *store) Logins(ctx context.Context, user, after string, limit int, now time.Time) ([]login.Login, error) {
	s.reads++
	return s.Store.Logins(ctx, user, after, limit, now)
}

func (s *store) Deny(ctx context.Context, until time.Time, ids ...string) error {
	s.writes++
	return s.Store.Deny(ctx, until, ids...)
}

func (s *store) Denied(ctx context.Context, now time.Time, ids ...string) (bool, error) {
	s.reads++
	return s.Store.Denied(ctx, now, ids...)
}

func (s *store) Role(ctx context.Context, user string) (string, error) {
	s.reads++
	return s.Store.Role(ctx, user)
}

// A replica is one server of the shop.
type replica struct {
	service *login.Service
	store   *store
}

// wordlist are secrets that everybody knows, the shortest first: the last is that of jwt.io's example.
var wordlist = []string{"secret", "changeme", "password", "jwt-secret", "your-256-bit-secret", "a-string-secret-at-least-256-bits-long"}

// weakKeys is a JWK Set of the last of them.
func weakKeys() string {
	return `{"keys":[{"kty":"oct","kid":"shop","alg":"HS256","k":"` + encode([]byte(wordlist[len(wordlist)-1])) + `"}]}`
}

// makeKeys makes the keys that sign: one that nobody can guess, or one that everybody can.
func (w *world) makeKeys() (login.Keys, error) {
	if w.setup.Credential == WeakJWT {
		return login.ReadKeys(weakKeys())
	}
	k, err := key.Generate(key.Spec{Alg: "EdDSA"}, w.chance)
	if err != nil {
		return login.Keys{}, fmt.Errorf("making a key: %w", err)
	}
	return login.ReadKeys(`{"keys":[` + k.JWK() + `]}`)
}

// deploy starts the replicas anew, with stores that are empty.
func (w *world) deploy(keys login.Keys, n int, shared bool) error {
	w.replicas, w.shared = nil, shared
	for range n {
		if err := w.grow(keys); err != nil {
			return err
		}
	}
	return nil
}

// grow adds a replica: it knows what the others know if they share a store, and else nothing.
func (w *world) grow(keys login.Keys) error {
	memory := memstore.New(maxRecords)
	if w.shared && len(w.replicas) > 0 {
		memory = w.replicas[0].store.Store
	}
	r := &replica{store: &store{Store: memory}}
	c := w.config(r.store, len(w.replicas)+1)
	c.Keys = keys
	var err error
	if r.service, err = login.New(c); err != nil {
		return err
	}
	w.replicas = append(w.replicas, r)
	return nil
}

// config is that of one replica, without keys.
func (w *world) config(s *store, number int) login.Config {
	return login.Config{
		Now: w.net.Now, Rand: w.chance, Store: s, Accounts: people{&w.ticket}, Policy: w.policy, Issuer: shop, Audience: shop,
		TrustedOrigins: w.trust,
		Event: func(e login.Event) {
			if len(w.events) >= maxEvents {
				w.events, w.gone = slices.Clone(w.events[maxEvents/2:]), w.gone+maxEvents/2
			}
			w.events = append(w.events, Event{w.net.Now(), number, e.Name, e.Reason, e.User, e.Address})
		},
	}
}

// said is how many events there have been.
func (w *world) said() int { return w.gone + len(w.events) }

// told are the events after the first so many, as far as they are still there.
func (w *world) told(after int) []Event { return w.events[min(max(after-w.gone, 0), len(w.events)):] }

// cloneServers takes the replicas of another world over, each with what it knows.
func (w *world) cloneServers(from *world) {
	memories := map[*memstore.Store]*memstore.Store{}
	w.replicas = make([]*replica, len(from.replicas))
	for i, r := range from.replicas {
		if memories[r.store.Store] == nil {
			memories[r.store.Store] = r.store.Store.Clone()
		}
		s := &store{memories[r.store.Store], r.store.reads, r.store.writes}
		service, err := r.service.Clone(w.config(s, i+1))
		if err != nil {
			panic(err) // the same configuration has served
		}
		w.replicas[i] = &replica{service, s}
	}
}

// restart stops all replicas and starts them again: what they had in memory is gone, what is in a shared store is not.
func (w *world) restart() error {
	for i, r := range w.replicas {
		if !w.shared {
			r.store.Store = memstore.New(maxRecords)
		}
		c := w.config(r.store, i+1)
		c.Keys = r.service.SigningKeys()
		fresh, err := login.New(c)
		if err != nil {
			return err
		}
		r.service = fresh
	}
	w.serve()
	return nil
}

// resize makes the replicas so many, of which those that stay keep what they have.
func (w *world) resize(n int, shared bool) error {
	keys := w.replicas[0].service.SigningKeys()
	if shared != w.shared {
		if err := w.deploy(keys, n, shared); err != nil {
			return err
		}
	}
	w.replicas = w.replicas[:min(n, len(w.replicas))]
	for len(w.replicas) < n {
		if err := w.grow(keys); err != nil {
			return err
		}
	}
	w.serve()
	return nil
}

// each calls a function for one replica of each store.
func (w *world) each(do func(*replica) error) error {
	var seen []*memstore.Store
	for _, r := range w.replicas {
		if slices.Contains(seen, r.store.Store) {
			continue
		}
		seen = append(seen, r.store.Store)
		if err := do(r); err != nil {
			return err
		}
	}
	return nil
}

// people are those who have an account. Their passwords are compared and not hashed: nobody waits for argon2 here.
type people struct{ ticket *string }

var passwords = []struct{ name, password, role string }{
	{"alice", "wonderland", ""}, {"mallory", "malice", ""}, {"admin", "looking-glass", "admin"},
}

// Verify compares the password, or the ticket that the provider's word is turned into.
func (p people) Verify(_ context.Context, name, password string) (login.Account, error) {
	byTicket := *p.ticket != "" && subtle.ConstantTimeCompare([]byte(*p.ticket), []byte(password)) == 1
	for _, a := range passwords {
		if a.name == name && (byTicket || subtle.ConstantTimeCompare([]byte(a.password), []byte(password)) == 1) {
			return login.Account{Name: a.name, Role: a.role}, nil
		}
	}
	return login.Account{}, login.ErrCredentials
}

// passwordOf is the password of somebody; empty for a stranger.
func passwordOf(name string) string {
	for _, a := range passwords {
		if a.name == name {
			return a.password
		}
	}
	return ""
}

// hashes are what the stores have in the place of the credentials that they know.
func (w *world) hashes() (all []login.Hash) {
	_ = w.each(func(r *replica) error {
		for _, l := range r.store.Content(w.net.Now()).Logins {
			all = append(all, l.Secrets...)
		}
		return nil
	})
	return all
}

// servers are the replicas as others see them.
func (w *world) servers() []Server {
	all := make([]Server, len(w.replicas))
	for i, r := range w.replicas {
		s := Server{Name: strconv.Itoa(i + 1), Shared: w.shared, Reads: r.store.reads, Writes: r.store.writes}
		content := r.store.Content(w.net.Now())
		for _, l := range content.Logins {
			s.Logins = append(s.Logins, Login{l.ID, l.User, string(l.Mode), l.Created, l.Seen, l.Idle, l.Expires, l.Address, len(l.Secrets)})
		}
		for _, d := range content.Denied {
			s.Denied = append(s.Denied, Denied(d))
		}
		for _, a := range passwords {
			for _, t := range r.service.Transfers(a.name, 10) {
				s.Transfer = append(s.Transfer, t.From+" → "+t.To+": "+strconv.Itoa(t.Amount))
			}
		}
		s.Octets = octets(content)
		all[i] = s
	}
	return all
}

// octets counts what a store has to keep: texts, hashes, and eight octets a time.
func octets(c memstore.Content) (n int) {
	const moment = 8
	for _, l := range c.Logins {
		n += len(l.ID) + len(l.User) + len(l.Mode) + len(l.Address) + 4*moment + len(l.Secrets)*len(login.Hash{})
		for name, value := range l.Attributes {
			n += len(name) + len(value)
		}
	}
	for _, d := range c.Denied {
		n += len(d.ID) + moment
	}
	for user, role := range c.Roles {
		n += len(user) + len(role)
	}
	return n
}
