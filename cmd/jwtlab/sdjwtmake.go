package main

import (
	"encoding/json"
	"slices"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// A holding is the key that a presentation is bound with, and what to. The zero value binds nothing.
type holding struct{ key, alg, aud, nonce string }

// runSDJWTPresent leaves disclosures out of an SD-JWT, and binds what is left to whom it is for.
func runSDJWTPresent(e env, args []string) int {
	c := newCall(e, "sdjwt present", "[-keep POINTER …] [-drop POINTER …] [-holder FILE|env:NAME|- -aud NAME -nonce TEXT [-alg ALG]] [-json] [-in FILE | - | TEXT]",
		"jwtlab sdjwt present -keep /name -keep /address/city -in full.txt",
		"jwtlab sdjwt present -drop /email -in full.txt",
		"jwtlab sdjwt present -keep /name -holder holder.jwk -aud https://shop.example -nonce n-0S6_WzA2Mj -in full.txt")
	c.input()
	var h holding
	var keep, drop []string
	c.flags.StringVar(&h.key, "holder", "", "FILE")
	c.flags.StringVar(&h.alg, "alg", "", "ALG")
	c.flags.StringVar(&h.aud, "aud", "", "NAME")
	c.flags.StringVar(&h.nonce, "nonce", "", "TEXT")
	c.list("keep", &keep)
	c.list("drop", &drop)
	if code, ok := c.parse(args); !ok {
		return code
	}
	if (h.key == "") != (h.aud == "") || (h.key == "") != (h.nonce == "") {
		return c.fail(usage, "cli.error.sdjwt-holder")
	}
	k, code, ok := c.holder(&h)
	if !ok {
		return code
	}
	_, t, code, ok := c.readSDJWT()
	if !ok {
		return code
	}
	p, code, ok := c.choose(t, keep, drop)
	if !ok {
		return code
	}
	return c.present(p, h, k)
}

// list adds a flag that may be given several times.
func (c *call) list(name string, to *[]string) {
	c.flags.Func(name, "POINTER", func(s string) error {
		*to = append(*to, s)
		return nil
	})
}

// holder reads the holder's private key, and picks its algorithm. Without one it is zero.
func (c *call) holder(h *holding) (k key.Key, code int, ok bool) {
	if h.key == "" {
		return k, good, true
	}
	if h.key == "-" && c.fromStdin() {
		return k, c.fail(usage, "cli.error.stdin-twice"), false
	}
	text, code, ok := c.readKey("holder", h.key)
	if !ok {
		return k, code, false
	}
	s := signing{alg: h.alg}
	k, code, ok = c.signer(text, &s)
	h.alg = s.alg
	return k, code, ok
}

// choose keeps the disclosures that are named, with those that they stand in, or leaves out the ones that are.
func (c *call) choose(t token.Token, keep, drop []string) (p sdjwt.Presentation, code int, ok bool) {
	all := sdjwt.Verify(t, key.Reading{Kind: "none"}, sdjwt.Options{}).Disclosures
	var paths []string
	for _, d := range all {
		paths = append(paths, d.Path)
	}
	for _, path := range slices.Concat(keep, drop) {
		if path == "" || !slices.Contains(paths, path) {
			known := slices.DeleteFunc(slices.Clone(paths), func(s string) bool { return s == "" })
			return p, c.fail(bad, "cli.error.no-disclosure", clip(path, 60), clip(strings.Join(known, ", "), 400)), false
		}
	}
	kept := make([]bool, len(all))
	for i, d := range all {
		if len(keep) > 0 && !slices.Contains(keep, d.Path) {
			continue
		}
		for j := i; j >= 0; j = all[j].Parent {
			kept[j] = true
		}
	}
	for i, d := range all {
		kept[i] = kept[i] && !slices.Contains(drop, d.Path)
	}
	return sdjwt.Present(t, kept), good, true
}

// present binds the presentation, if a key is there, and prints it.
func (c *call) present(p sdjwt.Presentation, h holding, k key.Key) int {
	text := p.Text
	if h.key != "" {
		b := sdjwt.Binding{Alg: h.alg, Audience: h.aud, Nonce: h.nonce, IssuedAt: c.now().Unix()}
		bound, err := sdjwt.Bind(token.ParseSDJWT(text), b, k, c.rand)
		if err != nil {
			return c.fail(bad, "cli.error.sign", err.Error())
		}
		text, p.Unbound = bound, false
	}
	if c.json {
		return c.printJSON(struct {
			Token   string `json:"token"`
			Kept    []bool `json:"kept"`
			Unbound bool   `json:"unbound"`
		}{text, p.Kept, p.Unbound})
	}
	if p.Unbound {
		_, _ = c.err.Write([]byte(c.text("cli.sdjwt.unbound") + "\n"))
	}
	c.print(text + "\n")
	return good
}

// runSDJWTIssue signs claims as an SD-JWT, with all of its disclosures.
func runSDJWTIssue(e env, args []string) int {
	c := newCall(e, "sdjwt issue", "-key FILE|env:NAME|- [-alg ALG] [-disclose POINTER …] [-holder FILE] [-hash NAME] [-decoys N] [-exp TIME] [-typ TYPE] [-json] [-in FILE | - | CLAIMS]",
		`jwtlab sdjwt issue -key issuer.jwk -disclose /email '{"sub":"alice","email":"alice@shop.example"}'`,
		"jwtlab sdjwt issue -key issuer.pem -alg ES256 -disclose /address -disclose /address/street -in claims.json",
		"jwtlab sdjwt issue -key issuer.jwk -holder holder-public.jwk -decoys 3 -disclose /langs/0 -in claims.json")
	c.input()
	var s signing
	var i sdjwt.Issuing
	var holder string
	c.flags.StringVar(&s.key, "key", "", "FILE")
	c.flags.StringVar(&s.alg, "alg", "", "ALG")
	c.flags.StringVar(&i.Typ, "typ", "", "TYPE")
	c.flags.StringVar(&i.Hash, "hash", "sha-256", "NAME")
	c.flags.IntVar(&i.Decoys, "decoys", 0, "N")
	c.flags.StringVar(&holder, "holder", "", "FILE")
	c.list("disclose", &i.Disclosable)
	c.flags.Func("exp", "TIME", func(text string) error {
		d, err := parseDuration(text)
		s.exp = &d
		return err
	})
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.issue(s, i, holder)
}

func (c *call) issue(s signing, i sdjwt.Issuing, holder string) int {
	keyText, code, ok := c.readKey("key", s.key)
	if !ok {
		return code
	}
	k, code, ok := c.signer(keyText, &s)
	if !ok {
		return code
	}
	if i.Holder, code, ok = c.confirmed(holder); !ok {
		return code
	}
	text, code, ok := c.read()
	if !ok {
		return code
	}
	if i.Claims, code, ok = c.claims(text, s.exp); !ok {
		return code
	}
	i.Alg = s.alg
	issued, err := sdjwt.Issue(i, k, c.rand)
	if err != nil {
		return c.fail(bad, "cli.error.sign", err.Error())
	}
	if c.json {
		p := presented{token: token.ParseSDJWT(issued)}
		p.report = sdjwt.Verify(p.token, key.Reading{Kind: "none"}, sdjwt.Options{})
		return c.printJSON(struct {
			Token       string             `json:"token"`
			Payload     json.RawMessage    `json:"payload"`
			Disclosures []sdjwt.Disclosure `json:"disclosures"`
		}{issued, rawJSON(p.token.Payload()), c.opened(p).Disclosures})
	}
	c.print(issued + "\n")
	return good
}

// confirmed reads the key that the holder will bind with. Its public half is enough.
func (c *call) confirmed(from string) (k key.Key, code int, ok bool) {
	if from == "" {
		return k, good, true
	}
	if from == "-" && c.fromStdin() {
		return k, c.fail(usage, "cli.error.stdin-twice"), false
	}
	text, code, ok := c.readKey("holder", from)
	if !ok {
		return k, code, false
	}
	r := key.Read(text, key.Auto)
	if len(r.Keys) == 0 {
		return k, c.failKey(r), false
	}
	if k, ok = r.Keys[0].PublicKey(); !ok {
		return k, c.fail(bad, "cli.error.no-public"), false
	}
	return k, good, true
}
