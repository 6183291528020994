package main

import (
	"context"
	"errors"
	"net"
	"os"
	"os/signal"
	"syscall"
)

// runServe serves the page and the login service until SIGINT or SIGTERM. SIGHUP has it read its files anew.
func runServe(e env, args []string) int {
	s := newServeCall(e)
	if code, ok := s.read(args); !ok {
		return code
	}
	sig, done := heed()
	defer done()
	return s.serve(sig, func(*server) {})
}

// signals are what a server is told from outside.
type signals struct {
	stop, hurry context.Context // the latter: do not wait for what may still come
	again       <-chan os.Signal
}

// heed listens to the signals of the system: the first SIGINT or SIGTERM is to stop, the second to hurry, and the third ends
// the program as if nobody listened; SIGHUP is to read files anew.
func heed() (signals, func()) {
	stop, quit := context.WithCancel(context.Background())
	hurry, rush := context.WithCancel(context.Background())
	again, end := make(chan os.Signal, 1), make(chan os.Signal, 2)
	signal.Notify(again, syscall.SIGHUP)
	signal.Notify(end, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-end
		quit()
		<-end
		signal.Stop(end)
		rush()
	}()
	return signals{stop, hurry, again}, func() {
		signal.Stop(again)
		signal.Stop(end)
	}
}

// serve serves until it is told to stop; up is called when all is ready for requests.
func (s *serveCall) serve(sig signals, up func(*server)) int {
	sv, err := s.open(sig.stop)
	if err != nil {
		return s.refuse(err)
	}
	s.announce(sv)
	up(sv)
	if err := sv.run(sig); err != nil {
		return s.refuse(err)
	}
	return good
}

// refuse says why serve does not go on.
func (s *serveCall) refuse(err error) int {
	var r *refusal
	var weak *weakPolicy
	switch {
	case errors.As(err, &r):
		return s.fail(r.code, r.id, r.args...)
	case errors.As(err, &weak):
		screen := newScreen(s.env)
		screen.wrapped("jwtlab serve: ", s.text("serve.error.weak"))
		for _, w := range weak.list {
			screen.wrapped("  - ", w.Text(s.lang)+" ("+w.Ref+")")
		}
		screen.wrapped("", s.text("serve.error.weak-mend"))
		s.err.Write([]byte(screen.String()))
		return bad
	}
	return s.fail(bad, "serve.error.other", err.Error())
}

// listen opens the port, and says what to do if another program has it.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, unable("serve.error.taken", addr)
	}
	if err != nil {
		return nil, unable("serve.error.listen", addr, err.Error())
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

// announce tells whoever started the server what it does, and what it cannot promise.
func (s *serveCall) announce(sv *server) {
	screen := newScreen(s.env)
	say := func(id string, args ...string) { screen.wrapped("  ", s.text(id, args...)) }
	screen.line(s.text("serve.on", sv.stance.origin))
	if sv.stance.way == byProxy {
		say("serve.listens", sv.port.listener.Addr().String())
	}
	switch {
	case s.demo:
		screen.styled(bold, "  ", bold, s.text("serve.demo"))
	case sv.users == 0:
		say("serve.nobody", sv.usersFile)
	default:
		say("serve.users", sv.usersFile)
	}
	say("serve.store", sv.shelf.title)
	if sv.keysMade {
		say("serve.keys-made", sv.watch.keys.path)
	} else {
		say("serve.keys", sv.watch.keys.path)
	}
	if sv.metricsPort != nil {
		say("serve.metrics", "http://"+sv.metricsPort.listener.Addr().String()+"/metrics")
	}
	if sv.stance.way == byPlain {
		screen.styled(bold, "  ", bold, s.text("serve.insecure"))
	}
	if len(sv.stance.weak) > 0 {
		say("serve.weak")
		for _, w := range sv.stance.weak {
			screen.wrapped("  - ", w.Text(s.lang)+" ("+w.Ref+")")
		}
	}
	s.print(screen.String())
}
