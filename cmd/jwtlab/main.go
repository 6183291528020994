// Command jwtlab is JWT Lab on the command line: it serves the page, writes it out for other hosts, and does by itself
// what the page does. Each command explains itself: jwtlab CMD -h.
//
// It exits with 0 if all is good, 1 if what it was given is bad, and 2 if it was called wrongly.
package main

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// The exit codes.
const (
	good  = 0
	bad   = 1
	usage = 2
)

// An env is all that a command may use of the world around it, so that tests can hand in another one.
type env struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	now      func() time.Time // in the zone of this place
	rand     io.Reader
	terminal bool // out is one

	transport http.RoundTripper // nil for the real network
}

// A command is one verb of the program.
type command struct {
	name    string
	summary string // one line for the list of commands; none hides it there
	run     func(e env, args []string) int
}

// commands returns the verbs in the order in which the help shows them. It is a function because help reads it too.
func commands() []command {
	return []command{
		{"serve", "serve the page and the login service", runServe},
		{"build", "write the page out for a file host", runBuild},
		{"decode", "show what is in a token", runDecode},
		{"verify", "say whether a token is well-formed, genuine and acceptable", runVerify},
		{"lint", "tell what is unwise about a token", runLint},
		{"sign", "sign a claims set", runSign},
		{"key", "make, show, convert and rotate keys", runKey},
		{"user", "keep the users who may log in to serve", runUser},
		{"jwe", "decrypt and encrypt tokens", runJWE},
		{"sdjwt", "show, verify, present and issue tokens with selective disclosure", runSDJWT},
		{"lab", "play logins: setups, moves, attacks, and what comes of them", runLab},
		{"batch", "answer JSON Lines about many tokens or keys", runBatch},
		{"version", "say which build this is", version},
		{"assemble", "", assemble}, // a step of make build
	}
}

func main() {
	e := env{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv,
		now: time.Now, rand: rand.Reader, terminal: isTerminal(os.Stdout),
	}
	os.Exit(run(e, os.Args[1:]))
}

// run does the command that the first argument names.
func run(e env, args []string) int {
	if len(args) == 0 {
		help(e.err)
		return usage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		help(e.out)
		return good
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(e, args[1:])
		}
	}
	fmt.Fprintf(e.err, "jwtlab: no command %q; jwtlab help lists them\n", args[0])
	return usage
}

// help lists the commands.
func help(w io.Writer) {
	fmt.Fprint(w, "JWT Lab reads, verifies and signs JSON Web Tokens, here and in the browser.\n\nusage: jwtlab COMMAND [flags]\n\n")
	for _, c := range commands() {
		if c.summary != "" {
			fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
		}
	}
	fmt.Fprint(w, "\njwtlab COMMAND -h explains a command, with examples.\n")
}

// flags returns a flag set whose help is the text, followed by the flags.
func flags(e env, name, text string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(e.err)
	f.Usage = func() {
		fmt.Fprint(f.Output(), text)
		f.PrintDefaults()
	}
	return f
}

// parse reads the flags. Unless it reports ok, the command ends with the code: asking for help is not a mistake.
func parse(e env, f *flag.FlagSet, args []string) (code int, ok bool) {
	for _, a := range args {
		if a == "-h" || a == "-help" || a == "--help" {
			f.SetOutput(e.out)
		}
	}
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return good, false
	case err != nil:
		return usage, false
	}
	return good, true
}

// fail says what went wrong and returns the exit code for it.
func fail(e env, code int, err error) int {
	fmt.Fprintln(e.err, "jwtlab:", err)
	return code
}
