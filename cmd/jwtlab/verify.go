package main

import (
	"errors"
	"flag"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// runVerify answers whether a token is well-formed, genuine and acceptable now, by the same judgement as the page.
func runVerify(e env, args []string) int {
	c := newCall(e, "verify", "-key FILE|env:NAME|- | -jwks URL [-passphrase FILE] [-alg ALG] [-aud NAME] [-iss NAME] [-leeway TIME] [-at TIME] [-json] [TEXT]",
		"jwtlab verify -key public.pem eyJhbGciOi…",
		"pbpaste | jwtlab verify -key jwks.json -iss https://issuer.example -aud my-api",
		"jwtlab verify -key env:JWT_SECRET -encoding base64 -alg HS256 -in token.txt",
		"jwtlab verify -key public.pem -at 2011-03-22T18:42:00Z -json < token.txt")
	c.input()
	c.fetching()
	c.unlocking()
	var v verification
	v.register(c.flags)
	if code, ok := c.parse(args); !ok {
		return code
	}
	keyText, code, ok := c.readFetched("key", v.key)
	if !ok {
		return code
	}
	text, code, ok := c.read()
	if !ok {
		return code
	}
	o := v.options(e.now())
	result := verdict.Judge(text, keyText, o)
	found := diagnose(result, keyText, o)
	if c.json {
		c.printJSON(c.judged(result, found))
	} else {
		c.showCase(text, result, found)
	}
	if !result.Verdict.All() {
		return bad
	}
	return good
}

// A verification is what verify is asked for.
type verification struct {
	verdict.Options
	key string
	at  *time.Time
}

func (v *verification) register(f *flag.FlagSet) {
	v.registerKey(f)
	f.StringVar(&v.Alg, "alg", "", "ALG")
	f.StringVar(&v.Expect.Issuer, "iss", "", "NAME")
	f.Func("aud", "NAME", func(s string) error {
		v.Expect.Audience = append(v.Expect.Audience, s)
		return nil
	})
	f.Func("leeway", "TIME", func(s string) (err error) {
		v.Expect.Leeway, err = parseDuration(s)
		return err
	})
	f.BoolVar(&v.Strict, "strict", false, "")
}

// registerKey adds the flags for the key and the time.
func (v *verification) registerKey(f *flag.FlagSet) {
	f.StringVar(&v.key, "key", "", "FILE")
	f.Func("at", "TIME", func(s string) error {
		at, err := parseTime(s)
		v.at = &at
		return err
	})
	f.Func("encoding", "NAME", func(s string) (err error) {
		v.Encoding, err = parseEncoding(s)
		return err
	})
}

// options are those of the judgement at the time of -at, or now.
func (v *verification) options(now time.Time) verdict.Options {
	v.Expect.Now = now
	if v.at != nil {
		v.Expect.Now = *v.at
	}
	return v.Options
}

var errValue = errors.New("value does not fit")

// parseDuration reads 90, 90s, 15m, 12h or 7d; never a negative one.
func parseDuration(s string) (time.Duration, error) {
	if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 && n < math.MaxInt64/1e9 {
		return time.Duration(n * 1e9), nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= 100_000 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, errValue
	}
	return d, nil
}

// maxSeconds is the last second that has a date of four digits, 9999-12-31T23:59:59Z.
const maxSeconds = 253402300799

// parseTime reads a NumericDate, or a date and time as in RFC 3339, where the zone may be left out for UTC.
func parseTime(s string) (time.Time, error) {
	if n, err := strconv.ParseFloat(s, 64); err == nil && math.Abs(n) <= maxSeconds {
		seconds, fraction := math.Modf(n)
		return time.Unix(int64(seconds), int64(fraction*1e9)).UTC(), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, nil
		}
	}
	return time.Time{}, errValue
}

func parseEncoding(s string) (key.Encoding, error) {
	as := key.Encoding(s)
	if !slices.Contains([]key.Encoding{key.UTF8, key.Base64, key.Base64URL, key.Hex}, as) {
		return key.Auto, errValue
	}
	return as, nil
}

// judged is what verify -json prints.
type judged struct {
	Form       check.Answer `json:"form"`
	Signature  check.Answer `json:"signature"`
	Acceptance check.Answer `json:"acceptance"`
	Summary    string       `json:"summary"`
	Checks     []answered   `json:"checks"`
	Problems   []worded     `json:"problems"`
	// KeyProblems are those of the key; their places are in its text.
	KeyProblems []worded `json:"key_problems,omitempty"`
	// Diagnosis is why the signature does not fit, as far as it can be proved.
	Diagnosis []diagnosed `json:"diagnosis,omitempty"`
}

func (c *call) judged(r verdict.Case, found []jws.Diagnosis) judged {
	v := r.Verdict
	return judged{
		v.Form, v.Signature, v.Acceptance, c.summary(v), c.answered(v.Checks), c.worded(v.Problems), c.worded(r.Keys.Problems),
		c.diagnosed(found),
	}
}

// summary is the verdict in one sentence.
func (c *call) summary(v verdict.Verdict) string {
	return c.text("summary."+v.Summary.Code, v.Summary.Args...)
}

// showCase shows a judgement to a person: the sentence first, then the three answers with their reasons.
func (c *call) showCase(text string, r verdict.Case, found []jws.Diagnosis) {
	s := newScreen(c.env)
	c.showSummary(s, r.Verdict)
	s.line("")
	c.showAnswer(s, "form", r.Verdict.Form, nil)
	c.showAnswer(s, "signature", r.Verdict.Signature, r.Signature.Checks)
	c.showAnswer(s, "acceptance", r.Verdict.Acceptance, r.Claims.Checks)
	c.showDiagnosis(s, found)
	if n := len(r.Reading.Tokens); n > 1 {
		s.line("")
		s.wrapped("", c.text("cli.first-of", strconv.Itoa(n)))
	}
	c.showProblems(s, "cli.problems", text, r.Verdict.Problems)
	if !slices.ContainsFunc(r.Keys.Problems, isFault) && len(r.Keys.Keys) > 0 {
		c.print(s.String())
		return
	}
	c.showProblems(s, "cli.key-problems", "", r.Keys.Problems)
	c.print(s.String())
}

func isFault(p token.Problem) bool { return p.Severity != token.Note }

var tones = map[verdict.Tone]style{verdict.Good: green, verdict.Bad: red, verdict.Warn: yellow, verdict.Neutral: plain}

func (c *call) showSummary(s *screen, v verdict.Verdict) {
	st := tones[v.Summary.Tone]
	if st != plain {
		st = bold + ";" + st
	}
	s.styled(plain, "", st, c.summary(v))
	if because := v.Summary.Because; because != nil && because.Code != "" {
		s.wrapped("", c.why(*because))
	}
}

// showAnswer shows one of the three answers and its checks.
func (c *call) showAnswer(s *screen, name string, a check.Answer, checks []check.Check) {
	mark, st := answerMark(a)
	s.line(s.paint(bold, pad(c.text("verdict."+name), 16)), s.paint(st, mark+" "+c.text("answer."+string(a))))
	c.showChecks(s, checks)
}

// showChecks lists checks with their answers and reasons.
func (c *call) showChecks(s *screen, checks []check.Check) {
	names := 0
	for _, k := range checks {
		names = max(names, cells(c.text("check."+k.Name)))
	}
	for _, k := range checks {
		mark, st := answerMark(k.Answer)
		if k.Remark && k.Answer == check.Yes {
			mark, st = "!", yellow
		}
		words := c.why(k)
		if k.Ref != "" {
			words = strings.TrimSpace(words + " (" + k.Ref + ")")
		}
		s.styled(st, "  "+mark+" "+pad(c.text("check."+k.Name), min(names, 24)+1)+" ", plain, words)
	}
}

func answerMark(a check.Answer) (string, style) {
	switch a {
	case check.Yes:
		return "✓", green
	case check.No:
		return "✗", red
	}
	return "?", yellow
}
