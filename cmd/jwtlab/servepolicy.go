package main

import (
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"

	"jwtlab/app/login"
)

// A way is how requests come in, which decides on what they may carry.
type way int

const (
	byTLS   way = iota + 1 // this program has the certificate
	byProxy                // a proxy has it
	byLoop                 // plain http that does not leave the machine
	byPlain                // plain http that others can read
)

// A refusal is why serve does not start. Its words are those of the id.
type refusal struct {
	code int
	id   string
	args []string
}

func (r *refusal) Error() string { return r.id + " " + strings.Join(r.args, ", ") }

// wrong is a refusal for what serve was called with, unable for what it finds.
func wrong(id string, args ...string) error  { return &refusal{usage, id, args} }
func unable(id string, args ...string) error { return &refusal{bad, id, args} }

var errOrigin = errors.New("no origin")

// readOrigin reads an origin and writes it as browsers do (RFC 6454 §6.2).
func readOrigin(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" ||
		u.Fragment != "" || u.Path != "" && u.Path != "/" || strings.ContainsFunc(u.Host, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", errOrigin
	}
	host := strings.ToLower(u.Host)
	if usual := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; u.Port() == "" || ":"+u.Port() == usual {
		host = strings.TrimSuffix(strings.TrimSuffix(host, usual), ":")
	}
	return u.Scheme + "://" + host, nil
}

// A stance is how serve stands to the world: where it is, how one comes to it, and what it therefore can promise.
type stance struct {
	origin string
	way    way
	policy login.Policy
	weak   []login.Weakness
}

// stand decides on all that by where serve listens.
func (s *serveCall) stand(at net.Addr) (stance, error) {
	local := false
	if tcp, ok := at.(*net.TCPAddr); ok {
		local = tcp.IP.IsLoopback()
	}
	st := stance{origin: s.origin}
	if st.origin == "" {
		if !local {
			return st, wrong("serve.error.no-origin")
		}
		st.origin = s.localOrigin(at)
	}
	var err error
	if st.origin, err = readOrigin(st.origin); err != nil {
		return st, wrong("serve.error.origin")
	}
	if st.way, err = s.way(st.origin, local); err != nil {
		return st, err
	}
	st.policy = s.policy(st.way)
	st.weak = st.policy.Weaknesses()
	return st, s.bear(st)
}

// localOrigin is the origin of who listens on loopback and was told of no other.
func (s *serveCall) localOrigin(at net.Addr) string {
	scheme := "http://"
	if s.cert != "" {
		scheme = "https://"
	}
	if o := scheme + shown(s.addr, at); !named(o) {
		return o
	}
	return scheme + at.String() // a name of this machine that others may have for something else
}

// way tells how requests come in, or why they may not.
func (s *serveCall) way(origin string, local bool) (way, error) {
	https := strings.HasPrefix(origin, "https:")
	switch {
	case s.cert != "" && !https:
		return 0, wrong("serve.error.origin-http", origin)
	case s.cert != "":
		return byTLS, nil
	case https && len(s.proxies) > 0:
		return byProxy, nil
	case https:
		return 0, wrong("serve.error.origin-https", origin)
	case local && !named(origin):
		return byLoop, nil
	case s.insecure:
		return byPlain, nil
	}
	return 0, wrong("serve.error.plain", s.addr)
}

// named reports whether others than this machine know the origin.
func named(origin string) bool {
	host := hostname(origin)
	ip := net.ParseIP(host)
	return host != "localhost" && !strings.HasSuffix(host, ".localhost") && (ip == nil || !ip.IsLoopback())
}

// meant reports whether a request to a host is meant for this server. Another name may be an attacker's, who lets it lead
// here once a page of theirs is loaded: to the browser all this is their origin then, and so it is to a check that compares
// Origin with Host (DNS rebinding). They could not use anybody's cookies, but guess passwords where only the browser can
// come. Ports count for nothing, for they are forwarded and no name hides in them; on loopback any name of it will do.
func (st stance) meant(host string) bool {
	if _, own, _ := strings.Cut(st.origin, "://"); own == host {
		return true
	}
	asked, err := readOrigin("http://" + host)
	return err == nil && (hostname(asked) == hostname(st.origin) || !named(asked) && !named(st.origin))
}

func hostname(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func (s *serveCall) policy(w way) login.Policy {
	p := login.Secure()
	if w == byLoop || w == byPlain {
		p = login.Loopback()
	}
	p.Grace, p.Refresh = s.grace, s.refresh
	return p
}

// bear refuses a policy that is weak, but for what plain http brings with it where that was asked for, and for all on
// loopback, where nobody is in danger but who started it.
func (s *serveCall) bear(st stance) error {
	if st.way == byLoop {
		return nil
	}
	for _, o := range s.trusted {
		if st.way != byPlain && !strings.HasPrefix(o, "https:") {
			return wrong("serve.error.trusted-http", o)
		}
	}
	var borne []login.Weakness
	if st.way == byPlain {
		borne = login.Loopback().Weaknesses()
	}
	more := slices.DeleteFunc(slices.Clone(st.weak), func(w login.Weakness) bool { return slices.Contains(borne, w) })
	if len(more) > 0 {
		return &weakPolicy{more}
	}
	return nil
}

// A weakPolicy is a refusal of a policy, for what is weak in it.
type weakPolicy struct{ list []login.Weakness }

func (w *weakPolicy) Error() string { return "the policy is weak" }
