package desk

import (
	"jwtlab/app/key"
	"jwtlab/app/token"
)

func (s State) askedKey(i AskedKey) (State, []Effect) {
	s, effects := s.look() // a new revision: whatever was under way is overtaken
	s.Pending = "generate"
	g := Generate{Revision: s.Revision, Alg: i.Alg, Bits: i.Bits, Curve: i.Curve}
	if _, ok := encryptionNamed(i.Alg); ok {
		g.Enc = s.enc()
	}
	return s, append(effects, g)
}

// generated takes the new key and signs with it: a key just made cannot have signed anything yet.
func (s State) generated(i Generated) (State, []Effect) {
	if i.Revision != s.Revision || s.Pending != "generate" {
		return s, nil
	}
	s.Pending, s.Progress = "", Progress{}
	if i.Failed != "" {
		return s.notice("generate-failed", i.Failed), nil
	}
	payload := s.bytes(token.PartPayload) // which the old key may have opened, and the new one will not
	s = s.remember("", 0)
	s.Key, s.Encoding, s.Passphrase = i.Key, key.Auto, ""
	if _, ok := encryptionNamed(i.Alg); ok {
		return s.notice("generated-jwe", i.Alg).withAlg(i.Alg, payload)
	}
	return s.notice("generated", i.Alg).withAlg(i.Alg, payload)
}

// Text is what a copy button copies; empty when there is nothing of that name.
func (s State) Text(what string) string {
	if text, ok := s.converted(what); ok {
		return text
	}
	switch what {
	case "token":
		return s.compactToken()
	case "header":
		return s.View.Header.Text
	case "payload":
		return s.View.Payload.Text
	case "authorization":
		return prefixed("Authorization: Bearer ", s.compactToken())
	case "curl":
		return prefixed("curl -H 'Authorization: Bearer ", s.compactToken()) + suffix(s.compactToken(), "' https://api.example/")
	case "public-key":
		for _, k := range s.View.Keys {
			if k.Public != "" {
				return k.Public
			}
		}
	case "key":
		return s.Key
	case "code":
		return s.Snippet().Code
	case "link":
		return prefixed("#token=", s.compactToken())
	}
	return ""
}

// compactToken is the token by itself. What is no token is copied as it was typed.
func (s State) compactToken() string {
	if s.View.Form == "" {
		return s.Token
	}
	if s.View.Form == token.JSONJWS || s.View.Form == token.JSONJWE {
		return s.Token
	}
	if c := s.judgeCase(); len(c.Reading.Tokens) > 0 {
		return c.Token.Compact()
	}
	return s.Token
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

func suffix(text, end string) string {
	if text == "" {
		return ""
	}
	return end
}

func (s State) askedCopy(what string) (State, []Effect) {
	text := s.Text(what)
	if text == "" {
		return s.notice("nothing-to-copy"), nil
	}
	return s, []Effect{Copy{Text: text, Notice: copiedNotice(what)}}
}

// Alive reports whether the token can still be used by whoever has it: the warning beside a link.
func (s State) Alive() bool {
	if s.Token == "" {
		return false
	}
	return s.View.Times.Until == nil || *s.View.Times.Until > s.Clock
}
