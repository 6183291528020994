package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// A password is never an argument: it is typed twice, unseen, or is the one line of the standard input.

// maxTyped is more than any password that is taken, in bytes.
const maxTyped = 4096

// readPassword returns the new password of a user. When it reports false, all is said and the command ends with the code.
func (c *call) readPassword(name string) (password string, code int, ok bool) {
	if f, is := c.env.in.(*os.File); is {
		restore, terminal, err := hideInput(f)
		switch {
		case err != nil:
			return "", c.fail(usage, "cli.error.password-shown"), false
		case terminal:
			defer restore()
			return c.typePassword(f, name)
		}
	}
	text, err := c.load("-", maxTyped)
	switch {
	case err != nil:
		return "", c.fail(usage, "cli.error.input", c.reason(err)), false
	case strings.ContainsRune(text, '\n'):
		return "", c.fail(bad, "cli.error.password-lines"), false
	}
	return text, good, true
}

// typePassword asks for the password twice, for nobody sees what is typed.
func (c *call) typePassword(f io.Reader, name string) (password string, code int, ok bool) {
	r := bufio.NewReader(f)
	password, err := c.ask(r, "cli.user.password", name)
	if err == nil {
		var again string
		if again, err = c.ask(r, "cli.user.password-again"); err == nil && again != password {
			return "", c.fail(bad, "cli.error.password-differs"), false
		}
	}
	if err != nil {
		return "", c.fail(bad, "cli.error.password-none"), false
	}
	return password, good, true
}

var errGivenUp = errors.New("the user has given up")

// ask prompts for a line. Ctrl-C ends the waiting and nothing else, so that the terminal is put in order before the program
// ends.
func (c *call) ask(r *bufio.Reader, prompt string, args ...string) (string, error) {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(stop)
	_, _ = io.WriteString(c.err, safe(c.text(prompt, args...))+" ")
	defer io.WriteString(c.err, "\n") // the one that was typed is not shown
	type answer struct {
		line string
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		line, err := r.ReadString('\n')
		typed <- answer{dropNewline(line), err}
	}()
	select {
	case a := <-typed:
		return a.line, a.err
	case <-stop:
		return "", errGivenUp
	}
}
