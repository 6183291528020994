package jwe

import (
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"jwtlab/app/key"
)

// wrapper comes to a content encryption key for one recipient, and to what the recipient needs to come to it too.
type wrapper struct {
	method     *method
	suite      *suite
	key        *key.Key
	header     joseHeader
	apu, apv   []byte
	iterations int
	rand       io.Reader

	members string // header parameters that were made, each behind a comma
}

// complete puts the parameters that were made behind the members of a header.
func (w *wrapper) complete(header []byte) string {
	if w.members == "" {
		return string(header)
	}
	end := strings.LastIndexByte(string(header), '}')
	head := strings.TrimRight(string(header[:end]), " \t\r\n")
	members := w.members
	if strings.HasSuffix(head, "{") {
		members = members[1:]
	}
	return head + members + string(header[end:])
}

// set notes a parameter for the header; the value is JSON.
func (w *wrapper) set(name, value string) { w.members += `,"` + name + `":` + value }

func (w *wrapper) setBytes(name string, value []byte) { w.set(name, `"`+encode(value)+`"`) }

// wrap returns a content encryption key and its encrypted form. It takes the key that several recipients share, or
// draws one if cek is nil; algorithms that do not let the sender choose it refuse one.
func (w *wrapper) wrap(cek []byte) (plain, encrypted []byte, err error) {
	switch w.method.mode {
	case direct, agreed:
		if cek != nil {
			return nil, nil, fmt.Errorf("%s leaves no choice of the content key, so there can be one recipient only (RFC 7516 §7.2.1)", w.method.Name)
		}
		if w.method.mode == direct {
			return w.key.Secret, nil, nil
		}
		cek, err = w.agree()
		return cek, nil, err
	}
	if cek == nil {
		if cek, err = draw(w.suite.Bits/8, w.rand); err != nil {
			return nil, nil, err
		}
	}
	encrypted, err = w.encryptKey(cek)
	return cek, encrypted, err
}

func (w *wrapper) encryptKey(cek []byte) ([]byte, error) {
	switch w.method.mode {
	case wrapped:
		return wrapAES(w.key.Secret, cek), nil
	case wrappedGCM:
		return w.encryptGCM(cek)
	case agreedWrap:
		secret, err := w.agree()
		if err != nil {
			return nil, err
		}
		return wrapAES(secret, cek), nil
	case passwordBased:
		return w.encryptWithPassword(cek)
	}
	return w.encryptRSA(cek)
}

func (w *wrapper) encryptGCM(cek []byte) ([]byte, error) {
	iv, err := draw(12, w.rand)
	if err != nil {
		return nil, err
	}
	c := (&suite{}).seal(w.key.Secret, iv, cek, nil)
	w.setBytes("iv", iv)
	w.setBytes("tag", c.tag)
	return c.ciphertext, nil
}

// agree makes an ephemeral key and agrees with the recipient's.
func (w *wrapper) agree() ([]byte, error) {
	public, ok := w.key.ECDHPublic()
	if !ok {
		return nil, errors.New("the key cannot agree on a secret")
	}
	own, err := ephemeral(public.Curve(), w.rand)
	if err != nil {
		return nil, err
	}
	z, err := own.ECDH(public)
	if err != nil {
		return nil, fmt.Errorf("agreeing on a key: %w", err)
	}
	w.set("epk", publicJWK(own.PublicKey(), w.key.Curve))
	return agreedKey(w.method, w.suite, z, w.apu, w.apv), nil
}

func (w *wrapper) encryptWithPassword(cek []byte) ([]byte, error) {
	salt, err := draw(16, w.rand)
	if err != nil {
		return nil, err
	}
	n := w.iterations
	if n == 0 {
		n = recommended(w.method)
	}
	secret, err := passwordKey(w.method, w.key.Secret, salt, n)
	if err != nil {
		return nil, fmt.Errorf("deriving a key: %w", err)
	}
	w.setBytes("p2s", salt)
	w.set("p2c", itoa(n))
	return wrapAES(secret, cek), nil
}

// recommended is how many rounds of PBKDF2 OWASP's Password Storage Cheat Sheet asks for (2023).
func recommended(m *method) int {
	if m.hash().Size() == sha256.Size {
		return 600_000
	}
	return 210_000
}

func (w *wrapper) encryptRSA(cek []byte) ([]byte, error) {
	public, ok := w.key.Public.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("the key has no RSA modulus")
	}
	if w.method.mode == rsaOAEP {
		return rsa.EncryptOAEP(w.method.hash(), w.rand, public, cek, nil)
	}
	//lint:ignore SA1019 whoever asks for RSA1_5 gets it: receivers that know nothing else are why it is here
	return rsa.EncryptPKCS1v15(w.rand, public, cek)
}
