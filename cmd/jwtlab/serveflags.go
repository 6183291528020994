package main

import (
	"errors"
	"flag"
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/login"
)

// A serveCall is one use of serve, with all that it was told by flags and by the environment.
type serveCall struct {
	*call
	addr, metrics string
	connections   int
	drain         time.Duration

	store, keys, alg, users string
	demo                    bool
	sweep                   time.Duration

	origin    string
	trusted   []string
	cert, key string // of TLS
	proxies   proxies
	insecure  bool

	grace   time.Duration
	refresh string
	limit   login.Limit // of failed logins for one name
	log     string
}

func newServeCall(e env) *serveCall {
	s := &serveCall{call: newTalk(e, "serve", "[FLAGS]",
		"jwtlab serve -demo",
		"jwtlab serve -addr :8443 -origin https://lab.example -tls-cert cert.pem -tls-key key.pem",
		"jwtlab serve -addr 10.0.0.2:8080 -origin https://lab.example -proxies 10.0.0.0/24",
		"JWTLAB_STORE=rediss://… jwtlab serve -keys /etc/jwtlab/keys.json")}
	s.listeningFlags()
	s.keepingFlags()
	s.policyFlags()
	return s
}

func (s *serveCall) listeningFlags() {
	f := s.flags
	f.StringVar(&s.addr, "addr", "localhost:8080", "HOST:PORT")
	f.StringVar(&s.metrics, "metrics", "", "HOST:PORT")
	f.StringVar(&s.cert, "tls-cert", "", "FILE")
	f.StringVar(&s.key, "tls-key", "", "FILE")
	f.StringVar(&s.origin, "origin", "", "URL")
	f.Func("proxies", "CIDR,…", func(text string) (err error) {
		s.proxies, err = readProxies(text)
		return err
	})
	s.counted("connections", &s.connections, 4096, 1)
	s.timed("drain", &s.drain, 0, 0)
	s.oneOf("log", &s.log, "text", "json")
}

func (s *serveCall) keepingFlags() {
	f := s.flags
	f.StringVar(&s.store, "store", "", "STORE")
	f.StringVar(&s.keys, "keys", "", "FILE")
	s.oneOf("alg", &s.alg, signingAlgorithms...)
	f.StringVar(&s.users, "users", "", "FILE")
	f.BoolVar(&s.demo, "demo", false, "")
	s.timed("sweep", &s.sweep, time.Minute, time.Second)
}

func (s *serveCall) policyFlags() {
	f := s.flags
	f.Func("trusted-origins", "URL,…", func(text string) (err error) {
		s.trusted, err = readOrigins(text)
		return err
	})
	f.BoolVar(&s.insecure, "insecure", false, "")
	s.timed("grace", &s.grace, 0, 0)
	s.oneOf("refresh", &s.refresh, "body", "cookie", "none")
	s.counted("login-burst", &s.limit.Burst, 10, 1)
	s.timed("login-every", &s.limit.Every, time.Minute, time.Second)
}

// oneOf is a flag that takes one of a few words; the first is what it has if it is not given.
func (s *serveCall) oneOf(name string, to *string, words ...string) {
	*to = words[0]
	s.flags.Func(name, strings.Join(words, "|"), func(text string) error {
		if !slices.Contains(words, text) {
			return errors.New("no such word")
		}
		*to = text
		return nil
	})
}

func (s *serveCall) timed(name string, to *time.Duration, usual, least time.Duration) {
	*to = usual
	s.flags.Func(name, "TIME", func(text string) (err error) {
		d, err := parseDuration(text)
		if err == nil && d < least {
			err = errors.New("too short")
		}
		*to = d
		return err
	})
}

func (s *serveCall) counted(name string, to *int, usual, least int) {
	*to = usual
	s.flags.Func(name, "N", func(text string) error {
		n, err := strconv.Atoi(text)
		if err == nil && n < least {
			err = errors.New("too small")
		}
		*to = n
		return err
	})
}

// variable is the name of a flag in the environment.
func variable(name string) string {
	return "JWTLAB_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// read takes the flags, and what the environment has instead of those that are not given.
func (s *serveCall) read(args []string) (code int, ok bool) {
	if code, ok := s.parse(args); !ok {
		return code, false
	}
	if len(s.args) > 0 {
		return s.fail(usage, "cli.error.arguments-none"), false
	}
	if name := s.readEnvironment(); name != "" {
		return s.fail(usage, "serve.error.variable", variable(name), name), false
	}
	if (s.cert == "") != (s.key == "") {
		return s.fail(usage, "serve.error.half-tls"), false
	}
	if s.demo && s.users != "" {
		return s.fail(usage, "serve.error.demo-users"), false
	}
	return good, true
}

// readEnvironment returns the flag whose variable does not fit, if there is one.
func (s *serveCall) readEnvironment() (wrong string) {
	given := map[string]bool{"lang": true} // which is that of the locale
	s.flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	s.flags.VisitAll(func(f *flag.Flag) {
		text := s.getenv(variable(f.Name))
		if text == "" || given[f.Name] || wrong != "" {
			return
		}
		if s.flags.Set(f.Name, text) != nil {
			wrong = f.Name
		}
	})
	return wrong
}

// readOrigins reads origins that are separated by commas.
func readOrigins(text string) ([]string, error) {
	var all []string
	for one := range strings.SplitSeq(text, ",") {
		o, err := readOrigin(strings.TrimSpace(one))
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}
