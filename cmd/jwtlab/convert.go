package main

import (
	"slices"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// runKeyConvert writes a key in another format, or its public half alone.
func runKeyConvert(e env, args []string) int {
	c := newCall(e, "key convert", "[-to FORMAT] [-public] [-passphrase FILE] [-out FILE] [-in FILE | FILE | env:NAME | -]",
		"jwtlab key convert -to jwk private.pem",
		"jwtlab key convert -public -to pem -out public.pem private.jwk",
		"jwtlab key convert -public -to jwks one.jwk",
		"jwtlab key convert -to ssh id_ed25519")
	c.input()
	c.unlocking()
	var v conversion
	c.flags.Func("to", "FORMAT", func(s string) error {
		v.to = s
		if !slices.Contains(append(key.Formats(), "jwks", "pem"), s) {
			return errValue
		}
		return nil
	})
	c.flags.BoolVar(&v.public, "public", false, "")
	c.flags.StringVar(&v.out.file, "out", "", "FILE")
	c.flags.Func("encoding", "NAME", func(text string) (err error) {
		v.Encoding, err = parseEncoding(text)
		return err
	})
	if code, ok := c.parse(args); !ok {
		return code
	}
	text, code, ok := c.readKeyFile(&v.Options)
	if !ok {
		return code
	}
	return c.convert(v, key.ReadWith(text, v.Options))
}

// A conversion is what key convert is asked for.
type conversion struct {
	key.Options
	to     string // "jwks", "pem", one of key.Formats, or "" for the other one of jwk and pem than it is
	public bool
	out    outlet
}

func (c *call) convert(v conversion, r key.Reading) int {
	keys := r.Keys
	if r.Kind == "secret" && len(keys) > 1 {
		keys = keys[:1] // the same text read in other ways
	}
	if len(keys) == 0 || slices.ContainsFunc(r.Problems, isError) {
		return c.failKey(r)
	}
	if v.public {
		if keys = publicHalves(keys); len(keys) == 0 {
			return c.fail(bad, "cli.error.no-public")
		}
	}
	text, id := v.render(r.Kind, keys)
	if id != "" {
		return c.fail(bad, id)
	}
	return c.write(v.out, text)
}

func isError(p token.Problem) bool { return p.Severity == token.Error }

// publicHalves leaves out secrets, which have none.
func publicHalves(keys []key.Key) []key.Key {
	var out []key.Key
	for _, k := range keys {
		if p, ok := k.PublicKey(); ok {
			out = append(out, p)
		}
	}
	return out
}

// render writes keys in the format asked for; id is that of what is wrong.
func (v conversion) render(kind string, keys []key.Key) (text, id string) {
	switch {
	case v.to == "" && (kind == "jwk" || kind == "jwks") && keys[0].Type != "oct":
		v.to = "pem"
	case v.to == "" && len(keys) > 1:
		v.to = "jwks"
	case v.to == "":
		v.to = "jwk"
	}
	var parts []string
	for _, k := range keys {
		part, err := k.Encode(v.format(k))
		switch {
		case err != nil && v.to == "pem":
			return "", "cli.error.no-pem"
		case err != nil:
			return "", "cli.error.no-form"
		}
		parts = append(parts, strings.TrimSuffix(part, "\n"))
	}
	switch {
	case v.to == "jwks":
		return `{"keys":[` + strings.Join(parts, ",") + "]}", ""
	case v.to == "jwk" && len(parts) > 1:
		return "", "cli.error.many-keys"
	}
	return strings.Join(parts, "\n"), ""
}

// format is that of one key of the lot.
func (v conversion) format(k key.Key) string {
	switch {
	case v.to == "jwks":
		return "jwk"
	case v.to == "pem" && k.Private:
		return "pkcs8"
	case v.to == "pem":
		return "spki"
	}
	return v.to
}
