package main

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"jwtlab/app/jwe"
	"jwtlab/app/key"
)

// runJWEEncrypt encrypts a text as a compact JWE, byte for byte as it is.
func runJWEEncrypt(e env, args []string) int {
	c := newCall(e, "jwe encrypt", "-key FILE|env:NAME|- -alg ALG [-enc ENC] [-typ TYPE] [-cty TYPE] [-zip] [-p2c N] [-json] [-in FILE | - | TEXT]",
		`jwtlab jwe encrypt -key public.pem -alg RSA-OAEP-256 '{"sub":"alice"}'`,
		"jwtlab sign -key private.jwk -in claims.json | jwtlab jwe encrypt -key receiver.jwk -alg ECDH-ES+A256KW -cty JWT",
		"jwtlab jwe encrypt -key env:PASSWORD -alg PBES2-HS256+A128KW -p2c 10000 -in secret.txt")
	c.input()
	var s sealing
	c.flags.StringVar(&s.key, "key", "", "FILE")
	c.flags.StringVar(&s.spec.Alg, "alg", "", "ALG")
	c.flags.StringVar(&s.spec.Enc, "enc", "", "ENC")
	c.flags.StringVar(&s.typ, "typ", "", "TYPE")
	c.flags.StringVar(&s.cty, "cty", "", "TYPE")
	c.flags.BoolVar(&s.zip, "zip", false, "")
	c.flags.Func("p2c", "N", func(text string) (err error) {
		s.spec.Iterations, err = parseRounds(text)
		return err
	})
	c.flags.Func("encoding", "NAME", func(text string) (err error) {
		s.encoding, err = parseEncoding(text)
		return err
	})
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.encrypt(s)
}

// A sealing is what jwe encrypt is asked for.
type sealing struct {
	key, typ, cty string
	encoding      key.Encoding
	spec          jwe.Spec
	zip           bool
}

func (c *call) encrypt(s sealing) int {
	keyText, code, ok := c.readKey("key", s.key)
	if !ok {
		return code
	}
	k, code, ok := c.receiver(keyText, &s)
	if !ok {
		return code
	}
	text, code, ok := c.read()
	if !ok {
		return code
	}
	sealed, err := jwe.Encrypt(s.spec, s.header(k), []byte(text), k, c.rand)
	var unfit *jwe.UnfitError
	switch {
	case errors.As(err, &unfit):
		return c.fail(bad, "cli.error.encrypt", c.why(unfit.Check))
	case err != nil:
		return c.fail(bad, "cli.error.encrypt", err.Error())
	}
	if c.json {
		protected, _, _ := strings.Cut(sealed, ".")
		header, err := decodeStrict(protected)
		if err != nil {
			return c.fail(bad, "cli.error.encrypt", err.Error())
		}
		return c.printJSON(struct {
			Token  string          `json:"token"`
			Header json.RawMessage `json:"header"`
		}{sealed, header})
	}
	c.print(sealed + "\n")
	return good
}

// receiver picks the key to encrypt for, and algorithm and encryption where none was asked for.
func (c *call) receiver(text string, s *sealing) (k key.Key, code int, ok bool) {
	r := key.Read(text, s.encoding)
	switch {
	case len(r.Keys) == 0:
		return k, c.failKey(r), false
	case s.spec.Alg == "" && r.Keys[0].Alg == "":
		return k, c.fail(usage, "cli.error.no-alg", strings.Join(fittingJWE(r.Keys[0]), ", ")), false
	case s.spec.Alg == "":
		s.spec.Alg = r.Keys[0].Alg
	}
	a, known := lookupJWE(s.spec.Alg)
	if !known {
		return k, c.fail(usage, "cli.error.unknown-alg", clip(s.spec.Alg, 40), jweNames()), false
	}
	if !s.knownEnc() {
		return k, c.fail(usage, "cli.error.unknown-enc", clip(s.spec.Enc, 40), encNames()), false
	}
	for _, k := range r.Keys {
		if e, fits := pickEnc(jwe.EncsFor(a, k), s.spec.Enc); fits {
			s.spec.Enc = e
			return k, good, true
		}
	}
	if s.spec.Enc == "" {
		s.spec.Enc = usualEnc
	}
	return r.Keys[0], good, true // jwe.Encrypt says why it does not fit
}

// usualEnc is the content encryption when none is asked for, unless the key is for another one.
const usualEnc = "A256GCM"

// pickEnc picks one of the encryptions that a key is for: the one asked for, or the usual one, or else the first.
func pickEnc(fitting []jwe.Encryption, asked string) (string, bool) {
	for _, e := range fitting {
		if e.Name == asked || asked == "" && e.Name == usualEnc {
			return e.Name, true
		}
	}
	if asked != "" || len(fitting) == 0 {
		return "", false
	}
	return fitting[0].Name, true
}

// parseRounds reads how many rounds of PBKDF2 a password goes through.
func parseRounds(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > jwe.MaxIterations {
		return 0, errValue
	}
	return n, nil
}

func (s *sealing) knownEnc() bool {
	for _, e := range jwe.Encs() {
		if e.Name == s.spec.Enc {
			return true
		}
	}
	return s.spec.Enc == ""
}

func lookupJWE(name string) (jwe.Algorithm, bool) {
	for _, a := range jwe.Algorithms() {
		if a.Name == name {
			return a, true
		}
	}
	return jwe.Algorithm{}, false
}

// fittingJWE names the algorithms of encryption that a key is for.
func fittingJWE(k key.Key) []string {
	var names []string
	for _, a := range jwe.Algorithms() {
		if jwe.Fits(a, k) {
			names = append(names, a.Name)
		}
	}
	return names
}

func jweNames() string {
	var names []string
	for _, a := range jwe.Algorithms() {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

func encNames() string {
	var names []string
	for _, e := range jwe.Encs() {
		names = append(names, e.Name)
	}
	return strings.Join(names, ", ")
}

// header is the JOSE header that the token gets.
func (s *sealing) header(k key.Key) []byte {
	header := `{"alg":` + quote(s.spec.Alg) + `,"enc":` + quote(s.spec.Enc)
	for _, m := range [][2]string{{"typ", s.typ}, {"cty", s.cty}, {"kid", k.KeyID}} {
		if m[1] != "" {
			header += `,"` + m[0] + `":` + quote(m[1])
		}
	}
	if s.zip {
		header += `,"zip":"DEF"`
	}
	return []byte(header + "}")
}
