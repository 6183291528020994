package main

import (
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
)

// runKey makes, shows, converts and rotates keys.
func runKey(e env, args []string) int {
	verbs := map[string]func(env, []string) int{"new": runKeyNew, "show": runKeyShow, "convert": runKeyConvert, "rotate": runKeyRotate}
	if len(args) > 0 && verbs[args[0]] != nil {
		return verbs[args[0]](e, args[1:])
	}
	c := newCall(e, "key", "new|show|convert|rotate [-h]",
		"jwtlab key new -alg ES256 -out private.jwk",
		"jwtlab key show public.pem",
		"jwtlab key convert -public -to pem private.jwk")
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.fail(usage, "cli.error.key-verb")
}

// runKeyNew generates a key. A file that it is written to can be read by its owner only.
func runKeyNew(e env, args []string) int {
	c := newCall(e, "key new", "-alg ALG [-bits N] [-pem] [-out FILE] [-json]",
		"jwtlab key new -alg ES256 -out private.jwk",
		"jwtlab key new -alg RS256 -bits 3072 -pem -out private.pem",
		"jwtlab key new -alg HS256")
	var spec key.Spec
	var out outlet
	var pem bool
	c.flags.StringVar(&spec.Alg, "alg", "", "ALG")
	c.flags.IntVar(&spec.Bits, "bits", 0, "N")
	c.flags.BoolVar(&pem, "pem", false, "")
	c.flags.StringVar(&out.file, "out", "", "FILE")
	if code, ok := c.parse(args); !ok {
		return code
	}
	_, known := jws.Lookup(spec.Alg)
	known = known || spec.Alg == "X25519"
	switch {
	case len(c.args) > 0:
		return c.fail(usage, "cli.error.arguments-none")
	case spec.Alg == "":
		return c.fail(usage, "cli.error.no-alg", algorithmNames())
	case !known:
		return c.fail(usage, "cli.error.unknown-alg", clip(spec.Alg, 40), algorithmNames())
	}
	k, err := key.Generate(spec, c.rand)
	if err != nil {
		return c.fail(usage, "cli.error.generate", err.Error())
	}
	text := k.JWK()
	if pem {
		if text, err = k.PEM(); err != nil {
			return c.fail(usage, "cli.error.no-pem")
		}
	}
	return c.write(out, text)
}

// An outlet is where a key goes.
type outlet struct{ file string }

// write writes a key. It makes a new file or none: a key that is overwritten is lost for good.
func (c *call) write(to outlet, text string) int {
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if to.file == "" || to.file == "-" {
		c.print(text)
		return good
	}
	f, err := os.OpenFile(to.file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return c.fail(usage, "cli.error.write", c.reason(err))
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return c.fail(usage, "cli.error.write", c.reason(err))
	}
	return good
}

// readKeyFile returns the text of the key that show and convert are given: FILE, env:NAME or -, in -in or as argument.
func (c *call) readKeyFile(o *key.Options) (text string, code int, ok bool) {
	if len(c.args) > 1 || c.file != "" && len(c.args) > 0 {
		return "", c.fail(usage, "cli.error.arguments"), false
	}
	if o.Passphrase, code, ok = c.readPassphrase(); !ok {
		return "", code, false
	}
	from := c.file
	if len(c.args) == 1 {
		from = c.args[0]
	}
	if c.jwks != "" {
		return c.readFetched("in", from)
	}
	if from == "" {
		from = "-"
	}
	return c.readKey("in", from)
}

// runKeyShow says what a key is. It never shows what must stay secret.
func runKeyShow(e env, args []string) int {
	c := newCall(e, "key show", "[-encoding NAME] [-passphrase FILE] [-roots FILE] [-json] [-jwks URL | -in FILE | FILE | env:NAME | -]",
		"jwtlab key show public.pem",
		"jwtlab key show -json jwks.json",
		"jwtlab key show -jwks https://issuer.example/jwks.json",
		"jwtlab key show -roots root.pem chain.pem")
	c.input()
	c.fetching()
	c.unlocking()
	var o key.Options
	var roots string
	c.flags.StringVar(&roots, "roots", "", "FILE")
	c.flags.Func("encoding", "NAME", func(text string) (err error) {
		o.Encoding, err = parseEncoding(text)
		return err
	})
	if code, ok := c.parse(args); !ok {
		return code
	}
	text, code, ok := c.readKeyFile(&o)
	if !ok {
		return code
	}
	r := key.ReadWith(text, o)
	chain, code, ok := c.chain(r, roots)
	if !ok {
		return code
	}
	if c.json {
		c.printJSON(c.keyList(r, chain))
	} else {
		c.showKeys(r, chain)
	}
	if len(r.Keys) == 0 || slices.ContainsFunc(r.Problems, isError) || roots != "" && check.Sum(chain) != check.Yes {
		return bad
	}
	return good
}

// chain verifies the certificates if there are several, or roots to hold them to.
func (c *call) chain(r key.Reading, roots string) (checks []check.Check, code int, ok bool) {
	certificates := 0
	for _, k := range r.Keys {
		if k.Certificate != nil {
			certificates++
		}
	}
	if roots == "" {
		if certificates > 1 {
			checks = key.VerifyChain(r.Keys, nil, c.now())
		}
		return checks, good, true
	}
	text, code, ok := c.readKey("roots", roots)
	if !ok {
		return nil, code, false
	}
	return key.VerifyChain(r.Keys, key.Read(text, key.Auto).Keys, c.now()), good, true
}

// keyList is what key show -json prints.
type keyList struct {
	Kind     string     `json:"kind"`
	Keys     []shownKey `json:"keys"`
	Chain    []answered `json:"chain,omitempty"`
	Problems []worded   `json:"problems"`
}

type shownKey struct {
	key.Key
	Fits     []string   `json:"fits"` // the algorithms that it is for
	Strength []answered `json:"strength,omitempty"`
}

func (c *call) keyList(r key.Reading, chain []check.Check) keyList {
	keys := make([]shownKey, len(r.Keys))
	for i, k := range r.Keys {
		keys[i] = shownKey{k, append([]string{}, fitting(k)...), c.answered(k.Strength())}
	}
	return keyList{r.Kind, keys, c.answered(chain), c.worded(r.Problems)}
}

func (c *call) showKeys(r key.Reading, chain []check.Check) {
	s := newScreen(c.env)
	for i, k := range r.Keys {
		if i > 0 {
			s.line("")
		}
		s.line(s.paint(bold, c.describeKey(k)))
		c.showMember(s, "cli.key.kid", k.KeyID)
		c.showMember(s, "cli.key.alg", k.Alg)
		c.showMember(s, "cli.key.use", strings.Join(append(slices.Clone(k.Ops), k.Use), " "))
		c.showMember(s, "cli.key.fits", strings.Join(fitting(k), ", "))
		c.showMember(s, "cli.key.thumbprint", k.Thumbprint)
		c.showCertificate(s, k.Certificate)
		for _, remark := range k.Strength() {
			c.showMember(s, "check.strength", c.text("why."+remark.Code, remark.Args...))
		}
	}
	for _, link := range chain {
		c.showMember(s, "check.chain", c.text("answer."+string(link.Answer))+": "+c.text("why."+link.Code, link.Args...))
	}
	c.showProblems(s, "cli.key-problems", "", r.Problems)
	c.print(s.String())
}

func (c *call) showCertificate(s *screen, cert *key.Certificate) {
	if cert == nil {
		return
	}
	c.showMember(s, "cli.key.subject", cert.Subject)
	c.showMember(s, "cli.key.issuer", cert.Issuer)
	c.showMember(s, "cli.key.serial", cert.Serial)
	c.showMember(s, "cli.key.names", strings.Join(cert.Names, ", "))
	c.showMember(s, "cli.key.valid", cert.NotBefore.UTC().Format(time.RFC3339)+" … "+cert.NotAfter.UTC().Format(time.RFC3339))
	c.showMember(s, "cli.key.signed", cert.Algorithm)
}

func (c *call) showMember(s *screen, id, value string) {
	if value = strings.TrimSpace(value); value != "" {
		s.styled(faint, "  "+pad(c.text(id), 22), plain, value)
	}
}

// describeKey is the headline of a key, as in "EC P-256 · private · JWK".
func (c *call) describeKey(k key.Key) string {
	size := c.text("cli.key.bits", strconv.Itoa(k.Bits))
	if k.Format == "secret" {
		return c.text("ui.format.secret") + " · " + size + " · " + string(k.Encoding)
	}
	if k.Curve != "" {
		size = k.Curve
	}
	half := "ui.key.public"
	if k.Private {
		half = "ui.key.private"
	}
	return k.Type + " " + size + " · " + c.text(half) + " · " + c.text("ui.format."+k.Format)
}
