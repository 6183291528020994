package desk

import (
	"strings"

	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// Encrypt asks for a JWE; answered by [Signed].
type Encrypt struct {
	Revision      int
	Spec          jwe.Spec
	Header, Plain []byte
	Key           key.Key
}

func (Encrypt) effect() {}

// usualEnc is the content encryption of a token that names none: what every library carries.
const usualEnc = "A256GCM"

// encryptions are the algorithms that one of the keys at hand can encrypt with.
func encryptions(c verdict.Case) []string {
	var names []string
	for _, a := range jwe.Algorithms() {
		if _, ok := encrypter(c, a); ok {
			names = append(names, a.Name)
		}
	}
	return names
}

// encrypter is the key that a token is encrypted for: the one that opened it, else the first that fits.
func encrypter(c verdict.Case, a jwe.Algorithm) (key.Key, bool) {
	if used := c.Opened.Key; used >= 0 && used < len(c.Keys.Keys) && jwe.Fits(a, c.Keys.Keys[used]) {
		return c.Keys.Keys[used], true
	}
	for _, k := range c.Keys.Keys {
		if jwe.Fits(a, k) {
			return k, true
		}
	}
	return key.Key{}, false
}

// encryption returns the algorithm that a header asks for, false if that is none of encryption.
func encryption(header []byte) (jwe.Algorithm, bool) {
	j, _ := token.ReadJSON(header)
	return encryptionNamed(j.Root().Get("alg").Text())
}

func encryptionNamed(name string) (jwe.Algorithm, bool) {
	for _, a := range jwe.Algorithms() {
		if a.Name == name {
			return a, true
		}
	}
	return jwe.Algorithm{}, false
}

// madeByEncryption are the header parameters that encrypting makes anew.
var madeByEncryption = []string{"epk", "iv", "tag", "p2s", "p2c"}

// encrypt asks for the token of these bytes. Until it comes the old one stands, and the pane shows what was typed.
func (s State) encrypt(a jwe.Algorithm, header, plain []byte) (State, []Effect) {
	k, ok := encrypter(s.judgeCase(), a)
	if !ok {
		return s.notice("no-key-encrypts", a.Name), nil
	}
	j, _ := token.ReadJSON(header)
	spec := jwe.Spec{Alg: a.Name, Enc: s.enc(), Iterations: iterations(j.Root().Get("p2c"))}
	for _, name := range madeByEncryption {
		header = dropMember(header, name)
	}
	if j.Root().Get("enc").Text() == "" {
		header = setMember(header, "enc", quote(spec.Enc))
	} else {
		spec.Enc = j.Root().Get("enc").Text()
	}
	s, effects := s.look()
	s.Pending = "sign"
	e := Encrypt{Revision: s.Revision, Spec: spec, Header: header, Plain: plain, Key: k}
	if e.Slow() {
		s.Pending = "encrypt"
	}
	return s, append(effects, e)
}

// enc is the content encryption of the token at hand.
func (s State) enc() string {
	if enc := s.judgeCase().Token.Param("enc").Text(); enc != "" {
		return enc
	}
	return usualEnc
}

// iterations keeps the rounds that a token had, so that whoever reads it finds what they are used to; 0 leaves them to
// package jwe.
func iterations(p2c token.Value) int {
	n, ok := p2c.Int()
	if !ok || n < 1 || n > jwe.MaxIterations {
		return 0
	}
	return int(n)
}

// Slow reports whether to do it would hold the page up: with a password it takes all rounds of PBKDF2.
func (e Encrypt) Slow() bool { return strings.HasPrefix(e.Spec.Alg, "PBES2-") }
