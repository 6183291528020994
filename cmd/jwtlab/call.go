package main

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strings"

	"jwtlab/app/locale"
)

// A call is one use of a command: the world it runs in, its flags, and how it explains itself. Commands about tokens and
// keys are calls: they speak English and Korean, give their answer as JSON too, and never print a key.
type call struct {
	env
	name     string // as typed, "decode" or "key new"
	synopsis string
	examples []string // command lines; the words for each are under cli.NAME.example
	flags    *flag.FlagSet
	lang     locale.Lang
	json     bool
	file     string   // what -in was given
	jwks     string   // what -jwks was given
	pass     string   // what -passphrase was given
	args     []string // what is left when the flags are taken
}

// newCall makes a command with the flags that all of them have.
func newCall(e env, name, synopsis string, examples ...string) *call {
	c := newTalk(e, name, synopsis, examples...)
	c.flags.BoolVar(&c.json, "json", false, "")
	return c
}

// newTalk makes a command that has no answer to give as JSON.
func newTalk(e env, name, synopsis string, examples ...string) *call {
	c := &call{env: e, name: name, synopsis: synopsis, examples: examples, lang: language(e)}
	c.flags = flag.NewFlagSet(name, flag.ContinueOnError)
	c.flags.SetOutput(io.Discard) // its messages quote arguments, and an argument may be a secret typed in the wrong place
	c.flags.Func("lang", "LANG", func(s string) error {
		if !slices.Contains(locale.Langs(), locale.Lang(s)) {
			return errors.New("unknown language")
		}
		c.lang = locale.Lang(s)
		return nil
	})
	return c
}

// language is that of the environment's locale (POSIX.1-2017 §8.2), English unless it is Korean.
func language(e env) locale.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := e.getenv(name); v != "" {
			if v == "ko" || strings.HasPrefix(v, "ko_") || strings.HasPrefix(v, "ko-") || strings.HasPrefix(v, "ko.") {
				return locale.KO
			}
			return locale.EN
		}
	}
	return locale.EN
}

// text is the words of an id in the command's language.
func (c *call) text(id string, args ...string) string { return locale.Text(c.lang, id, args...) }

// parse takes the flags, which may stand before, between and behind the other arguments. When it reports false, all is
// said and the command ends with the code.
func (c *call) parse(args []string) (code int, ok bool) {
	c.preferLang(args)
	for {
		err := c.flags.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			c.help(c.out)
			return good, false
		}
		left := c.flags.Args()
		if err != nil {
			return c.badFlag(args[:len(args)-len(left)]), false
		}
		taken := len(args) - len(left)
		if len(left) == 0 || taken > 0 && args[taken-1] == "--" {
			c.args = append(c.args, left...)
			return good, true
		}
		c.args = append(c.args, left[0])
		args = left[1:]
	}
}

// preferLang sets the language before the flags are read, so that help and complaints speak it too.
func (c *call) preferLang(args []string) {
	for i, a := range args {
		name, value, _ := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if name != "lang" || !strings.HasPrefix(a, "-") {
			continue
		}
		if value == "" && i+1 < len(args) {
			value = args[i+1]
		}
		if slices.Contains(locale.Langs(), locale.Lang(value)) {
			c.lang = locale.Lang(value)
		}
	}
}

// badFlag says which flag is wrong, and never what it was given: that may be a secret.
func (c *call) badFlag(taken []string) int {
	for i := len(taken) - 1; i >= max(len(taken)-2, 0); i-- {
		name, _, _ := strings.Cut(strings.TrimLeft(taken[i], "-"), "=")
		if strings.HasPrefix(taken[i], "-") && c.flags.Lookup(name) != nil {
			return c.fail(usage, "cli.error.flag-value", name)
		}
	}
	return c.fail(usage, "cli.error.flag-unknown")
}

// fail says what is wrong, and how to get help if it is the command line.
func (c *call) fail(code int, id string, args ...string) int {
	out := "jwtlab " + c.name + ": " + safe(c.text(id, args...)) + "\n"
	if code == usage {
		out += c.text("cli.see-help", "jwtlab "+c.name+" -h") + "\n"
	}
	io.WriteString(c.err, out)
	return code
}

// help explains the command: what it does, its flags, and examples to copy.
func (c *call) help(w io.Writer) {
	id := "cli." + strings.ReplaceAll(c.name, " ", "-")
	s := newScreen(c.env)
	s.wrapped("", c.text(id))
	s.line("")
	s.heading(c.text("cli.usage"))
	s.wrapped("  jwtlab "+c.name+" ", c.synopsis)
	s.line("")
	s.heading(c.text("cli.flags"))
	c.flags.VisitAll(func(f *flag.Flag) {
		words := id + ".flag." + f.Name // what it is for in this command, else what it is for in all
		if !locale.Has(c.lang, words) {
			words = "cli.flag." + f.Name
		}
		s.wrapped("  "+pad("-"+f.Name+" "+f.Usage, flagWidth), c.text(words))
	})
	s.line("")
	s.heading(c.text("cli.examples"))
	for i, example := range c.examples {
		s.wrapped("  # ", c.text(id+".example."+string(rune('1'+i))))
		s.line("  " + example)
	}
	io.WriteString(w, s.String())
}

const flagWidth = 20

func pad(s string, n int) string {
	if gap := n - cells(s); gap > 0 {
		return s + strings.Repeat(" ", gap)
	}
	return s + " "
}
