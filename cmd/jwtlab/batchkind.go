package main

import (
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// answerDecode judges a compact token byte for byte, without a key.
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
	if payload := t.Payload(); t.Sound(token.PartPayload) {
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
	alg, _, err := l.optional(memberAlg)
	if err != nil {
		return nil, err
	}
	o := jws.Options{Alg: alg}
	payload, detached, err := l.optional(memberPayload)
	if err != nil {
		return nil, err
	}
	if detached {
		if o.Payload, err = decodeStrict(payload); err != nil {
			return nil, err
		}
	}
	keys, err := w.keys.read(l)
	if err != nil {
		return nil, err
	}
	t := token.Parse(text)
	r := jws.Verify(t, keys, o)
	out = append(out, `,"valid":`...)
	out = strconv.AppendBool(out, r.Answer == check.Yes && t.OK())
	out = append(out, `,"checks":[`...)
	if _, told := check.Find(r.Checks, "form"); !told {
		out = appendCheck(out, "form", t.OK(), formWhy(t))
		out = append(out, ',')
	}
	for i, k := range r.Checks {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendCheck(out, k.Name, k.Answer == check.Yes, whyNot(t, k))
	}
	return append(out, ']'), nil
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
	case k.Name == "form" && !t.OK():
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

// keyCache has the keys read before, by their text.
type keyCache map[string]key.Reading

const (
	cachedKeys   = 64
	cachedLength = 16 << 10
)

// read reads the member "key": a JWK, a JWK Set, {"secret_b64u"}, the text of PEM or of a secret, or null.
func (c keyCache) read(l *line) (key.Reading, error) {
	v := l.members[memberKey]
	raw := l.raw(v)
	if r, ok := c[string(raw)]; ok {
		return r, nil
	}
	r, err := readKeyMember(v)
	if err == nil && len(raw) <= cachedLength {
		if len(c) >= cachedKeys {
			clear(c)
		}
		c[string(raw)] = r
	}
	return r, err
}

func readKeyMember(v token.Value) (key.Reading, error) {
	switch v.Kind() {
	case token.Null: // or not there
		return key.Reading{Kind: "none"}, nil
	case token.String:
		return key.Read(v.Text(), key.UTF8), nil
	case token.Object:
		if secret := v.Get("secret_b64u"); secret.Exists() {
			if secret.Kind() != token.String {
				return key.Reading{}, errors.New(`member "secret_b64u" is not a string`)
			}
			return key.Read(`{"kty":"oct","k":`+secret.Raw()+`}`, key.Auto), nil
		}
		return key.Read(v.Raw(), key.Auto), nil
	}
	return key.Reading{}, errors.New(`member "key" is neither an object, a string nor null`)
}

// answerJWK says whether a JWK is sound: well-formed, and its parts fit together.
func answerJWK(_ *worker, l *line, out []byte) ([]byte, error) {
	v := l.members[memberJWK]
	if !v.Exists() {
		return nil, errors.New(`member "jwk" is missing`)
	}
	if v.Kind() != token.Object {
		at := token.Problem{Code: "jwk.not-object", Span: token.Span{End: len(v.Raw())}, Severity: token.Error}
		return appendKey(out, key.Reading{Problems: []token.Problem{at}}), nil
	}
	return appendKey(out, key.Read(v.Raw(), key.Auto)), nil
}

// answerPEM finds the key in a text. Encrypted ones are named, not opened.
func answerPEM(_ *worker, l *line, out []byte) ([]byte, error) {
	text, err := l.str(memberText)
	if err != nil {
		return nil, err
	}
	r := key.Read(text, key.Auto)
	if r.Kind == "secret" { // any text is one
		at := token.Problem{Code: "pem.armour", Span: token.Span{End: len(text)}, Severity: token.Error}
		r = key.Reading{Problems: []token.Problem{at}}
	}
	return appendKey(out, r), nil
}

func appendKey(out []byte, r key.Reading) []byte {
	ok := len(r.Keys) > 0 && !slices.ContainsFunc(r.Problems, isError)
	kind, thumbprint := "null", "null"
	if len(r.Keys) > 0 {
		k := r.Keys[0]
		kind = quote(keyKind(k))
		if k.Thumbprint != "" {
			thumbprint = quote(k.Thumbprint)
		}
	}
	out = append(out, `,"ok":`...)
	out = strconv.AppendBool(out, ok)
	out = append(out, `,"kind":`+kind+`,"thumbprint_sha256":`+thumbprint...)
	return appendProblems(out, r.Problems)
}

// keyKind names a key's container and what is in it, in the words of the corpora: "SPKI EC", "RSA PRIVATE".
func keyKind(k key.Key) string {
	name := k.Type
	switch {
	case k.PSS:
		name = "RSA-PSS"
	case k.Type == "OKP":
		name = strings.ToUpper(k.Curve)
	}
	switch k.Format {
	case "pkcs1", "sec1":
		if !k.Private {
			return name + " PUBLIC"
		}
		return name + " PRIVATE"
	case "certificate":
		return "CERTIFICATE"
	case "pkcs8", "spki":
		return strings.ToUpper(k.Format) + " " + name
	}
	return k.Type
}
