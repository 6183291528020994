// Package verdict gives the three answers to a token: is it well-formed, is it genuine, is it acceptable now and here.
//
// The answers are kept apart because each can be yes while another is no, and a tool that shows one green light for all
// three misleads. [Judge] reads the token and the key, verifies and validates, in one pass and one direction; the page
// and the command line both show what it returns.
package verdict

import (
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// Options say what the token is judged against. The zero value asks for nothing but a key that fits, now being the
// year 1.
type Options struct {
	Encoding   key.Encoding // how a secret's text stands for its bytes
	Passphrase string       // of a private key that is locked with one
	Alg        string       // the only algorithm accepted; empty for any that fits the key
	Expect     claims.Expect
	Selected   int  // which of several tokens in the text
	Strict     bool // judge the text byte for byte, as a verifier would
	// Rounds bounds the rounds of PBKDF2 that decrypting may take; a token that asks for more is put off. 0 is no bound.
	Rounds int
	Opened *jwe.Report // what decrypting came to, for the same token and keys; nil if nobody knows yet
}

// A Verdict is the answers, and all that they were reached by.
type Verdict struct {
	Form       check.Answer    `json:"form"`
	Signature  check.Answer    `json:"signature"`
	Acceptance check.Answer    `json:"acceptance"`
	Summary    Sentence        `json:"summary"`
	Checks     []check.Check   `json:"checks"`
	Problems   []token.Problem `json:"problems"`
}

// All reports whether each of the three answers is yes.
func (v Verdict) All() bool {
	return v.Form == check.Yes && v.Signature == check.Yes && v.Acceptance == check.Yes
}

// A Case is a token with its key and everything that is known of the two.
type Case struct {
	Reading   token.Reading
	Token     token.Token // the selected one; zero when there is none
	Keys      key.Reading
	Signature jws.Report
	Opened    jwe.Report   // of an encrypted token
	Disclosed sdjwt.Report // of an SD-JWT
	Claims    claims.Report
	Verdict   Verdict
	PutOff    bool // decrypting takes more than Options.Rounds and was not tried

	said token.Segment // what the token says, where that is not a part of its text
}

// Judge reads a token and a key and answers. It never fails: what cannot be read is said in the verdict.
func Judge(text, keyText string, o Options) Case {
	return JudgeBy(text, key.ReadWith(keyText, key.Options{Encoding: o.Encoding, Passphrase: o.Passphrase}), o)
}

// JudgeBy is [Judge] by keys that are read already.
func JudgeBy(text string, keys key.Reading, o Options) Case {
	c := Case{Keys: keys}
	if o.Strict {
		c.Reading = token.Reading{Tokens: []token.Token{token.Parse(text)}}
	} else {
		c.Reading = token.Read(text)
	}
	if n := len(c.Reading.Tokens); n > 0 {
		c.Token = c.Reading.Tokens[min(max(o.Selected, 0), n-1)]
	}
	return c.verify(o)
}

// With judges the same token against other keys or other options; the token is not read again.
func (c Case) With(keys key.Reading, o Options) Case {
	c.Keys = keys
	return c.verify(o)
}

// At judges the same token and signature at another time or for other expectations.
func (c Case) At(o Options) Case {
	c.Claims = claims.Validate(c.Payload().JSON, o.Expect)
	if c.brokenJSON() {
		broken := check.Check{Name: "claims", Answer: check.No, Code: "claims.broken", Ref: "RFC 7519 §7.2"}
		c.Claims.Answer = check.No
		c.Claims.Checks = append([]check.Check{broken}, c.Claims.Checks...)
	}
	c.Verdict = c.answer()
	return c
}

// brokenJSON reports whether the payload begins as JSON and does not hold what it promises. Its claims are still shown;
// a verifier would not see them.
func (c Case) brokenJSON() bool {
	if c.Token.Payload().JSON.Root().Kind() != token.Object {
		return false
	}
	for _, p := range c.Token.Problems {
		if p.Part != token.PartPayload || !strings.HasPrefix(p.Code, "json.") {
			continue
		}
		switch p.Code {
		case "json.duplicate", "json.surrogate": // odd, and yet JSON (RFC 8259 §4, §8.2)
		default:
			return true
		}
	}
	return false
}

// Encrypted reports whether the token is a JWE.
func (c Case) Encrypted() bool {
	return c.Token.Form == token.JWE || c.Token.Form == token.JSONJWE
}

// Payload is what the token says: the segment as it stands in the text; of a JWE what a key opened; of an SD-JWT the
// claims with what is disclosed. The last two have no place in the text.
func (c Case) Payload() token.Segment {
	if c.Encrypted() || c.Token.Form == token.SDJWT {
		return c.said
	}
	return c.Token.Payload()
}

// content reads a payload that stands nowhere in the text.
func content(said []byte) token.Segment {
	s := token.Segment{Part: token.PartPayload, Bytes: said}
	if j, problems := token.ReadJSON(said); j.Root().Kind() == token.Object && faults(problems) == 0 {
		s.JSON = j
	}
	return s
}

// Inside lists the tokens inside the token, those behind its encryption too. Only those of a signed token have their
// places in the text.
func (c Case) Inside() []token.Inner {
	if c.Encrypted() {
		return token.Token{Segments: []token.Segment{c.Payload()}}.Inside()
	}
	return c.Token.Inside()
}

func (c Case) verify(o Options) Case {
	c.said, c.PutOff = token.Segment{}, false
	c.Signature, c.Opened, c.Disclosed = jws.Report{Answer: check.Unchecked, Key: -1}, jwe.Report{Key: -1}, sdjwt.Report{}
	switch {
	case len(c.Reading.Tokens) == 0:
	case c.Token.Form == token.SDJWT:
		d := sdjwt.Verify(c.Token, c.Keys, sdjwt.Options{Alg: o.Alg})
		c.Disclosed, c.said = d, content([]byte(d.Payload))
		c.Signature = jws.Report{Answer: d.Answer, Checks: d.Checks, Key: d.Key, SelfVouched: d.SelfVouched}
	case c.Encrypted():
		c.Opened, c.PutOff = c.decrypt(o)
		c.said = content(c.Opened.Plain)
		c.Signature = jws.Report{Answer: check.Unchecked, Checks: c.Opened.Checks, Key: c.Opened.Key}
	default:
		c.Signature = jws.Verify(c.Token, c.Keys, jws.Options{Alg: o.Alg})
	}
	return c.At(o)
}

func (c Case) answer() Verdict {
	v := Verdict{
		Form:       c.form(),
		Signature:  c.Signature.Answer,
		Acceptance: c.acceptance(),
		Checks:     append(append([]check.Check{}, c.Signature.Checks...), c.Claims.Checks...),
		Problems:   append(append([]token.Problem{}, c.Reading.Problems...), c.Token.Problems...),
	}
	v.Summary = c.sum(v)
	return v
}

func (c Case) form() check.Answer {
	switch {
	case len(c.Reading.Tokens) == 0 && faults(c.Reading.Problems) == 0:
		return check.Unchecked // an empty text is no fault
	case len(c.Reading.Tokens) == 0 || !c.Token.OK():
		return check.No
	}
	return check.Yes
}

// acceptance is no as soon as one claim is refused. It is yes only for a genuine token: the claims of any other prove
// nothing, since anyone can have written them.
func (c Case) acceptance() check.Answer {
	a := c.Claims.Answer
	if len(c.Reading.Tokens) == 0 {
		return check.Unchecked
	}
	if a == check.Yes && c.Signature.Answer != check.Yes {
		return check.Unchecked
	}
	return a
}
