package jwe

import (
	"errors"
	"io"
	"strings"

	"jwtlab/app/key"
)

// A Message is what a JWE in JSON holds for all its recipients.
type Message struct {
	Enc       string
	Protected []byte // the header that the tag protects; a JSON object with enc, and zip if the content is to be compressed
	AAD       []byte // protected as well, but not encrypted; nil for none
	Plain     []byte
}

// A Recipient is one for whom a message is encrypted.
type Recipient struct {
	Spec          // its Enc is that of the message
	Header []byte // its own header, which nothing protects; a JSON object with alg
	Key    key.Key
}

// EncryptJSON makes a JWE in JSON: flattened for one recipient, general for several (RFC 7516 §7.2). Parameters that the
// algorithms make go into the recipients' own headers.
func EncryptJSON(m Message, to []Recipient, rand io.Reader) (string, error) {
	if len(to) == 0 {
		return "", errors.New("there is no recipient to encrypt for")
	}
	protected, err := readObject(m.Protected)
	if err != nil {
		return "", err
	}
	s := suiteNamed(m.Enc)
	var cek []byte
	if s != nil && len(to) > 1 {
		if cek, err = draw(s.Bits/8, rand); err != nil {
			return "", err
		}
	}
	parts := make([]string, len(to))
	for i, r := range to {
		r.Enc = m.Enc
		var secret []byte
		if secret, parts[i], err = r.wrap(joseHeader{protected}, cek, rand); err != nil {
			return "", err
		}
		cek = secret
	}
	aad := encode(m.Protected)
	if m.AAD != nil {
		aad += "." + encode(m.AAD)
	}
	c, err := s.encrypt(cek, m.Plain, []byte(aad), protected.Get("zip").Exists(), rand)
	if err != nil {
		return "", err
	}
	return m.write(parts, c), nil
}

// wrap returns the content encryption key and the recipient's members of the serialization.
func (r Recipient) wrap(h joseHeader, cek []byte, rand io.Reader) (secret []byte, members string, err error) {
	own, err := readObject(r.Header)
	if err != nil {
		return nil, "", err
	}
	w, err := newWrapper(r.Spec, &r.Key, rand)
	if err != nil {
		return nil, "", err
	}
	if err := w.read(append(h, own)); err != nil {
		return nil, "", err
	}
	secret, encrypted, err := w.wrap(cek)
	if err != nil {
		return nil, "", err
	}
	members = `"header":` + w.complete(r.Header)
	if len(encrypted) > 0 {
		members += `,"encrypted_key":"` + encode(encrypted) + `"`
	}
	return secret, members, nil
}

// write puts the members together.
func (m Message) write(recipients []string, c sealed) string {
	var b strings.Builder
	b.WriteString(`{"protected":"` + encode(m.Protected) + `",`)
	if len(recipients) == 1 {
		b.WriteString(recipients[0])
	} else {
		b.WriteString(`"recipients":[{` + strings.Join(recipients, "},{") + "}]")
	}
	if m.AAD != nil {
		b.WriteString(`,"aad":"` + encode(m.AAD) + `"`)
	}
	b.WriteString(`,"iv":"` + encode(c.iv) + `","ciphertext":"` + encode(c.ciphertext) + `","tag":"` + encode(c.tag) + `"}`)
	return b.String()
}
