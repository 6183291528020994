package main

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// answerDecode judges a compact token byte for byte, without a key. A header that cannot be read says nothing about what
// the payload is, so there is none then either (RFC 7515 §5.2, steps 1 to 6).
func answerDecode(_ *worker, l *line, out []byte) ([]byte, error) {
	input, err := l.str(memberInput)
	if err != nil {
		return nil, err
	}
	t := token.Parse(input)
	out = append(out, `,"ok":`...)
	out = strconv.AppendBool(out, t.OK())
	out = append(out, `,"header":`...)
	if raw := rawJSON(t.Header()); raw != nil && t.Sound(token.PartHeader) {
		out = append(out, raw...)
	} else {
		out = append(out, "null"...)
	}
	out = append(out, `,"payload_b64u":`...)
	if payload := t.Payload(); t.Sound(token.PartHeader) && t.Sound(token.PartPayload) {
		out = append(out, '"')
		out = base64.RawURLEncoding.AppendEncode(out, payload.Bytes)
		out = append(out, '"')
	} else {
		out = append(out, "null"...)
	}
	return appendProblems(out, t.Problems), nil
}

func appendProblems(out []byte, all []token.Problem) []byte {
	out = append(out, `,"problems":[`...)
	for i, p := range all {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `{"code":`...)
		out = appendString(out, p.Code)
		out = append(out, `,"start":`...)
		out = strconv.AppendInt(out, int64(p.Start), 10)
		out = append(out, `,"end":`...)
		out = strconv.AppendInt(out, int64(p.End), 10)
		out = append(out, '}')
	}
	return append(out, ']')
}

// answerJWS verifies a signature by all rules of RFC 7515; the claims are not part of it.
func answerJWS(w *worker, l *line, out []byte) ([]byte, error) {
	input := l.members[memberInput]
	text := input.Text()
	if input.Kind() == token.Object {
		text = input.Raw()
	} else if input.Kind() != token.String {
		return nil, errors.New(`member "input" is neither a string nor an object`)
	}
	o, err := l.jwsOptions()
	if err != nil {
		return nil, err
	}
	keys, err := w.keys.read(l)
	if err != nil {
		return nil, err
	}
	if input.Kind() == token.Object {
		all := token.ParseAll(text)
		return appendSet(out, all, jws.VerifyAll(all, keys, o)), nil
	}
	t := token.Parse(text)
	r := jws.Verify(t, keys, o)
	start := len(out)
	out = appendValid(out, r.Answer == check.Yes && t.OK())
	out = append(appendChecks(out, t, r.Checks), ']')
	w.memory.learn(l, t, keys, r, out[start:])
	return out, nil
}

// jwsOptions are the algorithm that the verifier is set to, and the payload of a detached JWS.
func (l *line) jwsOptions() (o jws.Options, err error) {
	if o.Alg, _, err = l.optional(memberAlg); err != nil {
		return o, err
	}
	payload, detached, err := l.optional(memberPayload)
	if err != nil || !detached {
		return o, err
	}
	o.Payload, err = decodeStrict(payload)
	return o, err
}

func appendValid(out []byte, valid bool) []byte {
	out = append(out, `,"valid":`...)
	out = strconv.AppendBool(out, valid)
	return append(out, `,"checks":[`...)
}

// appendSet writes the checks of every signature in turn, then what they come to (RFC 7515 §5.2).
func appendSet(out []byte, all []token.Token, s jws.Set) []byte {
	out = appendValid(out, s.Answer == check.Yes)
	for i, t := range all {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendChecks(out, t, s.Reports[i].Checks)
	}
	if len(all) > 1 {
		out = appendCheck(append(out, ','), s.Check.Name, s.Answer == check.Yes, whyNot(all[0], s.Check))
	}
	return append(out, ']')
}

func appendChecks(out []byte, t token.Token, checks []check.Check) []byte {
	if _, told := check.Find(checks, "form"); !told {
		out = appendCheck(out, "form", t.OK(), formWhy(t))
		out = append(out, ',')
	}
	for i, k := range checks {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendCheck(out, k.Name, k.Answer == check.Yes, whyNot(t, k))
	}
	return out
}

func appendCheck(out []byte, name string, ok bool, why string) []byte {
	out = append(out, `{"name":`...)
	out = appendString(out, name)
	out = append(out, `,"ok":`...)
	out = strconv.AppendBool(out, ok)
	out = append(out, `,"why":`...)
	return append(appendString(out, why), '}')
}

// whyNot is why a check is not answered with yes, in words.
func whyNot(t token.Token, k check.Check) string {
	switch {
	case k.Answer == check.Yes || k.Code == "":
		return ""
	case k.Code == "form.errors":
		return formWhy(t)
	}
	return locale.Text(locale.EN, "why."+k.Code, k.Args...)
}

// formWhy is the first fault of a token.
func formWhy(t token.Token) string {
	for _, p := range t.Problems {
		if p.Severity == token.Error {
			return locale.Text(locale.EN, "problem."+p.Code, p.Args...)
		}
	}
	return ""
}

// decodeStrict decodes base64url as RFC 7515 §2 has it. Go's decoder would skip line breaks.
func decodeStrict(text string) ([]byte, error) {
	decoded, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return nil, errors.New("payload is not base64url without padding")
	}
	return decoded, nil
}
