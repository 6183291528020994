package desk

import (
	"encoding/base64"
	"strconv"
	"strings"

	"jwtlab/app/claims"
	"jwtlab/app/jws"
	"jwtlab/app/token"
)

func (s State) typedHeader(text string) (State, []Effect) {
	s = s.remember("header", 0)
	payload := s.bytes(token.PartPayload)
	s.Header = &text
	return s.rewrite(compact(text), payload)
}

func (s State) typedPayload(text string) (State, []Effect) {
	s = s.remember("payload", 0)
	header := s.bytes(token.PartHeader)
	if len(header) == 0 {
		header = s.firstHeader()
	}
	s.Payload = &text
	return s.rewrite(header, compact(text))
}

func (s State) choseAlg(alg string) (State, []Effect) {
	s = s.remember("", 0)
	return s.withAlg(alg, s.bytes(token.PartPayload))
}

func (s State) withAlg(alg string, payload []byte) (State, []Effect) {
	header := s.bytes(token.PartHeader)
	if len(header) == 0 {
		header = []byte(`{"alg":"","typ":"JWT"}`)
	}
	if len(payload) == 0 {
		payload = []byte("{}")
	}
	s.Header, s.Payload = nil, nil
	header = setMember(header, "alg", quote(alg))
	if _, encrypted := encryption(header); !encrypted {
		for _, name := range append(madeByEncryption, "enc", "zip", "apu", "apv") {
			header = dropMember(header, name)
		}
	}
	return s.rewrite(header, payload)
}

func (s State) setClaim(name, value string) (State, []Effect) {
	s = s.remember("claim "+name, 0)
	return s.withPayload(setMember(s.object(), name, value))
}

func (s State) removeClaim(name string) (State, []Effect) {
	s = s.remember("", 0)
	return s.withPayload(dropMember(s.object(), name))
}

// addClaim gives a time claim the time that suits it, and any other an empty string to fill in.
func (s State) addClaim(name string) (State, []Effect) {
	if name = strings.TrimSpace(name); name == "" {
		return s, nil
	}
	object := s.object()
	if j, _ := token.ReadJSON(object); j.Root().Get(name).Exists() {
		return s.notice("claim-there", name), nil
	}
	value := `""`
	if c, ok := claims.Lookup(name); ok && c.Kind == "time" {
		at := s.Now()
		if name == "exp" {
			at += 15 * 60
		}
		value = strconv.FormatInt(at, 10)
	}
	s = s.remember("", 0)
	return s.withPayload(setMember(object, name, value))
}

func (s State) object() []byte {
	if b := s.bytes(token.PartPayload); len(b) > 0 {
		return b
	}
	return []byte("{}")
}

func (s State) withPayload(payload []byte) (State, []Effect) {
	header := s.bytes(token.PartHeader)
	if len(header) == 0 {
		header = s.firstHeader()
	}
	s.Payload = nil
	return s.rewrite(header, payload)
}

// firstHeader is for a token begun at its payload: the first algorithm that the key at hand fits.
func (s State) firstHeader() []byte {
	alg := "HS256"
	for _, a := range jws.Algorithms() {
		if _, ok := signer(s.judgeCase().Keys, a.Name, -1); ok {
			alg = a.Name
			break
		}
	}
	return []byte(`{"alg":` + quote(alg) + `,"typ":"JWT"}`)
}

func (s State) bytes(p token.Part) []byte {
	if p == token.PartPayload {
		return s.judgeCase().Payload().Bytes
	}
	return s.judgeCase().Token.Part(p).Bytes
}

// compact takes the blanks out of JSON, and leaves alone what is none: a payload may be anything.
func compact(text string) []byte {
	j, problems := token.ReadJSON([]byte(text))
	for _, p := range problems {
		if p.Severity == token.Error {
			return []byte(text)
		}
	}
	if j == nil {
		return []byte(text)
	}
	return j.Compact()
}

// rewrite puts a token of these bytes in the place of the old one, unsigned, and asks for its signature where a key is
// at hand. The text around the token stays as long as the new one can be told from it: a header under edit is often
// none yet.
func (s State) rewrite(header, payload []byte) (State, []Effect) {
	if a, ok := encryption(header); ok {
		return s.encrypt(a, header, payload)
	}
	old := s.judgeCase().Token
	enc := base64.RawURLEncoding
	text := enc.EncodeToString(header) + "." + enc.EncodeToString(payload) + "."
	before, after := s.Token[:old.Start], s.Token[old.End:]
	s.Token = before + text + after
	if before+after != "" && s.judgeCase().Token.Span != (token.Span{Start: old.Start, End: old.Start + len(text)}) {
		s.Token, s.Selected = text, 0
	}
	s.Held, s.Kept = "", nil
	return s.resign()
}

// resign signs the token as it stands, if the key at hand can.
func (s State) resign() (State, []Effect) {
	used := s.usedKey()
	s.Unsigned = ""
	s, effects := s.look()
	if s.judged == nil {
		return s, effects // too long to be signed here
	}
	c := s.judged.result
	if c.Token.Form == token.Unsecured {
		return s, effects
	}
	k, ok := signer(c.Keys, s.View.Alg, used)
	if !ok {
		s.Unsigned = s.reason()
		return s, effects
	}
	s.Pending = "sign"
	return s, append(effects, Sign{
		Revision: s.Revision, Alg: s.View.Alg, Key: k, Header: c.Token.Header().Bytes, Payload: c.Token.Payload().Bytes,
	})
}

func (s State) usedKey() int {
	if s.judged == nil {
		return -1
	}
	return s.judged.result.Signature.Key
}

func (s State) reason() string {
	c := s.judged.result
	if !c.Token.Sound(token.PartHeader) {
		return "header"
	}
	a, known := jws.Lookup(s.View.Alg)
	if !known {
		return "alg"
	}
	for _, k := range c.Keys.Keys {
		if jws.Fits(a, k) {
			return "public-key"
		}
	}
	if len(c.Keys.Keys) > 0 {
		return "unfit"
	}
	return "no-key"
}

func (s State) signed(i Signed) (State, []Effect) {
	if i.Revision != s.Revision || s.Pending != "sign" && s.Pending != "encrypt" {
		return s, nil
	}
	s.Pending = ""
	if i.Token == "" {
		s.Unsigned = "failed"
		return s.notice("sign-failed", i.Reason), nil
	}
	old := s.judgeCase().Token
	s.Token = s.Token[:old.Start] + i.Token + s.Token[old.End:]
	return s.look()
}
