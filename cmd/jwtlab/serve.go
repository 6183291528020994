package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"jwtlab/app/site"
)

const serveHelp = `usage: jwtlab serve [-addr HOST:PORT]

Serves the page from inside this program until it is told to stop (Ctrl-C, or SIGTERM). GET /healthz answers "ok".

  jwtlab serve                       on http://localhost:8080, for this machine only
  jwtlab serve -addr :8080           for the network; put a proxy with TLS in front, browsers need it
  jwtlab serve -addr localhost:0     on a free port, which is printed

`

// patience is how long requests may take to end once the server is told to stop.
const patience = 10 * time.Second

// serve serves the site until SIGINT or SIGTERM.
func serve(e env, args []string) int {
	f := flags(e, "serve", serveHelp)
	addr := f.String("addr", "localhost:8080", "where to listen, `host:port`")
	if code, ok := parse(e, f, args); !ok {
		return code
	}
	if f.NArg() > 0 {
		return fail(e, usage, fmt.Errorf("serve takes no argument %q", f.Arg(0)))
	}
	s, err := site.Embedded()
	if err != nil {
		return fail(e, bad, err)
	}
	files, err := s.For(site.Host{Base: "/", Server: true})
	if err != nil {
		return fail(e, bad, err)
	}
	stop, done := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer done()
	l, err := listen(stop, *addr)
	if err != nil {
		return fail(e, bad, err)
	}
	fmt.Fprintf(e.out, "JWT Lab is on http://%s\n", shown(*addr, l.Addr()))
	if err := serveUntil(stop, l, site.Handler(files)); err != nil {
		return fail(e, bad, err)
	}
	return good
}

// listen opens the port, and says what to do if another program has it.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program; stop that one, or choose another port with -addr localhost:8081", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", addr, err)
	}
	return l, nil
}

// shown returns the address as one would type it: the host that was asked for with the port that was given.
func shown(asked string, at net.Addr) string {
	host, _, err := net.SplitHostPort(asked)
	_, port, err2 := net.SplitHostPort(at.String())
	if err != nil || err2 != nil {
		return at.String()
	}
	if host == "" {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// serveUntil serves until the context ends, then lets the requests that are under way finish. The time limits keep slow
// clients from holding connections; the longest answer is the program, a few megabytes.
func serveUntil(stop context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-stop.Done():
	}
	limit, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := server.Shutdown(limit); err != nil {
		return fmt.Errorf("stopping: %w", err)
	}
	return nil
}
