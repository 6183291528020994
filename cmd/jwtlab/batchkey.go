package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/key"
	"jwtlab/app/token"
)

// keyCache has the keys read before, by their text.
type keyCache map[string]key.Reading

const (
	cachedKeys   = 64
	cachedLength = 16 << 10
)

// read reads the member "key": a JWK, a JWK Set, {"secret_b64u"}, the text of PEM or of a secret, or null.
func (c keyCache) read(l *line) (key.Reading, error) { return c.readAs(l, memberKey) }

// readAs reads a key under another name.
func (c keyCache) readAs(l *line, n name) (key.Reading, error) {
	v := l.members[n]
	raw := l.raw(v)
	if r, ok := c[string(raw)]; ok {
		return r, nil
	}
	r, err := readKeyMember(v, memberNames[n])
	if err == nil && len(raw) <= cachedLength {
		if len(c) >= cachedKeys {
			clear(c)
		}
		c[string(raw)] = r
	}
	return r, err
}

func readKeyMember(v token.Value, name string) (key.Reading, error) {
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
	return key.Reading{}, fmt.Errorf("member %q is neither an object, a string nor null", name)
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

// answerPEM finds the key in a text, and opens it if it is locked and the line has its passphrase.
func answerPEM(_ *worker, l *line, out []byte) ([]byte, error) {
	text, err := l.str(memberText)
	if err != nil {
		return nil, err
	}
	passphrase := ""
	if v := l.members[memberPassphrase]; v.Exists() {
		passphrase = v.Text()
	}
	r := key.ReadWith(text, key.Options{Passphrase: passphrase})
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
	case "pkcs1", "sec1", "dsa":
		if !k.Private {
			return name + " PUBLIC"
		}
		return name + " PRIVATE"
	case "certificate":
		return "CERTIFICATE"
	case "ssh":
		return "SSH PUBLIC"
	case "openssh":
		return "OPENSSH PRIVATE"
	case "pkcs8", "spki":
		if k.Encrypted {
			return "ENCRYPTED PKCS8"
		}
		return strings.ToUpper(k.Format) + " " + name
	}
	return k.Type
}
