package main

import (
	"encoding/base64"
	"encoding/json"
	"slices"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// runJWE decrypts and encrypts.
func runJWE(e env, args []string) int {
	verbs := map[string]func(env, []string) int{"decrypt": runJWEDecrypt, "encrypt": runJWEEncrypt}
	if len(args) > 0 && verbs[args[0]] != nil {
		return verbs[args[0]](e, args[1:])
	}
	c := newCall(e, "jwe", "decrypt|encrypt [-h]",
		"jwtlab jwe encrypt -key public.pem -alg RSA-OAEP-256 -in claims.json",
		"jwtlab jwe decrypt -key private.pem -in token.txt")
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.fail(usage, "cli.error.jwe-verb")
}

// runJWEDecrypt opens a token and shows what is in it, or says why it does not open.
func runJWEDecrypt(e env, args []string) int {
	c := newCall(e, "jwe decrypt", "-key FILE|env:NAME|- [-passphrase FILE] [-alg ALG] [-enc ENC] [-rsa15] [-plain | -json] [-in FILE | - | TEXT]",
		"jwtlab jwe decrypt -key private.pem eyJhbGciOi…",
		"pbpaste | jwtlab jwe decrypt -key env:PASSWORD",
		"jwtlab jwe decrypt -key private.jwk -plain -in token.txt | jwtlab verify -key issuer.pem")
	c.input()
	c.unlocking()
	var d decryption
	c.flags.StringVar(&d.key, "key", "", "FILE")
	c.flags.StringVar(&d.options.Alg, "alg", "", "ALG")
	c.flags.StringVar(&d.options.Enc, "enc", "", "ENC")
	c.flags.BoolVar(&d.options.AllowRSA15, "rsa15", false, "")
	c.flags.BoolVar(&d.plain, "plain", false, "")
	c.flags.Func("encoding", "NAME", func(text string) (err error) {
		d.encoding, err = parseEncoding(text)
		return err
	})
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.decrypt(d)
}

// A decryption is what jwe decrypt is asked for, and then what came of it.
type decryption struct {
	key      string
	encoding key.Encoding
	options  jwe.Options
	plain    bool

	text   string
	found  token.Reading
	token  token.Token // the recipient's; zero if there is none
	keys   key.Reading
	report jwe.Report
}

func (c *call) decrypt(d decryption) int {
	if c.json && d.plain {
		return c.fail(usage, "cli.error.json-plain")
	}
	keyText, code, ok := c.readFetched("key", d.key)
	if !ok {
		return code
	}
	if d.text, code, ok = c.read(); !ok {
		return code
	}
	d.found, d.keys, d.options.Rand = token.Read(d.text), key.Read(keyText, d.encoding), c.rand
	if all := encrypted(d.found.Tokens); len(all) > 0 {
		var at int
		d.report, at = jwe.DecryptAny(all, d.keys, d.options)
		d.token = all[at]
	}
	switch opened := d.report.Answer == check.Yes; {
	case c.json:
		c.printJSON(c.decrypted(d))
	case d.plain && opened:
		c.print(string(d.report.Plain))
	case d.plain:
		return c.failDecrypt(d)
	default:
		c.showDecrypted(d)
	}
	if d.report.Answer != check.Yes {
		return bad
	}
	return good
}

// encrypted returns all recipients of the first encrypted token; the first token of any kind if none is.
func encrypted(all []token.Token) []token.Token {
	for i, t := range all {
		switch t.Form {
		case token.JWE:
			return all[i : i+1]
		case token.JSONJWE:
			others := slices.IndexFunc(all[i:], func(o token.Token) bool { return o.Form != token.JSONJWE || o.Span != t.Span })
			if others < 0 {
				return all[i:]
			}
			return all[i : i+others]
		}
	}
	return all[:min(len(all), 1)]
}

// failDecrypt says in a line why there is no content to print.
func (c *call) failDecrypt(d decryption) int {
	for _, want := range []check.Answer{check.No, check.Unchecked} {
		for _, k := range d.report.Checks {
			if k.Answer == want {
				return c.fail(bad, "cli.error.decrypt", c.why(k))
			}
		}
	}
	return c.fail(bad, "cli.error.no-token")
}

// decrypted is what jwe decrypt -json prints.
type decrypted struct {
	Decrypted   check.Answer    `json:"decrypted"`
	Header      json.RawMessage `json:"header"` // the protected one
	Payload     json.RawMessage `json:"payload"`
	Bytes       *string         `json:"payload_b64u"`
	Key         *int            `json:"key,omitempty"` // which of several opened it, from 0
	Checks      []answered      `json:"checks"`
	Problems    []worded        `json:"problems"`
	KeyProblems []worded        `json:"key_problems,omitempty"`
}

func (c *call) decrypted(d decryption) decrypted {
	out := decrypted{
		Decrypted: d.report.Answer, Header: rawJSON(d.token.Header()), Checks: c.answered(d.report.Checks),
		Problems: append(c.worded(d.token.Problems), c.worded(d.found.Problems)...), KeyProblems: c.worded(d.keys.Problems),
	}
	if out.Decrypted != check.Yes {
		if out.Decrypted == "" {
			out.Decrypted = check.Unchecked
		}
		return out
	}
	text := base64.RawURLEncoding.EncodeToString(d.report.Plain)
	out.Bytes, out.Payload, out.Key = &text, rawJSON(contentSegment(d.report.Plain)), &d.report.Key
	return out
}

// contentSegment is decrypted content, to be shown as a payload is.
func contentSegment(plain []byte) token.Segment {
	seg := token.Segment{Part: token.PartPayload, Bytes: plain, Strict: true}
	if json, problems := token.ReadJSON(plain); !slices.ContainsFunc(problems, isError) {
		seg.JSON = json
	}
	return seg
}

// showDecrypted shows a token and its content to a person; what kept it closed, if it is.
func (c *call) showDecrypted(d decryption) {
	s := newScreen(c.env)
	if d.token.Form == "" {
		c.showProblems(s, "cli.problems", d.text, d.found.Problems)
		c.print(s.String())
		return
	}
	s.line(s.paint(bold, c.describe(d.token)))
	c.showJSON(s, "ui.part.header", red, d.token.Header())
	if d.report.Answer == check.Yes {
		c.showPayload(s, contentSegment(d.report.Plain))
		if inner := token.Read(string(d.report.Plain)).Tokens; len(inner) == 1 && inner[0].OK() && inner[0].Found == "" {
			s.line("")
			s.wrapped("  ", c.text("cli.jwe.nested"))
		}
	}
	s.line("")
	c.showChecks(s, d.report.Checks)
	c.showProblems(s, "cli.problems", d.text, slices.DeleteFunc(slices.Clone(d.token.Problems), isNote))
	if len(d.keys.Keys) == 0 {
		c.showProblems(s, "cli.key-problems", "", d.keys.Problems)
	}
	c.print(s.String())
}

func isNote(p token.Problem) bool { return p.Severity == token.Note }
