package desk

import (
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
	name := j.Root().Get("alg").Text()
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
	for _, name := range madeByEncryption {
		header = dropMember(header, name)
	}
	j, _ := token.ReadJSON(header)
	enc := j.Root().Get("enc").Text()
	if enc == "" {
		enc = usualEnc
		header = setMember(header, "enc", quote(enc))
	}
	s, effects := s.look()
	s.Pending = "sign"
	return s, append(effects, Encrypt{Revision: s.Revision, Spec: jwe.Spec{Alg: a.Name, Enc: enc}, Header: header, Plain: plain, Key: k})
}
