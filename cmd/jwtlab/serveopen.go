package main

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync/atomic"

	"jwtlab/app/login"
	"jwtlab/app/login/userfile"
	"jwtlab/app/site"
)

// A server is all that serves, opened and not yet running.
type server struct {
	stance  stance
	shelf   *shelf
	service *login.Service
	journal *journal
	metrics *metrics // nil for none
	watch   *watch

	port, metricsPort *port // the latter may be nil
	certificate       *certificate
	call              *serveCall
	leaving           atomic.Bool

	usersFile string // "" with the demo accounts
	users     int
	keysMade  bool
}

// open opens everything, or closes again what is open already. Nothing is answered yet.
func (s *serveCall) open(ctx context.Context) (*server, error) {
	embedded, err := site.Embedded()
	if err != nil {
		return nil, err
	}
	files, err := embedded.For(site.Host{Base: "/", Server: true, Demo: s.demo})
	if err != nil {
		return nil, err
	}
	sv := &server{call: s, journal: newJournal(s.err, s.log, s.now)}
	if err := sv.openAll(ctx, files); err != nil {
		return nil, errors.Join(err, sv.close())
	}
	return sv, nil
}

func (sv *server) openAll(ctx context.Context, files []site.File) error {
	s := sv.call
	l, err := listen(ctx, s.addr)
	if err != nil {
		return err
	}
	sv.port = &port{listener: l}
	if sv.stance, err = s.stand(l.Addr()); err != nil {
		return err
	}
	var certificates *tls.Config
	if s.cert != "" {
		sv.certificate = &certificate{cert: s.cert, key: s.key}
		if err := sv.certificate.reload(); err != nil {
			return unable("serve.error.tls", err.Error())
		}
		certificates = sv.certificate.config()
	}
	if err := sv.openMetrics(ctx); err != nil {
		return err
	}
	if sv.shelf, err = s.openStore(); err != nil {
		return err
	}
	if err := sv.openService(ctx); err != nil {
		return err
	}
	front := newFront(sv.service, files, sv.stance, s.proxies)
	sv.port = newPort(l, &recorder{next: front, route: front.route, journal: sv.journal, metrics: sv.metrics, proxies: s.proxies,
		now: s.now, rand: s.rand}, usual(s.connections), certificates, sv.journal)
	return nil
}

func (sv *server) openMetrics(ctx context.Context) error {
	s := sv.call
	if s.metrics == "" {
		return nil
	}
	l, err := listen(ctx, s.metrics)
	if err != nil {
		return err
	}
	sv.metrics = newMetrics()
	sv.metricsPort = newPort(l, sv.metrics.handler(), usual(16), nil, sv.journal)
	return nil
}

// openService opens the keys, the accounts and the service between them.
func (sv *server) openService(ctx context.Context) error {
	s := sv.call
	keys, ring, made, err := s.openKeys(sv.shelf.keys)
	if err != nil {
		return err
	}
	sv.keysMade = made
	r := &roll{path: sv.shelf.accounts}
	accounts, err := sv.openAccounts(r)
	if err != nil {
		return err
	}
	sv.service, err = login.New(login.Config{
		Now: s.now, Rand: s.rand, Store: sv.shelf, Keys: keys, Accounts: accounts, Policy: sv.stance.policy,
		Issuer: sv.stance.origin, Audience: sv.stance.origin + "/api", TrustedOrigins: s.trusted,
		PerAccount: s.limit, PerAddress: login.Limit{Burst: 4 * s.limit.Burst, Every: s.limit.Every / 4},
		Event: func(e login.Event) {
			sv.journal.event(e)
			sv.metrics.event(e)
		},
		Address: s.proxies.address, Ready: sv.ready,
	})
	if err != nil {
		return err
	}
	ring.set, r.forceOut = sv.service.SetKeys, sv.service.ForceOut
	sv.watch = &watch{journal: sv.journal, metrics: sv.metrics, service: sv.service, keys: ring, roll: r, herald: sv.shelf.herald,
		every: s.sweep, now: s.now}
	if err := r.open(); err != nil {
		return err
	}
	sv.watch.round(ctx) // who was removed while nobody served is out before the first request
	return nil
}

// openAccounts opens the file of users, or the accounts that everybody knows.
func (sv *server) openAccounts(r *roll) (login.Accounts, error) {
	s := sv.call
	o := userfile.Options{Now: s.now, Rand: s.rand, Renewed: r.renew,
		Warn: func(err error) { sv.journal.fault("password hash not replaced", err) }}
	if s.demo {
		r.list = func() (map[string]string, error) { return map[string]string{"alice": "demo", "admin": "demo"}, nil }
		return userfile.Demo(o)
	}
	var err error
	if o.Path, err = stateFile(s.env, s.users, usersFile); err != nil {
		return nil, wrong("serve.error.no-state", "-users FILE")
	}
	file, err := userfile.Open(o)
	if err != nil {
		return nil, unable("serve.error.users", o.Path, err.Error())
	}
	all, err := file.List()
	sv.usersFile, sv.users, r.list = o.Path, len(all), file.Marks
	return file, err
}

var errStopping = errors.New("the server is about to stop")

// ready is what /readyz asks beside the store and the keys.
func (sv *server) ready(ctx context.Context) error {
	if sv.leaving.Load() {
		return errStopping
	}
	return sv.watch.tell(ctx)
}

// close closes what is open.
func (sv *server) close() error {
	var faults []error
	for _, p := range []*port{sv.port, sv.metricsPort} {
		if p != nil {
			if err := p.listener.Close(); !errors.Is(err, net.ErrClosed) {
				faults = append(faults, err)
			}
		}
	}
	if sv.shelf != nil {
		faults = append(faults, sv.shelf.close())
	}
	sv.journal.pen.close()
	return errors.Join(faults...)
}
