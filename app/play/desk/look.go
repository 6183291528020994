package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// Limits of what is shown. The browser's text layout, not the reading, is what makes long texts slow.
const (
	// JobBytes is the length of a token from which it is read off the page's thread.
	JobBytes = 256 << 10
	// PlainBytes is the length from which a text is shown without colours.
	PlainBytes = 16 << 10
	paneBytes  = 16 << 10
	rowsShown  = 40
	valueBytes = 200
	tokensMax  = 20
)

// Look computes the whole view from the inputs.
func Look(in Inputs) View {
	c := verdict.Judge(in.Token, in.Key, in.options())
	v := view(in, c)
	v.Chain = chainOf(in, c.Keys)
	return v
}

func (in Inputs) options() verdict.Options {
	o := verdict.Options{Encoding: in.Encoding, Passphrase: in.Passphrase, Selected: in.Selected, Expect: claims.Expect{
		Now: time.Unix(in.Now(), 0), Leeway: in.leeway(), Issuer: in.Issuer,
	}}
	if in.Audience != "" {
		o.Expect.Audience = []string{in.Audience}
	}
	return o
}

// leeway is none for what is not a number of seconds, and a day at most: more would hide any expiry.
func (in Inputs) leeway() time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(in.Leeway))
	if err != nil {
		return 0
	}
	return time.Duration(min(max(n, 0), 86400)) * time.Second
}

func view(in Inputs, c verdict.Case) View {
	t := c.Token
	v := View{
		Verdict: c.Verdict, Groups: groups(c), Form: t.Form, Where: t.Found, Length: len(t.Compact()),
		Header: pane(in, c, t.Header(), in.Header), Payload: pane(in, c, c.Payload(), in.Payload),
		KeyKind: c.Keys.Kind, Keys: keyLines(c),
		Alg: t.Header().JSON.Root().Get("alg").Text(), Times: times(in, c),
	}
	if in.Key != "" { // that there is none is said elsewhere
		v.KeyProblems = c.Keys.Problems
	}
	if len(in.Token) <= PlainBytes {
		v.Marks = tokenMarks(len(in.Token), c)
	}
	v.Tokens = found(in, c)
	for _, s := range t.Segments[:min(len(t.Segments), tokensMax)] {
		v.Sizes = append(v.Sizes, Size{Part: s.Part, Chars: len(s.Text)})
	}
	_, v.CanSign = signer(c.Keys, v.Alg, c.Signature.Key)
	v.Encryptions = encryptions(c)
	v.advise(in, c)
	v.disclose(in, c)
	v.certify(c)
	v.prove(in, c)
	v.Verdict.Problems = v.Verdict.Problems[:min(len(v.Verdict.Problems), rowsShown)]
	return v
}

// found lists the tokens of a text that has several, each with its own answer: the signatures of a JSON serialization
// are one each.
func found(in Inputs, c verdict.Case) []Found {
	if len(c.Reading.Tokens) < 2 {
		return nil
	}
	var all []Found
	for i, t := range c.Reading.Tokens[:min(len(c.Reading.Tokens), tokensMax)] {
		f := Found{Form: t.Form, Found: t.Found, Text: clip(t.Compact(), 24), Signature: c.Signature.Answer}
		if i != in.Selected {
			f.Signature = jws.Verify(t, c.Keys, jws.Options{}).Answer
		}
		all = append(all, f)
	}
	return all
}

// groups deals the checks out to the answers that they belong to; the problems of reading are the checks of the first.
func groups(c verdict.Case) []Group {
	return []Group{
		{Name: "form", Answer: c.Verdict.Form},
		{Name: "signature", Answer: c.Verdict.Signature, Checks: c.Signature.Checks},
		{Name: "acceptance", Answer: c.Verdict.Acceptance, Checks: c.Claims.Checks},
	}
}

func keyLines(c verdict.Case) []KeyLine {
	var lines []KeyLine
	for i, k := range c.Keys.Keys {
		used := c.Signature.Answer == check.Yes && c.Signature.Key == i
		if c.Keys.Kind == "secret" && !used && (c.Signature.Answer == check.Yes || i > 0) {
			continue // one line for a secret, however many ways it can be read in
		}
		line := KeyLine{Type: k.Type, Curve: k.Curve, Bits: k.Bits, Private: k.Private, Format: k.Format,
			Encoding: string(k.Encoding), KeyID: k.KeyID, Thumbprint: k.Thumbprint, Used: used, Strength: strength(c, k)}
		line.Public = publicText(k)
		if lines = append(lines, line); len(lines) == tokensMax {
			break
		}
	}
	return lines
}

// strength is what there is to remark on a key, beside what the checks of the signature say of it already.
func strength(c verdict.Case, k key.Key) []check.Check {
	said := map[string]string{"strength.short": "secret.short", "strength.rsa": "key.bits"}
	return slices.DeleteFunc(k.Strength(), func(remark check.Check) bool {
		return slices.ContainsFunc(c.Signature.Checks, func(k check.Check) bool { return k.Code == said[remark.Code] })
	})
}

func publicText(k key.Key) string {
	p, ok := k.PublicKey()
	if !ok {
		return ""
	}
	if k.Format == "jwk" {
		return p.JWK()
	}
	text, err := p.PEM()
	if err != nil {
		return ""
	}
	return text
}

// clip cuts a text to n bytes at most, at a character's border.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

func tokenMarks(length int, c verdict.Case) []Mark {
	var parts []Mark
	for _, t := range c.Reading.Tokens {
		for _, s := range t.Segments {
			if s.End > s.Start {
				parts = append(parts, Mark{Start: s.Start, End: s.End, Class: string(s.Part)})
			}
		}
	}
	return underline(fill(parts, length), c.Verdict.Problems)
}

// fill adds what lies between the parts, so that the marks cover the text.
func fill(parts []Mark, length int) []Mark {
	var marks []Mark
	at := 0
	for _, p := range parts {
		if p.Start < at || p.End > length {
			continue // parts that overlap cannot be coloured twice
		}
		if p.Start > at {
			marks = append(marks, Mark{Start: at, End: p.Start, Class: "other"})
		}
		marks = append(marks, p)
		at = p.End
	}
	if at < length {
		marks = append(marks, Mark{Start: at, End: length, Class: "other"})
	}
	return marks
}

// underline splits the marks where a problem begins or ends and notes its severity on the pieces.
func underline(marks []Mark, problems []token.Problem) []Mark {
	for _, p := range problems[:min(len(problems), rowsShown)] {
		if p.Severity != token.Note {
			marks = within(marks, p.Span, func(m *Mark) {
				if m.Fault != token.Error {
					m.Fault = p.Severity
				}
			})
		}
	}
	return marks
}

// within splits the marks at the ends of a range and changes those that lie in it.
func within(marks []Mark, s token.Span, change func(*Mark)) []Mark {
	var out []Mark
	for _, m := range marks {
		if s.End <= m.Start || s.Start >= m.End || s.Start == s.End {
			out = append(out, m)
			continue
		}
		before, in, after := m, m, m
		before.End, after.Start = s.Start, s.End
		in.Start, in.End = max(m.Start, s.Start), min(m.End, s.End)
		change(&in)
		if before.End > before.Start {
			out = append(out, before)
		}
		out = append(out, in)
		if after.End > after.Start {
			out = append(out, after)
		}
	}
	return out
}

// Underline marks the places of problems in a text that has no other colours.
func Underline(text string, problems []token.Problem) []Mark {
	return underline(fill(nil, len(text)), problems)
}
