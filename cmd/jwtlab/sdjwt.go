package main

import (
	"time"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// runSDJWT shows, verifies, presents and issues SD-JWTs.
func runSDJWT(e env, args []string) int {
	verbs := map[string]func(env, []string) int{
		"show": runSDJWTShow, "verify": runSDJWTVerify, "present": runSDJWTPresent, "issue": runSDJWTIssue,
	}
	if len(args) > 0 && verbs[args[0]] != nil {
		return verbs[args[0]](e, args[1:])
	}
	c := newCall(e, "sdjwt", "show|verify|present|issue [-h]",
		"jwtlab sdjwt issue -key issuer.jwk -disclose /name -disclose /address/street -in claims.json",
		"jwtlab sdjwt present -keep /name -in full.txt",
		"jwtlab sdjwt verify -key issuer.pem -in presented.txt")
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.fail(usage, "cli.error.sdjwt-verb")
}

// runSDJWTShow shows what is disclosed, and what the payload is with it. It needs no key and proves nothing.
func runSDJWTShow(e env, args []string) int {
	c := newCall(e, "sdjwt show", "[-json] [-in FILE | - | TEXT]",
		"jwtlab sdjwt show eyJhbGciOi…~WyJzYWx0…~",
		"pbpaste | jwtlab sdjwt show",
		"jwtlab sdjwt show -json -in token.txt | jq .disclosures")
	c.input()
	if code, ok := c.parse(args); !ok {
		return code
	}
	text, t, code, ok := c.readSDJWT()
	if !ok {
		return code
	}
	p := presented{text: text, token: t, report: sdjwt.Verify(t, key.Reading{Kind: "none"}, sdjwt.Options{})}
	if c.json {
		c.printJSON(c.opened(p))
	} else {
		c.showOpened(p)
	}
	if !t.OK() || faulty(p.report) {
		return bad
	}
	return good
}

// faulty reports whether anything is wrong but that there is no key.
func faulty(r sdjwt.Report) bool {
	for _, c := range r.Checks {
		if c.Answer == check.No {
			return true
		}
	}
	return false
}

// readSDJWT returns the command's text and the first SD-JWT in it.
func (c *call) readSDJWT() (text string, t token.Token, code int, ok bool) {
	text, code, ok = c.read()
	if !ok {
		return "", t, code, false
	}
	for _, t := range token.Read(text).Tokens {
		if t.Form == token.SDJWT {
			return text, t, good, true
		}
	}
	return "", t, c.fail(bad, "cli.error.no-sdjwt"), false
}

// runSDJWTVerify answers whether a presentation is well-formed, genuine and acceptable.
func runSDJWTVerify(e env, args []string) int {
	c := newCall(e, "sdjwt verify", "-key FILE|env:NAME|- [-alg ALG] [-bound] [-aud NAME] [-nonce TEXT] [-iss NAME] [-leeway TIME] [-at TIME] [-json] [TEXT]",
		"jwtlab sdjwt verify -key issuer.pem -in presented.txt",
		"jwtlab sdjwt verify -key issuers.json -aud https://shop.example -nonce n-0S6_WzA2Mj -in presented.txt",
		"jwtlab sdjwt verify -key issuer.pem -at 2026-01-02T03:04:05Z -json < presented.txt")
	c.input()
	var v checking
	v.register(c)
	if code, ok := c.parse(args); !ok {
		return code
	}
	keyText, code, ok := c.readKey("key", v.key)
	if !ok {
		return code
	}
	text, t, code, ok := c.readSDJWT()
	if !ok {
		return code
	}
	p := v.check(text, t, key.Read(keyText, key.Auto), e.now())
	if c.json {
		c.printJSON(c.verified(p))
	} else {
		c.showVerified(p)
	}
	if !t.OK() || p.report.Answer != check.Yes || p.acceptance() != check.Yes {
		return bad
	}
	return good
}

// A checking is what sdjwt verify is asked for.
type checking struct {
	sdjwt.Options
	expect claims.Expect
	key    string
	at     *time.Time
}

func (v *checking) register(c *call) {
	c.flags.StringVar(&v.key, "key", "", "FILE")
	c.flags.StringVar(&v.Alg, "alg", "", "ALG")
	c.flags.BoolVar(&v.Bound, "bound", false, "")
	c.flags.StringVar(&v.Audience, "aud", "", "NAME")
	c.flags.StringVar(&v.Nonce, "nonce", "", "TEXT")
	c.flags.StringVar(&v.expect.Issuer, "iss", "", "NAME")
	c.flags.Func("leeway", "TIME", func(s string) (err error) {
		v.expect.Leeway, err = parseDuration(s)
		return err
	})
	c.flags.Func("at", "TIME", func(s string) error {
		at, err := parseTime(s)
		v.at = &at
		return err
	})
}

// check verifies. Who asks for an audience or a nonce asks for a key binding, and for a fresh one.
func (v *checking) check(text string, t token.Token, keys key.Reading, now time.Time) presented {
	v.expect.Now = now
	if v.at != nil {
		v.expect.Now = *v.at
	}
	if v.Bound = v.Bound || v.Audience != "" || v.Nonce != ""; v.Bound {
		v.Now = v.expect.Now
	}
	p := presented{text: text, token: t, keys: keys, report: sdjwt.Verify(t, keys, v.Options)}
	payload, _ := token.ReadJSON([]byte(p.report.Payload))
	p.claims = claims.Validate(payload, v.expect)
	return p
}
