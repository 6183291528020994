package key

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// readJSON reads a text that begins like JSON as a JWK or a JWK Set. It reports false for what is no JSON but may be a
// secret, because the reader was told that the text is one.
func (r *reading) readJSON(text string, as Encoding) bool {
	body := strings.TrimPrefix(text, byteOrderMark)
	base := len(text) - len(body)
	json, problems := token.ReadJSON([]byte(body))
	root := json.Root()
	_, isKey := member(root, "kty")
	_, isSet := member(root, "keys")
	for i := range problems {
		if problems[i].Code == "json.duplicate" { // the names in a JWK must be unique (RFC 7517 §4)
			problems[i].Severity = token.Error
		}
	}
	broken := slices.ContainsFunc(problems, isError)
	if as != Auto && (broken || !isKey && !isSet) {
		return false
	}
	r.Kind = "jwk"
	for _, p := range problems {
		p.Start, p.End = p.Start+base, p.End+base
		r.add(p)
	}
	if broken {
		r.add(problem("jwk.json", token.Span{Start: base, End: len(text)}))
		return true
	}
	r.readRoot(root, base, token.Span{Start: base, End: len(text)})
	return true
}

// readRoot reads sound JSON as what it is: a key, a set, or the place of one.
func (r *reading) readRoot(root token.Value, base int, at token.Span) {
	keys, isSet := member(root, "keys")
	_, isKey := member(root, "kty")
	switch {
	case root.Kind() != token.Object:
		r.add(problem("jwk.not-object", at))
	case !isKey && !isSet && discovers(root):
		r.Kind = "jwks"
		uri, _ := member(root, "jwks_uri")
		p := problem("jwks.discovery", shift(uri.Span(), base))
		p.Args = []string{check.Clip(uri.Text(), 200)} // whole, for it is to be opened
		r.add(p)
	case isSet && !isKey:
		r.Kind = "jwks"
		r.readSet(keys, base)
	default:
		k := jwk{object: root, base: base, work: &r.work}
		if key, ok := k.read(); ok {
			r.Keys = append(r.Keys, key)
		}
		r.Problems = append(r.Problems, k.problems...)
	}
}

// discovers reports whether an object is the configuration of an OpenID provider, or of an authorization server (OpenID
// Connect Discovery 1.0 §3, RFC 8414 §2). Its keys are elsewhere, and what a text says of where is not followed here.
func discovers(root token.Value) bool {
	uri, ok := member(root, "jwks_uri")
	_, issued := member(root, "issuer")
	return ok && issued && uri.Kind() == token.String
}

func isError(p token.Problem) bool { return p.Severity == token.Error }

func member(object token.Value, name string) (token.Value, bool) {
	if object.Kind() != token.Object {
		return token.Value{}, false
	}
	v := object.Get(name)
	return v, v.Exists()
}

// readSet reads the keys of a JWK Set. Those that it cannot use are left out with a warning (RFC 7517 §5).
func (r *reading) readSet(keys token.Value, base int) {
	at := shift(keys.Span(), base)
	switch {
	case keys.Kind() != token.Array:
		r.add(problem("jwk.not-array", at, "keys"))
		return
	case keys.Len() == 0:
		r.add(problem("jwks.empty", at))
		return
	case keys.Len() > maxKeys:
		r.add(problem("key.too-many", at, strconv.Itoa(keys.Len()), strconv.Itoa(maxKeys)))
		return
	}
	seen := map[string]bool{}
	for item := range keys.Items() {
		k := jwk{object: item, base: base, work: &r.work}
		if key, ok := k.read(); ok {
			if seen[key.KeyID] {
				r.add(problem("jwks.twice", key.Span, key.KeyID))
			}
			seen[key.KeyID] = key.KeyID != ""
			r.Keys = append(r.Keys, key)
		}
		for _, p := range k.problems {
			if p.Severity == token.Error {
				p.Severity = token.Warning
			}
			r.add(p)
		}
	}
	if len(r.Keys) == 0 {
		r.add(problem("jwks.none", at))
	}
}

func shift(s token.Span, by int) token.Span { return token.Span{Start: s.Start + by, End: s.End + by} }

// jwk reads one JWK.
type jwk struct {
	object   token.Value
	base     int // of the JSON in the text
	work     *work
	problems []token.Problem
}

// read returns the key, and false if any fault makes it unusable.
func (j *jwk) read() (Key, bool) {
	if j.object.Kind() != token.Object {
		j.report("jwk.not-object", j.object)
		return Key{}, false
	}
	kty, ok := j.text("kty", true)
	if !ok {
		return Key{}, false
	}
	k := Key{Type: kty, Format: "jwk"}
	j.metadata(&k)
	switch kty {
	case "oct":
		j.octets(&k)
	case "RSA":
		j.rsa(&k)
	case "EC":
		j.curve(&k)
	case "OKP":
		j.okp(&k)
	case "AKP":
		j.akp(&k)
	default:
		j.report("jwk.kty-unknown", j.object.Get("kty"), kty)
	}
	if slices.ContainsFunc(j.problems, isError) {
		return Key{}, false
	}
	k.Span = shift(j.object.Span(), j.base)
	k.Thumbprint = thumbprint(k)
	return k, true
}

func (j *jwk) report(code string, at token.Value, args ...string) {
	j.problems = append(j.problems, problem(code, shift(at.Span(), j.base), args...))
}

// blame reports a fault of the parts at the member it is in.
func (j *jwk) blame(f *fault) {
	if !f.found() {
		return
	}
	at := j.object
	if v, ok := member(j.object, f.part); ok {
		at = v
	}
	j.report(f.code, at, f.args...)
}

// text returns a member that is a string.
func (j *jwk) text(name string, required bool) (string, bool) {
	v, ok := member(j.object, name)
	switch {
	case !ok && required:
		j.report("jwk.member-missing", j.object, name)
		return "", false
	case !ok:
		return "", false
	case v.Kind() != token.String:
		j.report("jwk.not-string", v, name)
		return "", false
	case v.Text() == "" && required:
		j.report("jwk.member-empty", v, name)
		return "", false
	}
	return v.Text(), true
}

// limit returns a member that limits what the key is for. An empty one allows nothing.
func (j *jwk) limit(name string) (string, bool) {
	_, there := member(j.object, name)
	return j.text(name, there)
}

// metadata reads the members that say what the key is for (RFC 7517 §4.2 to §4.5).
func (j *jwk) metadata(k *Key) {
	k.KeyID, _ = j.text("kid", false)
	k.Alg, _ = j.limit("alg")
	k.Use, _ = j.limit("use")
	ops, ok := member(j.object, "key_ops")
	if !ok {
		return
	}
	if ops.Kind() != token.Array {
		j.report("jwk.not-array", ops, "key_ops")
		return
	}
	k.Ops = []string{}
	for op := range ops.Items() {
		switch {
		case op.Kind() != token.String:
			j.report("jwk.not-string", op, "key_ops")
			return
		case slices.Contains(k.Ops, op.Text()):
			j.report("jwk.ops-twice", op, op.Text())
			return
		case k.Use != "" && (k.Use == "sig") != (op.Text() == "sign" || op.Text() == "verify"):
			j.report("jwk.use-clash", op, k.Use, op.Text())
		}
		if k.Ops = append(k.Ops, op.Text()); len(k.Ops) == maxOps {
			return
		}
	}
}

const maxOps = 32 // RFC 7517 §4.3 registers eight

// bytes returns a member that is base64url as RFC 7515 §2 has it, and says where it is not.
func (j *jwk) bytes(name string, required bool) ([]byte, bool) {
	text, ok := j.text(name, required)
	if !ok {
		return nil, false
	}
	v := j.object.Get(name)
	for i := range len(text) {
		switch c := text[i]; {
		case isAlphanumeric(c) || c == '-' || c == '_':
		case c == '=' && strings.Trim(text[i:], "=") == "":
			j.reportInside("jwk.b64-padding", v, text, i, name)
			return nil, false
		default:
			j.reportInside("jwk.b64-character", v, text, i, name)
			return nil, false
		}
	}
	if len(text)%4 == 1 {
		j.report("jwk.b64-length", v, name, strconv.Itoa(len(text)))
		return nil, false
	}
	decoded, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		j.reportInside("jwk.b64-bits", v, text, len(text)-1, name)
	}
	return decoded, err == nil
}

// reportInside points at one character of a string, if the string is written as it is, and else at all of it.
func (j *jwk) reportInside(code string, v token.Value, text string, i int, name string) {
	p := badCharacter(code, text, i, j.base+v.Span().Start+1, name)
	if v.Raw() != `"`+text+`"` {
		p.Span = shift(v.Span(), j.base)
	}
	j.problems = append(j.problems, p)
}
