package main

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// runSign signs a claims set as a compact JWS. The claims are signed as they are written, byte for byte.
func runSign(e env, args []string) int {
	c := newCall(e, "sign", "-key FILE|env:NAME|- -alg ALG [-passphrase FILE] [-exp TIME] [-typ TYPE] [-json] [-in FILE | - | CLAIMS]",
		`jwtlab sign -key private.jwk -exp 15m '{"sub":"alice","aud":"my-api"}'`,
		"jwtlab sign -key private.pem -alg RS256 -in claims.json",
		`jwtlab sign -key env:JWT_SECRET -alg HS256 -encoding base64 '{"sub":"alice"}'`)
	c.input()
	c.unlocking()
	var s signing
	c.flags.StringVar(&s.key, "key", "", "FILE")
	c.flags.StringVar(&s.alg, "alg", "", "ALG")
	c.flags.StringVar(&s.typ, "typ", "JWT", "TYPE")
	c.flags.Func("exp", "TIME", func(text string) error {
		d, err := parseDuration(text)
		s.exp = &d
		return err
	})
	c.flags.Func("encoding", "NAME", func(text string) (err error) {
		s.encoding, err = parseEncoding(text)
		return err
	})
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.sign(s)
}

// A signing is what sign is asked for.
type signing struct {
	key, alg, typ string
	encoding      key.Encoding
	exp           *time.Duration
}

func (c *call) sign(s signing) int {
	keyText, code, ok := c.readFetched("key", s.key)
	if !ok {
		return code
	}
	k, code, ok := c.signer(keyText, &s)
	if !ok {
		return code
	}
	text, code, ok := c.read()
	if !ok {
		return code
	}
	payload, code, ok := c.claims(text, s.exp)
	if !ok {
		return code
	}
	header := joseHeader(s, k)
	signed, err := jws.Sign(s.alg, header, payload, k, c.rand)
	if err != nil {
		return c.fail(bad, "cli.error.sign", err.Error())
	}
	if c.json {
		return c.printJSON(struct {
			Token   string          `json:"token"`
			Header  json.RawMessage `json:"header"`
			Payload json.RawMessage `json:"payload"`
		}{signed, header, payload})
	}
	c.print(signed + "\n")
	return good
}

// signer picks the key to sign with, and the algorithm if none was asked for and the key names one.
func (c *call) signer(text string, s *signing) (k key.Key, code int, ok bool) {
	r := key.Read(text, s.encoding)
	private := slices.DeleteFunc(slices.Clone(r.Keys), func(k key.Key) bool { return !k.Private })
	switch {
	case len(r.Keys) == 0:
		return k, c.failKey(r), false
	case len(private) == 0:
		return k, c.fail(bad, "cli.error.public-key"), false
	case s.alg == "" && private[0].Alg == "":
		return k, c.fail(usage, "cli.error.no-alg", strings.Join(fitting(private[0]), ", ")), false
	case s.alg == "":
		s.alg = private[0].Alg
	}
	a, known := jws.Lookup(s.alg)
	if !known {
		return k, c.fail(usage, "cli.error.unknown-alg", clip(s.alg, 40), algorithmNames()), false
	}
	for _, k := range private {
		if jws.Fits(a, k) {
			return k, good, true
		}
	}
	return k, c.fail(bad, "cli.error.unfit-key", s.alg, strings.Join(fitting(private[0]), ", ")), false
}

// failKey says what is wrong with a key that cannot be used.
func (c *call) failKey(r key.Reading) int {
	code := c.fail(bad, "cli.error.bad-key")
	s := newScreen(c.env)
	s.colour = false // that is known of the standard output only
	s.problems(c.lang, "", r.Problems)
	_, _ = c.err.Write([]byte(s.String()))
	return code
}

// fitting names the algorithms that a key is for.
func fitting(k key.Key) []string {
	var names []string
	for _, a := range jws.Algorithms() {
		if jws.Fits(a, k) {
			names = append(names, a.Name)
		}
	}
	return names
}

func algorithmNames() string {
	var names []string
	for _, a := range jws.Algorithms() {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

// joseHeader is the header that the token gets: the algorithm, its type, and the key's name if it has one.
func joseHeader(s signing, k key.Key) []byte {
	header := `{"alg":` + quote(s.alg)
	if s.typ != "" {
		header += `,"typ":` + quote(s.typ)
	}
	if k.KeyID != "" {
		header += `,"kid":` + quote(k.KeyID)
	}
	return []byte(header + "}")
}

// claims returns the claims set to sign: the text as it is, or with the times that -exp asks for put behind its members.
func (c *call) claims(text string, exp *time.Duration) (payload []byte, code int, ok bool) {
	if strings.TrimSpace(text) == "" {
		text = "{}"
	}
	set, problems := token.ReadJSON([]byte(text))
	if set.Root().Kind() != token.Object {
		return nil, c.fail(bad, "cli.error.claims-object"), false
	}
	if len(problems) > 0 {
		code = c.fail(bad, "cli.error.claims-json")
		s := newScreen(c.env)
		s.colour = false
		s.problems(c.lang, text, problems)
		_, _ = c.err.Write([]byte(s.String()))
		return nil, code, false
	}
	if exp == nil {
		return []byte(text), good, true
	}
	if set.Root().Get("exp").Exists() {
		return nil, c.fail(usage, "cli.error.exp-twice"), false
	}
	return c.withTimes(text, set.Root(), *exp), good, true
}

// withTimes adds exp, and iat unless it is there.
func (c *call) withTimes(text string, set token.Value, exp time.Duration) []byte {
	now := c.now()
	var add []string
	if !set.Get("iat").Exists() {
		add = append(add, `"iat":`+strconv.FormatInt(now.Unix(), 10))
	}
	add = append(add, `"exp":`+strconv.FormatInt(now.Add(exp).Unix(), 10))
	end := set.Span().End - 1 // the brace
	head := strings.TrimRight(text[:end], " \t\r\n")
	if set.Len() > 0 {
		head += ","
	}
	return []byte(head + strings.Join(add, ",") + text[end:])
}
