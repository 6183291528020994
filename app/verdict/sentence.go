package verdict

import (
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// A Sentence is the verdict in one sentence; its words are "summary." and the code in package locale.
type Sentence struct {
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
	// Because points to the check that decided, whose reason belongs under the sentence; empty when the sentence says all.
	Because *check.Check `json:"because,omitempty"`
	Tone    Tone         `json:"tone"`
}

// Tone is how a verdict feels: only a token with three times yes is [Good].
type Tone string

// The tones.
const (
	Good    Tone = "good"
	Bad     Tone = "bad"
	Warn    Tone = "warn"
	Neutral Tone = "neutral"
)

// Codes lists the code of every sentence.
func Codes() []string {
	return []string{
		"empty", "too-long", "nothing-found", "malformed", "unsigned", "self-vouched", "not-carried", "not-verified", "not-verified-refused",
		"forged", "genuine-refused", "genuine-expired", "genuine-early", "genuine-unread", "genuine-forever", "genuine-until", "genuine-malformed",
		"encrypted", "opened", "opened-token", "not-opened", "put-off", "proof",
	}
}

// sum says the worst thing first: what cannot be read, then what is not signed, then what is not acceptable.
func (c Case) sum(v Verdict) Sentence {
	switch {
	case v.Form == check.Unchecked:
		return Sentence{Code: "empty", Tone: Neutral}
	case len(c.Reading.Tokens) == 0 && c.tooLong():
		return Sentence{Code: "too-long", Args: []string{strconv.Itoa(token.MaxInput >> 20)}, Tone: Bad}
	case len(c.Reading.Tokens) == 0:
		return Sentence{Code: "nothing-found", Tone: Bad}
	case c.Token.Form == token.Unsecured:
		return Sentence{Code: "unsigned", Tone: Bad}
	case c.Encrypted() && v.Form == check.Yes:
		return c.opened()
	case v.Signature == check.No:
		return c.because(Sentence{Code: "forged", Tone: Bad}, c.Signature.Checks)
	case v.Form == check.No && v.Signature == check.Yes:
		return Sentence{Code: "genuine-malformed", Tone: Bad}
	case v.Form == check.No:
		return Sentence{Code: "malformed", Args: []string{strconv.Itoa(faults(v.Problems))}, Tone: Bad}
	case c.Signature.SelfVouched && c.proof():
		return Sentence{Code: "proof", Tone: Neutral}
	case c.Signature.SelfVouched:
		return Sentence{Code: "self-vouched", Tone: Bad}
	case v.Signature != check.Yes:
		return c.unverified(v)
	case v.Acceptance != check.Yes:
		return c.refused(v)
	}
	return c.accepted()
}

// opened says whether a JWE is open. That it is proves nothing of who made it: with a public key anyone can encrypt.
func (c Case) opened() Sentence {
	switch {
	case c.PutOff:
		return Sentence{Code: "put-off", Args: []string{strconv.Itoa(c.rounds())}, Tone: Neutral}
	case c.Opened.Answer == check.Yes && c.Payload().JSON == nil && len(c.Inside()) > 0:
		return Sentence{Code: "opened-token", Tone: Neutral}
	case c.Opened.Answer == check.Yes:
		return Sentence{Code: "opened", Tone: Neutral}
	case len(c.Keys.Keys) == 0 && c.Opened.Answer == check.Unchecked:
		return Sentence{Code: "encrypted", Tone: Neutral}
	}
	return c.because(Sentence{Code: "not-opened", Tone: Bad}, c.Opened.Checks)
}

// proof reports whether the token says that it is a DPoP proof, which brings its key along by rule (RFC 9449 §4.2).
func (c Case) proof() bool {
	typ := c.Token.Header().JSON.Root().Get("typ")
	return typ.Kind() == token.String && strings.TrimPrefix(strings.ToLower(typ.Text()), "application/") == "dpop+jwt"
}

func (c Case) tooLong() bool {
	return slices.ContainsFunc(c.Reading.Problems, func(p token.Problem) bool { return p.Code == "text.too-long" })
}

func (c Case) unverified(v Verdict) Sentence {
	if len(c.Keys.Keys) > 0 {
		return c.because(Sentence{Code: "not-carried", Tone: Warn}, c.Signature.Checks)
	}
	if v.Acceptance == check.No {
		return c.because(Sentence{Code: "not-verified-refused", Tone: Warn}, c.Claims.Checks)
	}
	if k, ok := check.Find(c.Signature.Checks, "key"); ok && k.Code == "key.unusable" {
		return Sentence{Code: "not-carried", Because: &k, Tone: Warn} // there is a key, and asking for one would mislead
	}
	return Sentence{Code: "not-verified", Tone: Neutral}
}

func (c Case) refused(v Verdict) Sentence {
	if v.Acceptance == check.Unchecked {
		return c.because(Sentence{Code: "genuine-unread", Tone: Warn}, c.Claims.Checks)
	}
	for _, k := range c.Claims.Checks {
		if k.Answer != check.No {
			continue
		}
		// Args[1] of these two is the distance to now in seconds.
		if len(k.Args) > 1 {
			switch k.Code {
			case "exp.expired":
				return Sentence{Code: "genuine-expired", Args: k.Args[1:2], Tone: Warn}
			case "nbf.early":
				return Sentence{Code: "genuine-early", Args: k.Args[1:2], Tone: Warn}
			}
		}
		break
	}
	return c.because(Sentence{Code: "genuine-refused", Tone: Warn}, c.Claims.Checks)
}

func (c Case) accepted() Sentence {
	if k, ok := check.Find(c.Claims.Checks, "exp"); ok && c.Claims.Window.Until != nil && len(k.Args) > 1 {
		return Sentence{Code: "genuine-until", Args: k.Args[1:2], Tone: Good}
	}
	return Sentence{Code: "genuine-forever", Tone: Good}
}

// because adds the first check that was not answered with yes, the refused before the unchecked.
func (c Case) because(s Sentence, checks []check.Check) Sentence {
	for _, want := range []check.Answer{check.No, check.Unchecked} {
		for _, k := range checks {
			if k.Answer == want {
				s.Because = &k
				return s
			}
		}
	}
	return s
}

func faults(ps []token.Problem) int {
	n := 0
	for _, p := range ps {
		if p.Severity == token.Error {
			n++
		}
	}
	return n
}
