package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/netutil"
)

// Limits keep slow and greedy clients from holding what others need.
type limits struct {
	header, read, write, idle time.Duration
	headerBytes               int
	connections               int
}

// usual are the limits of serve. What is longer than the answers of the service has a longer time of its own.
func usual(connections int) limits {
	return limits{header: 5 * time.Second, read: 15 * time.Second, write: 30 * time.Second, idle: time.Minute,
		headerBytes: 32 << 10, connections: connections}
}

// patience is how long requests may take to end once the server is told to stop.
const patience = 10 * time.Second

// A port is a listener with what answers there.
type port struct {
	listener net.Listener
	server   *http.Server
}

// newPort puts the limits around a listener and a handler; certificates are nil for plain http. Connections beyond the limit
// wait to be taken.
func newPort(l net.Listener, h http.Handler, lim limits, certificates *tls.Config, j *journal) *port {
	l = netutil.LimitListener(l, lim.connections)
	if certificates != nil {
		l = tls.NewListener(l, certificates)
	}
	return &port{l, &http.Server{
		Handler:           h,
		TLSConfig:         certificates,
		ReadHeaderTimeout: lim.header,
		ReadTimeout:       lim.read,
		WriteTimeout:      lim.write,
		IdleTimeout:       lim.idle,
		MaxHeaderBytes:    lim.headerBytes,
		ErrorLog:          log.New(j, "", 0),
	}}
}

// run serves until it is told to stop, then calls leave, goes on for the drain, so that whoever sends requests here can
// notice, and lets the requests that are under way finish.
func (p *port) run(sig signals, leave func(), drain time.Duration) error {
	ended := make(chan error, 1)
	go func() { ended <- p.server.Serve(p.listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-sig.stop.Done():
	}
	leave()
	if drain > 0 {
		wait := time.NewTimer(drain)
		select {
		case <-wait.C:
		case <-sig.hurry.Done():
			wait.Stop()
		}
	}
	limit, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := p.server.Shutdown(limit); err != nil {
		p.server.Close()
		return fmt.Errorf("stopping: %w", err)
	}
	return nil
}

// run serves until it is told to stop, and closes everything.
func (sv *server) run(sig signals) error {
	watching, unwatch := context.WithCancel(context.Background())
	var others sync.WaitGroup
	others.Go(func() {
		ticker := time.NewTicker(roundTime)
		defer ticker.Stop()
		sv.watch.run(watching, ticker.C, sig.again, sv.reloadCertificate)
	})
	if sv.metricsPort != nil {
		others.Go(func() { _ = sv.metricsPort.server.Serve(sv.metricsPort.listener) })
	}
	err := sv.port.run(sig, func() { sv.leaving.Store(true) }, sv.call.drain)
	unwatch()
	if sv.metricsPort != nil {
		sv.metricsPort.server.Close()
	}
	others.Wait()
	sv.watch.leave()
	return errors.Join(err, sv.close())
}

func (sv *server) reloadCertificate() error {
	if sv.certificate == nil {
		return nil
	}
	return sv.certificate.reload()
}
